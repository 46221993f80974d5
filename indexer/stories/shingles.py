"""What of an article is compared? Its shingles: every five consecutive syllables, hashed to 64 bits.

Syllables are compared without marks, with i for y where both are printed, and split where paragraphs were
glued together ("nhàCuộc thi"), so that another tone style, lost marks and lost line ends make no difference.
Headline and captions are not compared: every paper has its own.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from corpus.article import Article
from indexer.text.normalise import normalise
from indexer.text.readings import reading_key
from indexer.text.syllables import TOKEN

SHINGLE_LENGTH = 5
"""Syllables of a shingle."""

LEAST_SHINGLES = 20
"""A text of fewer shingles is too short to tell a reprint from a formula; it is only tested for equality."""

Digests = npt.NDArray[np.uint64]

_REMEMBERED = 1 << 20  # printed forms whose hashes are cached
_LETTERS = [chr(code) for code in range(0x41, 0x1F00) if chr(code).isalpha()]
_LOWER = "".join(letter for letter in _LETTERS if letter.islower())
_UPPER = "".join(letter for letter in _LETTERS if letter.isupper())
_GLUED = re.compile(f"(?<=[{_LOWER}])(?=[{_UPPER}])")
_DIGITS = re.compile(r"\d+")
_DAY = re.compile(r"(?<![\d/.-])(0?[1-9]|[12]\d|3[01])\s?[/-]\s?(0?[1-9]|1[0-2])(?!\d)")
_MIXERS = np.random.default_rng(2013).integers(1, 1 << 62, SHINGLE_LENGTH + 1, np.uint64) * np.uint64(
    2
) + np.uint64(1)


@dataclass(frozen=True)
class ShingledText:
    """The shingles of a text.

    Attributes:
        shingles: (N,); in the order of the text, the lede first.
        lede: how many of them begin in the lede.
    """

    shingles: Digests
    lede: int

    @cached_property
    def distinct(self) -> Digests:
        """Each shingle once, ascending."""
        return np.unique(self.shingles)

    @property
    def body(self) -> Digests:
        """The shingles of the body; those of the lede where there is no body."""
        return self.shingles[self.lede :] if self.lede < len(self.shingles) else self.shingles


@dataclass(frozen=True, slots=True)
class TextDigests:
    """Hashes of an article's texts, by which they are compared without reading them again.

    Attributes:
        text: of the syllables of lede and body.
        title: of the headline; series: of the headline without digits.
        days: of the days that the headline names ("30/6", "2-3"); 0 where it names none.
    """

    text: int
    title: int
    series: int
    days: int


def shingle(article: Article) -> ShingledText:
    """The shingles of an article's lede and body."""
    lede = _numbers([article.lede])
    body = _numbers(article.paragraphs)
    return ShingledText(_shingles(np.concatenate([lede, body])), len(lede))


def digest_text(article: Article, text: ShingledText) -> TextDigests:
    """The hashes of an article; that of a short text is over all parts, so that only equal articles match."""
    title = " ".join(map(_key, TOKEN.findall(article.title)))
    parts = [text.shingles.astype("<u8").tobytes(), str(text.lede).encode()]
    if len(text.shingles) < LEAST_SHINGLES:
        everything = (article.title, article.lede, *article.paragraphs, *article.captions)
        parts = ["\n".join(everything).encode()]
    series = _digest(_DIGITS.sub("", title).encode())
    return TextDigests(_digest(*parts), _digest(title.encode()), series, _days(article.title))


def _days(title: str) -> int:
    days = {(int(day), int(month)) for day, month in _DAY.findall(title)}
    return _digest(repr(sorted(days)).encode()) if days else 0


def _shingles(numbers: Digests) -> Digests:
    count = max(len(numbers) - SHINGLE_LENGTH + 1, 0)
    found = np.zeros(count, np.uint64)
    for place in range(SHINGLE_LENGTH):
        found += numbers[place : place + count] * _MIXERS[place]
    found ^= found >> np.uint64(29)
    found *= _MIXERS[SHINGLE_LENGTH]
    return found ^ (found >> np.uint64(32))


def _numbers(texts: Iterable[str]) -> Digests:
    """The hash of each syllable of some texts, in order."""
    if len(_known) > _REMEMBERED:
        _known.clear()
    tokens = TOKEN.findall(_GLUED.sub(" ", "\n".join(texts)))
    return np.fromiter(map(_known.__getitem__, tokens), np.uint64, len(tokens))


class _Known(dict[str, int]):
    """A cache of the hashes of printed forms."""

    def __missing__(self, form: str) -> int:
        number = self[form] = _digest(_key(form).encode())
        return number


_known = _Known()


def _key(form: str) -> str:
    return reading_key(normalise(form))


def _digest(*parts: bytes) -> int:
    """64 bits that are the same in every process."""
    return int.from_bytes(blake2b(b"\0".join(parts), digest_size=8).digest(), "little")
