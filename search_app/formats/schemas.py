"""What does the JSON hold? The schemas of all answers: the description and the tests are made from them.

A schema holds every key of its answer and no other; the answers themselves are written by its neighbours
page_json and coverage and by search_app.api.shapes, and the tests hold both together.
"""

from typing import Any

from marshmallow import RAISE, Schema, fields, validate

from corpus.published import Precision
from indexer.engine import ReasonKind
from indexer.query import FacetName, Sort
from indexer.suggest.suggestion import Kind as SuggestionKind
from search_app.answer.archive.reprint_changes import ChangeKind
from search_app.query.correction import CorrectionKind
from search_app.query.expansion import ExpansionKind


class _Answer(Schema):
    """Every key is there, and no other."""

    class Meta:
        unknown = RAISE


def _text(description: str, *, none: bool = False) -> fields.Str:
    return fields.Str(required=True, allow_none=none, metadata={"description": description})


def _count(description: str) -> fields.Int:
    return fields.Int(
        required=True, strict=True, validate=validate.Range(min=0), metadata={"description": description}
    )


def _number(description: str) -> fields.Float:
    return fields.Float(required=True, metadata={"description": description})


def _flag(description: str) -> fields.Bool:
    return fields.Bool(required=True, metadata={"description": description})


def _one_of(description: str, values: type) -> fields.Str:
    return fields.Str(
        required=True,
        validate=validate.OneOf([one.value for one in values]),  # type: ignore[attr-defined]  # enums alone
        metadata={"description": description},
    )


def _many(schema: type[Schema] | fields.Field[Any], description: str) -> fields.List[Any]:
    inner = schema if isinstance(schema, fields.Field) else fields.Nested(schema)
    return fields.List(inner, required=True, metadata={"description": description})


class PartAnswer(_Answer):
    """A stretch of text."""

    text = _text("the original characters")
    hit = _flag("whether the query matches it")


class ProblemAnswer(_Answer):
    """Where a query was understood otherwise than it may have been meant."""

    code = _text("stable name")
    message = _text("a sentence in the language asked for")
    start = _count("first character of the place in the query")
    end = _count("the character after it")


class RepairAnswer(_Answer):
    """A query that may have been meant."""

    query = _text("the query")
    kinds = _many(
        fields.Str(validate=validate.OneOf([one.value for one in CorrectionKind])), "what was mended"
    )
    score = _number("logarithm of how many times as likely it is")


class WideningAnswer(_Answer):
    """What is searched besides what was typed."""

    typed = _text("what was typed")
    also = _text("what is searched too")
    kind = _one_of("why", ExpansionKind)
    used = _flag("false where it was switched off")


class OfferAnswer(_Answer):
    """A name of another time, which was not searched."""

    typed = _text("what was typed")
    also = _text("the other name")
    message = _text("a sentence in the language asked for")
    query = _text("the query that asks for it")


class ReadingAnswer(_Answer):
    """One reading of a word typed without its marks."""

    text = _text("the word with its marks")
    count = _count("matching articles that hold it")
    query = _text("the query that narrows to it")


class WordReadingsAnswer(_Answer):
    """The readings of a typed word."""

    typed = _text("the word")
    readings = _many(ReadingAnswer, "the most frequent first")
    more = _count("readings that are not listed")


class FacetValueAnswer(_Answer):
    """A value of a facet."""

    value = _text("the value; empty: none given")
    count = _count("matching articles, exactly")
    chosen = _flag("whether it narrows the search")
    left_out = _flag("whether its articles are left out")


class PrintedAnswer(_Answer):
    """An article as one of the prints of a story."""

    id = _text("of the article")
    title = _text("as published")
    source = _text("the newspaper")
    published = _text("EDTF at the precision that is known", none=True)


class FirstPrintAnswer(PrintedAnswer):
    """The first print of a story."""

    dated = _flag("whether it is known that it was published first")


class HitAnswer(_Answer):
    """A result."""

    rank = _count("from 1, through all pages")
    id = _text("of the article")
    title = _text("as published")
    title_parts = _many(PartAnswer, "the title, matches marked")
    source = _text("the newspaper; empty: none given")
    section = _text("its section; empty: none given")
    published = _text("EDTF at the precision that is known", none=True)
    precision = _one_of("of the date", Precision)
    url = _text("of the original", none=True)
    score = _number("BM25F and what stands together; 0 where nothing is scored")
    lacks = _many(fields.Str(), "typed words that it does not hold")
    instead = _many(fields.Str(), "for each of them the reading of its letters that it holds, or nothing")
    snippet = _many(PartAnswer, "sentences, matches marked")
    others = _count("by story: how many other articles it stands for")
    first = fields.Nested(
        FirstPrintAnswer,
        required=True,
        allow_none=True,
        metadata={"description": "by story: its first print"},
    )


class SearchAnswer(_Answer):
    """A page of results."""

    query = _text("as typed")
    understood = _text("said back as it was understood")
    total = _count("articles that match, exactly")
    partial_total = _count("articles that hold only some of the words, exactly")
    stories = _count("stories that the matching articles are, exactly")
    partial_stories = _count("further stories of articles that hold only some of the words")
    by_story = _flag("whether each result stands for its whole story")
    mixed = _flag("whether the best come first, whatever they lack")
    readings = _many(WordReadingsAnswer, "of words typed without marks")
    took_ms = _number("milliseconds")
    page = _count("from 1")
    size = _count("results a page")
    pages = _count("pages that can be opened")
    sort = _one_of("as applied", Sort)
    archive_number = _count("change of the archive up to which the index answered")
    problems = _many(ProblemAnswer, "of the typed query")
    repaired = fields.Nested(
        RepairAnswer, required=True, allow_none=True, metadata={"description": "what was searched instead"}
    )
    repairs = _many(RepairAnswer, "what may have been meant")
    widens = _flag("whether other spellings and names are searched")
    widenings = _many(WideningAnswer, "what was searched besides, or could be")
    offers = _many(OfferAnswer, "names of other times")
    facets = fields.Dict(
        keys=fields.Str(validate=validate.OneOf([one.value for one in FacetName])),
        values=fields.List(fields.Nested(FacetValueAnswer)),
        required=True,
        metadata={"description": "exact counts by facet"},
    )
    hits = _many(HitAnswer, "this page's results")


class StoryAnswer(_Answer):
    """The prints of one text."""

    dated = _flag("whether it is known that the first was published first")
    articles = _many(PrintedAnswer, "the first published first")


class ProvenanceAnswer(_Answer):
    """Where a version came from."""

    file = _text("as given at the import")
    place = _text("in the file")
    raw_sha256 = _text("hex digest of the raw record")
    reader = _text("what read it")
    reader_version = _count("its version")
    imported_at = _text("UTC, ISO 8601")
    change = _count("number of the archive's change")


class MarkedAnswer(_Answer):
    """The article's texts, matches marked."""

    title = _many(PartAnswer, "the title")
    lede = _many(PartAnswer, "the lede")
    paragraphs = _many(fields.List(fields.Nested(PartAnswer)), "each paragraph")
    captions = _many(fields.List(fields.Nested(PartAnswer)), "each caption")


class ArticleAnswer(_Answer):
    """An article."""

    id = _text("stable name")
    title = _text("as published")
    lede = _text("the summary above the text")
    paragraphs = _many(fields.Str(), "the body")
    captions = _many(fields.Str(), "of pictures")
    caption_places = _many(
        fields.Int(), "for the first captions, how many paragraphs stand above each; the others' is not known"
    )
    related = _many(fields.Str(), "page furniture, not searched")
    source = _text("the newspaper")
    section = _text("its section")
    authors = _many(fields.Str(), "as printed")
    published = _text("EDTF at the precision that is known", none=True)
    precision = _one_of("of the date", Precision)
    tags = _many(fields.Str(), "given by the newspaper")
    url = _text("of the original", none=True)
    version = _count("1, 2, 3 …")
    versions = _count("how many the archive keeps")
    withdrawn = _flag("kept, and not searched")
    provenance = fields.Nested(ProvenanceAnswer, required=True)
    query = _text("as typed; empty where none is")
    understood = _text("said back")
    problems = _many(ProblemAnswer, "of the query")
    hit_count = _count("marked places")
    story = fields.Nested(
        StoryAnswer, required=True, allow_none=True, metadata={"description": "the prints of its text"}
    )
    marked = fields.Nested(MarkedAnswer, metadata={"description": "where a query is given"})


class PieceAnswer(_Answer):
    """A run of words."""

    text = _text("the original characters")
    changed = _flag("whether the other print does not have them")


class ChangeAnswer(_Answer):
    """A passage of both prints."""

    kind = _one_of("what became of it", ChangeKind)
    first = _many(PieceAnswer, "as the first print has it")
    other = _many(PieceAnswer, "as the other has it")


class ChangesAnswer(_Answer):
    """What one print changed of another."""

    first = fields.Nested(PrintedAnswer, required=True)
    other = fields.Nested(PrintedAnswer, required=True)
    changes = _many(ChangeAnswer, "the passages of both, in order")


class ReasonAnswer(_Answer):
    """A part of a score."""

    label = _text("what was typed")
    why = _one_of("what speaks for the article", ReasonKind)
    frequency = _number("weighted by zone")
    rarity = _number("idf")
    share = _number("of the weight that counts")
    worth = _number("what it adds to the score")


class ExplainAnswer(_Answer):
    """Why an article scores what it scores."""

    query = _text("as typed")
    understood = _text("said back")
    id = _text("of the article")
    title = _text("of the article")
    score = _number("the sum of the worths")
    length = _number("weighted syllables")
    mean_length = _number("of all articles")
    reasons = _many(ReasonAnswer, "the parts")


class SuggestionAnswer(_Answer):
    """What may be meant by what was typed so far."""

    text = _text("the phrase or headline")
    kind = _one_of("what it is", SuggestionKind)
    count = _count("articles that hold it")
    id = _text("article of a headline", none=True)


class SuggestAnswer(_Answer):
    """Suggestions."""

    query = _text("as typed")
    suggestions = _many(SuggestionAnswer, "the best first")


class DaysAnswer(_Answer):
    """Articles by day."""

    articles = _count("in all")
    first = _text("first day that has some", none=True)
    last = _text("last one", none=True)
    days = fields.Dict(
        keys=fields.Str(), values=fields.Int(), required=True, metadata={"description": "articles by day"}
    )
    gaps = _many(fields.List(fields.Str()), "first and last day of each stretch without any")
    coarse = _count("dated by month or year only")
    undated = _count("without a year")
    short = _count("with hardly a text")


class SourceDaysAnswer(DaysAnswer):
    """A source's articles by day."""

    source = _text("the newspaper; empty: none given")


class RefusedAnswer(_Answer):
    """Refused records of one reason."""

    reason = _text("stable code")
    refusals = _count("in all")
    taken = _count("of them taken later")


class CoverageAnswer(_Answer):
    """What the archive holds and what is missing."""

    archive_number = _count("number of its last change")
    short_characters = _count("fewer are short")
    all = fields.Nested(DaysAnswer, required=True)
    sources = _many(SourceDaysAnswer, "the largest first")
    refused = _many(RefusedAnswer, "by reason")


class HealthAnswer(_Answer):
    """Searches can be answered."""

    status = fields.Str(required=True, validate=validate.Equal("ok"))
    articles = _count("in the archive")
    indexed = _count("in the index")
    archive_number = _count("last change of the archive")
    index_number = _count("change up to which the index holds it")


class FaultDetail(_Answer):
    """What went wrong."""

    code = _text("stable name")
    message = _text("what, the value, the remedy; in the language asked for")


class FaultAnswer(_Answer):
    """An error."""

    error = fields.Nested(FaultDetail, required=True)
