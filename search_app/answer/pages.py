"""What do people see? Pages as plain values, the same for every interface."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import zip_longest

from corpus.archived import ArchivedArticle
from corpus.published import Published
from indexer.engine import Explanation
from indexer.facets import FacetName
from indexer.query import Sort
from search_app.answer.archive.reprint_changes import PassageChange
from search_app.answer.date_histogram import Timeline
from search_app.answer.highlight import Fragment, HighlightedText
from search_app.answer.selection import Selection
from search_app.query.correction import Correction
from search_app.query.expansion import Expansion, Offer
from search_app.query.grammar import Problem
from search_app.query.readings import WordReadings


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A selection, and what a page shows of it.

    Attributes:
        page: from 1.
        facets: which are counted.
        date_histogram: whether the results are counted by when they were published.
        first_tier_only: articles that lack some of the words are counted, and no hits.
    """

    selection: Selection = field(default_factory=Selection)
    page: int = 1
    size: int = 10
    facets: tuple[FacetName, ...] = tuple(FacetName)
    date_histogram: bool = False
    first_tier_only: bool = False


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value of a facet with its exact count among the matches; "" is "none given"."""

    value: str
    count: int
    chosen: bool
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class Printed:
    """An article as one of the prints of a story."""

    id: str
    title: str
    source: str
    published: Published


@dataclass(frozen=True, slots=True)
class PageStory:
    """The prints of one text.

    Attributes:
        prints: the first published first.
        dated: whether it is known that the first was published first.
    """

    prints: tuple[Printed, ...]
    dated: bool


@dataclass(frozen=True, slots=True)
class ChangesPage:
    """Two prints of a text, and what the second changed."""

    first: Printed
    other: Printed
    changes: tuple[PassageChange, ...]


@dataclass(frozen=True, slots=True)
class PageHit:
    """A result: the article's own words, with what matched marked.

    Attributes:
        rank: from 1, through all pages.
        lacks: typed words that it does not hold (second tier).
        instead: for each of them the reading of its letters that the article has; "" where it has none.
        syllables: of its whole text.
        collapsed: by story: how many other articles found it stands for.
        first: by story: the first print of its story; None where no other article is a print of it.
        first_dated: whether it is known that it was published first.
    """

    rank: int
    id: str
    url: str
    title: tuple[Fragment, ...]
    source: str
    section: str
    published: Published
    score: float
    snippet: tuple[Fragment, ...]
    lacks: tuple[str, ...]
    instead: tuple[str, ...] = ()
    syllables: int = 0
    collapsed: int = 0
    first: Printed | None = None
    first_dated: bool = False

    @property
    def lacking(self) -> Iterator[tuple[str, str]]:
        """Each word it lacks, with the reading that it has instead, or nothing."""
        return zip_longest(self.lacks, self.instead, fillvalue="")


@dataclass(frozen=True, slots=True)
class SearchPage:
    """The answer to a SearchRequest.

    Attributes:
        understood: the query said back, as canonical query text; empty for the whole corpus.
        sort: as applied: an empty query is newest first where relevance was asked.
        total: articles that match, exactly; partial_total: those that hold only some of the words.
        stories: the same, prints of one text counted once; partial_stories: those that no article matches.
        pages: how many pages can be opened.
        archive_number: change of the archive up to which the index answered.
        readings: of each word typed without its marks, where the matching articles hold several.
        mixed: the best come first, whether they hold all of the words or some.
        expands: whether expansion is on; expansions: what was searched besides, or could be.
        offers: names of other times, which were not searched.
        corrections: what may have been meant instead, the likeliest first.
        corrected: what was searched instead, where the query as typed finds nothing; problems are the
            typed query's all the same.
        timeline: when the matching articles were published, where that was asked for.
    """

    request: SearchRequest
    understood: str
    problems: tuple[Problem, ...]
    sort: Sort
    total: int
    partial_total: int
    pages: int
    took_ms: float
    facets: Mapping[FacetName, tuple[FacetValue, ...]]
    hits: tuple[PageHit, ...]
    archive_number: int
    readings: tuple[WordReadings, ...] = ()
    mixed: bool = False
    expands: bool = True
    expansions: tuple[Expansion, ...] = ()
    offers: tuple[Offer, ...] = ()
    corrections: tuple[Correction, ...] = ()
    searched_instead: Correction | None = None
    timeline: Timeline | None = None
    stories: int = 0
    partial_stories: int = 0


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """One article, its searched texts marked where the query matches.

    Attributes:
        texts: title, lede, paragraphs and captions in this order, each with its zone.
        versions: how many the archive keeps.
        hit_count: marked places in all texts.
        story: None where no other article is a print of it.
    """

    archived: ArchivedArticle
    texts: tuple[HighlightedText, ...]
    versions: int
    hit_count: int
    understood: str
    problems: tuple[Problem, ...]
    story: PageStory | None = None


@dataclass(frozen=True, slots=True)
class WhyPage:
    """Why an article stands where it stands for a query, which is said back."""

    understood: str
    title: str
    explanation: Explanation
