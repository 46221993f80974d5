import sqlite3
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.archive import Archive
from corpus.archived import Outcome
from corpus.changes import HEADS_OF_CHANGES, ChangeKind
from corpus.context import Context
from corpus.coverage import coverage, listed
from corpus.data_folder import beside
from corpus.errors import UserError
from corpus.fixity import check
from corpus.message import say
from corpus.pins import pin_at
from corpus.readers.input.refusing import refuse
from corpus.readers.input.source_file import SourceFile
from corpus.records import Record
from corpus.salvage import salvage
from corpus.shown_archive import ShownArchive
from corpus.storing import add_change
from corpus.withdrawals import WithdrawalState
from corpus.withdrawing import WithdrawalOrder
from tests.corpus.records import AT, outcomes, reading, with_raw

HIDDEN, TOMBSTONE, ERASED = WithdrawalState.HIDDEN, WithdrawalState.TOMBSTONE, WithdrawalState.ERASED
NEXT_YEAR = (datetime.now(UTC) + timedelta(days=365)).isoformat(timespec="seconds")


def withdraw(archive: Archive, name: str, state: WithdrawalState = TOMBSTONE, **parts: str) -> int | None:
    article_id, _, version = name.partition("@")
    order = WithdrawalOrder(
        article_id, int(version) if version else None, state, "toà soạn yêu cầu", "thủ thư", **parts
    )
    return archive.carry_out([order])[0].change


def shown(archive: Archive) -> ShownArchive:
    return ShownArchive(archive._path)


@pytest.mark.parametrize("state", [HIDDEN, TOMBSTONE, ERASED])
def test_what_is_withdrawn_is_shown_by_no_method(archive: Archive, state: WithdrawalState) -> None:
    raw = b"record"
    archive.store([with_raw(reading(), raw), reading("song-2", "Chợ nổi")])
    kept = archive.article("song-1")
    assert kept is not None
    refused = refuse(SourceFile.on_disk(Path("x"), AT), "line 1", "bad-json", say("hỏng"), raw)
    archive.store([refused])
    withdraw(archive, "song-1", state)
    with shown(archive) as reader:
        ids = ["song-1", "song-2"]
        assert reader.articles(ids).keys() == reader.texts(ids).keys() == {"song-2"}
        assert reader.changes(ids).keys() == reader.arrived(ids).keys() == {"song-2"}
        assert list(reader.newest_first()) == ["song-2"]
        assert reader.versions_of([1, 2]).keys() == {2}
        assert reader.versions("song-1") == [] == list(reader.refusals())
        assert reader.version(1) is None is reader.raw(kept)
        assert (reader.tombstone("song-1") is None) is (state is HIDDEN)
        assert reader.tombstone("song-2") is None


def test_a_tombstone_says_by_whom_when_and_why(archive: Archive) -> None:
    archive.store([reading()])
    number = withdraw(archive, "song-1")
    with shown(archive) as reader:
        found = reader.tombstone("song-1")
    assert found is not None
    told = found.withdrawal
    assert (told.change, told.reason, told.actor) == (number, "toà soạn yêu cầu", "thủ thư")
    assert found.archived is not None
    assert found.archived.article.title == "Nước sông Thao lên nhanh"


def test_a_withdrawal_of_a_version_makes_the_one_before_it_current(archive: Archive) -> None:
    archive.store([reading(), reading(lede="Nước đã rút.")])
    withdraw(archive, "song-1@2")
    with shown(archive) as reader:
        kept = reader.articles(["song-1"])["song-1"]
        assert (kept.version, [one.version for one in reader.versions("song-1")]) == (1, [1])
    assert check(archive).faults == []
    archive.carry_out([WithdrawalOrder("song-1", 2, None)])
    assert archive.articles(["song-1"])["song-1"].version == 2
    assert check(archive).faults == []


def test_a_new_version_of_a_tombstone_is_kept_and_shown_after_its_return(archive: Archive) -> None:
    archive.store([reading()])
    withdraw(archive, "song-1")
    assert outcomes(archive.store([reading(lede="Nước đã rút.")])) == [Outcome.NEW_VERSION]
    with shown(archive) as reader:
        assert reader.article("song-1") is None
        archive.restore("song-1")
        kept = reader.article("song-1")
    assert kept is not None
    assert kept.article.lede == "Nước đã rút."


def test_importing_a_withdrawn_article_again_leaves_it_withdrawn(archive: Archive) -> None:
    archive.store([reading()])
    withdraw(archive, "song-1", HIDDEN)
    assert outcomes(archive.store([reading()])) == [Outcome.UNCHANGED]
    with shown(archive) as reader:
        assert reader.article("song-1") is None


def test_an_embargo_ends_by_itself(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    archive.store([reading()])
    withdraw(archive, "song-1", until=NEXT_YEAR)
    with shown(archive) as reader:
        assert reader.article("song-1") is None
        later = datetime.fromisoformat(NEXT_YEAR)
        assert (reader.counts().articles, listed(reader, 9, 0), coverage(reader).sources) == (0, [], ())
        for module in ("shown_archive", "withdrawing", "archive", "archive_reader"):
            monkeypatch.setattr(f"corpus.{module}.current_moment", lambda: later)
        assert reader.article("song-1") is not None
        assert (reader.counts().articles, len(listed(reader, 9, 0)), len(coverage(reader).sources)) == (
            1,
            1,
            1,
        )
        assert [order.article_id for order in archive.end_embargoes()] == ["song-1"]
        assert archive.end_embargoes() == []
        assert reader.withdrawals().standing == {}
        pinned = reader.at(2)
        assert pinned.article("song-1") is None, "it was hidden then, whatever the day is"
    assert check(archive).faults == []


def test_of_an_erased_article_nothing_is_stored_again(archive: Archive) -> None:
    raw = b'{"id": "song-1"}'
    archive.store([with_raw(reading(), raw)])
    withdraw(archive, "song-1", ERASED)
    number = archive.number
    refused = refuse(SourceFile.on_disk(Path("x"), AT), "line 1", "bad-json", say("hỏng"), raw)
    first = with_raw(reading(), raw)
    again: list[Record] = [first, reading(lede="Bản khác."), refused]
    assert outcomes(archive.store(again)) == [Outcome.ERASED] * 3
    assert (archive.number, archive.counts().refusals) == (number, 0)
    assert not archive.holds_raw(first.provenance.raw_sha256)
    assert check(archive).faults == []


def test_a_raw_record_that_holds_another_article_too_goes_and_that_is_said(archive: Archive) -> None:
    raw = b"a record of two"
    both = (reading(url="https://bao.vn/1"), reading("song-2", "Chợ nổi", url="https://bao.vn/2"))
    archive.store([replace(with_raw(one, raw), context=Context(url=one.article.url)) for one in both])
    done = archive.carry_out([WithdrawalOrder("song-1", None, ERASED, "lý do")])
    removed = done[0].removed
    assert removed is not None
    assert (removed.versions, removed.raws, removed.others) == (1, 1, ("song-2",))
    assert archive.article("song-2") is not None
    assert check(archive).faults == []


def test_no_file_of_the_archive_has_the_bytes_of_what_was_erased(archive: Archive) -> None:
    telling = "Quỳnhkỳlạ"
    for number in range(50):
        archive.store(
            [with_raw(reading(f"a-{number}", f"{telling} {number}"), f"{telling} {number}".encode())]
        )
    archive.store([with_raw(reading("a-7", f"{telling} mới"), f"{telling} mới".encode())])
    orders = [WithdrawalOrder(f"a-{number}", None, ERASED, "lý do") for number in range(50)]
    archive.carry_out(orders)
    assert archive.wipe()
    for path in (archive._path, *beside(archive._path)):
        held = path.read_bytes() if path.exists() else b""
        assert telling.encode() not in held, path
    assert check(archive).faults == []


def test_what_is_erased_stays_erased_when_the_archive_is_salvaged(archive: Archive, tmp_path: Path) -> None:
    archive.store(
        [reading(), reading(lede="Bản hai."), reading("song-2", "Chợ nổi"), reading("song-3", "Đò")]
    )
    withdraw(archive, "song-1", ERASED)
    withdraw(archive, "song-2", HIDDEN)
    found = salvage(archive._path, tmp_path / "saved.sqlite")
    assert not found.lost
    with Archive(tmp_path / "saved.sqlite") as saved:
        assert check(saved).faults == []
        assert outcomes(saved.store([reading()])) == [Outcome.ERASED]
        assert {one.article_id: one.withdrawn for one in saved.heads_since(0)} == {
            "song-1": True,
            "song-2": True,
            "song-3": False,
        }


def test_a_list_of_erasures_is_applied_to_an_older_copy(archive: Archive, tmp_path: Path) -> None:
    archive.store([reading(), reading("song-2", "Chợ nổi"), reading("song-3", "Đò")])
    archive.store([reading("song-3", "Đò", lede="Bản hai.")])
    for name in ("song-1", "song-3@1"):
        withdraw(archive, name, ERASED)
    listed = archive.erased()
    with Archive(tmp_path / "older.sqlite") as older:
        older.store([reading("song-3", "Đò"), reading("song-3", "Đò", lede="Bản hai.")])
        assert len(older.erase_listed(listed)) == 2
        assert older.erase_listed(listed) == []
        assert outcomes(older.store([reading(), reading("song-2", "Chợ nổi")])) == [
            Outcome.ERASED,
            Outcome.NEW,
        ]
        assert [one.version for one in older.versions("song-3")] == [2]
        assert check(older).faults == []


@pytest.mark.parametrize(
    ("order", "problem"),
    [
        (WithdrawalOrder("khong-co", None, HIDDEN), "no article"),
        (WithdrawalOrder("song-1", 3, HIDDEN), "no version 3"),
        (WithdrawalOrder("song-2", 1, HIDDEN), "no other version"),
        (WithdrawalOrder("song-2", None, None), "not withdrawn"),
        (WithdrawalOrder("song-3", None, None), "erased"),
        (WithdrawalOrder("song-3", None, HIDDEN), "erased"),
        (WithdrawalOrder("song-1", None, ERASED, until=NEXT_YEAR), "does not come back"),
        (WithdrawalOrder("song-1", 1, HIDDEN, until=NEXT_YEAR), "whole article"),
        (WithdrawalOrder("song-1", None, HIDDEN, until=AT), "has passed"),
    ],
)
def test_an_order_that_cannot_be_carried_out_changes_nothing(
    archive: Archive, order: WithdrawalOrder, problem: str
) -> None:
    archive.store([reading(), reading(lede="Bản hai."), reading("song-2", "Chợ"), reading("song-3", "Đò")])
    withdraw(archive, "song-3", ERASED)
    number = archive.number
    with pytest.raises(UserError, match=problem):
        archive.carry_out([WithdrawalOrder("song-1", None, TOMBSTONE, "trước"), order])
    assert number == archive.number


def test_a_dry_run_changes_nothing_and_says_what_would_be_done(archive: Archive) -> None:
    archive.store([reading()])
    (done,) = archive.carry_out([WithdrawalOrder("song-1", None, ERASED, "lý do")], dry_run=True)
    assert done.removed is not None
    assert (archive.number, archive.article("song-1") is not None) == (1, True)


def test_an_emptied_version_that_no_change_erased_is_a_fault(archive: Archive) -> None:
    archive.store([reading()])
    archive._writer.execute("DROP TRIGGER versions_stay")
    archive._writer.execute("UPDATE versions SET content = ''")
    assert any("erased" in str(fault) for fault in check(archive).faults)


_STEPS = st.lists(
    st.tuples(
        st.sampled_from("ab"),
        st.sampled_from([None, 1, 2, 3]),
        st.sampled_from(["store", None, HIDDEN, TOMBSTONE, ERASED]),
    ),
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(_STEPS)
def test_after_any_history_heads_are_those_of_the_changes_and_nothing_withdrawn_is_shown(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int | None, object]]
) -> None:
    path = tmp_path_factory.mktemp("history") / "a.sqlite"
    with Archive(path) as archive:
        for number, (article_id, version, what) in enumerate(steps):
            if what == "store":
                archive.store([reading(article_id, f"Tựa {article_id}", lede=f"Bản {number}.")])
                continue
            assert what is None or isinstance(what, WithdrawalState)
            try:
                archive.carry_out([WithdrawalOrder(article_id, version, what, "lý do")])
            except UserError:
                continue
        assert check(archive).faults == []
        made = sqlite3.connect(path).execute(HEADS_OF_CHANGES).fetchall()
        assert len(made) == len(archive.heads_since(0))
        with ShownArchive(path) as reader:
            withdrawn = reader.withdrawn()
            for article_id in "ab":
                for one in reader.versions(article_id):
                    assert not withdrawn.covers(article_id, one.version)
                current = reader.article(article_id)
                assert (current is None) is (
                    article_id in withdrawn.articles or not archive.versions(article_id)
                )


def test_a_copy_loses_an_article_that_was_erased_with_all_its_versions(
    archive: Archive, tmp_path: Path
) -> None:
    archive.store([reading()])
    withdraw(archive, "song-1", ERASED)
    with Archive(tmp_path / "other.sqlite") as other:
        other.store([reading(lede="Bản mà kho kia chưa có.")])
        other.erase_listed(archive.erased())
        assert other.versions("song-1") == []
        assert check(other).faults == []


def test_a_copy_of_which_a_listed_version_is_all_that_is_shown_hides_the_article(
    archive: Archive, tmp_path: Path
) -> None:
    archive.store([reading(), reading(lede="Bản hai.")])
    withdraw(archive, "song-1@2", ERASED)
    listed = archive.erased()
    with Archive(tmp_path / "copy.sqlite") as copy:
        copy.store([reading(), reading(lede="Bản hai.")])
        withdraw(copy, "song-1@1", HIDDEN)
        copy.erase_listed(listed)
        assert copy.erase_listed(listed) == []
        assert check(copy).faults == []
        with pytest.raises(UserError, match=r"song-1@NUMBER"):
            copy.restore("song-1")
        with ShownArchive(copy._path) as shown:
            assert shown.article("song-1") is None
            copy.carry_out([WithdrawalOrder("song-1", 1, None)])
            copy.restore("song-1")
            kept = shown.article("song-1")
            assert kept is not None
            assert kept.version == 1
        assert check(copy).faults == []


def test_a_version_is_withdrawn_where_the_article_is(archive: Archive) -> None:
    archive.store([reading()])
    withdraw(archive, "song-1")
    withdraw(archive, "song-1@1", ERASED)
    assert check(archive).faults == []
    assert [head.withdrawn for head in archive.heads_since(0)] == [True]


def test_a_state_of_before_an_erasure_is_told_without_what_was_erased(archive: Archive) -> None:
    """As an index that is still to be built has it, whose current version was chosen and then erased."""
    archive.store([reading(), reading(lede="Bản hai.")])
    add_change(archive._writer, ChangeKind.CHOICE, "song-1", version=1)
    before = archive.number
    withdraw(archive, "song-1@1", ERASED)
    pin = pin_at(archive, 1, before, archive.withdrawals().all())
    assert (pin.then, pin.now) == ({"song-1": None}, {})
