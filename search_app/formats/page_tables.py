"""How is a page written as a table? The rows behind its CSV, and behind its JSON where the API has none."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from corpus.archived import ArchivedArticle, StoredRefusal
from corpus.change_runs import ChangeRun
from corpus.coverage import Coverage, Fact, SourceCoverage
from corpus.withdrawals import Withdrawal
from search_app.answer.archive.reprint_changes import WordRun
from search_app.answer.counting.grouping import NeighbourCount
from search_app.answer.counting.lines import Line
from search_app.answer.counting.series import Trend
from search_app.answer.differing import Diff
from search_app.answer.pages import ArticlePage, ChangesPage, FacetValue, WhyPage
from search_app.fields import in_order
from search_app.formats.answers.article import ReasonAnswer
from search_app.formats.answers.concordance import GroupAnswer, LineAnswer
from search_app.formats.answers.dumping import dump, keys
from search_app.formats.answers.history import ChangeRunAnswer, DiffLineAnswer
from search_app.formats.answers.shape import AnswerSchema
from search_app.formats.answers.timeline import TimelineRowAnswer, trend_rows
from search_app.formats.answers.withdrawals import SaidWithdrawal, WithdrawalAnswer
from search_app.formats.server_paths import file_name
from search_app.formats.table import Cell, Table
from search_app.language import Translate

UNDATED, COARSE = "undated", "month or year only"

_VERSION_COLUMNS = (
    "version", "change", "title", "file", "place", "reader", "reader_version", "imported_at", "raw_sha256",
    "sha256", "current", "choice",
)  # fmt: skip
_PARTS = tuple(
    in_order("id", "title", "source", "section", "published", "url", "lede", "authors", "tags", "related")
)


def article_table(page: ArticlePage) -> Table:
    """An article, a row a part, in the order in which it is read; parts that it lacks have none."""
    said = (("rights", page.rights.statement), ("licence", page.rights.licence))
    rights = ((name, "", text) for name, text in said if text)
    return Table(("part", "number", "text"), chain(_parts(page.archived), rights))


def why_table(page: WhyPage) -> Table:
    """The parts of a score."""
    return _table(ReasonAnswer, page.explanation.reasons)


def changes_table(page: ChangesPage) -> Table:
    """The passages of two prints side by side."""
    rows = ((one.kind.value, _said(one.first), _said(one.other)) for one in page.changes)
    return Table(("kind", "first", "other"), rows)


def history_table(runs: Iterable[ChangeRun]) -> Table:
    """Runs of the archive's changes; their sources in one cell."""
    rows = (dump(ChangeRunAnswer, one) | {"sources": "; ".join(one.sources)} for one in runs)
    return Table(keys(ChangeRunAnswer), (tuple(row.values()) for row in rows))


def diff_table(diff: Diff) -> Table:
    """What entered, changed and vanished between two states."""
    return _table(DiffLineAnswer, diff.lines())


def versions_table(kept: Sequence[ArchivedArticle], withdrawn: Iterable[Withdrawal]) -> Table:
    """The versions of an article, the oldest first; of one that is withdrawn, its number, the day and why."""
    rows: dict[int, tuple[Cell, ...]] = {one.version: (*_version(one), None, None, None) for one in kept}
    nothing = (None,) * (len(_VERSION_COLUMNS) - 1)
    for one in withdrawn:
        if one.version is not None:
            rows[one.version] = (one.version, *nothing, one.state.value, one.at, one.reason)
    columns = (*_VERSION_COLUMNS, "withdrawn", "withdrawn_at", "reason")
    return Table(columns, (rows[number] for number in sorted(rows)))


def values_table(values: Iterable[FacetValue]) -> Table:
    """The values of a facet with their counts; an empty value: none is given."""
    rows = ((one.value, one.count, one.chosen, one.excluded) for one in values)
    return Table(("value", "articles", "chosen", "left_out"), rows)


def timeline_table(trend: Trend) -> Table:
    """The rows of all series over time: the periods, those without an article too, then what is in none."""
    return _table(TimelineRowAnswer, trend_rows(trend))


def lines_table(lines: Iterable[Line]) -> Table:
    """The lines of a concordance."""
    return _table(LineAnswer, lines)


def groups_table(groups: Iterable[NeighbourCount]) -> Table:
    """What stands beside hits, the most frequent first."""
    return _table(GroupAnswer, groups)


def facts_table(facts: Iterable[Fact]) -> Table:
    """Articles that lack a date or a text."""
    rows = ((one.article_id, one.title, one.source, one.day, one.characters) for one in facts)
    return Table(("id", "title", "source", "published", "characters"), rows)


def refusals_table(refusals: Iterable[StoredRefusal], translate: Translate) -> Table:
    """Refused records: where they stood, why, and what became of them."""
    columns = ("number", "file", "place", "reason", "message", "at", "taken_as", "raw_sha256")
    rows = (
        (one.number, file_name(one.file), one.place, one.reason, one.message.render(translate), one.at,
         one.taken_as or "", one.raw_sha256)
        for one in refusals
    )  # fmt: skip
    return Table(columns, rows)


def withdrawals_table(withdrawals: Iterable[SaidWithdrawal]) -> Table:
    """Articles and single versions that are withdrawn, in the order given."""
    return _table(WithdrawalAnswer, withdrawals)


def coverage_table(coverage: Coverage) -> Table:
    """A row a source and day that has articles; then its articles without a day."""
    rows = ((one.source, *row) for one in coverage.sources for row in _days(one))
    return Table(("source", "day", "articles"), rows)


def _table(answer: type[AnswerSchema], values: Iterable[object]) -> Table:
    """A row a value, its columns the keys of its JSON."""
    return Table(keys(answer), (tuple(dump(answer, value).values()) for value in values))


def _said(runs: Iterable[WordRun]) -> str:
    return "".join(run.text for run in runs)


def _version(one: ArchivedArticle) -> tuple[Cell, ...]:
    origin = one.provenance
    return (
        one.version, one.change, one.article.title, file_name(origin.file), origin.place, origin.reader,
        origin.reader_version, origin.imported_at, origin.raw_sha256, one.article.digest,
        one.is_current, one.choice.value,
    )  # fmt: skip


def _parts(archived: ArchivedArticle) -> Iterator[tuple[Cell, ...]]:
    article, fields = archived.article, [field for field in _PARTS if field.part]
    for field in (one for one in fields if not one.kind.is_several):
        yield from ((field.part, "", text) for text in field.texts(article))
    for one in article.body():
        yield "caption" if one.is_caption else "paragraph", one.number + 1, one.text
    for field in (one for one in fields if one.kind.is_several):
        yield from ((field.part, number, text) for number, text in enumerate(field.texts(article), 1))


def _days(source: SourceCoverage) -> Iterator[tuple[str, int]]:
    yield from ((day.isoformat(), count) for day, count in source.days)
    yield from (
        (name, count) for name, count in ((COARSE, source.coarse), (UNDATED, source.undated)) if count
    )
