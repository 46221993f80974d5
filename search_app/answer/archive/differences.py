"""Where do two sequences differ? As difflib says it, within a bound on its work.

difflib takes cubic time where much is repeated ("a a a …" beside "b b b …", each space a piece: a minute at a
thousand words). Ordinary articles are far from the bound; past it, what both begin and end with is the same,
and all between is another.
"""

from collections import Counter
from collections.abc import Sequence
from difflib import Match, SequenceMatcher
from itertools import accumulate, takewhile
from typing import NamedTuple


class Stretch(NamedTuple):
    """``before[start:end]`` became ``after[new_start:new_end]``; ``equal`` where both are the same."""

    equal: bool
    start: int
    end: int
    new_start: int
    new_end: int


class TooMuchWorkError(Exception):
    """The bound was passed."""


class Work:
    """How many pairs of equal members may still be looked at: a second or two of them, for one page."""

    def __init__(self, pairs: int = 20_000_000) -> None:
        self._left = pairs

    def spend(self, pairs: int) -> None:
        """Takes from what is left.

        Raises:
            TooMuchWorkError: less is left.
        """
        if pairs > self._left:
            raise TooMuchWorkError
        self._left -= pairs


def differences(before: Sequence[str], after: Sequence[str], work: Work) -> list[Stretch]:
    """The stretches of both, in order; together they are all of both.

    >>> [tuple(one) for one in differences("abc", "abx", Work())]
    [(True, 0, 2, 0, 2), (False, 2, 3, 2, 3)]
    """
    try:
        found = _Counted(before, after, work).get_opcodes()
    except TooMuchWorkError:
        return _ends(before, after)
    return [Stretch(kind == "equal", *places) for kind, *places in found]


class _Counted(SequenceMatcher[str]):
    """A matcher that counts the pairs it looks at."""

    def __init__(self, before: Sequence[str], after: Sequence[str], work: Work) -> None:
        super().__init__(None, before, after, autojunk=False)
        times = Counter(after)
        self._pairs = [0, *accumulate(times[one] for one in before)]
        self._work = work

    def find_longest_match(
        self, alo: int = 0, ahi: int | None = None, blo: int = 0, bhi: int | None = None
    ) -> Match:
        """As difflib's, which looks at every place of ``after`` that holds a member of this stretch."""
        last = len(self._pairs) - 1 if ahi is None else ahi
        self._work.spend(self._pairs[last] - self._pairs[alo])
        return super().find_longest_match(alo, ahi, blo, bhi)


def _ends(before: Sequence[str], after: Sequence[str]) -> list[Stretch]:
    head = _same(before, after)
    tail = min(_same(before[::-1], after[::-1]), len(before) - head, len(after) - head)
    last, new_last = len(before) - tail, len(after) - tail
    found = [
        Stretch(True, 0, head, 0, head),
        Stretch(False, head, last, head, new_last),
        Stretch(True, last, len(before), new_last, len(after)),
    ]
    return [one for one in found if one.start < one.end or one.new_start < one.new_end]


def _same(before: Sequence[str], after: Sequence[str]) -> int:
    """How many members both begin with."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(before, after, strict=False)))
