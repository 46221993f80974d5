"""What do collocations, keywords, n-grams and a comparison answer, as JSON?"""

from typing import Protocol

from indexer.counting import CountedText, TokenUnit
from search_app.answer.counting.asking import CountedSelection
from search_app.answer.counting.comparing import ComparedPart
from search_app.answer.counting.item_order import Direction, ItemMeasure
from search_app.formats.answers import shape
from search_app.formats.answers.shape import AnswerSchema


class _Counts(Protocol):
    asked: CountedSelection


def _every_zone(_counts: object) -> list[str]:
    return _named(CountedText())


def _counted_zones(counts: _Counts) -> list[str]:
    return _named(counts.asked.text)


def _named(text: CountedText) -> list[str]:
    return [zone.name.lower() for zone in sorted(text.zones)]


def _search_text(part: ComparedPart) -> str | None:
    return part.search.query if part.search else None


class _CountedAnswer(AnswerSchema):
    """What every answer begins with."""

    query = shape.text("as understood", "asked.understood.text")
    archive_number = shape.count("change of the archive that the index answered for", "change")
    segmenter = shape.text("what cut the text into words")
    once = shape.flag(
        "whether a body's beginning that repeats the lede is not counted", "request.selection.once"
    )
    stories = shape.flag("whether one print of each story is counted", "request.selection.collapse_stories")
    least = shape.count("the floor: how often an item has to stand", "request.listing.least")
    page = shape.count("of the list; null: all of it", "request.listing.page", none=True)
    size = shape.count("items a page", "request.listing.size")
    total = shape.count("items above the floor, on all pages")


class CollocateAnswer(AnswerSchema):
    """An item that stands near hits."""

    rank = shape.count("place in the order, from 1")
    text = shape.text("normalised syllables")
    together = shape.count("f_xy: how often it stands in windows")
    held = shape.count("f_y: how often it stands in all that is held")
    log_likelihood = shape.number("signed G²; negative: less often near hits than elsewhere")
    log_dice = shape.number("14 + log2(2 f_xy / (f_x + f_y))")
    log_ratio = shape.number("log2 of the relative frequencies; null: no text outside of windows", none=True)


class CollocationsAnswer(_CountedAnswer):
    """What stands near the hits of a query (``/collocations``, ``khobao collocations``)."""

    zones = shape.texts("the text in which everything is counted", _counted_zones)
    unit = shape.one_of("what is counted", TokenUnit, "request.window.unit")
    left = shape.count("units before a hit", "request.window.before")
    right = shape.count("units after a hit", "request.window.after")
    by = shape.one_of("what sorts", ItemMeasure, "request.listing.by")
    direction = shape.one_of("desc: the greatest first", Direction, "request.listing.direction")
    articles = shape.count("that match")
    hits = shape.count("f_x; null: the query has no words", none=True)
    window_tokens = shape.count("R: units in windows, each once")
    held_articles = shape.count("under the same filters without the query")
    held_tokens = shape.count("N: units in the text of these")
    collocates = shape.many(CollocateAnswer, "in their order")


class KeywordAnswer(AnswerSchema):
    """An item that stands in two texts."""

    rank = shape.count("place in the order, from 1")
    text = shape.text("normalised syllables")
    count = shape.count("how often it stands in the selection")
    rest = shape.count("how often it stands in the rest")
    per_million = shape.number("count by a million units of the selection")
    rest_per_million = shape.number("rest by a million units of the rest")
    log_likelihood = shape.number("signed G²; negative: less often than in the rest")
    log_ratio = shape.number("log2 of the relative frequencies")


class KeywordsAnswer(_CountedAnswer):
    """What stands in a selection more, or less, often than in the rest (``khobao keywords``)."""

    zones = shape.texts("the text in which everything is counted", _every_zone)
    unit = shape.one_of("what is counted", TokenUnit, "request.unit")
    by = shape.one_of("what sorts", ItemMeasure, "request.listing.by")
    direction = shape.one_of("desc: the greatest first", Direction, "request.listing.direction")
    same_filters = shape.flag(
        "whether the rest is what is held under the same filters; else it is the whole archive", "is_of_query"
    )
    articles = shape.count("of the selection")
    tokens = shape.count("units in the text of these")
    rest_articles = shape.count("of the rest")
    rest_tokens = shape.count("units in the text of these")
    keywords = shape.many(KeywordAnswer, "in their order")


class NgramAnswer(AnswerSchema):
    """A run of items."""

    rank = shape.count("place in the order, from 1")
    text = shape.text("normalised syllables; those of all items of the run")
    count = shape.count("how often it stands")
    per_million = shape.number("count by a million runs of this length")


class NgramsAnswer(_CountedAnswer):
    """Word list, or runs of words, of a selection (``/ngrams``, ``khobao ngrams``)."""

    zones = shape.texts("the text in which everything is counted", _every_zone)
    unit = shape.one_of("what a run is made of", TokenUnit, "request.unit")
    length = shape.count("units of a run", "request.length")
    articles = shape.count("of the selection")
    runs = shape.count("of this length, in the text of these")
    distinct = shape.count(
        "how many different ones; null: those below the floor were not told apart", none=True
    )
    ngrams = shape.many(NgramAnswer, "the most frequent first")


class ComparedPartAnswer(AnswerSchema):
    """What one selection finds alone, or both."""

    articles = shape.count("how many; where stories are collapsed, stories")
    stories = shape.count("of these; an article in none counts as one")
    hits = shape.count("of the first query in these; null: it does not find them, or has no words", none=True)
    other_hits = shape.count(
        "of the second query in these; null: it does not find them, or has no words", none=True
    )
    search = shape.text(
        "a query that finds them, with units=0 and widen=0; null: none", _search_text, none=True
    )


class ComparedSideAnswer(AnswerSchema):
    """One of two selections."""

    query = shape.text("as understood", "asked.understood.text")
    first = shape.day("published on or after", "asked.selection.first")
    last = shape.day("published on or before", "asked.selection.last")
    articles = shape.count("that it finds")
    hits = shape.count("in these; null: the query has no words", none=True)
    tokens = shape.count("units in the text of these")
    total = shape.count("keywords above the floor")
    keywords = shape.many(KeywordAnswer, "against what only the other finds, by log-likelihood")


class ComparisonAnswer(AnswerSchema):
    """Two selections side by side (``/compare``, ``khobao compare``)."""

    archive_number = shape.count("change of the archive that the index answered for", "change")
    segmenter = shape.text("what cut the text into words")
    unit = shape.one_of("of which keywords are", TokenUnit, "request.unit")
    once = shape.flag(
        "whether a body's beginning that repeats the lede is not counted", "request.selection.once"
    )
    stories = shape.flag("whether one print of each story is counted", "request.selection.collapse_stories")
    least = shape.count("the floor of keywords", "request.listing.least")
    size = shape.count("keywords of each, at most", "request.listing.size")
    here = shape.nested(ComparedSideAnswer, "the first selection")
    there = shape.nested(ComparedSideAnswer, "the second selection")
    only_here = shape.nested(ComparedPartAnswer, "what only the first finds")
    only_there = shape.nested(ComparedPartAnswer, "what only the second finds")
    both = shape.nested(ComparedPartAnswer, "what both find")
