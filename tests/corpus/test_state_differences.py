"""Two states of an archive differ as the lists of their articles do, each article with its version."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.archive import Archive
from corpus.errors import UserError
from corpus.pins import last_change_of_day
from corpus.shown_archive import ShownArchive
from corpus.state_differences import (
    StateDifference,
    ids_of_versions,
    state_differences,
    withdrawn_between,
)
from corpus.withdrawals import WithdrawalState
from corpus.withdrawing import WithdrawalOrder
from tests.corpus.records import reading

HIDDEN, TOMBSTONE, ERASED = WithdrawalState.HIDDEN, WithdrawalState.TOMBSTONE, WithdrawalState.ERASED
NAMES = "abcd"

Step = tuple[str, str | None, WithdrawalState | None]
"""An article; a text that is imported, or None; a state that it, or its last version, is brought to."""

STEPS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(NAMES), st.sampled_from(["gió", "lũ", "nắng"]), st.none()),
        st.tuples(st.sampled_from(NAMES), st.none(), st.sampled_from([None, HIDDEN, TOMBSTONE, ERASED])),
        st.tuples(
            st.sampled_from([f"{name}@2" for name in NAMES]), st.none(), st.sampled_from([None, HIDDEN])
        ),
    ),
    min_size=1,
    max_size=14,
)


def take(archive: Archive, step: Step) -> None:
    """A step of a history; one that cannot be is none."""
    name, text, state = step
    if text is not None:
        archive.store([reading(name, paragraphs=(text,))])
        return
    article_id, _, version = name.partition("@")
    try:
        archive.carry_out([WithdrawalOrder(article_id, int(version) if version else None, state, "lý do")])
    except UserError:
        return


def listed(archive: ShownArchive, number: int) -> dict[str, int]:
    """The articles of a state with the changes of their versions."""
    return archive.at(number).changes(list(NAMES)) if number else {}


def differences(archive: ShownArchive, before: int, after: int) -> list[StateDifference]:
    return sorted(state_differences(archive, before, after))


@settings(max_examples=60)
@given(STEPS, st.data())
def test_what_differs_is_the_difference_of_the_two_lists(steps: list[Step], data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.sqlite"
        with Archive(path) as archive:
            for step in steps:
                take(archive, step)
            last = archive.number
        first, second = (data.draw(st.integers(0, last)) for _ in range(2))
        with ShownArchive(path) as shown:
            found = differences(shown, first, second)
            older, newer = listed(shown, first), listed(shown, second)
            expected = [
                StateDifference(name, older.get(name), newer.get(name))
                for name in NAMES
                if older.get(name) != newer.get(name)
            ]
            assert found == expected
            assert differences(shown, first, first) == []
            mirrored = [StateDifference(name, after, before) for name, before, after in found]
            assert differences(shown, second, first) == mirrored


@pytest.mark.parametrize("state", [HIDDEN, TOMBSTONE, ERASED])
def test_what_was_withdrawn_between_and_still_is_differs_in_no_list_and_is_told_apart(
    archive: Archive, state: WithdrawalState
) -> None:
    archive.store([reading("song-1"), reading("song-2", title="Chợ nổi")])
    number = archive.number
    archive.carry_out([WithdrawalOrder("song-1", None, state, "toà soạn yêu cầu")])
    with ShownArchive(archive.path) as shown:
        assert differences(shown, number, archive.number) == []
        assert [one.article_id for one in withdrawn_between(shown, number, archive.number)] == ["song-1"]
        assert withdrawn_between(shown, 0, number) == []
        assert withdrawn_between(shown, 0, archive.number) == []  # it came and went between
        [told] = withdrawn_between(shown, number, archive.number)
        assert told.state is state
    archive.store([reading("song-3", title="Sau đó")])
    with ShownArchive(archive.path) as shown:
        later = archive.number
        assert withdrawn_between(shown, later - 1, later) == []  # withdrawn before


def test_what_came_back_is_withdrawn_in_no_state_after(archive: Archive) -> None:
    archive.store([reading("song-1")])
    archive.carry_out([WithdrawalOrder("song-1", None, TOMBSTONE, "nhầm")])
    gone = archive.number
    archive.carry_out([WithdrawalOrder("song-1", None, None)])
    with ShownArchive(archive.path) as shown:
        assert differences(shown, 1, gone) == [StateDifference("song-1", 1, None)]
        assert differences(shown, gone, archive.number) == [StateDifference("song-1", None, 1)]
        assert withdrawn_between(shown, 1, gone) == []


def test_versions_are_of_articles(archive: Archive) -> None:
    archive.store([reading("song-1"), reading("song-2", title="Chợ nổi")])
    with ShownArchive(archive.path) as shown:
        assert sorted(ids_of_versions(shown, [1, 2, 3])) == [("song-1", 1), ("song-2", 2)]
        assert last_change_of_day(shown, shown.begun_at.date().replace(year=1990)) == 0
