"""What is withdrawn is found by no reader, and of what is erased no file of the index has a byte."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from corpus.archive import Archive
from corpus.article import Provenance
from corpus.records import Reading
from corpus.shown_archive import ShownArchive
from corpus.withdrawals import WithdrawalState, Withdrawn
from corpus.withdrawing import WithdrawalOrder
from indexer.build import build
from indexer.engines.whoosh.reader import open_reader
from indexer.query import And, Match, Question
from indexer.verify import verify
from search_app.bootstrap import index_holder, index_writer
from search_app.settings import Settings
from tests.indexer.articles import article

AT = "2026-01-01T00:00:00+00:00"
TELLING = "Quỳnhkỳlạ"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path)


@pytest.fixture
def archive(settings: Settings) -> Iterator[Archive]:
    with Archive(settings.archive) as opened:
        yield opened


def store(archive: Archive, **bodies: str) -> None:
    provenance = Provenance("a.jsonl", "line 1", "0" * 64, "jsonl", 1, AT)
    archive.store([Reading(article(name, body=body), provenance) for name, body in bodies.items()])


def withdraw(archive: Archive, *names: str, state: WithdrawalState, until: str = "") -> None:
    archive.carry_out([WithdrawalOrder(name, None, state, "lý do", until=until) for name in names])


def indexed(settings: Settings, archive: Archive) -> None:
    with index_writer(settings) as writer:
        build(archive, writer, lambda *_: None)


def files(settings: Settings) -> bytes:
    return b"".join(path.read_bytes() for path in settings.index.rglob("*") if path.is_file())


def everything(settings: Settings, withdrawn: Withdrawn) -> tuple[int, list[str], bool]:
    """Of a reader: how many articles, their ids, and whether the lexicon knows the telling word."""
    reader = open_reader(settings.index, withdrawn=withdrawn)
    results = reader.search(Question(And(()), size=100))
    knows = bool(reader.lexicon().readings(TELLING.lower()))
    assert results.total == reader.manifest.articles == len(results.hits)
    return results.total, sorted(hit.id for hit in results.hits), knows


@pytest.mark.parametrize("state", [WithdrawalState.HIDDEN, WithdrawalState.TOMBSTONE])
def test_what_is_withdrawn_is_left_out_before_the_index_is_built_again(
    settings: Settings, archive: Archive, state: WithdrawalState
) -> None:
    store(archive, a="gió lên", b=f"gió {TELLING}", c="gió xuống")
    indexed(settings, archive)
    with ShownArchive(settings.archive) as shown:
        holder = index_holder(settings, archive=shown)
        with holder.lend() as reader:
            assert reader.search(Question(Match("gió", ("gió",)))).total == 3
        withdraw(archive, "b", state=state)
        with holder.lend() as reader:
            results = reader.search(Question(Match("gió", ("gió",))))
            assert (results.total, sorted(hit.id for hit in results.hits)) == (2, ["a", "c"])
            assert reader.lexicon().readings(TELLING.lower()) == ()
        archive.restore("b")
        indexed(settings, archive)
        with holder.lend() as reader:
            assert reader.search(Question(Match("gió", ("gió",)))).total == 3


def test_an_answer_without_it_is_that_of_an_archive_that_never_had_it(
    settings: Settings, archive: Archive, tmp_path: Path
) -> None:
    store(archive, a="gió lên", b=f"gió {TELLING} gió gió", c="gió xuống núi", d="mưa")
    indexed(settings, archive)
    withdraw(archive, "b", state=WithdrawalState.HIDDEN)
    other = Settings(tmp_path / "other")
    with Archive(other.archive) as never:
        store(never, a="gió lên", c="gió xuống núi", d="mưa")
        indexed(other, never)
    question = Question(Match("gió", ("gió",)))
    ours = open_reader(settings.index, withdrawn=archive.withdrawals().all()).search(question)
    theirs = open_reader(other.index).search(question)
    assert [(hit.id, hit.score) for hit in ours.hits] == [(hit.id, hit.score) for hit in theirs.hits]
    assert (ours.total, ours.facets) == (theirs.total, theirs.facets)


def test_the_index_keeps_an_embargoed_article_and_readers_leave_it_out(
    settings: Settings, archive: Archive
) -> None:
    store(archive, a="gió lên", b=f"gió {TELLING}")
    withdraw(archive, "b", state=WithdrawalState.HIDDEN, until="2999-01-01T00:00:00+00:00")
    indexed(settings, archive)
    standing = archive.withdrawals()
    assert everything(settings, standing.all()) == (1, ["a"], False)
    with closing(open_reader(settings.index)) as reader:
        assert verify(archive, reader, lambda *_: None).faults == ()
        assert reader.search(Question(And(()))).total == 2


@pytest.mark.parametrize("first", [None, WithdrawalState.HIDDEN, WithdrawalState.TOMBSTONE])
def test_no_file_of_the_index_has_the_bytes_of_what_was_erased(
    settings: Settings, archive: Archive, first: WithdrawalState | None
) -> None:
    store(archive, **{f"a{number}": f"gió lên {number}" for number in range(3_000)})
    store(archive, b=f"gió {TELLING}", only=f"{TELLING} một")
    indexed(settings, archive)
    store(archive, b=f"gió {TELLING} hai", c="mới")
    indexed(settings, archive)
    assert TELLING.lower().encode() in files(settings)
    if first:
        withdraw(archive, "b", "only", state=first)
        indexed(settings, archive)
    withdraw(archive, "b", "only", state=WithdrawalState.ERASED)
    indexed(settings, archive)
    assert TELLING.lower().encode() not in files(settings)
    with closing(open_reader(settings.index)) as reader:
        assert verify(archive, reader, lambda *_: None, sample=0).faults == ()
        assert reader.search(Question(And(()))).total == 3_001


def test_a_segment_that_only_had_erased_articles_goes(settings: Settings, archive: Archive) -> None:
    store(archive, b=f"gió {TELLING}")
    indexed(settings, archive)
    withdraw(archive, "b", state=WithdrawalState.ERASED)
    indexed(settings, archive)
    assert TELLING.lower().encode() not in files(settings)
    store(archive, c="gió")
    indexed(settings, archive)
    assert everything(settings, archive.withdrawals().all()) == (1, ["c"], False)
