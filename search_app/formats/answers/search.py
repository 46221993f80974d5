"""What does the JSON of a search hold? The same for the API and for ``khobao search --json``."""

from typing import NamedTuple

from marshmallow import fields

from corpus.published import Precision, Published
from indexer.facets import FacetName
from indexer.query import Sort
from search_app.answer.pages import MOST_VALUES, PageHit, PinNote, SearchPage
from search_app.formats.answers import shape
from search_app.formats.answers.parts import PartAnswer, PrintedAnswer, ProblemAnswer
from search_app.formats.answers.shape import AnswerSchema
from search_app.query.correction import Correction, CorrectionKind
from search_app.query.expansion import ExpansionKind


class _FirstPrint(NamedTuple):
    """The first print of a hit's story."""

    id: str
    title: str
    source: str
    published: Published
    dated: bool


def _first_print(hit: PageHit) -> _FirstPrint | None:
    first = hit.first
    if first is None:
        return None
    return _FirstPrint(first.id, first.title, first.source, first.published, hit.first_dated)


def _title(hit: PageHit) -> str:
    return "".join([part.text for part in hit.title])


def _score(correction: Correction) -> float:
    return round(correction.score, 3)


def _moment(pin: PinNote) -> str:
    return pin.at.isoformat()


def _took(page: SearchPage) -> float:
    return round(page.took_ms, 3)


class RepairAnswer(AnswerSchema):
    """A correction: a query that may have been meant."""

    query = shape.text("the query", "text")
    kinds = shape.many(shape.some_of(CorrectionKind), "what was corrected")
    score = shape.number("logarithm of how many times as likely it is", _score)


class WideningAnswer(AnswerSchema):
    """An expansion: what is searched besides what was typed."""

    typed = shape.text("what was typed")
    also = shape.text("what is searched too")
    forms = shape.texts("every text that is searched for it")
    kind = shape.one_of("why", ExpansionKind)
    used = shape.flag("false where it was switched off")


class OfferAnswer(AnswerSchema):
    """A name of another time, which was not searched."""

    typed = shape.text("what was typed")
    also = shape.text("the other name")
    message = shape.message("a sentence in the language asked for")
    query = shape.text("the query that asks for it")


class DateOfferAnswer(AnswerSchema):
    """A date that the query names in words, as a filter that is not applied."""

    typed = shape.text("the words of the date")
    query = shape.text("the query without them", "selection.query")
    first = shape.day("published on or after, as from", "selection.first")
    last = shape.day("published on or before, as to", "selection.last")
    count = shape.count("articles that match with this filter", "total")
    excluded_undated = shape.count("matches that it leaves out: undated, or dated too coarsely")


class UnitAnswer(AnswerSchema):
    """A unit: a word, or several that must stand together."""

    text = shape.text("as typed")
    words = shape.count("its words")


class ReadingAnswer(AnswerSchema):
    """One reading of a unit typed without its marks."""

    text = shape.text("the unit with its marks")
    count = shape.count("matching articles that hold it")
    query = shape.text(
        "the query that finds these, asked with widen=0 and units=0; empty where it would be too long"
    )


class WordReadingsAnswer(AnswerSchema):
    """The readings of a typed unit."""

    typed = shape.text("the unit")
    readings = shape.many(ReadingAnswer, "the most frequent first")
    more = shape.count("readings that are not listed")


class FacetValueAnswer(AnswerSchema):
    """A value of a facet."""

    value = shape.text("the value; empty: none given")
    count = shape.count("matching articles, exactly")
    chosen = shape.flag("whether it narrows the search")
    left_out = shape.flag("whether its articles are left out", "excluded")


class FirstPrintAnswer(PrintedAnswer):
    """The first print of a story."""

    dated = shape.flag("whether it is known that it was published first")


class HitAnswer(AnswerSchema):
    """A result."""

    rank = shape.count("from 1, through all pages")
    id = shape.text("of the article")
    title = shape.text("as published", _title)
    title_parts = shape.many(PartAnswer, "the title, matches marked", "title")
    source = shape.text("the newspaper; empty: none given")
    section = shape.text("its section; empty: none given")
    published = shape.text("EDTF at the precision that is known", "published.text", none=True)
    precision = shape.one_of("of the date", Precision, "published.precision")
    url = shape.text("of the original", none=True)
    score = shape.number("BM25F and what stands together; 0 where nothing is scored")
    lacks = shape.texts("typed words that it does not hold, but for those that only ask")
    instead = shape.texts("for each of them the reading of its letters that it holds, or nothing")
    scattered = shape.texts("units whose words it holds, but nowhere together")
    snippet = shape.many(PartAnswer, "sentences, matches marked")
    others = shape.count("by story: how many other articles it stands for", "collapsed")
    first = shape.nested(FirstPrintAnswer, "by story: its first print", _first_print, none=True)


class PinAnswer(AnswerSchema):
    """The earlier state of the archive that an answer is of."""

    number = shape.count("change of the archive")
    at = shape.text("when it happened: UTC, ISO 8601", _moment)
    came = shape.count("articles that match now, and were not in the archive then")
    changed = shape.count("articles that match now, in a version that has come since")
    withheld = shape.count("articles of the whole archive that were there then, and are withdrawn now")


class SearchAnswer(AnswerSchema):
    """A page of results."""

    query = shape.text("as typed", "request.selection.query")
    grammar = shape.count("number of the grammar by which the query was read", "request.selection.grammar")
    understood = shape.text("said back as it was understood; asked with units=0 it finds the same")
    units = shape.many(UnitAnswer, "units of the words typed side by side, in typed order")
    total = shape.count("articles that match, exactly")
    scattered_total = shape.count(
        "further articles that hold every word, but not the words of each unit together, exactly"
    )
    partial_total = shape.count("articles that hold only some of the words, exactly")
    hits_total = shape.count(
        "hits in the matching articles, exactly (docs/counting.md); null: the query has no words, or the"
        " index is of a format that cannot count",
        none=True,
    )
    excluded_undated = shape.count(
        "matches that a filter by date leaves out: undated, or dated too coarsely; null: no such filter",
        none=True,
    )
    stories = shape.count("stories that the matching articles are, exactly")
    scattered_stories = shape.count("further stories of articles that hold every word, scattered")
    partial_stories = shape.count("further stories of articles that hold only some of the words")
    stories_number = shape.count(
        "change of the archive for which counts of stories hold; below archive_number: they lag behind"
    )
    by_story = shape.flag(
        "whether each result stands for its whole story", "request.selection.collapse_stories"
    )
    mixed = shape.flag("whether the best come first, whatever they lack")
    readings = shape.many(WordReadingsAnswer, "of units typed without marks")
    took_ms = shape.number("milliseconds", _took)
    page = shape.count("from 1", "request.page")
    size = shape.count("results a page", "request.size")
    pages = shape.count("pages that can be opened")
    sort = shape.one_of("as applied", Sort)
    archive_number = shape.count("change of the archive up to which the index answered")
    pin = shape.nested(PinAnswer, "the earlier state that is asked for; null: the present", none=True)
    problems = shape.many(ProblemAnswer, "of the typed query")
    corrected = shape.nested(
        RepairAnswer, "the correction that was searched instead", "searched_instead", none=True
    )
    corrections = shape.many(RepairAnswer, "other corrections of the query, which may be meant")
    expands = shape.flag("whether the query is expanded by other spellings and names")
    expansions = shape.many(WideningAnswer, "expansions that were searched too, or are disabled")
    repaired = shape.nested(
        RepairAnswer, "the same as corrected, by its first name", "searched_instead", none=True
    )
    repairs = shape.many(RepairAnswer, "the same as corrections, by its first name", "corrections")
    widens = shape.flag("the same as expands, by its first name", "expands")
    widenings = shape.many(WideningAnswer, "the same as expansions, by its first name", "expansions")
    offers = shape.many(OfferAnswer, "names of other times")
    date_offers = shape.many(DateOfferAnswer, "filters for the dates that the query names in words")
    facets = shape.by_name(
        fields.List(fields.Nested(FacetValueAnswer)),
        f"exact counts by facet; of authors and tags the {MOST_VALUES} with most articles",
        keys=FacetName,
    )
    facet_sizes = shape.by_name(
        fields.Int(),
        "how many values each facet has, listed or not; /facet/NAME.json has all",
        keys=FacetName,
    )
    hits = shape.many(HitAnswer, "this page's results")
