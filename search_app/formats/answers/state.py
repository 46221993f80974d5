"""What does the JSON hold beside searches and articles: suggestions, what is held, health, errors?"""

from collections.abc import Sequence
from typing import NamedTuple

from marshmallow import fields, validate

from corpus.coverage import SHORT_CHARACTERS, Coverage, SourceCoverage
from indexer.suggest.suggestion import Kind as SuggestionKind
from indexer.suggest.suggestion import Suggestion
from search_app.answer.archive.accounts import whole
from search_app.answer.archive.status import Status
from search_app.formats.answers import shape
from search_app.formats.answers.shape import AnswerSchema
from search_app.formats.answers.withdrawals import WithdrawalAnswer


class Suggested(NamedTuple):
    """What was typed so far, and what may be meant."""

    query: str
    suggestions: Sequence[Suggestion]


def _gaps(source: SourceCoverage) -> list[list[str]]:
    return [[first.isoformat(), last.isoformat()] for first, last in source.gaps()]


def _short_characters(_coverage: Coverage) -> int:
    return SHORT_CHARACTERS


def _ok(_status: Status | None) -> str:
    return "ok"


class SuggestionAnswer(AnswerSchema):
    """What may be meant by what was typed so far."""

    text = shape.text("the phrase or headline")
    kind = shape.one_of("what it is", SuggestionKind)
    count = shape.count("articles that hold it")
    id = shape.text("article of a headline", "article_id", none=True)


class SuggestAnswer(AnswerSchema):
    """Suggestions."""

    query = shape.text("as typed")
    suggestions = shape.many(SuggestionAnswer, "the best first")


class DaysAnswer(AnswerSchema):
    """Articles by day."""

    articles = shape.count("in all")
    first = shape.day("first day that has some")
    last = shape.day("last one")
    days = shape.by_name(fields.Int(), "articles by day")
    gaps = shape.many(fields.List(fields.Str()), "first and last day of each stretch without any", _gaps)
    coarse = shape.count("dated by month or year only")
    undated = shape.count("without a year")
    short = shape.count("with hardly a text")


class SourceDaysAnswer(DaysAnswer):
    """A source's articles by day."""

    written_first = ("source",)

    source = shape.text("the newspaper; empty: none given")


class RefusedAnswer(AnswerSchema):
    """Refused records of one reason."""

    reason = shape.text("stable code")
    refusals = shape.count("in all")
    taken = shape.count("of them taken later")


class WithdrawnCountsAnswer(AnswerSchema):
    """Articles and single versions that are withdrawn, as /withdrawals.json lists them."""

    tombstones = shape.count("kept, and not shown")
    erased = shape.count("kept no more")


class CoverageAnswer(AnswerSchema):
    """What the archive holds and what is missing."""

    archive_number = shape.count("number of its last change")
    short_characters = shape.count("fewer are short", _short_characters)
    all = shape.nested(DaysAnswer, of=whole)
    sources = shape.many(SourceDaysAnswer, "the largest first")
    refused = shape.many(RefusedAnswer, "by reason")
    withdrawn = shape.nested(WithdrawnCountsAnswer)


class AliveAnswer(AnswerSchema):
    """The process answers."""

    status = fields.Str(required=True, validate=validate.Equal("ok"), metadata={shape.OF: _ok})


class HealthAnswer(AnswerSchema):
    """Searches can be answered."""

    status = fields.Str(required=True, validate=validate.Equal("ok"), metadata={shape.OF: _ok})
    articles = shape.count("in the archive")
    indexed = shape.count("in the index")
    archive_number = shape.count("last change of the archive")
    index_number = shape.count("change up to which the index holds it")
    trouble = shape.message("why a newer state of the index does not answer; null: it does", none=True)


class FaultDetail(AnswerSchema):
    """What went wrong."""

    code = shape.text("stable name")
    message = shape.message("what, the value, the remedy; in the language asked for")
    withdrawal = shape.nested(WithdrawalAnswer, "what is withdrawn, where that is the error", required=False)


class FaultAnswer(AnswerSchema):
    """An error."""

    error = shape.nested(FaultDetail, of=shape.itself)
