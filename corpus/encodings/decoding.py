"""In which encoding are these bytes, and which text is it?

A byte order mark decides, then UTF-8 where the bytes are valid, then the old encoding in which most marked
words are possible Vietnamese syllables. A declared encoding is taken where it gives as good a text as any
other.
"""

import codecs
import re
from dataclasses import dataclass

from corpus.encodings.evidence import DENSE, SAMPLE_CHARACTERS, Evidence, evidence
from corpus.encodings.inner_text import recover_text
from corpus.encodings.named import BY_TABLE, known_name, loss_of, read_bytes
from corpus.encodings.wide import marked_wide, unmarked_wide

_CANDIDATES = (*BY_TABLE, "windows-1258")
_SURE_SHARE = 0.8
_FEWEST = 2  # with fewer marked words, French and German are likelier
_HALF = 0.5
_DAMAGED_SHARE = 0.8  # share of the bytes beyond ASCII in valid sequences, from which it is damaged UTF-8
_MADE_UP = {name: rank for rank, name in enumerate((*BY_TABLE, "windows-1258"))}
_MARGIN = 0.15  # lead of the best encoding, from which the result is confident
_WESTERN = frozenset("àâäçèéêëîïôöùûüßæœñáíóúåøÀÂÄÇÈÉÊËÎÏÔÖÙÛÜÆŒÑÁÍÓÚÅØãõìòŠšŽž¿¡«»“”‘’„‚…–—€£§°·•©®\xa0")
_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = re.compile(rb"[\x80-\xff]")


class UnreadableError(ValueError):
    """Bytes that are in no known encoding, or not in the one that was forced.

    Attributes:
        name: the encoding that was tried last; offset: the first byte that is not in it.
    """

    def __init__(self, name: str, offset: int) -> None:
        super().__init__(name, offset)
        self.name, self.offset = name, offset


@dataclass(frozen=True, slots=True)
class Decoded:
    """A decoded text.

    Attributes:
        encoding: our name of the encoding ("tcvn3", "utf-8/vni": an inner encoding).
        found: how it was found: "bom", "declared", "detected" or "forced".
        lost: what the encoding cannot express; empty where nothing is lost.
        confident: whether no other encoding is nearly as likely.
    """

    text: str
    encoding: str
    found: str = "detected"
    lost: str = ""
    confident: bool = True


def decode(raw: bytes, *, declared: str = "", forced: str = "", complete: bool = True) -> Decoded:
    """Decodes bytes, and the text's inner encoding; not ``complete``: a character cut at the end is dropped.

    Raises:
        UnreadableError: they are in no known encoding.
    """
    outer = decode_bytes(raw, declared=declared, forced=forced, complete=complete)
    inner = recover_text(outer.text, forced=known_name(forced))
    if not inner.encoding:
        return outer
    return Decoded(inner.text, inner.encoding, outer.found, inner.lost, inner.confident)


def decode_bytes(raw: bytes, *, declared: str = "", forced: str = "", complete: bool = True) -> Decoded:
    """Like :func:`decode`, without inner encodings: VIQR and mojibake stay as they are.

    Raises:
        UnreadableError: the bytes are in no known encoding.
    """
    if forced:
        return _read(raw, known_name(forced), "forced", complete=complete)
    if wide := marked_wide(raw):
        return _read(raw, wide, "bom", complete=complete)
    if wide := unmarked_wide(raw):
        return _read(raw, wide, "detected", complete=complete)
    try:
        start = "bom" if raw.startswith(codecs.BOM_UTF8) else "detected"
        return _read(raw, "utf-8", start, complete=complete)
    except UnreadableError as error:
        name, found, confident = _old(raw, known_name(declared), error)
    return _read(raw, name, found, complete=complete, confident=confident)


def _read(raw: bytes, name: str, found: str, *, complete: bool, confident: bool = True) -> Decoded:
    try:
        text = read_bytes(raw, name, complete=complete)
    except UnicodeDecodeError as error:
        raise UnreadableError(name, error.start) from error
    return Decoded(text, name, found, loss_of(name), confident)


def _old(raw: bytes, declared: str, not_utf_8: UnreadableError) -> tuple[str, str, bool]:
    """The name of the old encoding, how it was found, and whether that is confident.

    Raises:
        UnreadableError: damaged UTF-8, or no known encoding.
    """
    sample = _sample(raw, not_utf_8.offset)
    found = {name: known for name in _CANDIDATES if (known := _evidence(sample, name)).marked}
    ranked = sorted(found, key=lambda name: (found[name].share, -_MADE_UP[name]), reverse=True)
    best = ranked[0] if ranked else ""
    share = found[best].share if best else 0.0
    if _is_damaged_utf_8(sample) or evidence(sample.decode("utf-8", "replace")).share >= max(
        share, _SURE_SHARE
    ):
        raise not_utf_8
    if declared in found and found[declared].share >= max(share, _SURE_SHARE):
        return declared, "declared", True
    second = found[ranked[1]].share if len(ranked) > 1 else 0.0
    is_western = _is_western(sample)
    if share >= _SURE_SHARE and not (is_western and _is_sparse(found[best])):
        return best, "detected", share - second >= _MARGIN and found[best].marked >= _FEWEST
    if is_western:
        return "windows-1252", "detected", share < _SURE_SHARE
    if share > _HALF and share - second >= _MARGIN:
        return best, "detected", False
    raise not_utf_8


def _sample(raw: bytes, offset: int) -> bytes:
    """Whole words around the first byte that is not UTF-8."""
    start = max(0, offset - 256)
    start = raw.rfind(b" ", 0, start) + 1
    return raw[start : start + SAMPLE_CHARACTERS]


def _evidence(sample: bytes, name: str) -> Evidence:
    try:
        text = read_bytes(sample, name)
    except UnicodeDecodeError:
        return Evidence(0, 0, 0)
    return evidence(text, small_marks=name == "tcvn3")


def _is_sparse(found: Evidence) -> bool:
    return found.marked < _FEWEST or found.density < DENSE


def _is_damaged_utf_8(raw: bytes) -> bool:
    """Whether most bytes beyond ASCII are in valid UTF-8 sequences."""
    high = len(_HIGH.findall(raw))
    return sum(map(len, _SEQUENCE.findall(raw))) >= high * _DAMAGED_SHARE


def _is_western(sample: bytes) -> bool:
    """Whether nearly all characters beyond ASCII are letters of French, German and their neighbours."""
    beyond = [sign for sign in sample.decode("cp1252", "replace") if not sign.isascii()]
    return sum(sign in _WESTERN for sign in beyond) >= 0.98 * len(beyond)
