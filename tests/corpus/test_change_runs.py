"""The changes of an archive, alike ones in a row as one."""

from collections.abc import Sequence
from itertools import groupby, pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import storing
from corpus.archive import Archive
from corpus.archive_errors import GuardedRows
from corpus.audit import Action
from corpus.audited_work import audited
from corpus.change_runs import ChangeRun, RunKind, change_runs
from corpus.rights import Rights
from corpus.shown_archive import ShownArchive
from corpus.sources import source_named
from corpus.withdrawals import WithdrawalState
from corpus.withdrawing import WithdrawalOrder
from tests.corpus.records import reading

MINUTE = "2026-11-30T07:05"
Said = tuple[RunKind, int, int]


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """All that is stored is of one minute."""
    monkeypatch.setattr(storing, "now", lambda: f"{MINUTE}:00+00:00")


def runs(archive: Archive, before: int | None = None) -> list[ChangeRun]:
    with ShownArchive(archive.path) as shown:
        return list(change_runs(shown, archive.number + 1 if before is None else before))


def said(archive: Archive) -> list[Said]:
    return [(one.kind, one.first, one.last) for one in runs(archive)]


def add(archive: Archive, *names: str, source: str = "Báo Sông", text: str = "Có tin.") -> None:
    with audited(archive, Action.ADD):
        archive.store([reading(name, source=source, title=name, paragraphs=(text,)) for name in names])


def test_an_import_is_one_run(archive: Archive) -> None:
    add(archive, *"abcde")
    [found] = runs(archive)
    assert (found.kind, found.first, found.last, found.count) == (RunKind.NEW_ARTICLE, 1, 5, 5)
    assert (found.sources, found.at[:16]) == (("Báo Sông",), MINUTE)


def test_two_imports_within_a_minute_are_two_runs(archive: Archive) -> None:
    add(archive, "a", "b")
    add(archive, "c", source="Báo Núi")
    assert said(archive) == [(RunKind.NEW_ARTICLE, 3, 3), (RunKind.NEW_ARTICLE, 1, 2)]
    assert [one.sources for one in runs(archive)] == [("Báo Núi",), ("Báo Sông",)]


def test_minutes_and_kinds_divide_runs(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    archive.store([reading(name, title=name) for name in "ab"])
    monkeypatch.setattr(storing, "now", lambda: "2026-11-30T07:06:00+00:00")
    archive.store([reading("c", title="c"), reading("a", title="khác")])
    assert said(archive) == [
        (RunKind.NEW_VERSION, 4, 4), (RunKind.NEW_ARTICLE, 3, 3), (RunKind.NEW_ARTICLE, 1, 2),
    ]  # fmt: skip


def test_what_is_hidden_is_told_by_its_number_alone(archive: Archive) -> None:
    add(archive, "a", source="Báo Sông")
    add(archive, "b", source="Báo Núi")
    archive.carry_out([WithdrawalOrder("b", None, WithdrawalState.HIDDEN, "lý do")])
    gone, of_b, of_a = runs(archive)
    assert (gone.kind, gone.count, gone.sources, gone.of_versions) == (RunKind.GONE, 1, (), False)
    assert (of_b.sources, of_a.sources) == ((), ("Báo Sông",))


def test_each_kind_of_change_has_its_word(archive: Archive) -> None:
    add(archive, "a", "b")
    add(archive, "a", text="Khác.")
    archive.set_rights(source_named(archive, "Báo Sông"), Rights("© Báo Sông"))
    for order in (
        WithdrawalOrder("a", 2, WithdrawalState.TOMBSTONE, "lý do"),
        WithdrawalOrder("a", None, WithdrawalState.TOMBSTONE, "lý do"),
        WithdrawalOrder("a", None, None),
        WithdrawalOrder("b", None, WithdrawalState.ERASED, "lý do"),
    ):
        archive.carry_out([order])
    found = runs(archive)
    assert [(one.kind, one.of_versions) for one in reversed(found)] == [
        (RunKind.NEW_ARTICLE, False), (RunKind.NEW_VERSION, False), (RunKind.RIGHTS, False),
        (RunKind.TOMBSTONE, True), (RunKind.TOMBSTONE, False), (RunKind.RESTORED, False),
        (RunKind.ERASED, False),
    ]  # fmt: skip
    assert found[4].sources == ("Báo Sông",)


def test_changes_are_found_by_their_numbers(archive: Archive) -> None:
    """No statement passes over the whole archive, however long it is."""
    add(archive, *"abcde")
    asked: list[tuple[str, Sequence[object]]] = []

    class Watched(ShownArchive):
        def rows(self, statement: str, values: Sequence[object] = ()) -> GuardedRows:
            asked.append((statement, values))
            return super().rows(statement, values)

    with Watched(archive.path) as shown:
        asked.clear()
        assert list(change_runs(shown, 4))
        plans = [
            row[-1]
            for statement, values in list(asked)
            for row in shown.rows(f"EXPLAIN QUERY PLAN {statement}", values)
        ]
    assert plans
    assert [plan for plan in plans if plan.startswith("SCAN") and not plan.startswith("SCAN audit")] == []


@settings(max_examples=30)
@given(st.lists(st.tuples(st.integers(0, 2), st.sampled_from("abc"), st.integers(0, 3)), max_size=12))
def test_runs_are_the_changes_in_order_grouped_by_kind_and_minute(
    tmp_path_factory: pytest.TempPathFactory, stored: list[tuple[int, str, int]]
) -> None:
    path: Path = tmp_path_factory.mktemp("runs") / "a.sqlite"
    with Archive(path) as archive, pytest.MonkeyPatch.context() as patch:
        for minute, name, text in sorted(stored):
            patch.setattr(storing, "now", lambda minute=minute: f"2026-11-30T07:0{minute}:00+00:00")
            archive.store([reading(name, title=name, paragraphs=(str(text),))])
        found = runs(archive)
        rows = archive.rows("SELECT number, at, version = 1 FROM changes ORDER BY number DESC").fetchall()
        groups = [list(group) for _, group in groupby(rows, key=lambda row: row[1:])]
        assert [(one.last, one.first, one.count) for one in found] == [
            (group[0][0], group[-1][0], len(group)) for group in groups
        ]
        for newer, older in pairwise(found):  # a page goes on where the one before it ended
            assert runs(archive, newer.first)[0] == older
