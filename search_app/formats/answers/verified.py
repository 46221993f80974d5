"""What does the JSON of a verified receipt hold (``khobao verify RECEIPT --json``)?"""

from search_app.answer.exporting.findings import FileVerdict, ResultVerdict
from search_app.formats.answers import shape
from search_app.formats.answers.shape import AnswerSchema


class FileFindingAnswer(AnswerSchema):
    """What became of the file."""

    verdict = shape.one_of("what became of it", FileVerdict)
    name = shape.text("where it was looked for")
    size = shape.count("bytes; null: it is missing", none=True)
    rows = shape.count("whole rows before what is otherwise; null: not known", none=True)
    proven = shape.flag("whether the archive wrote the same file, so that rows are certain", "is_proven")


class MissingArticleAnswer(AnswerSchema):
    """An article that was found, and is not any more."""

    id = shape.text("of the article")
    state = shape.text(
        "hidden, tombstone or erased; null: it was not withdrawn",
        lambda one: str(one.withdrawal.state) if one.withdrawal else "",
        none=True,
    )
    version = shape.count(
        "the one version that was withdrawn; null: the article was",
        lambda one: one.withdrawal.version if one.withdrawal else None,
        none=True,
    )
    at = shape.text("when: UTC, ISO 8601", lambda one: one.withdrawal.at if one.withdrawal else "", none=True)
    by = shape.text("by whom", lambda one: one.withdrawal.actor if one.withdrawal else "", none=True)
    reason = shape.text("why", lambda one: one.withdrawal.reason if one.withdrawal else "", none=True)


class ChangedFactAnswer(AnswerSchema):
    """What is otherwise than the receipt says."""

    name = shape.text("of the receipt's key")
    then = shape.text("what the receipt says", lambda one: _text(one.then), none=True)
    now = shape.text("what is so now", lambda one: _text(one.now), none=True)


class ResultFindingAnswer(AnswerSchema):
    """What the archive gives now."""

    verdict = shape.one_of("against what the receipt says", ResultVerdict)
    rows = shape.count("that are found now")
    missing = shape.many(MissingArticleAnswer, "articles that the receipt has alone")
    came = shape.texts("ids that are found now alone")
    unnamed = shape.count("rows that are missing, and nothing tells which")
    same_order = shape.flag(
        "whether those that both have stand in one order; null: nothing tells", "in_order"
    )
    counts = shape.many(ChangedFactAnswer, "those that differ")
    programs = shape.many(ChangedFactAnswer, "what decides the order by relevance, and is another now")
    lost_expansions = shape.texts("that no table or rule gives any more")


class CheckedReceiptAnswer(AnswerSchema):
    """A receipt that was verified."""

    well = shape.flag("whether the file is whole and the archive gives the same", "is_well")
    change = shape.count("of the archive that the receipt is of", "receipt.change")
    view = shape.text("what the rows are", "receipt.view")
    rows = shape.count("that the receipt proves", "receipt.result.rows")
    file = shape.nested(FileFindingAnswer, "the file")
    waiting = shape.text("the whole file, where it did not get its name yet; null: it is not so", none=True)
    archive = shape.nested(ResultFindingAnswer, "the archive", "result")


def _text(value: str | int | None) -> str:
    return "" if value is None else str(value)
