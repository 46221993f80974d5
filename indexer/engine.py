"""What is an engine? Two ports, what crosses them, and the total order of results.

An engine's writer takes analysed articles; its reader answers a Question exactly: every id, score,
total and facet count. The memory engine is the oracle that others are held against.
"""

import struct
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

import numpy as np
import numpy.typing as npt

from indexer.facets import FacetName
from indexer.fields import Field
from indexer.query import Question, Sort, Typed
from indexer.spans import Spans

INDEX_FORMAT = 5


@dataclass(frozen=True, slots=True)
class AnalysedArticle:
    """An article as an engine takes it: finished terms, no text.

    Attributes:
        change: number of the archive's change that brought this version.
        places: field (TEXT and those of indexer.fields.VALUES) to term to its places, ascending
            (packed, see indexer.places).
        length: weighted number of syllables of the text, by ZONE_WEIGHTS.
        spans: where each syllable of the text stands, in reading order (indexer.spans.pack_spans).
        first_day, last_day: ordinals of the span of publication; 0 where no year is known.
        minute: sort key of publication (Published.minute); 0 where no year is known.
        facets: its value in each facet; "" where none is given (indexer.facets).
    """

    id: str
    change: int
    places: Mapping[Field, Mapping[str, tuple[int, ...]]]
    length: float
    spans: bytes = b""
    first_day: int = 0
    last_day: int = 0
    minute: int = 0
    facets: Mapping[FacetName, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an index says of itself.

    Attributes:
        format: of the index; another one is refused.
        analyser: fingerprint of the analysis; another one is refused.
        archive_number: the index holds the archive up to this change.
        articles: how many it holds.
    """

    format: int
    analyser: str
    archive_number: int
    articles: int


@dataclass(frozen=True, slots=True)
class Occurrences:
    """Where the typed syllables of a query stand in one version of an article.

    Attributes:
        change: number of the archive's change that brought the version.
        places: of each typed syllable, ascending, packed (see indexer.places).
        spans: of all syllables of the text.
    """

    change: int
    places: Mapping[Typed, tuple[int, ...]]
    spans: Spans


@dataclass(frozen=True, slots=True)
class Hit:
    """An article found.

    Attributes:
        lacks: labels of typed words it does not have (second tier).
        other_readings: for each of them the reading of its letters that it has most of; "" where it has none;
            empty unless the question asked for occurrences.
        occurrences: where the question asked for them; they do not count when hits are compared.
        collapsed: how many other articles that were found, in either tier, it stands for; see
            Question.collapse_stories.
    """

    id: str
    score: float
    lacks: tuple[str, ...] = ()
    occurrences: Occurrences | None = field(default=None, compare=False)
    other_readings: tuple[str, ...] = ()
    collapsed: int = 0


@dataclass(frozen=True, slots=True)
class DateHistogram:
    """When were articles published? Arrays of shape (n,), int64; spans may stand there more than once.

    Attributes:
        first_days, last_days: ordinals of a span of publication; 0 where no year is known.
        counts: how many articles have it.
    """

    first_days: "Counts"
    last_days: "Counts"
    counts: "Counts"

    def by_span(self) -> dict[tuple[int, int], int]:
        """The count of each span, as plain values."""
        found: dict[tuple[int, int], int] = {}
        for first, last, count in zip(
            self.first_days.tolist(), self.last_days.tolist(), self.counts.tolist(), strict=True
        ):
            found[first, last] = found.get((first, last), 0) + count
        return found


@dataclass(frozen=True, slots=True)
class Results:
    """The answer to a Question.

    Attributes:
        total: articles that match, exactly.
        partial_total: articles of the second tier.
        hits: the window asked for.
        facets: of the matching articles, exactly; each facet counted with the choices made in the
            other facets only, so that further values of it can be chosen.
        manifest: of the state of the index that answered.
        readings: where asked for, of each typed syllable (indexer.query.ambiguous_matches): its terms with
            the number of articles that match without expansions (indexer.query.without_expansions) and hold
            them, exactly; spellings of one word count as one, under the spelling that most of these
            articles hold.
        date_histogram: where asked for, when the matching articles were published; it does not count when
            results are compared.
        stories: where asked for, how many stories the matching articles are, exactly; an article that is
            alone is one.
        partial_stories: the same of the second tier, without the stories of which an article matches.
    """

    total: int
    partial_total: int
    hits: tuple[Hit, ...]
    facets: Mapping[FacetName, Mapping[str, int]]
    manifest: Manifest
    readings: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    date_histogram: DateHistogram | None = field(default=None, compare=False)
    stories: int | None = None
    partial_stories: int | None = None


class ReasonKind(StrEnum):
    """What speaks for an article: what was typed, other readings of it; typed words side by side, in the
    stretch that holds most of them, in the headline or the lede.
    """

    MATCH = "match"
    READINGS = "readings"
    AS_TYPED = "as typed"
    ORDERED_WINDOW = "together"
    UNORDERED_WINDOW = "close"
    HEAD = "head"


@dataclass(frozen=True, slots=True)
class Reason:
    """One part of a score.

    Attributes:
        label: what was typed.
        frequency: weighted by zone, in the article; 1 for a word that counts once.
        idf: inverse document frequency; of a pair, that of its rarer word and PAIR_IDF.
        boost: the part of the weight that counts.
        value: what it adds to the score: the values of all reasons sum to the score.
    """

    label: str
    kind: ReasonKind
    frequency: float
    idf: float
    boost: float
    value: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why an article scores what it scores: the reasons' worths add up to the score.

    Attributes:
        length: weighted number of syllables; mean_length: of all articles.
    """

    id: str
    length: float
    mean_length: float
    reasons: tuple[Reason, ...]

    @property
    def score(self) -> float:
        """The sum; an article among the best of its query has it in the list too."""
        return sum(reason.value for reason in self.reasons)


Counts = npt.NDArray[np.int64]


class Lexicon(Protocol):
    """What the corpus knows of syllables: a model of its language, of one state of the index.

    Counts are of occurrences in the text (Field.TEXT) and weigh guesses, they are no totals: an article that
    was removed may still count until its part of the index is written anew. Safe for threads.
    """

    @property
    def total(self) -> int:
        """Occurrences of all terms."""

    def readings(self, syllable: str) -> Sequence[tuple[str, int]]:
        """Terms that share a normalised syllable's reading key, with their occurrences; most first."""

    def neighbours(self, syllable: str) -> Sequence[tuple[str, int]]:
        """Reading keys of terms that are one edit from a syllable without its marks; the most frequent first.

        Each with the occurrences of its terms; without the syllable's own key. See indexer.text.edits.
        """

    def bigram_counts(self, firsts: Sequence[str], seconds: Sequence[str]) -> Counts:
        """How often each second term stands right after each first, in one paragraph: (firsts, seconds)."""


class IndexReader(Protocol):
    """One state of the index; answers do not change while it is open. Safe for threads."""

    @property
    def manifest(self) -> Manifest:
        """What this state holds."""

    def search(self, question: Question) -> Results:
        """The exact answer.

        Raises:
            corpus.errors.UserError: the question is past a stated limit.
        """

    def explain(self, question: Question, article_id: str) -> Explanation | None:
        """Why an article scores what it scores; None where the index does not hold it."""

    def contents(self) -> Mapping[str, tuple[int, int]]:
        """Of every article held: id to (change, places_checksum)."""

    def lexicon(self) -> Lexicon:
        """What its text knows of syllables; cheap to ask for."""

    def close(self) -> None:
        """Frees what is held; searches under way finish."""


class IndexWriter(Protocol):
    """The one writer of an index."""

    @property
    def manifest(self) -> Manifest:
        """What the last commit holds."""

    def add(self, article: AnalysedArticle) -> None:
        """Adds an article, in place of an earlier version of the same id."""

    def remove(self, article_id: str) -> None:
        """Takes an article out; nothing happens where it is not held."""

    def commit(self, archive_number: int, *, last: bool = False) -> Manifest:
        """Makes all that was added and removed visible at once, and durable.

        Args:
            last: no other commit follows at once: worth some work that makes reading faster.
        """

    def close(self) -> None:
        """Lets go of the index; what was not committed is dropped."""


UNDATED_MINUTE = 1 << 40
"""A minute after all others: where undated articles stand, oldest first."""


def result_order(score: float, minute: int, article_id: str, sort: Sort) -> tuple[float, int, str]:
    """The sort key of a hit within its tier: ascending and total; undated articles come last."""
    match sort:
        case Sort.RELEVANCE:
            return (-score, -minute, article_id)
        case Sort.NEWEST:
            return (0.0, -minute, article_id)
        case Sort.OLDEST:
            return (0.0, minute or UNDATED_MINUTE, article_id)


def term_checksum(field: Field, term: str, places: bytes) -> int:
    """Checksum of one term's places in one article (32-bit little-endian integers, ascending).

    An article's checksum is the sum over its terms and its spans, modulo 2**64: it does not depend on order.
    """
    return zlib.crc32(places, zlib.crc32(f"{field}:{term}".encode())) * _ODD % (1 << 64)


_ODD = 0x9E3779B97F4A7C15  # spreads 32 bits over 64 (the golden ratio's fraction)


def spans_checksum(spans: bytes) -> int:
    """What an article's spans add to its checksum."""
    return zlib.crc32(spans) * _ODD % (1 << 64)


def places_checksum(article: AnalysedArticle) -> int:
    """The checksum of an article's places and spans."""
    places = sum(
        term_checksum(field, term, struct.pack(f"<{len(places)}I", *places))
        for field, terms in article.places.items()
        for term, places in terms.items()
    )
    return (places + spans_checksum(article.spans)) % (1 << 64)
