"""Does a text have an inner encoding? VIQR, mojibake, old encodings that were read as Latin-1.

The characters of such a text stand for signs of another encoding, and are decoded once more. An inner
encoding is named by the outer and the inner one: "utf-8/vni" is VNI that was read as Latin-1 and written as
UTF-8.
"""

import re
from dataclasses import dataclass

from corpus.encodings.evidence import DENSE, SAMPLE_CHARACTERS, evidence
from corpus.encodings.mixed import is_mixed
from corpus.encodings.named import AS_LATIN, INNER_ENCODINGS, decode_inner, loss_of

_VIETNAMESE = re.compile("[ăĂđĐĩĨũŨơƠưƯ\u1ea0-\u1ef9\u0300-\u0323]")  # none of these is in Latin-1
_VIQR_SIGNS = re.compile(r"[aeo]\^|a\(|[ou]\+|\bdd(?=[aeiouy])|[aeiouy][`~]", re.IGNORECASE)
_MOJIBAKE = re.compile("[ÃÄÅÆáâ][\u0080-\u00bf\u0152-\u2122]|Ã ")
_SURE_SHARE = 0.8
_FEWEST = 2  # a text with fewer marked words is left as it is
_VIQR_DENSE = 0.3
_VIQR_SIGNED = 0.08
_BETTER = 0.25


@dataclass(frozen=True, slots=True)
class InnerText:
    """A text after its inner encoding was decoded.

    Attributes:
        encoding: the inner encoding ("utf-8/vni"); empty where there was none.
        lost: what the encoding cannot express.
        confident: whether no other encoding is nearly as likely.
    """

    text: str
    encoding: str = ""
    lost: str = ""
    confident: bool = True


def recover_text(text: str, *, forced: str = "") -> InnerText:
    """Decodes a text's inner encoding. ``forced`` names it; another encoding there keeps the text as it is.

    >>> [recover_text(text).text for text in ("LÞch sö", "Lòch söû nöôùc Vieät", "Ha` No^.i")]
    ['Lịch sử', 'Lịch sử nước Việt', 'Hà Nội']
    """
    name = forced or detect_inner_encoding(text[:SAMPLE_CHARACTERS])
    if name not in INNER_ENCODINGS:
        return InnerText(text)
    return InnerText(decode_inner(text, name), name, loss_of(name))


def detect_inner_encoding(text: str) -> str:
    """The inner encoding of a text; empty where it has none.

    >>> detect_inner_encoding("Déjà vu à l'été, où le maïs a mûri"), detect_inner_encoding("f(a('x')) + o^2")
    ('', '')
    """
    if text.isascii():
        return "viqr" if _is_viqr(text) else ""
    if _VIETNAMESE.search(text):
        return "utf-8/windows-1252" if is_mixed(text) else ""
    if _is_mojibake(text):
        return "utf-8/windows-1252"
    return _latin(text)


def _is_viqr(text: str) -> bool:
    signs = len(_VIQR_SIGNS.findall(text))
    if not signs:
        return False
    found = evidence(decode_inner(text, "viqr"))
    return found.share >= _SURE_SHARE and found.density >= _VIQR_DENSE and signs >= _VIQR_SIGNED * found.words


def _is_mojibake(text: str) -> bool:
    if not _MOJIBAKE.search(text):
        return False
    before, after = evidence(text), evidence(decode_inner(text, "utf-8/windows-1252"))
    return after.share >= _SURE_SHARE and after.share >= before.share + _BETTER


def _latin(text: str) -> str:
    """The old encoding whose bytes were read as Latin-1; empty where none is likely."""
    itself = evidence(text)
    if itself.density < DENSE or itself.marked < _FEWEST:
        return ""
    readings = {
        name: evidence(decode_inner(text, name), small_marks=name == "utf-8/tcvn3") for name in AS_LATIN
    }
    best = max(readings, key=lambda name: (readings[name].share, readings[name].marked))
    found = readings[best]
    good = found.share >= _SURE_SHARE and found.density >= DENSE and found.share >= itself.share + _BETTER
    return best if good else ""
