"""Which items stand near the hits of a query, and more often than elsewhere in what is held?

Every count is of one unit, syllables or words, and of one text: the zones in which the query's hits can
stand, of the articles that are held under the same filters. A place in two windows counts once; what is in a
hit is in no window (docs/counting.md).
"""

from dataclasses import dataclass, field

import numpy as np

from indexer.counting import ItemCounts, LocatedHits, TokenUnit, Window
from indexer.text.words import segmenter
from search_app.answer.counting.asking import (
    CountedSelection,
    fold_hits,
    held_around,
    lend_counts,
    understand_counted,
)
from search_app.answer.counting.item_order import ItemMeasure, Listing, list_items
from search_app.answer.counting.limits import MOST_BESIDE, check_hits
from search_app.answer.counting.measures import log_dice, log_likelihood, log_ratio
from search_app.answer.evaluation import Evaluator
from search_app.answer.selection import Selection

_WINDOW = Window(5, 5, TokenUnit.WORD)


@dataclass(frozen=True, slots=True)
class CollocationRequest:
    """Whose neighbours are asked for, within which window, and which of them are listed.

    Attributes:
        listing: its floor is of how often the collocate stands in windows.
    """

    selection: Selection = field(default_factory=Selection)
    window: Window = _WINDOW
    listing: Listing = field(default_factory=Listing)


@dataclass(frozen=True, slots=True)
class Collocate:
    """An item that stands near hits.

    Attributes:
        rank: its place in the order, from 1.
        together: f_xy: how often it stands in windows.
        held: f_y: how often it stands in all that is held.
        log_likelihood: negative where it stands in windows less often than elsewhere.
        log_ratio: None where there is no text outside of windows.
    """

    rank: int
    text: str
    together: int
    held: int
    log_likelihood: float
    log_dice: float
    log_ratio: float | None


@dataclass(frozen=True, slots=True)
class Collocations:
    """The collocates of a query.

    Attributes:
        change: the change of the archive that the index answered for.
        segmenter: what cut the text into words.
        articles: how many match.
        hits: f_x; None where the query has no words.
        window_tokens: R: how many tokens stand in windows.
        held_articles: how many articles are held.
        held_tokens: N: how many tokens they have in the text that is counted.
        total: how many collocates there are, above the floor.
        collocates: those that are listed.
    """

    request: CollocationRequest
    asked: CountedSelection
    change: int
    segmenter: str
    articles: int
    hits: int | None
    window_tokens: int
    held_articles: int
    held_tokens: int
    total: int
    collocates: tuple[Collocate, ...]


class CollocationCounting:
    """The use case of collocations; safe for threads."""

    def __init__(self, evaluator: Evaluator) -> None:
        self._evaluator = evaluator

    def find(self, request: CollocationRequest) -> Collocations:
        """The collocates of a query.

        Raises:
            UserError: the query is past a stated limit, or the page cannot be.
            OperatorError: the index cannot count, or cannot be read.
        """
        request.listing.check()
        selection = request.selection
        with lend_counts(self._evaluator, selection) as (reader, counts):
            asked = understand_counted(self._evaluator, selection)
            check_hits(counts.articles(asked.question, asked.text), MOST_BESIDE)
            hits = fold_hits(counts.hits(asked.question, asked.text), selection)
            near = counts.nearby(hits, request.window, asked.text)
            held = held_around(counts.articles(asked.held, asked.text), hits.articles, selection)
            every = counts.items(held, asked.text, request.window.unit)
            total, collocates = _listed(near, every, hits, request.listing)
            return Collocations(
                request,
                asked,
                reader.manifest.archive_number,
                segmenter(),
                len(hits.articles),
                len(hits) if asked.has_hits else None,
                near.total,
                len(held),
                every.total,
                total,
                collocates,
            )


def _listed(
    near: ItemCounts, every: ItemCounts, hits: LocatedHits, listing: Listing
) -> tuple[int, tuple[Collocate, ...]]:
    """How many collocates there are, and those that are listed."""
    is_enough = near.counts >= listing.least
    keys, together = near.keys[is_enough], near.counts[is_enough]
    held = every.of(keys)
    windows = np.full_like(together, near.total)
    others = np.full_like(together, every.total) - windows
    apart = held - together
    measures = {
        ItemMeasure.FREQUENCY: together.astype(np.float64),
        ItemMeasure.LOG_LIKELIHOOD: log_likelihood(together, windows - together, apart, others - apart),
        ItemMeasure.LOG_DICE: log_dice(together, np.full_like(together, len(hits)), held),
        ItemMeasure.LOG_RATIO: log_ratio(together, windows, apart, others),
    }
    listed = list_items(measures[listing.by], together, keys, near.texts_of, listing)
    collocates = tuple(
        Collocate(
            listed.first + place,
            text,
            int(together[row]),
            int(held[row]),
            float(measures[ItemMeasure.LOG_LIKELIHOOD][row]),
            float(measures[ItemMeasure.LOG_DICE][row]),
            _or_none(measures[ItemMeasure.LOG_RATIO][row]),
        )
        for place, (row, text) in enumerate(zip(listed.rows, listed.texts, strict=True), 1)
    )
    return len(keys), collocates


def _or_none(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
