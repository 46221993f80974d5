"""Which items, or runs of items, stand in some articles, and how often? Word lists and n-grams.

A run lies within one paragraph of one article, and wholly in the text that is counted.
"""

from dataclasses import dataclass, field

import numpy as np

from indexer.counting import CountedText, TokenUnit
from indexer.text.words import segmenter
from search_app.answer.counting.asking import CountedSelection, fold_articles, lend_counts, understand_counted
from search_app.answer.counting.item_order import ItemMeasure, Listing, list_items
from search_app.answer.counting.limits import keeps_all_runs
from search_app.answer.evaluation import Evaluator
from search_app.answer.selection import Selection

LONGEST = 5
"""Items of the longest run."""

_MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class NgramRequest:
    """Whose runs are asked for, and which of them are listed; they are sorted by frequency.

    Attributes:
        length: items of a run; 1: a list of words, or of syllables.
    """

    selection: Selection = field(default_factory=Selection)
    unit: TokenUnit = TokenUnit.WORD
    length: int = 1
    listing: Listing = field(default_factory=lambda: Listing(ItemMeasure.FREQUENCY))


@dataclass(frozen=True, slots=True)
class Ngram:
    """A run.

    Attributes:
        rank: its place in the order, from 1.
        per_million: its count by a million runs of this length.
    """

    rank: int
    text: str
    count: int
    per_million: float


@dataclass(frozen=True, slots=True)
class Ngrams:
    """The runs of a selection.

    Attributes:
        change: the change of the archive that the index answered for.
        segmenter: what cut the text into words.
        articles: how many match.
        runs: how many runs of this length they have.
        distinct: how many different ones; None where those below the floor were not told apart.
        total: how many different ones there are, above the floor.
        ngrams: those that are listed.
    """

    request: NgramRequest
    asked: CountedSelection
    change: int
    segmenter: str
    articles: int
    runs: int
    distinct: int | None
    total: int
    ngrams: tuple[Ngram, ...]


class NgramCounting:
    """The use case of word lists and n-grams; safe for threads."""

    def __init__(self, evaluator: Evaluator) -> None:
        self._evaluator = evaluator

    def find(self, request: NgramRequest) -> Ngrams:
        """The runs of the articles that match.

        Raises:
            UserError: the query is past a stated limit, or the page cannot be.
            OperatorError: the index cannot count, or cannot be read.
        """
        request.listing.check()
        selection = request.selection
        with lend_counts(self._evaluator, selection) as (reader, counts):
            asked = understand_counted(self._evaluator, selection)
            text = CountedText(once=selection.once)
            matching = fold_articles(counts.articles(asked.question, text), selection)
            least = request.listing.least
            has_all = keeps_all_runs(int(matching.syllables.sum()), request.length, least)
            runs = counts.items(
                matching, text, request.unit, request.length, at_least=1 if has_all else least
            )
            is_enough = runs.counts >= least
            keys, found = runs.keys[is_enough], runs.counts[is_enough]
            listed = list_items(found.astype(np.float64), found, keys, runs.texts_of, request.listing)
            ngrams = tuple(
                Ngram(place, text, int(found[row]), int(found[row]) * _MILLION / runs.total)
                for place, (row, text) in enumerate(
                    zip(listed.rows, listed.texts, strict=True), listed.first + 1
                )
            )
            return Ngrams(
                request,
                asked,
                reader.manifest.archive_number,
                segmenter(),
                len(matching),
                runs.total,
                len(runs.keys) if has_all else None,
                len(keys),
                ngrams,
            )
