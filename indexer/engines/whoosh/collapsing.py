"""How many stories do the matching articles have, and which article represents each?

The snapshot has a column of story numbers for each segment. ALONE is -1, so where the articles of stories are
counted it indexes the last place of an array that is one longer than there are stories, and no mask is needed
to leave it out.
"""

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from indexer.engines.whoosh.hit_order import Ranked
from indexer.engines.whoosh.segment_answer import SegmentAnswer
from indexer.engines.whoosh.snapshot import Snapshot
from indexer.kernels.spots import note_stories
from indexer.query import Question
from indexer.story_numbers import ALONE
from indexer.tiers import Tier

Int64Array = npt.NDArray[np.int64]
Rank = Callable[[int], Ranked]
"""Ranks: from a count, the first so many articles in the total order."""

_DEEPER = 4  # factor by which the depth grows until the window has stories enough


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
) -> tuple[Ranked, list[int]]:
    """The window of the best article of each story, and how many other articles each was collapsed from."""
    end = question.offset + question.size
    depth = end
    while True:
        ranked = rank(depth)
        firsts = _firsts(_stories_of(snapshot, ranked))
        if len(firsts) >= end or ranked.count < depth:
            break
        depth *= _DEEPER
    window = ranked.take(firsts[question.offset : end])
    stories = _stories_of(snapshot, window)
    return window, np.where(stories == ALONE, 0, _story_counts(snapshot, answers)[stories] - 1).tolist()


def _stories_of(snapshot: Snapshot, ranked: Ranked) -> Int64Array:
    stories = np.full(ranked.count, ALONE, np.int64)
    for place in range(len(ranked.answers)):
        here = ranked.places == place
        stories[here] = snapshot.story_column(place)[ranked.numbers[here]]
    return stories


def _firsts(stories: Int64Array) -> Int64Array:
    """The first row of each story, ascending; an article that is in no story counts as one of its own."""
    rows = np.arange(len(stories))
    distinct = np.where(stories == ALONE, -1 - rows, stories)
    return np.sort(np.unique(distinct, return_index=True)[1])


def _story_counts(snapshot: Snapshot, answers: Sequence[SegmentAnswer]) -> Int64Array:
    """For each story how many articles of any tier it has; with the one further place for ALONE."""
    counts = np.zeros(snapshot.stories.count + 1, np.int64)
    for place, answer in enumerate(answers):
        column = snapshot.story_column(place)
        for tier in Tier:
            stories = column[answer.tier(tier)]
            counts += np.bincount(stories[stories != ALONE], minlength=len(counts))
    return counts
