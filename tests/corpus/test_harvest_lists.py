"""A list for harvesters is of one change, to its end, whatever comes meanwhile; the next one has the rest."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.archive import Archive
from corpus.harvest_lists import HarvestLists
from corpus.harvest_walks import HarvestEntry, HarvestList
from corpus.publishers import Publication
from corpus.rights import Rights
from corpus.shown_archive import ShownArchive
from corpus.withdrawals import WithdrawalState, current_moment
from corpus.withdrawing import WithdrawalOrder
from tests.corpus.harvested import (
    ERASED,
    HIDDEN,
    LATER,
    NAMES,
    STEP,
    TOMBSTONE,
    Step,
    at,
    move_clock,
    publisher,
    take,
)
from tests.corpus.records import reading

STEPS = st.lists(STEP, min_size=1, max_size=14)
XOM, LANG, HOST = publisher("Báo Xóm").key, publisher("Bản Tin Làng").key, "host:ban.example"


@contextmanager
def begun(steps: Sequence[Step]) -> Iterator[tuple[Archive, ShownArchive]]:
    """An archive with a history, open to be written and read."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.sqlite"
        with Archive(path) as archive:
            for step in steps:
                take(archive, step)
            with ShownArchive(path) as shown:
                yield archive, shown


def whole(lists: HarvestLists, asked: HarvestList) -> list[HarvestEntry]:
    return list(lists.page(asked, 0, 1_000).entries)


def outline(entries: Sequence[HarvestEntry]) -> list[tuple[str, int | None, datetime]]:
    """Of each its article, the change of its version, and its datestamp."""
    return [(one.article_id, one.archived.change if one.archived else None, one.datestamp) for one in entries]


def plain(archive: ShownArchive) -> dict[str, tuple[int | None, datetime]]:
    """What a list has that is begun now, found article by article."""
    rows = archive.rows("SELECT number, article_id FROM changes WHERE article_id != ''").fetchall()
    rights = archive.rows("SELECT max(number) FROM changes WHERE kind = 'rights'").fetchone()[0] or 0
    found: dict[str, tuple[int | None, datetime]] = {}
    for name in NAMES:
        withdrawal, archived = archive.withdrawn().article(name), archive.article(name)
        if withdrawal is not None and withdrawal.state is not HIDDEN:
            found[name] = None, at(withdrawal.change)
        elif archived is not None:
            last = max(number for number, article_id in rows if article_id == name)
            is_told = archived.article.source == "Báo Xóm"
            found[name] = archived.change, at(max(last, rights) if is_told else last)
    return found


@settings(max_examples=60)
@given(STEPS, st.integers(1, 4))
def test_a_list_is_what_the_archive_shows_in_pages_of_any_size(steps: list[Step], size: int) -> None:
    with begun(steps) as (_, shown):
        lists, asked = HarvestLists(shown), HarvestList(shown.number, current_moment())
        found, after, has_more = list[HarvestEntry](), 0, True
        while has_more:
            page = lists.page(asked, after, size)
            has_more = page.has_more
            assert len(page.entries) == size or not has_more
            found += page.entries
            after = found[-1].place if found else 0
        told = {name: (change, moment) for name, change, moment in outline(found)}
        assert (len(found), told) == (len(told), plain(shown))
        assert lists.count(asked) == len(found)
        for name in NAMES:
            entry = lists.entry(name, asked.moment)
            assert (entry and outline([entry])) == ([(name, *told[name])] if name in told else None)


@settings(max_examples=60)
@given(STEPS, st.lists(STEP, max_size=10), st.data())
def test_what_happens_between_pages_changes_no_list_and_stands_in_the_next(
    before: list[Step], meanwhile: list[Step], data: st.DataObject
) -> None:
    with begun(before) as (archive, shown):
        number, pending = shown.number, list(meanwhile)
        first = outline(whole(HarvestLists(shown), HarvestList(number, current_moment())))
        asked, found, after, has_more = HarvestList(number, current_moment()), list[HarvestEntry](), 0, True
        hidden: set[str] = set()
        while has_more:
            page = HarvestLists(shown).page(asked, after, data.draw(st.integers(1, 3)))
            has_more, after = page.has_more, page.entries[-1].place if page.entries else after
            found += page.entries
            shown_now = [one for one in page.entries if one.archived]
            assert shown.versions_of([one.archived.change for one in shown_now if one.archived]).keys() == {
                one.archived.change for one in shown_now if one.archived
            }
            for step in pending[: data.draw(st.integers(1, 4))]:
                take(archive, step)
                pending.pop(0)
                hidden |= {name for name in NAMES if _is_hidden(shown, name)}
        given_ids = [one.article_id for one in found]
        assert len(given_ids) == len(set(given_ids))
        stood = [name for name, *_ in first]
        assert set(given_ids) <= set(stood)
        assert set(stood) - set(given_ids) <= hidden
        touched = _touched(shown, number)
        assert [one for one in outline(found) if one[0] not in touched] == [
            one for one in first if one[0] not in touched
        ]
        assert all(one.datestamp <= at(number) for one in found)
        for step in pending:
            take(archive, step)
        _harvest_again(shown, found)


def _harvest_again(shown: ShownArchive, found: Sequence[HarvestEntry]) -> None:
    """What a harvester has after its next harvest is what the archive shows."""
    since = max((one.datestamp for one in found), default=None)
    later = whole(HarvestLists(shown), HarvestList(shown.number, current_moment(), first=since))
    copies = {name: change for name, change, _ in outline([*found, *later])}
    for name, (change, _) in plain(shown).items():
        assert copies[name] == change, name
    assert all(_is_hidden(shown, name) for name in copies.keys() - plain(shown).keys())


def _is_hidden(shown: ShownArchive, name: str) -> bool:
    withdrawal = shown.withdrawn().article(name)
    return withdrawal is not None and withdrawal.state is HIDDEN


def _touched(shown: ShownArchive, number: int) -> set[str]:
    return {name for (name,) in shown.rows("SELECT article_id FROM changes WHERE number > ?", [number])}


@settings(max_examples=60)
@given(STEPS, st.lists(STEP, max_size=6), st.integers(0, 20), st.integers(0, 20))
def test_a_source_and_a_span_choose_from_the_whole_list(
    before: list[Step], after: list[Step], low: int, high: int
) -> None:
    with begun(before) as (archive, shown):
        asked = HarvestList(shown.number, current_moment())
        for first in (None, at(low)):
            span = replace(asked, first=first, last=at(high))
            assert HarvestLists(shown).count(span) == len(whole(HarvestLists(shown), span))
        for step in after:
            take(archive, step)
        every = whole(HarvestLists(shown), asked)
        erased = [one for one in every if _is_erased(shown, one.article_id)]
        for key in (XOM, LANG, HOST, "nobody"):
            of_it = [one for one in every if (one.publisher and one.publisher.key) == key or one in erased]
            for first, last in ((None, None), (at(low), None), (None, at(high)), (at(low), at(high))):
                span = replace(asked, publisher=key, first=first, last=last)
                assert whole(HarvestLists(shown), span) == _within(of_it, first, last)
                anyones = replace(span, publisher=None)
                assert whole(HarvestLists(shown), anyones) == _within(every, first, last)


def _is_erased(shown: ShownArchive, name: str) -> bool:
    withdrawal = shown.withdrawn().article(name)
    return withdrawal is not None and withdrawal.is_erased


def _within(
    entries: Sequence[HarvestEntry], first: datetime | None, last: datetime | None
) -> list[HarvestEntry]:
    return [one for one in entries if (first or one.datestamp) <= one.datestamp <= (last or one.datestamp)]


def test_an_embargo_that_ended_by_itself_is_over_for_lists_begun_after_it(archive: Archive) -> None:
    """And for no other: a list that was begun before goes on as it was."""
    archive.store([reading("a", source="Báo Xóm"), reading("b", title="Chợ nổi", source="Báo Xóm")])
    order = WithdrawalOrder("a", None, TOMBSTONE, "chờ xử", until=LATER.isoformat())
    archive.carry_out([order, replace(order, article_id="b", state=HIDDEN)])
    end = current_moment().replace(microsecond=0)
    move_clock(archive, until=end)
    with ShownArchive(archive.path) as shown:
        lists, ended = HarvestLists(shown), HarvestList(archive.number, end, publisher=XOM)
        before = replace(ended, moment=end - timedelta(seconds=1))
        assert outline(whole(lists, before)) == [("a", None, at(3))]
        assert outline(whole(lists, ended)) == [("a", 1, end), ("b", 2, end)]
        assert (lists.count(before), lists.count(ended)) == (1, 2)
        assert whole(lists, replace(ended, first=end)) == whole(lists, ended)
        assert whole(lists, replace(ended, last=end - timedelta(seconds=1))) == []
        assert lists.entry("a", end) == whole(lists, ended)[0]
        archive.end_embargoes()
        move_clock(archive, until=end)
        assert outline(whole(lists, ended)) == [("a", 1, end), ("b", 2, end)]
        assert outline(whole(lists, before)) == [("a", None, at(3))]
        now = HarvestList(archive.number, current_moment())
        assert [one.place for one in whole(lists, now)] == [5, 6]


@pytest.mark.parametrize("is_fresh", [False, True], ids=["one process", "another"])
@pytest.mark.parametrize("state", [HIDDEN, TOMBSTONE, ERASED])
def test_what_is_withdrawn_while_a_list_is_walked_is_not_shown_in_it(
    archive: Archive, state: WithdrawalState, is_fresh: bool
) -> None:
    archive.store([reading("a"), reading("b", title="Chợ nổi")])
    move_clock(archive)
    with ShownArchive(archive.path) as shown:
        lists, asked = HarvestLists(shown), HarvestList(archive.number, current_moment())
        assert [one.article_id for one in lists.page(asked, 0, 1).entries] == ["a"]
        archive.carry_out([WithdrawalOrder("b", None, state, "lý do")])
        rest = [] if state is HIDDEN else [("b", None, at(2))]
        assert outline((HarvestLists(shown) if is_fresh else lists).page(asked, 1, 1).entries) == rest


@pytest.mark.parametrize("state", [HIDDEN, TOMBSTONE, ERASED])
def test_where_a_version_is_withdrawn_meanwhile_the_one_that_is_shown_stands_in_its_place(
    archive: Archive, state: WithdrawalState
) -> None:
    archive.store([reading("a"), reading("a", title="Nước rút")])
    move_clock(archive)
    with ShownArchive(archive.path) as shown:
        asked = HarvestList(archive.number, current_moment())
        archive.carry_out([WithdrawalOrder("a", 2, state, "lý do")])
        move_clock(archive)
        assert outline(whole(HarvestLists(shown), asked)) == [("a", 1, at(2))]
        later = HarvestList(archive.number, asked.moment)
        assert outline(whole(HarvestLists(shown), later)) == [("a", 1, at(3))]


def test_the_rights_of_a_source_are_a_change_of_its_articles(archive: Archive) -> None:
    xom = [reading(f"x{n}", title=f"Tin {n}", source="Báo Xóm") for n in range(3)]
    archive.store([*xom, reading("l", title="Làng", source="Bản Tin Làng")])
    archive.set_rights(publisher("Báo Xóm"), Rights("mọi quyền"))
    move_clock(archive)
    every = [("x0", 1, at(5)), ("x1", 2, at(5)), ("x2", 3, at(5)), ("l", 4, at(4))]
    with ShownArchive(archive.path) as shown:
        lists, asked = HarvestLists(shown), HarvestList(archive.number, current_moment())
        for changed, expected in (
            ({}, every),
            ({"first": at(5)}, every[:3]),
            ({"first": at(4)}, every),
            ({"last": at(4)}, every[3:]),
            ({"publisher": XOM, "first": at(5)}, every[:3]),
            ({"publisher": XOM, "last": at(4)}, []),
        ):
            found = replace(asked, **changed)
            assert outline(whole(lists, found)) == expected
            assert lists.count(found) == len(expected)
        assert outline(whole(lists, HarvestList(4, asked.moment)))[0] == ("x0", 1, at(1))


def test_an_article_that_was_never_here_and_is_erased_is_withdrawn(archive: Archive) -> None:
    """A harvester may have it from before this archive was restored."""
    archive.store([reading("b")])
    with ShownArchive(archive.path) as shown, tempfile.TemporaryDirectory() as folder:
        with Archive(Path(folder) / "other.sqlite") as other:
            other.store([reading("a")])
            other.carry_out([WithdrawalOrder("a", None, ERASED, "lý do")])
            archive.erase_listed(other.erased())
        move_clock(archive)
        lists = HarvestLists(shown)
        asked = HarvestList(archive.number, current_moment(), publisher=XOM)
        assert outline(whole(lists, asked)) == [("a", None, at(2))]
        assert outline(whole(lists, replace(asked, publisher=None)))[1:] == [("a", None, at(2))]
        assert lists.entry("a", asked.moment) == whole(lists, asked)[0]


def test_publishers_are_those_of_what_may_be_told(archive: Archive) -> None:
    archive.store(
        [
            *(
                reading(f"x{n}", title=f"Tin {n}", source=name)
                for n, name in enumerate(["BÁO XÓM", "Báo Xóm"])
            ),
            reading("x2", title="Tin 3", source="Báo Xóm"),
            reading("bia", source="Bản Tin Làng"),
            reading("an", source="Báo Kín"),
            reading("xoa", source="Báo Bỏ"),
            reading("chu", title="Không tên", url="https://ban.example/chu"),
            reading("ai", title="Không ai"),
        ]
    )
    for name, state in (("bia", TOMBSTONE), ("an", HIDDEN), ("xoa", ERASED)):
        archive.carry_out([WithdrawalOrder(name, None, state, "lý do")])
    with ShownArchive(archive.path) as shown:
        lists = HarvestLists(shown)
        assert lists.publishers() == [
            Publication(LANG, "Bản Tin Làng"),
            Publication(XOM, "Báo Xóm"),
            Publication(HOST, "ban.example"),
        ]
        archive.set_rights(publisher("Bản Tin Làng"), Rights("mọi quyền"))
        assert len(lists.publishers()) == 3
