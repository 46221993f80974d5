"""Where do words begin and end? underthesea's word model, as an overlay on syllables.

The only file that imports underthesea, and only when first asked: the import costs 0.9 s and 90 MB
and never happens on the search path. What is stored of a text is one bit a syllable: whether its
word goes on with the next syllable.

Traps of underthesea 9.5.0, each avoided here: its default rewrites tones to the old style and then
splits the words it no longer knows (we feed the new style, with ``use_token_normalize=False``);
words cross newlines and memory grows with the text (we feed one paragraph at a time, cut at
``MAX_CHARACTERS``); capitals are not understood (an all-capitals paragraph is lowered first);
``fixed_words`` overwrites a global (never used); it gives no offsets (we walk its tokens over the
text: no character but white space is added or lost).
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.metadata import version
from typing import Protocol

from indexer.text.normalise import LOOK_ALIKES
from indexer.text.syllables import syllables
from indexer.text.tones import new_style

MAX_CHARACTERS = 8_000
_PIECE = re.compile(rf".{{1,{MAX_CHARACTERS}}}(?:\s|$)|\S+", re.DOTALL)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class _Tokenizer(Protocol):
    def __call__(self, sentence: str, *, use_token_normalize: bool) -> list[str]: ...


@cache
def segmenter() -> str:
    """Name and version of the segmenter: boundaries of another one are made again."""
    return f"underthesea {version('underthesea')}, new style, 1"


def joins(paragraph: str) -> list[bool]:
    """For each syllable of a paragraph: whether its word goes on with the next one.

    >>> joins("Ủy ban nhân dân họp.")
    [True, True, True, False, False]
    """
    plain = _CONTROL.sub(" ", new_style(unicodedata.normalize("NFC", paragraph).translate(LOOK_ALIKES)))
    if plain.isupper():
        plain = plain.lower()
    return [joined for piece in _pieces(plain) for joined in _joins(piece)]


def _joins(text: str) -> list[bool]:
    spans = [(syllable.start, syllable.end) for syllable in syllables(text)]
    word_ends = _word_ends(text)
    found: list[bool] = []
    word = 0
    for place, (_, end) in enumerate(spans):
        while word < len(word_ends) and word_ends[word] < end:
            word += 1
        following = spans[place + 1][0] if place + 1 < len(spans) else len(text)
        found.append(place + 1 < len(spans) and word < len(word_ends) and following < word_ends[word])
    return found


def _word_ends(text: str) -> list[int]:
    """Where each word of underthesea's ends in the text (exclusive), ascending."""
    ends: list[int] = []
    cursor = 0
    for word in _tokenizer()(text, use_token_normalize=False):
        for part in word.split():
            found = text.find(part, cursor)
            if found < 0 or text[cursor:found].strip():
                raise AssertionError(
                    f"underthesea's word {word!r} does not stand at {cursor} of {text[:80]!r}"
                )
            cursor = found + len(part)
        ends.append(cursor)
    return ends


def _pieces(text: str) -> Iterator[str]:
    """The text in pieces of about MAX_CHARACTERS, cut at white space, so that no syllable is."""
    return (found[0] for found in _PIECE.finditer(text))


@cache
def _tokenizer() -> _Tokenizer:
    from underthesea import word_tokenize  # noqa: PLC0415 - 0.9 s: only when words are cut

    tokenizer: _Tokenizer = word_tokenize
    return tokenizer


def pack_joins(flags: Sequence[bool]) -> bytes:
    r"""The flags as bits, the first in the lowest bit of the first byte.

    >>> pack_joins([True, False, True])
    b'\x05'
    """
    number = sum(1 << place for place, joined in enumerate(flags) if joined)
    return number.to_bytes((len(flags) + 7) // 8, "little")


def unpack_joins(bits: bytes, count: int) -> list[bool]:
    """The first ``count`` flags of packed bits."""
    return [bool(bits[place >> 3] >> (place & 7) & 1) for place in range(count)]
