"""What are the values of the pages that people see? They are the same for every interface."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import zip_longest

from corpus.archived import ArchivedArticle
from corpus.moment import VIETNAM
from corpus.published import Published
from corpus.rights import UNSAID, Rights
from indexer.engine import Explanation
from indexer.facets import FacetName
from indexer.query import Sort
from search_app.answer.archive.reprint_changes import PassageChange
from search_app.answer.date_histogram import Timeline
from search_app.answer.highlight import Fragment, HighlightedText
from search_app.answer.selection import Selection
from search_app.query.correction import Correction
from search_app.query.cutting import QueryUnit
from search_app.query.expansion import Expansion, Offer
from search_app.query.grammar import Problem
from search_app.query.readings import WordReadings

MOST_VALUES = 100
"""Values of a facet with several an article that an answer lists unless more are asked for."""


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A selection, and which part of its results a page shows.

    Attributes:
        page: number of the page, from 1.
        size: results on a page.
        facets: the facets whose values are counted.
        most_values: how many values are listed of a facet in which an article can have several (authors and
            tags), beside those in force; None: all.
        date_histogram: whether the results are counted by date of publication.
        first_tier_only: whether later tiers are only counted, and not among the hits.
    """

    selection: Selection = field(default_factory=Selection)
    page: int = 1
    size: int = 10
    facets: tuple[FacetName, ...] = tuple(FacetName)
    date_histogram: bool = False
    first_tier_only: bool = False
    most_values: int | None = MOST_VALUES


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value of a facet with its exact count among the matches; "" stands for articles without a value."""

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
        prints: in the order of publication.
        dated: whether the dates tell for certain which was published first.
    """

    prints: tuple[Printed, ...]
    dated: bool


@dataclass(frozen=True, slots=True)
class ChangesPage:
    """Two prints of a text, and what the other changed of the first."""

    first: Printed
    other: Printed
    changes: tuple[PassageChange, ...]


@dataclass(frozen=True, slots=True)
class PageHit:
    """A result.

    Attributes:
        rank: from 1, counted through all pages.
        title: the headline with the hits highlighted.
        snippet: sentences of the text with the hits highlighted.
        lacks: typed words that the article does not hold; none of those that only ask.
        instead: for each of these, the reading of its letters that the article holds; "" if it holds none.
        scattered: units whose words the article holds, but nowhere together.
        syllables: number of syllables of the whole text.
        collapsed: if results are collapsed by story, the number of other matches of the same story.
        first: if results are collapsed by story, its first print; None if the story has one article.
        first_dated: whether the dates tell for certain that it was published first.
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
    scattered: tuple[str, ...] = ()
    syllables: int = 0
    collapsed: int = 0
    first: Printed | None = None
    first_dated: bool = False

    @property
    def lacking(self) -> Iterator[tuple[str, str]]:
        """Each word that the article lacks, with the reading that it holds instead, or ""."""
        return zip_longest(self.lacks, self.instead, fillvalue="")


@dataclass(frozen=True, slots=True)
class DateOffer:
    """A date that the query names in words, as a filter that is offered and not applied.

    Attributes:
        typed: the words of the date.
        selection: the selection without these words, and with the date as its filter.
        total: number of articles that match it.
        excluded_undated: number of articles that it leaves out for lack of a date; see SearchPage.
    """

    typed: str
    selection: Selection
    total: int
    excluded_undated: int


@dataclass(frozen=True, slots=True)
class PinNote:
    """The earlier state that a page is of.

    Attributes:
        number: the change of the archive.
        at: when it happened.
        came: number of articles that match now and were not in the archive then.
        changed: number of articles that match now, in a version that has come since.
        withheld: number of articles of the whole archive that were there then and are withdrawn now; of these
            it is never told how many match.
    """

    number: int
    at: datetime
    came: int
    changed: int
    withheld: int

    @property
    def day(self) -> date:
        """The day in Vietnam on which it happened."""
        return self.at.astimezone(VIETNAM).date()


@dataclass(frozen=True, slots=True)
class SearchPage:
    """The answer to a SearchRequest.

    Attributes:
        understood: the query as understood; empty for the whole corpus.
        problems: those of the query as typed, also if a correction was searched instead.
        sort: the order that was applied; an empty query is sorted newest first where relevance was asked for.
        total: exact number of matching articles.
        scattered_total: exact number of articles that hold every word, but not each unit together.
        partial_total: exact number of articles that hold some of the words.
        hits_total: exact number of hits in the matching articles; None where the query has no words, or the
            index is of a format that cannot count.
        pages: number of pages that can be opened.
        took_ms: time of the evaluation in milliseconds.
        facet_sizes: the number of values of each facet that matching articles have, listed or not.
        archive_number: the archive's change up to which the index answered.
        readings: for each unit typed without marks, its readings in the matching articles, if there are
            several.
        mixed: whether the best results come first whatever they lack, instead of tier by tier.
        expands: whether the query is expanded.
        expansions: the expansions, with those that are disabled.
        offers: earlier and later names, which were not searched.
        date_offers: filters for the dates that the query names in words.
        corrections: other queries that may have been meant, the likeliest first.
        searched_instead: the correction whose results these are; None if they are those of the typed query.
        units: the units of the loose words of the query whose results these are.
        timeline: the date histogram, if it was asked for.
        stories: number of stories among the matching articles.
        scattered_stories, partial_stories: number of further stories of the articles of each later tier.
        stories_number: change of the archive for which the counts of stories hold; see stories_lag.
        is_filtered_by_date: whether there is a filter by date; see search_app.answer.undated.
        excluded_undated: number of articles that match but for the filters by date, which leave them out
            because their date is not known, or not exactly enough; None where there is no such filter.
        pin: the earlier state of the archive that it is of; None: the present.
    """

    request: SearchRequest
    understood: str
    problems: tuple[Problem, ...]
    sort: Sort
    total: int
    scattered_total: int
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
    units: tuple[QueryUnit, ...] = ()
    timeline: Timeline | None = None
    stories: int = 0
    scattered_stories: int = 0
    partial_stories: int = 0
    stories_number: int = 0
    is_filtered_by_date: bool = False
    excluded_undated: int | None = None
    facet_sizes: Mapping[FacetName, int] = field(default_factory=dict)
    date_offers: tuple[DateOffer, ...] = ()
    pin: PinNote | None = None
    hits_total: int | None = None

    @property
    def stories_lag(self) -> bool:
        """Whether reprints among the newest articles are still looked for, and so count as stories apart."""
        return self.stories_number < self.archive_number


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """One article with the hits of a query highlighted.

    Attributes:
        texts: title, lede, paragraphs and captions in this order, each with its zone.
        versions: number of versions that are listed: what is hidden is not, what is withdrawn otherwise is.
        last_version: the highest number of a version that is shown; numbers below it may be missing.
        hit_count: number of highlighted fragments in all texts.
        understood: the query as understood.
        story: None if no other article is a print of the text.
        rights: what may be done with it.
    """

    archived: ArchivedArticle
    texts: tuple[HighlightedText, ...]
    versions: int
    last_version: int
    hit_count: int
    understood: str
    problems: tuple[Problem, ...]
    story: PageStory | None = None
    rights: Rights = UNSAID


@dataclass(frozen=True, slots=True)
class WhyPage:
    """The parts of an article's score for a query, with the query as understood and the article's title."""

    understood: str
    title: str
    explanation: Explanation
