"""What is an engine? The protocols of its reader and writer, and their values.

An engine's writer takes analysed articles; its reader answers a Question exactly: every id, score, total and
facet count. The memory engine is the reference that other engines must agree with.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

import numpy as np
import numpy.typing as npt

from corpus.message import Message
from indexer.counting import CountReader
from indexer.facets import FacetName
from indexer.fields import Field
from indexer.pin import PinnedVersions
from indexer.query import Question, Typed
from indexer.spans import Spans
from indexer.word_counts import WordCounts

INDEX_FORMAT = 8


@dataclass(frozen=True, slots=True)
class AnalysedArticle:
    """An article as an engine takes it: terms with places, without the text.

    Attributes:
        change: number of the archive's change that brought this version.
        places: field (TEXT and those of indexer.fields.VALUES) to term to its places, ascending
            (packed, see indexer.places).
        length: weighted number of syllables of the text, by ZONE_WEIGHTS.
        spans: the offsets of each syllable of the text, in reading order (indexer.spans.pack_spans).
        first_day, last_day: ordinals of the span of publication; 0 where no year is known.
        minute: sort key of publication (Published.minute); 0 where no year is known.
        guessed: whether the date was inferred in part, or is that of the last change.
        facets: its values in each facet; "" alone where none is given (indexer.facets).
    """

    id: str
    change: int
    places: Mapping[Field, Mapping[str, tuple[int, ...]]]
    length: float
    spans: bytes = b""
    first_day: int = 0
    last_day: int = 0
    minute: int = 0
    guessed: bool = False
    facets: Mapping[FacetName, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an index says of itself.

    Attributes:
        format: the format of the index; an index of a format that is not read any more is refused.
        analyser: fingerprint of the analysis; an index with another fingerprint is refused.
        archive_number: the index is up to this change of the archive.
        articles: the number of articles in the index.
    """

    format: int
    analyser: str
    archive_number: int
    articles: int


@dataclass(frozen=True, slots=True)
class Occurrences:
    """Where the typed syllables of a query occur in one version of an article.

    Attributes:
        change: number of the archive's change that brought the version.
        syllables: the typed syllables that were looked for.
        keys: int64 (n,), ascending: each packed place (see indexer.places) of each of them, as
            ``place << KEY_BITS | number of the syllable``.
        spans: the offsets of all syllables of the text.
    """

    change: int
    syllables: tuple[Typed, ...]
    keys: npt.NDArray[np.int64]
    spans: Spans

    @property
    def places(self) -> Mapping[Typed, tuple[int, ...]]:
        """The places of each typed syllable, ascending."""
        places, owners = self.keys >> KEY_BITS, self.keys & (1 << KEY_BITS) - 1
        return {
            typed: tuple(places[owners == number].tolist()) for number, typed in enumerate(self.syllables)
        }


KEY_BITS = 16
"""Of the number of a syllable in Occurrences.keys."""


@dataclass(frozen=True, slots=True)
class Hit:
    """An article in the results.

    Attributes:
        lacks: labels of the typed words that it does not have (the last tier); none of those that only ask.
        other_readings: for each of them the reading of its letters that it has most of; "" where it has none;
            empty unless the question asked for occurrences.
        scattered: labels of the units whose words it has, but nowhere in a row.
        occurrences: None unless the question asked for them; ignored when hits are compared.
        collapsed: how many other articles of its story, of any tier, were collapsed into this hit; see
            Question.collapse_stories.
    """

    id: str
    score: float
    lacks: tuple[str, ...] = ()
    occurrences: Occurrences | None = field(default=None, compare=False)
    other_readings: tuple[str, ...] = ()
    collapsed: int = 0
    scattered: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DateHistogram:
    """How many articles have which span of publication? int64 arrays of shape (n,); a span may be repeated.

    Attributes:
        first_days, last_days: ordinals of the span; 0 where no year is known.
        counts: how many articles have the span.
        guessed: of how many of these it is guessed (AnalysedArticle); None: of none, or of an index of a
            format before 8, which does not know.
    """

    first_days: "Counts"
    last_days: "Counts"
    counts: "Counts"
    guessed: "Counts | None" = None

    def by_span(self) -> dict[tuple[int, int], int]:
        """The count of each span, as plain values."""
        counts: dict[tuple[int, int], int] = {}
        for first, last, count in zip(
            self.first_days.tolist(), self.last_days.tolist(), self.counts.tolist(), strict=True
        ):
            counts[first, last] = counts.get((first, last), 0) + count
        return counts


@dataclass(frozen=True, slots=True)
class Results:
    """The answer to a Question.

    Attributes:
        total: the exact number of matching articles.
        scattered_total, partial_total: the exact numbers of articles of the later tiers (indexer.tiers).
        hits: the window that was asked for.
        facets: exact counts of the matching articles; for each facet only the filters of the other facets are
            applied, so that further values of it can be chosen. Spellings that are one value
            (corpus.value_folding) count as one, under the spelling that most articles of the index have. Of a
            facet of SEVERAL, Question.most_values limits which values are listed.
        facet_sizes: of each facet counted, the number of values that matching articles have, listed or not.
        manifest: the manifest of the state of the index that answered.
        readings: where asked for, of each typed unit or syllable with free marks
            (indexer.query.ambiguous_matches), by its label: the terms, of a unit joined by spaces, as which
            it stands in the articles that match without expansions (indexer.query.without_expansions), with
            the exact number of these articles; spellings of one word count as one, under the spelling that
            most of these articles hold.
        date_histogram: where asked for, when the matching articles were published; ignored when results are
            compared.
        stories: where asked for, the exact number of stories of the matching articles; an article in no story
            counts as one.
        scattered_stories, partial_stories: the same for the later tiers, without the stories that have an
            article of an earlier tier.
        hits_total: where asked for, the exact number of hits in the matching articles; None where the query
            has no words whose spans are hits, and of an index of a format before 8.
    """

    total: int
    scattered_total: int
    partial_total: int
    hits: tuple[Hit, ...]
    facets: Mapping[FacetName, Mapping[str, int]]
    manifest: Manifest
    readings: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    date_histogram: DateHistogram | None = field(default=None, compare=False)
    stories: int | None = None
    scattered_stories: int | None = None
    partial_stories: int | None = None
    facet_sizes: Mapping[FacetName, int] = field(default_factory=dict)
    hits_total: int | None = None


class ReasonKind(StrEnum):
    """The kinds of reasons.

    A match as typed, and its other readings; typed words in their exact form, in an ordered window
    (adjacent), in an unordered window (close together), in the head (headline or lede); and a name that was
    typed with capitals.
    """

    MATCH = "match"
    READINGS = "readings"
    AS_TYPED = "as typed"
    ORDERED_WINDOW = "together"
    UNORDERED_WINDOW = "close"
    HEAD = "head"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Reason:
    """One part of a score.

    Attributes:
        label: what was typed.
        frequency: the frequency in the article, weighted by zone; 1 for a word that counts once.
        idf: inverse document frequency; of a pair or a name, that of its rarest word
            and PHRASE_IDF.
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
    """Why an article has its score: the sum of the values of its reasons.

    Attributes:
        length: the weighted number of syllables; mean_length: the mean over all articles.
    """

    id: str
    length: float
    mean_length: float
    reasons: tuple[Reason, ...]

    @property
    def score(self) -> float:
        """The sum of the values; equal to the hit's score for an article among the RERANK_DEPTH best."""
        return sum(reason.value for reason in self.reasons)


Counts = npt.NDArray[np.int64]


class Lexicon(Protocol):
    """Counts of syllables and bigrams of the corpus, in one state of the index. Safe for threads.

    Counts are of occurrences in the text (Field.TEXT). They serve to weigh corrections and are not exact
    totals: a removed article may be counted until its segment is merged. A term that stands in removed
    articles alone is not given.
    """

    @property
    def total(self) -> int:
        """Occurrences of all terms."""

    def readings(self, syllable: str) -> Sequence[tuple[str, int]]:
        """The terms with a syllable's reading key, and their occurrences; the most frequent first."""

    def neighbours(self, syllable: str) -> Sequence[tuple[str, int]]:
        """The reading keys one edit away from a folded syllable, each with the occurrences of its terms.

        The most frequent first; without the syllable's own key. See indexer.text.edits.
        """

    def bigram_counts(self, firsts: Sequence[str], seconds: Sequence[str]) -> Counts:
        """How often each second term follows each first in one paragraph: (firsts, seconds)."""


class IndexReader(Protocol):
    """Reads one state of the index; its answers do not change while it is open. Safe for threads."""

    @property
    def manifest(self) -> Manifest:
        """The manifest of this state."""

    @property
    def stories_number(self) -> int:
        """The archive's change up to which its stories are known; below the manifest's: they lag behind."""

    def search(self, question: Question) -> Results:
        """The exact answer.

        Raises:
            corpus.errors.UserError: the question is past a stated limit.
        """

    def explain(self, question: Question, article_id: str) -> Explanation | None:
        """Why an article has its score; None where the index does not hold it."""

    def contents(self) -> Mapping[str, tuple[int, int]]:
        """For every article in the index: id to (change, places_checksum)."""

    def damage(self) -> tuple[Message, ...]:
        """What is wrong with the files of this state, a sentence each; all bytes and counts are proven."""

    def lexicon(self) -> Lexicon:
        """The lexicon of this state; the call is cheap."""

    def word_counts(self) -> WordCounts | None:
        """The exact counts of words and neighbours, in some seconds; None where the format has none."""

    def counts(self) -> CountReader | None:
        """What counts in this state, as long as this reader; None for a format without forward lists."""

    def pinned(self, pin: PinnedVersions) -> "IndexReader":
        """A reader of an earlier state; it is valid as long as this one.

        Raises:
            corpus.errors.OperatorError: the index does not keep the versions of that state yet.
        """

    def only(self, versions: frozenset[int]) -> "IndexReader":
        """A reader of some versions of this state alone; it is valid as long as this one."""

    def close(self) -> None:
        """Frees the resources; searches under way finish."""


class IndexWriter(Protocol):
    """The one writer of an index."""

    @property
    def manifest(self) -> Manifest:
        """The manifest of the last commit."""

    def add(self, article: AnalysedArticle) -> None:
        """Adds an article, in place of an earlier version of the same id."""

    @property
    def kept_to(self) -> int:
        """The archive's change up to which superseded versions are kept; 0 where none are."""

    def keep(self, article: AnalysedArticle) -> None:
        """Keeps a superseded version for pins, beside the current one."""

    def erase_kept(self, article_id: str) -> None:
        """Removes all superseded versions of an article that are kept, and with the commit their bytes."""

    def commit_kept(self, archive_number: int) -> None:
        """Makes the versions that are kept durable; none but pinned readers see them."""

    def remove(self, article_id: str) -> None:
        """Removes an article; does nothing where the index does not hold it."""

    def erase(self, article_id: str) -> None:
        """Removes an article, and with the commit its bytes, also of versions that were removed before."""

    def commit(self, archive_number: int, *, last: bool = False) -> Manifest:
        """Makes all additions and removals visible at once, and durable.

        Args:
            last: whether no other commit follows soon, so that more merging pays.
        """

    def close(self) -> None:
        """Releases the index, and drops what is not committed."""
