"""What does the JSON of the archive's changes hold: their runs, and what differs between two states?"""

from collections.abc import Sequence
from typing import NamedTuple

from corpus.change_runs import RunKind
from search_app.answer.differing import Diff, DiffLine, DiffMark
from search_app.formats.answers import shape
from search_app.formats.answers.shape import AnswerSchema


class ListedDiff(NamedTuple):
    """What differs, and those of its lines that are listed."""

    diff: Diff
    lines: Sequence[DiffLine]


def _query(listed: ListedDiff) -> str:
    return listed.diff.selection.query if listed.diff.selection else ""


class ChangeRunAnswer(AnswerSchema):
    """Changes in a row of one kind, command and minute."""

    kind = shape.one_of("what they did; gone: hidden", RunKind)
    of_versions = shape.flag("whether they are of single versions, and not of articles")
    first = shape.count("number of the first of them")
    last = shape.count("number of the last")
    count = shape.count("how many there are")
    at = shape.text("when the last of them happened: UTC, ISO 8601")
    sources = shape.texts("whose articles they are, of those that are shown now")


class HistoryAnswer(AnswerSchema):
    """The archive's changes, the newest first (``/changes.json``)."""

    archive_number = shape.count("its last change", "number")
    runs = shape.many(ChangeRunAnswer, "at most 100")
    before = shape.count(
        "what the parameter of this name is for those after them; null: none", "older", none=True
    )


class DiffLineAnswer(AnswerSchema):
    """An article that differs."""

    mark = shape.one_of("what became of it", DiffMark)
    id = shape.text("of the article", "article_id")
    title = shape.text("of its newer version, or of the older one where it vanished", none=True)
    source = shape.text("newspaper", none=True)
    published = shape.text("EDTF", "published.text", none=True)
    older = shape.count("number of its version in the older state", none=True)
    newer = shape.count("the same of the newer state", none=True)
    state = shape.text("tombstone or erased, where it is withdrawn and that may be told", none=True)
    reason = shape.text("why, of a tombstone", none=True)


class DiffAnswer(AnswerSchema):
    """What differs between two states (``khobao diff``, ``/changes.json``)."""

    older = shape.count("change of the older state", "diff.older")
    newer = shape.count("change of the newer state; of a query at most that of the index", "diff.newer")
    query = shape.text("as typed; null: of all articles", _query, none=True)
    entered = shape.count("articles that only the newer state has", "diff.entered")
    changed = shape.count("articles that both have, each in another version", "diff.changed")
    vanished = shape.count("articles that only the older state has", "diff.vanished")
    withheld = shape.count(
        "articles of the whole archive that are withdrawn now; no state has them", "diff.withheld"
    )
    articles = shape.many(DiffLineAnswer, "that differ, as far as they are listed", "lines")
