"""Which tokens does a text have, and which syllables do they hold? By numbers, for many texts at once.

No token of underthesea's crosses white space, and only one of its patterns looks further than the white space
after it: an abbreviation's dot ("A.") must not end the text. So a stretch, the text between two white spaces,
is tokenized once and remembered by its spelling. The last stretch of a text is spelt with a line feed after
it, before which a pattern's ``$`` matches as it does at the end of the text.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from indexer.text.syllables import TOKEN
from indexer.text.token_pattern import TokenFinder
from indexer.text.word_features import is_title
from indexer.text.word_model import UNKNOWN, WordModel

BEGIN, END = 0, 1  # numbers of the marks before and after a text, as tokens and as stretches
MARGIN = 2  # marks on each side of a text: the model looks at two tokens before and after

TokenNumbers = npt.NDArray[np.int64]


class Tokens(dict[str, int]):
    """Numbers tokens in the order in which they are first met, and keeps what the model knows of each."""

    def __init__(self, model: WordModel) -> None:
        super().__init__({"\nBOS": BEGIN, "\nEOS": END})  # no token holds white space
        self._model = model
        self._singles = array("d", model.edge("BOS") + model.edge("EOS"))
        self._known = array("q", [UNKNOWN, UNKNOWN, 0] * 2)

    def __missing__(self, token: str) -> int:
        """The number of a token not seen yet."""
        self._singles.extend(self._model.single(token))
        written = self._model.written.get(token, UNKNOWN)
        lowered = self._model.lowered.get(token.lower(), UNKNOWN)
        self._known.extend((written, lowered, is_title(token)))
        return self.setdefault(token, len(self))

    def singles(self, numbers: TokenNumbers) -> npt.NDArray[np.float64]:
        """The differences of the tokens (N,) over the spans of one token: float64 (N, 5)."""
        return np.asarray(self._singles).reshape(len(self), -1)[numbers]

    def known(self, numbers: TokenNumbers) -> tuple[TokenNumbers, TokenNumbers, TokenNumbers]:
        """Of the tokens (N,): the model's number as written, that in lower case, 1 for a title; each (N,)."""
        written, lowered, title = np.asarray(self._known).reshape(len(self), -1)[numbers].T
        return written, lowered, title


@dataclass(frozen=True, slots=True)
class Batch:
    """Texts as numbers, one after the other, each with its margins.

    Args:
        tokens: int64 (N,); BEGIN and END stand for the margins.
        first: int64 (S,); for each syllable, the place among ``tokens`` of its first character's.
        last: int64 (S,); the same for its last character.
        ends: int64 (T,); how many syllables there are up to the end of each text.
    """

    tokens: TokenNumbers
    first: TokenNumbers
    last: TokenNumbers
    ends: TokenNumbers


class Ragged:
    """Many short lists of numbers in one growing array."""

    def __init__(self) -> None:
        self._values = array("q")
        self._starts = array("q", [0])

    def append(self, values: Sequence[int]) -> None:
        """One more list."""
        self._values.extend(values)
        self._starts.append(len(self._values))

    def counts(self, lists: TokenNumbers) -> TokenNumbers:
        """How long these lists are (M,)."""
        starts = _view(self._starts)
        return starts[lists + 1] - starts[lists]

    def join(self, lists: TokenNumbers) -> TokenNumbers:
        """The values of these lists (M,), one after the other."""
        counts = self.counts(lists)
        before = np.cumsum(counts) - counts
        from_start = np.repeat(_view(self._starts)[lists] - before, counts)
        return _view(self._values)[from_start + np.arange(len(from_start))]


def _view(values: "array[int]") -> TokenNumbers:
    """The values as an array, without a copy; while it lives, the values cannot grow."""
    return np.asarray(values)


class Stretches(dict[str, int]):
    """Numbers stretches in the order in which they are first met, and keeps the tokens and syllables of each.

    Args:
        finder: finds tokens.
        plain: rewrites a stretch as the model was trained to read it (words.plain).
        tokens: gives tokens their numbers.
    """

    def __init__(self, finder: TokenFinder, plain: Callable[[str], str], tokens: Tokens) -> None:
        super().__init__({" BOS": BEGIN, " EOS": END})
        self._finder = finder
        self._plain = plain
        self._numbers = tokens
        self._tokens, self._first, self._last = Ragged(), Ragged(), Ragged()
        for edge in (BEGIN, END):
            self._append([edge] * MARGIN, [], [])

    def __missing__(self, stretch: str) -> int:
        """The number of a stretch not seen yet."""
        is_last = stretch.endswith("\n")
        plain = self._plain(stretch.rstrip("\n")) + ("\n" if is_last else " ")
        tokens = self._finder.tokens(plain)
        starts = [start for start, _ in tokens]
        spans = [syllable.span() for syllable in TOKEN.finditer(plain)]
        first = [bisect_right(starts, start) - 1 for start, _ in spans]
        last = [bisect_left(starts, end) - 1 for _, end in spans]
        self._append([self._numbers[token] for _, token in tokens], first, last)
        return self.setdefault(stretch, len(self))

    def _append(self, tokens: Sequence[int], first: Sequence[int], last: Sequence[int]) -> None:
        self._tokens.append(tokens)
        self._first.append(first)
        self._last.append(last)

    def batch(self, texts: Sequence[str]) -> Batch:
        """The texts as numbers."""
        numbers: list[int] = []
        ends: list[int] = []
        for text in texts:
            numbers.append(BEGIN)
            numbers.extend(map(self.__getitem__, _stretches(text)))
            numbers.append(END)
            ends.append(len(numbers))
        return self._batch(np.array(numbers, np.int64), np.array(ends, np.int64))

    def _batch(self, stretches: TokenNumbers, ends: TokenNumbers) -> Batch:
        tokens = self._tokens.counts(stretches)
        counts = self._first.counts(stretches)
        before = np.repeat(np.cumsum(tokens) - tokens, counts)
        return Batch(
            self._tokens.join(stretches),
            before + self._first.join(stretches),
            before + self._last.join(stretches),
            np.cumsum(counts)[ends - 1],
        )


def _stretches(text: str) -> list[str]:
    stretches = text.split()
    if stretches and not text[-1].isspace():
        stretches[-1] += "\n"
    return stretches
