"""How many stories do the matching articles have, and which article stands for each?

The best article stands for its story; of several that score the same, the one that was printed first. In an
order without scores that is the first print of those in the first tier that has any. The articles chosen keep
their order: collapsing leaves articles out and moves none. Equal means to the bit: prints of one text are
scored by the same operations on the same numbers, in every segment, so only a difference of the texts makes
one of the scores.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from indexer.engines.whoosh.hit_order import Ranked
from indexer.engines.whoosh.segment_answer import SegmentAnswer
from indexer.engines.whoosh.segments import DocumentNumbers
from indexer.engines.whoosh.snapshot import Snapshot
from indexer.kernels.spots import note_stories
from indexer.query import Question
from indexer.story_numbers import ALONE, StoryColumn
from indexer.tiers import Tier

Int64Array = npt.NDArray[np.int64]
Members = Mapping[tuple[Tier, int], DocumentNumbers]
"""Articles by tier and segment, ascending."""

_DEEPER = 4  # factor by which the depth grows until the window has stories enough
_LOOKED_AT = 4  # times the window: so many of the ranked articles are looked at before all of them are
_GROUP = 1 << 32  # above every rank of a print


class RankedHead(NamedTuple):
    """The first articles in the total order, but for ties of date.

    Attributes:
        is_cut: whether articles that score as much as the last one may be missing.
        is_whole: whether these are all articles.
    """

    ranked: Ranked
    is_cut: bool
    is_whole: bool

    def first(self, count: int) -> "RankedHead":
        """The first so many of these."""
        if count >= self.ranked.count:
            return self
        return RankedHead(self.ranked.take(np.arange(count)), is_cut=True, is_whole=False)


Rank = Callable[[int], RankedHead]
"""Ranks: from a count, at least the first so many articles."""


def count_stories(snapshot: Snapshot, answers: Sequence[SegmentAnswer]) -> tuple[int, ...]:
    """For each tier, how many stories its articles have that no earlier tier has."""
    seen = np.zeros(snapshot.stories.count, np.bool_)
    counts: list[int] = []
    for tier in Tier:
        counts.append(0)
        for place, answer in enumerate(answers):
            fresh, alone = note_stories(snapshot.story_column(place), answer.tier(tier), seen)
            counts[-1] += fresh + alone
    return tuple(counts)


def story_window(
    snapshot: Snapshot, question: Question, answers: Sequence[SegmentAnswer], rank: Rank
) -> Ranked:
    """The window of the articles that stand for their stories, where they are ranked by score.

    The depth grows until the window is full. Of articles with equal scores some may lie below the depth, so
    a story whose best articles score as the last one does is not settled yet. Twice as many articles as
    stories are mostly enough; but a later tier is not scored for the sake of a guess.
    """
    end = question.offset + question.size
    depth = max(end, min(2 * end, sum(answer.count(Tier.MATCHES) for answer in answers)))
    while True:
        head = rank(depth)
        for part in (head.first(_LOOKED_AT * end), head):
            rows = _settled(snapshot, part)
            if part.is_whole or len(rows) >= end:
                return part.ranked.take(rows).window(question.offset, end)
        depth = max(depth, head.ranked.count) * _DEEPER


def first_prints(
    snapshot: Snapshot, answers: Sequence[SegmentAnswer], tiers: Sequence[Tier], *, by_tier: bool
) -> Members:
    """The articles that stand for their stories, where none is scored.

    Args:
        by_tier: whether an article of an earlier tier comes before all of later ones.
    """
    first = np.full(snapshot.stories.count, len(Tier) * _GROUP, np.int64)
    keys = {}
    for tier in tiers:
        for place, answer in enumerate(answers):
            numbers = answer.tier(tier)
            stories = snapshot.story_column(place)[numbers]
            rows = np.flatnonzero(stories != ALONE)
            ranks = snapshot.print_column(place)[numbers[rows]].astype(np.int64)
            own = ranks + (tier * _GROUP if by_tier else 0)
            np.minimum.at(first, stories[rows], own)
            keys[tier, place] = numbers, rows, stories[rows], own
    chosen = {}
    for at, (numbers, rows, stories, own) in keys.items():
        kept = np.ones(len(numbers), np.bool_)
        kept[rows] = first[stories] == own
        chosen[at] = numbers[kept]
    return chosen


def count_collapsed(snapshot: Snapshot, answers: Sequence[SegmentAnswer], window: Ranked) -> list[int]:
    """For each article of a window, how many other articles of any tier its story has."""
    return [
        0 if story == ALONE else _count_found(snapshot, answers, story) - 1
        for story in _column(window, snapshot.story_column).tolist()
    ]


def _count_found(snapshot: Snapshot, answers: Sequence[SegmentAnswer], story: int) -> int:
    """How many articles of a story are in any tier; a story has few, whatever is found beside it."""
    count = 0
    for place, answer in enumerate(answers):
        members = snapshot.story_members(place, story)
        for tier in Tier if len(members) else ():
            numbers = answer.tier(tier)
            at = np.searchsorted(numbers, members)
            count += int((numbers[at[at < len(numbers)]] == members[at < len(numbers)]).sum())
    return count


def _column(ranked: Ranked, column: Callable[[int], StoryColumn]) -> Int64Array:
    """The values of ranked articles in a column that each segment has."""
    values = np.empty(ranked.count, np.int64)
    for place in range(len(ranked.answers)):
        here = ranked.places == place
        values[here] = column(place)[ranked.numbers[here]]
    return values


def _runs(ranked: Ranked) -> Int64Array:
    """For each ranked article, how many different tiers and scores come before its own."""
    changes = (np.diff(ranked.groups) != 0) | (np.diff(ranked.scores) != 0)
    return np.concatenate([[0], np.cumsum(changes)])[: ranked.count]


def _settled(snapshot: Snapshot, head: RankedHead) -> Int64Array:
    """The rows that surely stand for their stories, ascending; an article in none is a story of its own."""
    ranked, runs = head.ranked, _runs(head.ranked)
    stories = _column(ranked, snapshot.story_column)
    rows = np.flatnonzero(stories != ALONE)
    own = stories[rows]
    order = np.lexsort((_column(ranked, snapshot.print_column)[rows], runs[rows], own))
    is_first = np.diff(own[order], prepend=ALONE) != 0
    chosen = np.sort(np.concatenate([np.flatnonzero(stories == ALONE), rows[order[is_first]]]))
    return chosen[runs[chosen] < runs[-1]] if head.is_cut else chosen
