"""Where do words begin and end? underthesea's word model, as an overlay on syllables.

One bit per syllable is stored: whether its word goes on with the next syllable. The model is evaluated on
arrays (word_cutter), with the same results as ``underthesea.word_tokenize`` and some twenty times as fast.
Where another underthesea is installed than the one that the arrays were proven equal to, its own tokenizer is
called. This is the only file that imports it, and only in that case: the import costs 0.9 s and 90 MB.

Traps of underthesea 9.5.0, each avoided here: its default rewrites tones to the old style and then splits
words that it no longer knows (it is given the new style, with ``use_token_normalize=False``); words cross
newlines and memory grows with the text (it is given one paragraph at a time, cut at ``MAX_CHARACTERS``); it
does not know words in capitals (an all-capitals paragraph is lowered first); ``fixed_words`` overwrites a
global (never used); it gives no offsets (its tokens are aligned with the text: it adds and loses nothing but
white space).
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from itertools import chain
from typing import Protocol

import numpy as np

from corpus.message import Message, say
from corpus.normal_form import LOOK_ALIKES
from corpus.tones import new_style
from indexer.text import word_source
from indexer.text.syllables import syllables
from indexer.text.word_cutter import WordCutter

MAX_CHARACTERS = 8_000
_PIECE = re.compile(rf".{{1,{MAX_CHARACTERS}}}(?:\s|$)|\S+", re.DOTALL)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class _Tokenizer(Protocol):
    def __call__(self, sentence: str, *, use_token_normalize: bool) -> list[str]: ...


@cache
def segmenter() -> str:
    """Name and version of the segmenter; boundaries that another one made are made again."""
    return f"{word_source.name()}, new style, 1"


def notice() -> Message | None:
    """What an operator should know of the segmenter in use; None where all is well."""
    if word_source.is_proven():
        return None
    return say(
        "cutting words takes many times as long with {installed}; install underthesea {version} "
        "with underthesea_core {core}, whose cuts are proven",
        installed=word_source.name(),
        version=word_source.VERSION,
        core=word_source.CORE_VERSION,
    )


def joins(paragraph: str) -> list[bool]:
    """For each syllable of a paragraph: whether its word goes on with the next one.

    >>> joins("Ủy ban nhân dân họp.")
    [True, True, True, False, False]
    """
    return joins_of([paragraph])[0]


def joins_of(paragraphs: Sequence[str]) -> list[list[bool]]:
    """The same for many paragraphs; it is fastest for a few dozen articles at a time.

    >>> joins_of(["Lào Cai", "Ủy ban họp."])
    [[True, False], [True, False, False]]
    """
    pieces = [texts(paragraph) for paragraph in paragraphs]
    joins_by_piece = iter(_joins_of_texts(list(chain.from_iterable(pieces))))
    return [[joined for _ in piece for joined in next(joins_by_piece)] for piece in pieces]


def texts(paragraph: str) -> list[str]:
    """The texts (NFC) that the segmenter is given for a paragraph: one, or several where it is too long."""
    text = unicodedata.normalize("NFC", paragraph)
    if text.isupper():
        text = unicodedata.normalize("NFC", plain(text).lower())
    return [text] if len(text) <= MAX_CHARACTERS else _PIECE.findall(plain(text))


def plain(text: str) -> str:
    """A text (NFC) as the word model was trained to read it: new-style tones, Đ for its look-alikes."""
    return _CONTROL.sub(" ", new_style(text.translate(LOOK_ALIKES)))


def _joins_of_texts(pieces: Sequence[str]) -> list[list[bool]]:
    if word_source.is_proven():
        return cutter().joins(pieces)
    plain_pieces = map(plain, pieces)
    return [align_joins(piece, underthesea_words(piece)) for piece in plain_pieces]


@cache
def cutter() -> WordCutter:
    """The model on arrays; loading takes some 0.4 s."""
    return WordCutter(plain)


def underthesea_words(text: str) -> list[str]:
    """The words of a plain text, by underthesea's own tokenizer."""
    return _tokenizer()(text, use_token_normalize=False)


@cache
def _tokenizer() -> _Tokenizer:
    from underthesea import word_tokenize  # noqa: PLC0415 - 0.9 s: only when it is asked

    tokenizer: _Tokenizer = word_tokenize
    return tokenizer


def align_joins(text: str, words: Sequence[str]) -> list[bool]:
    """The joins of a plain text, from its words."""
    spans = [(syllable.start, syllable.end) for syllable in syllables(text)]
    word_ends = _word_ends(text, words)
    joins: list[bool] = []
    word = 0
    for place, (_, end) in enumerate(spans):
        while word < len(word_ends) and word_ends[word] < end:
            word += 1
        following = spans[place + 1][0] if place + 1 < len(spans) else len(text)
        joins.append(place + 1 < len(spans) and word < len(word_ends) and following < word_ends[word])
    return joins


def _word_ends(text: str, words: Sequence[str]) -> list[int]:
    """Where each word ends in the text (exclusive), ascending."""
    ends: list[int] = []
    cursor = 0
    for word in words:
        for part in word.split():
            start = text.find(part, cursor)
            if start < 0 or text[cursor:start].strip():
                raise AssertionError(f"the word {word!r} does not stand at {cursor} of {text[:80]!r}")
            cursor = start + len(part)
        ends.append(cursor)
    return ends


def pack_joins(flags: Sequence[bool]) -> bytes:
    r"""The flags as bits, the first in the lowest bit of the first byte.

    >>> pack_joins([True, False, True])
    b'\x05'
    """
    return np.packbits(np.array(flags, bool), bitorder="little").tobytes()


def unpack_joins(bits: bytes, count: int) -> list[bool]:
    """The first ``count`` flags of packed bits."""
    packed = np.frombuffer(bits, np.uint8)
    if count > 8 * len(packed):
        raise ValueError(f"{len(packed)} bytes of packed flags hold no {count}")
    flags: list[bool] = np.unpackbits(packed, count=count, bitorder="little").astype(bool).tolist()
    return flags
