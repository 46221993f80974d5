import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.archive import Archive, ArchiveReader
from corpus.archived import Outcome
from corpus.errors import OperatorError, UserError
from corpus.fixity import check
from corpus.message import say
from corpus.published import Published
from corpus.readers.input.refusing import refuse
from corpus.readers.input.source_file import SourceFile
from corpus.records import Refusal
from corpus.stored import packed
from tests.corpus.records import AT, outcomes, reading, with_raw


def refusal(place: str = "line 2") -> Refusal:
    return refuse(SourceFile.on_disk(Path("bao.jsonl"), AT), place, "bad-json", say("hỏng {n}", n=1), b"{")


def test_an_article_comes_out_as_it_went_in(archive: Archive) -> None:
    given_in = reading(paragraphs=("Đoạn một.", "Đoạn hai."), tags=("lũ",))
    archive.store([given_in])
    kept = archive.article("song-1")
    assert kept is not None
    assert (given_in.article, given_in.provenance) == (kept.article, kept.provenance)


def test_storing_the_same_again_changes_nothing(archive: Archive) -> None:
    assert outcomes(archive.store([reading(), reading()])) == [Outcome.NEW, Outcome.UNCHANGED]
    number = archive.number
    assert outcomes(archive.store([reading()])) == [Outcome.UNCHANGED]
    assert number == archive.number


def test_other_content_is_a_new_version_and_the_old_one_stays(archive: Archive) -> None:
    archive.store([reading()])
    assert outcomes(archive.store([reading(lede="Nước đã rút.")])) == [Outcome.NEW_VERSION]
    versions = archive.versions("song-1")
    assert [(v.version, v.article.lede) for v in versions] == [(1, "Mưa lớn suốt đêm."), (2, "Nước đã rút.")]


def test_content_of_an_earlier_version_is_unchanged(archive: Archive) -> None:
    archive.store([reading(), reading(lede="Nước đã rút.")])
    assert outcomes(archive.store([reading()])) == [Outcome.UNCHANGED]


def test_what_an_earlier_record_of_an_import_gave_is_merged(archive: Archive) -> None:
    archive.store([reading()])
    since = archive.number
    given = [reading(), reading("song-2"), reading("song-2")]
    assert outcomes(archive.store(given, since=since)) == [Outcome.UNCHANGED, Outcome.NEW, Outcome.MERGED]


def test_the_raw_record_is_kept_byte_for_byte(archive: Archive) -> None:
    raw = '{"title": "Lũ"}\r\n'.encode()
    archive.store([with_raw(reading(), raw)])
    kept = archive.article("song-1")
    assert kept is not None
    assert raw == archive.raw(kept)


def test_a_withdrawn_article_stays_marked_and_can_come_back(archive: Archive) -> None:
    archive.store([reading()])
    archive.withdraw("song-1", "toà soạn yêu cầu")
    assert (archive.counts().articles, archive.counts().withdrawn) == (0, 1)
    number = archive.number
    archive.withdraw("song-1")
    assert number == archive.number
    archive.restore("song-1")
    assert [head.withdrawn for head in archive.heads_since(number)] == [False]


def test_withdrawing_an_unknown_article_is_the_users_to_mend(archive: Archive) -> None:
    with pytest.raises(UserError, match="no article"):
        archive.withdraw("khong-co")


def test_a_refusal_is_stored_once(archive: Archive) -> None:
    assert outcomes(archive.store([refusal(), refusal()])) == [Outcome.REFUSED, Outcome.REFUSED_BEFORE]
    (kept,) = archive.refusals()
    assert (kept.place, kept.reason, kept.raw, str(kept.message)) == ("line 2", "bad-json", b"{", "hỏng 1")


@pytest.mark.parametrize("table", ["changes", "versions", "refusals", "raws", "resolutions"])
@pytest.mark.parametrize("statement", ["DELETE FROM {}", "UPDATE {} SET rowid = rowid"])
def test_what_is_stored_cannot_be_changed_or_deleted(archive: Archive, table: str, statement: str) -> None:
    archive.store([replace(reading(), raw=b"x"), refusal()])
    archive.resolve({1: "song-1"})
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        archive._writer.execute(statement.format(table))


def test_what_store_acknowledged_another_reader_sees_before_the_writer_closes(archive: Archive) -> None:
    archive.store([reading()])
    with ArchiveReader(archive._path) as reader:
        assert reader.article("song-1") is not None


def test_what_was_stored_is_there_after_opening_again(tmp_path: Path) -> None:
    with Archive(tmp_path / "a.db") as first:
        first.store([reading(), refusal()])
    with Archive(tmp_path / "a.db") as second:
        assert (second.counts().articles, second.counts().refusals) == (1, 1)
        assert check(second).faults == []


def test_a_batch_that_fails_stores_nothing(archive: Archive) -> None:
    with pytest.raises(AttributeError):
        archive.store([reading(), None])  # type: ignore[list-item] # the fault that is injected
    assert archive.counts().articles == 0
    assert outcomes(archive.store([reading()])) == [Outcome.NEW]


@pytest.mark.parametrize(
    ("table", "column"), [("versions", "content"), ("versions", "place"), ("refusals", "place")]
)
def test_nothing_is_shown_that_does_not_fit_its_digest(archive: Archive, table: str, column: str) -> None:
    archive.store([reading(), refusal()])
    archive._writer.execute(f"DROP TRIGGER {table}_stay")
    archive._writer.execute(f"UPDATE {table} SET {column} = replace({column}, 'l', 'L')")  # noqa: S608 - constants
    with pytest.raises(OperatorError, match="khobao salvage"):
        list(archive.refusals()) if table == "refusals" else archive.article("song-1")


def test_a_head_that_leads_to_another_article_is_damage(archive: Archive) -> None:
    archive.store([reading(), reading("song-2")])
    archive._writer.execute("UPDATE heads SET change = 2 WHERE article_id = 'song-1'")
    for read in (archive.articles, archive.texts):
        with pytest.raises(OperatorError, match="khobao salvage"):
            read(["song-1"])


def test_the_text_alone_is_that_of_the_whole_version(archive: Archive) -> None:
    tagged = reading(
        "song-2", paragraphs=("Một.", "Hai."), captions=("Cầu",), caption_places=(1,), tags=("lũ",)
    )
    archive.store(
        [reading(), reading(lede="Nước đã rút."), tagged, reading("song-3", published=Published("2013"))]
    )
    ids = ["song-3", "song-1", "song-2", "khong-co"]
    whole = {name: (kept.article, kept.change) for name, kept in archive.articles(ids).items()}
    assert archive.texts(ids) == whole
    assert len(whole) == 3


@pytest.mark.parametrize(
    "content", ["replace(content, 'l', 'L')", "'7'", "'{'", "'{}'", "x'ff'", "content || ' {}'"]
)
def test_no_text_alone_is_shown_that_does_not_fit_its_digest(archive: Archive, content: str) -> None:
    archive.store([reading()])
    archive._writer.execute("DROP TRIGGER versions_stay")
    archive._writer.execute(f"UPDATE versions SET content = {content}")  # noqa: S608 - constants
    with pytest.raises(OperatorError, match="khobao salvage"):
        archive.texts(["song-1"])


def test_a_raw_record_that_does_not_fit_its_digest_is_not_shown(archive: Archive) -> None:
    archive.store([with_raw(reading(), b"{}")])
    kept = archive.article("song-1")
    assert kept is not None
    archive._writer.execute("DROP TRIGGER raws_stay")
    archive._writer.execute("UPDATE raws SET data = ?", [packed(b"{ }")])
    with pytest.raises(OperatorError, match="khobao salvage"):
        archive.raw(kept)


def test_a_changed_byte_in_the_content_is_found(archive: Archive) -> None:
    archive.store([reading()])
    (trigger,) = archive._writer.execute(
        "SELECT sql FROM sqlite_master WHERE name = 'versions_stay'"
    ).fetchone()
    archive._writer.execute("DROP TRIGGER versions_stay")
    archive._writer.execute("UPDATE versions SET content = replace(content, 'Mưa', 'Nắng')")
    archive._writer.execute(trigger)
    (fault,) = check(archive).faults
    assert str(fault) == "archive: song-1, version 1: the article does not fit its digest"


def test_a_missing_archive_and_a_foreign_file_are_the_operators_to_mend(tmp_path: Path) -> None:
    with pytest.raises(OperatorError, match="no archive here"):
        ArchiveReader(tmp_path / "khong-co.db")
    (tmp_path / "anh.db").write_bytes(b"khong phai SQLite" * 100)
    with pytest.raises(OperatorError, match="is damaged"):
        Archive(tmp_path / "anh.db")


_STEPS = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(["một", "hai", "ba"])), max_size=12)


@settings(deadline=None)  # it waits for the disk
@given(_STEPS)
def test_versions_count_the_different_contents_in_their_order(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, str]]
) -> None:
    with Archive(tmp_path_factory.mktemp("a") / "a.db") as archive:
        archive.store([reading(key, lede=lede) for key, lede in steps])
        for key in "abc":
            contents = list(dict.fromkeys(lede for given, lede in steps if given == key))
            assert contents == [kept.article.lede for kept in archive.versions(key)]


def test_many_articles_are_asked_for_at_once_and_none_is_lost(archive: Archive) -> None:
    """SQLite takes some hundred values a statement, so many ids are asked in turns."""
    ids = [f"song-{number}" for number in range(1_501)]
    archive.store([reading(article_id) for article_id in ids])
    for count in (0, 1, 499, 500, 501, 999, 1_000, 1_001, 1_501):
        assert set(archive.articles(ids[:count])) == set(ids[:count]), count
    assert set(archive.articles([*ids, "nobody"])) == set(ids)


def test_word_boundaries_of_many_versions_are_asked_for_at_once_and_none_is_lost(archive: Archive) -> None:
    archive.store([reading(f"song-{number}") for number in range(1_001)])
    changes = [head.change for head in archive.heads_since(0)]
    kept = {change: b"%d" % change for change in changes}
    archive.keep_words("thử", kept)
    for count in (0, 499, 500, 501, 1_000, 1_001):
        asked = changes[:count]
        assert archive.words(asked, "thử") == {change: kept[change] for change in asked}, count


@pytest.mark.parametrize("emptied", [True, False], ids=["no bytes", "no tables"])
def test_an_emptied_archive_is_told_with_a_true_remedy(tmp_path: Path, *, emptied: bool) -> None:
    path = tmp_path / "archive.sqlite"
    path.write_bytes(b"")
    if not emptied:
        sqlite3.connect(path).execute("PRAGMA journal_mode = WAL").connection.close()
    with pytest.raises(OperatorError, match=r"is empty.*backup --restore"):
        ArchiveReader(path)
    with Archive(path) as archive:
        assert outcomes(archive.store([reading()])) == [Outcome.NEW]


def test_a_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "archive.sqlite"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE theirs (a)")
    connection.close()
    before = path.read_bytes()
    for opened in (ArchiveReader, Archive):
        with pytest.raises(OperatorError, match="no archive of khobao"):
            opened(path)
    assert path.read_bytes() == before
