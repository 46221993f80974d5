"""Histories of an archive for lists for harvesters: steps, and a clock that moves with each change."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from corpus.archive import Archive
from corpus.errors import UserError
from corpus.publishers import Publication, named_publisher
from corpus.rights import Rights
from corpus.withdrawals import WithdrawalState
from corpus.withdrawing import WithdrawalOrder
from tests.corpus.records import reading

HIDDEN, TOMBSTONE, ERASED = WithdrawalState.HIDDEN, WithdrawalState.TOMBSTONE, WithdrawalState.ERASED
NAMES = "abcdef"
SOURCES = {"a": "Báo Xóm", "b": "Báo Xóm", "c": "Bản Tin Làng", "d": "Bản Tin Làng", "e": "", "f": ""}
"""Whose an article is; e and f name no source, and f has an address."""
HOST = "https://ban.example/f"
BEGUN = datetime(2026, 11, 1, tzinfo=UTC)
LATER = datetime(2999, 1, 1, tzinfo=UTC)

Step = tuple[str, str | None, WithdrawalState | None]
"""An article, or "rights"; a text that is imported, or None; a state that it is brought to."""

_ARTICLES = st.sampled_from(NAMES)
STEP: st.SearchStrategy[Step] = st.one_of(
    st.tuples(_ARTICLES, st.sampled_from(["gió", "lũ", "nắng", "mưa"]), st.none()),
    st.tuples(_ARTICLES, st.none(), st.sampled_from([None, HIDDEN, TOMBSTONE, ERASED])),
    st.tuples(_ARTICLES.map(lambda name: f"{name}@2"), st.none(), st.sampled_from([None, HIDDEN, ERASED])),
    st.tuples(st.just("rights"), st.sampled_from(["mọi quyền", "CC BY"]), st.none()),
)


def take(archive: Archive, step: Step) -> None:
    """A step of a history, an hour after the one before; one that cannot be is none."""
    name, text, state = step
    try:
        if name == "rights":
            archive.set_rights(publisher("Báo Xóm"), Rights(text or ""))
        elif text is not None:
            archive.store([reading(name, lede=text, source=SOURCES[name], url=_address(name))])
        else:
            article_id, _, version = name.partition("@")
            archive.carry_out(
                [WithdrawalOrder(article_id, int(version) if version else None, state, "lý do")]
            )
    except UserError:
        return
    move_clock(archive)


def publisher(name: str) -> Publication:
    """The publisher of a name."""
    found = named_publisher(name)
    assert found is not None
    return found


def at(number: int) -> datetime:
    """When a change happened, by the clock of these histories."""
    return BEGUN + timedelta(hours=number)


def move_clock(archive: Archive, until: datetime | None = None) -> None:
    """Lets each change be an hour after the one before; ends an embargo at a moment."""
    with closing(sqlite3.connect(archive.path, isolation_level=None)) as connection:
        connection.execute("DROP TRIGGER IF EXISTS changes_stay")
        for (number,) in connection.execute("SELECT number FROM changes").fetchall():
            moment = at(number).isoformat(timespec="seconds")
            connection.execute("UPDATE changes SET at = ? WHERE number = ?", (moment, number))
        if until is not None:
            connection.execute("UPDATE changes SET until = ? WHERE until != ''", (until.isoformat(),))


def _address(name: str) -> str:
    return HOST if name == "f" else ""
