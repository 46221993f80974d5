"""Where do two sequences differ, found by difflib with a limit on its work?

difflib takes cubic time if many members are equal (for "a a a …" beside "b b b …", where each space is a
member, a minute at a thousand words). Ordinary articles stay far from the limit. Past it, only the common
beginning and the common end are found, and all that is between counts as different.
"""

from collections import Counter
from collections.abc import Sequence
from difflib import Match, SequenceMatcher
from itertools import accumulate, takewhile
from typing import NamedTuple


class Stretch(NamedTuple):
    """``before[start:end]`` became ``after[new_start:new_end]``; ``equal`` tells if they are the same."""

    equal: bool
    start: int
    end: int
    new_start: int
    new_end: int


class TooMuchWorkError(Exception):
    """Fewer pairs are left than the next step compares."""


class Work:
    """The number of pairs of equal members that may still be compared. The default takes a second or two.

    One Work can serve all comparisons of a page.
    """

    def __init__(self, pairs: int = 20_000_000) -> None:
        self._left = pairs

    def spend(self, pairs: int) -> None:
        """Subtracts from the number that is left.

        Raises:
            TooMuchWorkError: fewer pairs are left.
        """
        if pairs > self._left:
            raise TooMuchWorkError
        self._left -= pairs


def differences(before: Sequence[str], after: Sequence[str], work: Work) -> list[Stretch]:
    """The stretches of two sequences, equal and different, in order; together they cover both.

    >>> [tuple(stretch) for stretch in differences("abc", "abx", Work())]
    [(True, 0, 2, 0, 2), (False, 2, 3, 2, 3)]
    """
    try:
        opcodes = _LimitedMatcher(before, after, work).get_opcodes()
    except TooMuchWorkError:
        return _common_ends(before, after)
    return [Stretch(kind == "equal", *places) for kind, *places in opcodes]


class _LimitedMatcher(SequenceMatcher[str]):
    """A matcher that spends a Work on the pairs it compares."""

    def __init__(self, before: Sequence[str], after: Sequence[str], work: Work) -> None:
        super().__init__(None, before, after, autojunk=False)
        times = Counter(after)
        self._pairs = [0, *accumulate(times[member] for member in before)]
        self._work = work

    def find_longest_match(
        self, alo: int = 0, ahi: int | None = None, blo: int = 0, bhi: int | None = None
    ) -> Match:
        """As difflib's. It compares each member of ``before`` with all equal members of ``after``."""
        last = len(self._pairs) - 1 if ahi is None else ahi
        self._work.spend(self._pairs[last] - self._pairs[alo])
        return super().find_longest_match(alo, ahi, blo, bhi)


def _common_ends(before: Sequence[str], after: Sequence[str]) -> list[Stretch]:
    """The common beginning, the different middle and the common end, without those that are empty."""
    head = _count_equal(before, after)
    tail = min(_count_equal(before[::-1], after[::-1]), len(before) - head, len(after) - head)
    last, new_last = len(before) - tail, len(after) - tail
    stretches = [
        Stretch(True, 0, head, 0, head),
        Stretch(False, head, last, head, new_last),
        Stretch(True, last, len(before), new_last, len(after)),
    ]
    return [each for each in stretches if each.start < each.end or each.new_start < each.new_end]


def _count_equal(before: Sequence[str], after: Sequence[str]) -> int:
    """The number of members at the beginning of both that are equal."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(before, after, strict=False)))
