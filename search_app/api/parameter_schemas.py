"""What can an address ask for? The parameters, described; search_app.api.parameters reads them."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any, ClassVar

from marshmallow import Schema, fields, validate

from indexer.counting import TokenUnit
from indexer.facets import FacetName
from indexer.query import Sort
from search_app.answer.counting.grouping import Side
from search_app.answer.counting.item_order import MOST_LISTED, Direction, ItemMeasure
from search_app.answer.counting.keywords import KEYWORD_MEASURES
from search_app.answer.counting.line_order import LineSort
from search_app.answer.counting.ngrams import LONGEST
from search_app.answer.counting.sampling import MOST_SAMPLED
from search_app.answer.counting.series import MOST_QUERIES, SPLITS, Measure, Scale
from search_app.answer.periods import TimeUnit
from search_app.api.concordances import MOST_BESIDE, SENTENCE, SYLLABLES
from search_app.api.item_requests import WIDEST
from search_app.api.parameters import LEAVE_OUT
from search_app.facets import FACETS
from search_app.formats.exports.forms import ExportForm
from search_app.language import LANGUAGES
from search_app.query.grammar import GRAMMAR
from search_app.settings import MAX_PAGE_SIZE

_WHOLE = r"^[0-9]{0,9}$"
_STATE = "the number of a change, or a day, which is its last change (Vietnam's time)"
_DATE = "a year, month or day: 2013, 5/2013, 26/5/2013, 2013-05-26"


def _asked(
    description: str, *rules: validate.Validator, example: str = "", key: str | None = None
) -> fields.Str:
    metadata = {"description": description} | ({"example": example} if example else {})
    return fields.Str(validate=list(rules), metadata=metadata, data_key=key)


def _flag(description: str) -> fields.Str:
    return _asked(description, validate.OneOf(["", "0", "1"]))


def _choice(description: str, values: type[StrEnum]) -> fields.Str:
    return _asked(description, validate.OneOf(["", *(one.value for one in values)]))


def _several(description: str, key: str | None = None) -> fields.List[Any]:
    return fields.List(fields.Str(), metadata={"description": description}, data_key=key)


class LanguageParameter(Schema):
    """In which language messages are said."""

    lang = _asked("language of messages", validate.OneOf(LANGUAGES), example="vi")


class SuggestParameters(LanguageParameter):
    """What was typed so far."""

    q = _asked("the query, as a person types it (docs/query.md)", example="lao cai")
    g = _asked("number of the grammar by which the query is read", validate.OneOf(["", str(GRAMMAR)]))


class QueryParameter(SuggestParameters):
    """A query alone."""

    units = _flag("1: words typed side by side are cut into units; 0: each word is searched by itself")
    not_unit = _several("a unit that comes apart into its words")
    widen = _flag("1: expanded by other spellings and names; 0: only what was typed")


_ALSO = "of the other spellings and names these alone are searched; empty: none"


class ArticleParameters(QueryParameter):
    """A query whose matches are marked."""

    also = _several(_ALSO)
    not_also = _several("a spelling or name that is not searched")
    as_of = _asked("as the archive stood: the number of a change, or a day, as in 2026-11-30")


def _by_facet(names: Iterable[FacetName]) -> dict[str, fields.Field[Any]]:
    """Two parameters for each facet: values that pass, and values that do not."""
    facets = {name.value: FACETS[name] for name in names}
    return {
        **{name: _several(facet.parameter) for name, facet in facets.items()},
        **{LEAVE_OUT + name: _several(facet.excluding_parameter) for name, facet in facets.items()},
    }


class _FacetParameters(ArticleParameters):
    """Which page of results, and two parameters for each facet."""

    page = _asked("from 1", validate.Regexp(r"^[0-9]{0,18}$"))
    size = _asked(f"results a page, 1 to {MAX_PAGE_SIZE}", validate.Regexp(r"^[0-9]{0,9}$"))

    class Meta:
        """The parameters that the table of facets says."""

        include: ClassVar[dict[str, fields.Field[Any]]] = _by_facet(FACETS)


class SelectionParameters(_FacetParameters):
    """Everything that narrows a search."""

    stories = _flag("1: one result a story; pages are of stories. 0: every article, as without it but at /")
    once = _flag("1: hits and syllables of a body's beginning that repeats the lede are not counted")
    first = _asked(f"published on or after: {_DATE}", key="from")
    last = _asked(f"published on or before: {_DATE}", key="to")
    undated = _flag("1: without a date; beside dates: what they leave out, its date not known exactly enough")


class SearchParameters(SelectionParameters):
    """Everything that narrows and orders a search."""

    sort = _asked("order", validate.OneOf(["", *(one.value for one in Sort)]))
    as_typed = _flag("1: no correction of what finds nothing")


class ExportParameters(SearchParameters):
    """Which articles are taken away, in which order and with which columns."""

    columns = _asked(
        "columns, with commas between them; else the usual ones", example="id,title,hits", key="fields"
    )
    excel = _flag("1: a CSV for spreadsheets; 0: raw")

    class Meta:
        """Nothing is paged."""

        exclude = ("page", "size")


class ReceiptParameters(ExportParameters):
    """Of which file the receipt is."""

    form = _asked("of the file", validate.OneOf(["", *(one.value for one in ExportForm)]))


class ConcordanceParameters(SelectionParameters):
    """Which hits of a selection, and how they stand in lines."""

    sort = _asked("order of the lines", validate.OneOf(["", *(one.value for one in LineSort)]))
    context = _asked("what stands beside a hit", validate.OneOf(["", SYLLABLES, SENTENCE]))
    left = _asked(f"syllables before a hit, 0 to {MOST_BESIDE}", validate.Regexp(r"^[0-9]{0,2}$"))
    right = _asked(f"syllables after a hit, 0 to {MOST_BESIDE}", validate.Regexp(r"^[0-9]{0,2}$"))
    group = _asked(
        "hits are counted by what stands there", validate.OneOf(["", *(one.value for one in Side)])
    )
    unit = _asked(
        "what stands there: a syllable or a word", validate.OneOf(["", *(one.value for one in TokenUnit)])
    )
    beside = _asked("with group: the lines that have this neighbour there; ¶: the paragraph ends", example="")
    sample = _asked(f"so many hits, drawn at random: 1 to {MOST_SAMPLED}", validate.Regexp(r"^[0-9]{0,9}$"))
    seed = _asked("of the sample: the same hits for the same seed")


_UNIT = "what is counted: word, as segmented, or syllable; else word"
_LISTED = f"items a page, 1 to {MOST_LISTED}"


class CountedParameters(SelectionParameters):
    """Which articles are counted, and of which of the items a page is listed."""

    unit = _asked(_UNIT, validate.OneOf(["", *TokenUnit]))
    least = _asked("how often an item has to stand; else 5", validate.Regexp(_WHOLE))
    size = _asked(f"{_LISTED}; else 50", validate.Regexp(_WHOLE))


class CollocationParameters(CountedParameters):
    """Whose neighbours are counted, and within which window."""

    left = _asked(f"units before a hit, 0 to {WIDEST}; else 5", validate.Regexp(_WHOLE))
    right = _asked(f"units after a hit, 0 to {WIDEST}; else 5", validate.Regexp(_WHOLE))
    by = _asked("what sorts; else log_likelihood", validate.OneOf(["", *ItemMeasure]))
    direction = _asked("desc: the greatest first; asc: the least first", validate.OneOf(["", *Direction]))


class KeywordParameters(CountedParameters):
    """Whose items are held against the rest."""

    by = _asked("what sorts; else log_likelihood", validate.OneOf(["", *KEYWORD_MEASURES]))
    direction = _asked(
        "desc: what stands there more often first; asc: less often", validate.OneOf(["", *Direction])
    )


class NgramParameters(CountedParameters):
    """Whose runs of items are counted."""

    length = _asked(f"items of a run, 1 to {LONGEST}; else 1", validate.Regexp(_WHOLE))


class ComparisonParameters(CountedParameters):
    """Which two selections are compared: what of the second is not said is as in the first."""

    other_q = _asked("the second query", example="giá dầu")
    other_from = _asked(f"the second period, published on or after: {_DATE}")
    other_to = _asked(f"the second period, published on or before: {_DATE}")
    size = _asked(f"keywords of each, 1 to {MOST_LISTED}; else 20", validate.Regexp(_WHOLE))

    class Meta:
        """Nothing is paged."""

        exclude = ("page",)


class TrendParameters(SearchParameters):
    """A search over time, and further queries beside it."""

    also_asked = _several(
        f"a further query on the same chart, with the same filters; at most {MOST_QUERIES - 1}", key="with"
    )
    unit = _choice("length of the periods; else by the span of the matches", TimeUnit)
    count = _choice("what a chart shows: hits, articles (as without it) or stories", Measure)
    scale = _choice(
        "what a chart shows: numbers (absolute, as without it), or hits in a million syllables held, articles"
        " or stories in a thousand held (relative)",
        Scale,
    )
    split = _asked(
        "of one query: a series for each of the values with most, and one for the rest",
        validate.OneOf(["", *(one.value for one in SPLITS)]),
    )

    class Meta:
        """A chart has no pages."""

        exclude = ("page", "size", "sort")


class FacetParameters(SearchParameters):
    """Which values of a facet; what is counted are articles, however stories are shown."""

    find = _asked("values that hold this, marks or none", example="tuoi tre")
    by = _asked("count: those with most articles first, as without it; name: as a dictionary sorts")

    class Meta:
        """Nothing is paged."""

        exclude = ("page", "size", "sort", "stories", "once")


class CoverageParameters(LanguageParameter):
    """Whose articles are counted."""

    source = _asked("a newspaper; else all", example="")


class HistoryParameters(QueryParameter):
    """Which of the archive's changes, or which two of its states.

    ``from`` and ``to`` name states here, not dates of publication; so no filter is by date of publication.
    """

    also = _several(_ALSO)
    not_also = _several("a spelling or name that is not searched")
    before = _asked("of the list of changes: those with a lower number", validate.Regexp(r"^[0-9]{0,18}$"))
    first = _asked(f"the older state: {_STATE}; else 0, the empty archive", key="from")
    last = _asked(f"the newer state: {_STATE}; else the present", key="to")
    page = _asked("of what differs, from 1", validate.Regexp(r"^[0-9]{0,18}$"))

    class Meta:
        """The parameters that the table of facets says, but for those of dates."""

        include: ClassVar[dict[str, fields.Field[Any]]] = _by_facet(
            name for name in FACETS if name not in {FacetName.YEAR, FacetName.MONTH}
        )


class ChangesParameters(LanguageParameter):
    """What an article is held against."""

    against = _asked("id of another article; else the first print of its story")


def names_of(schema: type[Schema]) -> frozenset[str]:
    """The names of the parameters of a schema, but for the language, which every address takes."""
    declared = schema._declared_fields.items()  # noqa: SLF001 - an instance's are copies, made anew each time
    excluded = {"lang", *schema.opts.exclude}
    return frozenset(field.data_key or name for name, field in declared if name not in excluded)
