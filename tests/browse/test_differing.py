"""What entered, changed and vanished between two states, in all and of a selection."""

import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.archive import Archive
from corpus.errors import UserError
from corpus.withdrawals import WithdrawalState
from corpus.withdrawing import WithdrawalOrder
from indexer.build import build
from search_app.answer.differing import Diff, DiffLine, DiffMark
from search_app.answer.selection import Selection
from search_app.answer.service import Service
from search_app.bootstrap import index_writer, open_service
from search_app.settings import Settings
from tests.corpus.records import reading
from tests.corpus.test_state_differences import NAMES, STEPS, Step, take

HIDDEN, TOMBSTONE, ERASED = WithdrawalState.HIDDEN, WithdrawalState.TOMBSTONE, WithdrawalState.ERASED
QUERY = Selection("gió OR nắng", exact=True)
Told = tuple[str, str, int | None, int | None]


def told(diff: Diff) -> list[Told]:
    return [(one.mark.value, one.article_id, one.older, one.newer) for one in diff.lines()]


def index(made: Settings, archive: Archive) -> None:
    with index_writer(made) as writer:
        build(archive, writer, lambda _done, _total: None, workers=0)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive(Settings(tmp_path).archive) as opened:
        yield opened


def service(archive: Archive) -> Service:
    made = Settings(archive.path.parent)
    index(made, archive)
    return open_service(made)


def versions(found: Service, selection: Selection, number: int) -> dict[str, tuple[int, int]]:
    """The articles of a state that match: of each its version, and the change that brought that."""
    if not number:
        return {}
    rows = found.exporting.export(Selection(selection.query, exact=True, as_of=number)).rows
    return {row.archived.article.id: (row.archived.version, row.archived.change) for row in rows}


def expected(
    older: dict[str, tuple[int, int]], newer: dict[str, tuple[int, int]]
) -> dict[DiffMark, list[Told]]:
    """The lines of both lists that differ, as plain sets say it; of each kind the newest first."""
    found: dict[DiffMark, list[tuple[int, Told]]] = {mark: [] for mark in DiffMark}
    for name in NAMES:
        before, after = older.get(name), newer.get(name)
        if before == after:
            continue
        mark = DiffMark.CHANGED if before and after else DiffMark.ENTERED if after else DiffMark.VANISHED
        version, change = after or before or (0, 0)
        line = (mark.value, name, before and before[0], after and version)
        found[mark].append((-change, line))
    return {mark: [line for _, line in sorted(lines)] for mark, lines in found.items()}


@settings(max_examples=25)
@given(STEPS, st.sampled_from(["", QUERY.query]), st.data())
def test_a_diff_is_the_difference_of_what_both_states_answer(
    steps: list[Step], query: str, data: st.DataObject
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        made = Settings(Path(folder))
        with Archive(made.archive) as archive:
            take(archive, ("a", "gió", None))
            for step in steps:
                take(archive, step)
            index(made, archive)
            last = archive.number
        first, second = sorted(data.draw(st.integers(0, last)) for _ in range(2))
        found = open_service(made)
        selection = Selection(query, exact=True)
        of_query = found.differing.diff(first, second, selection)
        right = expected(versions(found, selection, first), versions(found, selection, second))
        assert told(of_query) == [line for lines in right.values() for line in lines]
        counts = (of_query.entered, of_query.changed, of_query.vanished)
        assert counts == tuple(len(lines) for lines in right.values())
        assert told(found.differing.diff(first, first, selection)) == []
        if not query:  # all articles: the same from the changes alone, and what was withdrawn
            of_all = found.differing.diff(first, second)
            shown = [
                line for line, one in zip(told(of_all), of_all.lines(), strict=True) if one.older or one.newer
            ]
            assert shown == told(of_query)
        for start in range(of_query.total + 1):
            assert list(of_query.lines(start, 2)) == list(of_query.lines())[start : start + 2]


def test_what_may_be_told_of_what_was_withdrawn(archive: Archive) -> None:
    archive.store([reading(name, title=f"Tin {name}", source="Báo Sông") for name in "abcd"])
    number = archive.number
    for name, state in (("a", HIDDEN), ("b", TOMBSTONE), ("c", ERASED)):
        archive.carry_out([WithdrawalOrder(name, None, state, "lý do")])
    found = service(archive)
    diff = found.differing.diff(number)
    assert (diff.entered, diff.changed, diff.vanished, diff.withheld) == (0, 0, 3, 3)
    gone, tombstone, erased = diff.lines()
    assert gone == DiffLine(DiffMark.VANISHED, "a")
    assert (tombstone.title, tombstone.source, tombstone.state, tombstone.reason) == (
        "Tin b", "Báo Sông", "tombstone", "lý do",
    )  # fmt: skip
    assert erased == DiffLine(DiffMark.VANISHED, "c", state="erased")
    of_query = found.differing.diff(number, None, Selection("tin"))
    assert (told(of_query), of_query.withheld) == ([], 3)
    assert list(diff.lines(1, 1)) == [tombstone]


def test_an_article_that_matches_no_more_has_vanished(archive: Archive) -> None:
    archive.store([reading("a", paragraphs=("Gió to.",)), reading("b", title="Khác", paragraphs=("Nắng.",))])
    archive.store([reading("a", paragraphs=("Lũ to.",)), reading("b", title="Khác", paragraphs=("Gió.",))])
    found = service(archive)
    assert told(found.differing.diff(2, 4, Selection("gió"))) == [
        ("entered", "b", None, 2), ("vanished", "a", 1, None),
    ]  # fmt: skip
    assert told(found.differing.diff(2, 4)) == [("changed", "b", 1, 2), ("changed", "a", 1, 2)]


def test_the_present_of_a_selection_is_that_of_the_index(archive: Archive) -> None:
    archive.store([reading("a")])
    found = service(archive)
    archive.store([reading("b", title="Chưa có trong chỉ mục")])
    assert (found.differing.diff(1).newer, found.differing.diff(1, None, Selection()).newer) == (2, 1)


def test_states_are_changes_or_days(archive: Archive) -> None:
    archive.store([reading("a")])
    found, today = service(archive), date.today()  # noqa: DTZ011 - near enough
    assert found.differing.diff(today - timedelta(days=3), today + timedelta(days=2)).entered == 1
    for older, newer in ((0, 2), (2, None), (-1, None), (1, 0)):
        with pytest.raises(UserError):
            found.differing.diff(older, newer)
