"""Which pages say what became of the archive? Its changes, and what differs between two states of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from flask import Response, jsonify, request, url_for

from corpus.change_runs import ChangeRun, RunKind
from corpus.moment import VIETNAM
from corpus.published import Published
from search_app.answer.archive.history import HistoryPage
from search_app.answer.differing import Diff, DiffLine, DiffMark
from search_app.api.current import current_service, current_translate
from search_app.api.parameters import FIRST, LAST, page_number
from search_app.api.states import BEFORE, before_of_request, diff_of_request
from search_app.formats.answers.dumping import dump
from search_app.formats.answers.history import DiffAnswer, HistoryAnswer, ListedDiff
from search_app.formats.page_tables import diff_table, history_table
from search_app.web.address import Pair, current_address, encoded
from search_app.web.route import NamedTable
from search_app.web.templating import render

LINES_LISTED = 100
"""Articles that differ, on one page."""

_NAMED = 3  # sources of a run that are named
_OF_NO_ARTICLE = frozenset({RunKind.RIGHTS, RunKind.LOST})


@dataclass(frozen=True, slots=True)
class RunLine:
    """A run of changes as a line.

    Attributes:
        at: when it happened, on Vietnam's clocks.
        href: what differs after it; empty where it is of no article.
        named, more: the sources that are named, and how many others there are.
    """

    run: ChangeRun
    at: Published
    href: str
    named: tuple[str, ...]
    more: int


@dataclass(frozen=True, slots=True)
class DiffGroup:
    """The lines of a page that have one mark."""

    mark: DiffMark
    lines: Sequence[DiffLine]


@dataclass(frozen=True, slots=True)
class DiffTurn:
    """Where a diff goes on: its page, and whether there is one after it."""

    page: int
    more: bool


def history() -> str:
    """The archive's changes; or what differs between two of its states."""
    found = diff_of_request()
    if found is None:
        page = current_service().history.page(before_of_request())
        older = _href((BEFORE, str(page.older))) if page.older else ""
        return render(
            "history.html", current_address().only(), page=page, lines=list(_run_lines(page)), older=older
        )
    number, lines = page_number(request.args), _page_of(found)
    asked = [pair for pair in request.args.items(multi=True) if pair[0] not in {"page", "lang"}]
    return render(
        "diff.html",
        current_address(),
        diff=found,
        groups=[DiffGroup(mark, list(some)) for mark, some in groupby(lines, key=lambda line: line.mark)],
        turn=DiffTurn(number, number * LINES_LISTED < found.total),
        here=_href(*asked),
    )


def history_json() -> Response:
    """A page of the same as JSON."""
    found, translate = diff_of_request(), current_translate()
    if found is None:
        page = current_service().history.page(before_of_request())
        return jsonify(dump(HistoryAnswer, page, translate))
    return jsonify(dump(DiffAnswer, ListedDiff(found, _page_of(found)), translate))


def history_rows() -> NamedTable:
    """All of the same as rows."""
    found = diff_of_request()
    if found is None:
        return NamedTable(history_table(current_service().history.runs(before_of_request())), "changes")
    return NamedTable(diff_table(found), f"diff-{found.older}-{found.newer}")


def _href(*asked: Pair) -> str:
    return f"{url_for('web.history')}?{encoded(asked)}"


def _page_of(found: Diff) -> list[DiffLine]:
    return list(found.lines((page_number(request.args) - 1) * LINES_LISTED, LINES_LISTED))


def _run_lines(page: HistoryPage) -> Iterator[RunLine]:
    for run in page.runs:
        at = datetime.fromisoformat(run.at).astimezone(VIETNAM).isoformat(timespec="minutes")
        href = _href((FIRST, str(run.first - 1)), (LAST, str(run.last)))
        named = run.sources[:_NAMED]
        shown = "" if run.kind in _OF_NO_ARTICLE else href
        yield RunLine(run, Published(at), shown, named, len(run.sources) - len(named))
