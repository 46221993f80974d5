"""The build: the index catches up with the archive, wherever it stopped; verify proves it."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.archive import Archive
from corpus.article import Article, Provenance
from corpus.errors import OperatorError
from corpus.publishers import Publication
from corpus.records import Reading
from corpus.rights import Rights
from indexer import build as build_module
from indexer.build import build
from indexer.engine import INDEX_FORMAT, AnalysedArticle
from indexer.engines.memory.reader import MemoryIndex, MemoryReader, MemoryWriter
from indexer.engines.whoosh.directory import IndexDirectory, empty_manifest, write_manifest
from indexer.engines.whoosh.reader import WhooshReader, open_reader
from indexer.engines.whoosh.writer import WhooshWriter
from indexer.facets import FacetName
from indexer.holder import ReaderHolder
from indexer.query import And, FacetFilter, Match, Question
from indexer.stories.update import verify_stories
from indexer.suggest.file import open_stored
from indexer.suggest.update import verify_suggestions
from indexer.text.words import segmenter
from indexer.verify import verify
from search_app.answer.archive.next_steps import index_step
from search_app.bootstrap import (
    drop_index,
    index_holder,
    index_writer,
    open_service,
    rebuild_writer,
    writing,
)
from search_app.cli.writing import rebuild, update_index
from search_app.settings import Settings
from tests.indexer.articles import analysed, article

EVERYTHING = Question(And(()), size=100)


def nothing(_done: int, _total: int) -> None:
    """No progress is shown."""


def store(archive: Archive, *articles: Article) -> None:
    provenance = Provenance("a.jsonl", "line 1", "0" * 64, "jsonl", 1, "2026-01-01T00:00:00+00:00")
    archive.store([Reading(one, provenance) for one in articles])


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive(tmp_path / "archive.sqlite") as opened:
        yield opened


def found(index: MemoryIndex, query: str = "") -> list[str]:
    question = Question(Match(query, (query,)), size=100) if query else EVERYTHING
    return sorted(hit.id for hit in MemoryReader(index).search(question).hits)


def test_a_build_brings_what_is_new_changed_withdrawn_and_restored(archive: Archive) -> None:
    index = MemoryIndex()
    store(archive, article("a", body="cũ"), article("b", body="cũ"))
    assert build(archive, MemoryWriter(index), nothing) == 2
    store(archive, article("a", body="mới"), article("c", body="mới"))
    archive.withdraw("b")
    assert build(archive, MemoryWriter(index), nothing) == 3
    assert (found(index), found(index, "cũ")) == (["a", "c"], [])
    archive.restore("b")
    assert build(archive, MemoryWriter(index), nothing) == 1
    assert found(index, "cũ") == ["b"]
    assert build(archive, MemoryWriter(index), nothing) == 0
    assert index.archive_number == archive.number


def test_what_is_made_of_the_archive_comes_up_to_a_change_of_no_article(tmp_path: Path) -> None:
    """Also where it is the first, and where it stands between changes of articles."""
    settings = Settings(tmp_path)
    publisher = Publication("bao xom", "Báo Xóm")

    def numbers(archive: Archive) -> set[int | None]:
        update_index(settings, archive, str)
        status = open_service(settings).monitoring.status()
        assert index_step(status) is None
        with index_holder(settings).lend() as reader:
            return {
                status.index_number,
                status.units_number,
                reader.stories_number,
                open_stored(settings.suggestions).number,  # type: ignore[union-attr]  # it was written
            }

    with writing(settings) as archive:
        archive.set_rights(publisher, Rights("© Báo Xóm"))
        assert numbers(archive) == {1}
        store(archive, article("a", body="nước sông lên"))
        archive.set_rights(publisher, Rights("© Xóm"))
        assert numbers(archive) == {3}
        archive.set_rights(publisher, Rights())
        assert numbers(archive) == {4}
        with index_holder(settings).lend() as reader:
            assert verify(archive, reader, nothing).faults == ()
        assert verify_suggestions(archive, settings.suggestions, nothing) == []
        assert verify_stories(archive, settings.stories, nothing) == []


def test_words_are_cut_once_and_kept_with_their_segmenter(archive: Archive) -> None:
    store(archive, article("a", body="học sinh học sinh học"))
    build(archive, MemoryWriter(MemoryIndex()), nothing)
    kept = archive.words([1], segmenter())
    assert list(kept) == [1]
    archive.keep_words(segmenter(), {1: b"\x00\x00"})
    index = MemoryIndex()
    build(archive, MemoryWriter(index), nothing)
    as_word = Match("học sinh", ("học", "sinh"), as_word=True)
    assert MemoryReader(index).search(Question(as_word)).total == 0, "the kept boundaries were not used"
    assert archive.words([1], "another") == {}


def test_a_pool_of_processes_gives_what_one_process_gives(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store(archive, *[article(f"a{number:03}", body=f"Tỉnh ủy họp lần thứ {number}.") for number in range(70)])
    one, many = MemoryIndex(), MemoryIndex()
    build(archive, MemoryWriter(one), nothing)
    with Archive(tmp_path / "other.sqlite") as other:
        store(other, *[archive.articles([name])[name].article for name in sorted(one.articles)])
        monkeypatch.setattr(build_module, "POOL_FROM", 1)
        build(other, MemoryWriter(many), nothing, workers=2)
    assert one.articles == many.articles


class StoppedError(Exception):
    """The power went."""


class StoppingWriter(MemoryWriter):
    """A writer that stops after some articles."""

    left = 5

    def add(self, article: AnalysedArticle) -> None:
        if not self.left:
            raise StoppedError
        self.left -= 1
        super().add(article)


def test_a_stopped_build_goes_on_from_its_last_commit(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build_module, "COMMIT_ARTICLES", 2)
    monkeypatch.setattr(build_module, "CHUNK_ARTICLES", 1)
    store(archive, *[article(f"a{number}") for number in range(8)])
    index = MemoryIndex()
    with pytest.raises(StoppedError):
        build(archive, StoppingWriter(index), nothing)
    assert (len(index.articles), index.archive_number) == (4, 4)
    assert build(archive, MemoryWriter(index), nothing) == 4
    assert len(index.articles) == 8


def test_verify_finds_every_difference(archive: Archive) -> None:
    store(archive, article("a"), article("b"), article("c", body="gốc"))
    index = MemoryIndex()
    build(archive, MemoryWriter(index), nothing)
    assert verify(archive, MemoryReader(index), nothing).faults == ()
    whole = dict(index.articles)
    for damaged, word in [
        ({name: one for name, one in whole.items() if name != "a"}, "a"),
        (whole | {"x": whole["a"]}, "x"),
        (whole | {"c": whole["b"]}, "c"),
    ]:
        index.articles = damaged
        faults = verify(archive, MemoryReader(index), nothing).faults
        assert len(faults) == 1
        assert str(faults[0]).startswith(f"{word}:")
    index.articles = whole
    store(archive, article("d"))
    found = verify(archive, MemoryReader(index), nothing)
    assert (found.faults, found.waiting) == ((), 1)


def test_a_holder_lends_the_newest_state_and_closes_the_old_when_it_is_free(
    tmp_path: Path, archive: Archive
) -> None:
    root = tmp_path / "index"
    directory = IndexDirectory(root)
    writer = WhooshWriter(directory.next_path())
    directory.switch_to(root / "0001")

    def reopen(old: WhooshReader | None) -> WhooshReader:
        return open_reader(root, old)

    holder = ReaderHolder(reopen, directory.state)
    store(archive, article("a"))
    build(archive, writer, nothing)
    with holder.lend() as before:
        assert before.search(EVERYTHING).total == 1
        store(archive, article("b"))
        build(archive, writer, nothing)
        with holder.lend() as after:
            assert after.search(EVERYTHING).total == 2
        assert before.search(EVERYTHING).total == 1
    assert before.segments == {}, "the old state was not closed"
    with holder.lend() as again:
        assert again is after
    holder.close()


def test_a_holder_goes_on_with_a_good_state_where_the_next_is_damaged(
    tmp_path: Path, archive: Archive, caplog: pytest.LogCaptureFixture
) -> None:
    root = tmp_path / "index"
    directory = IndexDirectory(root)
    writer = WhooshWriter(directory.next_path())
    directory.switch_to(root / "0001")
    holder: ReaderHolder[WhooshReader] = ReaderHolder(lambda old: open_reader(root, old), directory.state)
    store(archive, article("a"))
    build(archive, writer, nothing)
    with holder.lend() as good:
        assert holder.trouble is None
    whole = (root / "current.json").read_text("utf-8")
    for damage in ("", "[]", '{"directory": "0007"}'):
        (root / "current.json").write_text(damage, "utf-8")
        for _ in range(3):
            with holder.lend() as lent:
                assert lent is good
        assert holder.trouble is not None
        assert "khobao rebuild" in str(holder.trouble)
    assert [record.levelname for record in caplog.records] == ["ERROR"] * 3, "each state is tried once"
    (root / "current.json").write_text(whole, "utf-8")
    with holder.lend() as lent:
        assert lent.search(EVERYTHING).total == 1
    assert holder.trouble is None
    holder.close()


def test_who_opens_a_new_state_holds_nobody_up() -> None:
    opening, go_on = threading.Event(), threading.Event()
    state = [0]

    def opened(old: MemoryReader | None) -> MemoryReader:
        if old is not None:
            opening.set()
            assert go_on.wait(60)
        return MemoryReader(MemoryIndex())

    holder: ReaderHolder[MemoryReader] = ReaderHolder(opened, lambda: tuple(state))
    with holder.lend() as first:
        pass
    state[0] = 1
    newest: list[MemoryReader] = []

    def ask() -> None:
        with holder.lend() as lent:
            newest.append(lent)

    asking = threading.Thread(target=ask)
    asking.start()
    assert opening.wait(60)
    with holder.lend() as meanwhile:
        assert meanwhile is first
    go_on.set()
    asking.join()
    with holder.lend() as after:
        assert [after] == newest
        assert after is not first


def test_an_index_of_another_format_or_analyser_is_refused(tmp_path: Path) -> None:
    WhooshWriter(tmp_path / "0001")
    manifest = tmp_path / "0001" / "manifest.json"
    whole = manifest.read_text("utf-8")
    said = json.loads(whole)
    del said["checksum"]  # as earlier formats
    for text, remedy in [
        (json.dumps(said | {"format": 0}), "khobao upgrade"),
        (json.dumps(said | {"analyser": "analysis 0"}), "khobao upgrade"),
        (whole.replace(f'"format": {INDEX_FORMAT}', '"format": 0'), "khobao rebuild"),
        (whole.replace("{", ""), "khobao rebuild"),
    ]:
        manifest.write_text(text, "utf-8")
        for opener in (WhooshReader, WhooshWriter):
            with pytest.raises(OperatorError, match=remedy):
                opener(tmp_path / "0001")


def test_no_door_of_reading_imports_underthesea() -> None:
    """Its import costs a second and 90 MB: only a build pays it."""
    code = (
        "import sys; import search_app.bootstrap, search_app.answer.service, search_app.cli.commands;"
        " sys.exit('underthesea' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_an_index_of_another_archive_is_refused_and_made_again(tmp_path: Path) -> None:
    """An older archive was put in the place of the one that was indexed: new changes would be passed over."""
    settings = Settings(tmp_path)
    with Archive(tmp_path / "other.sqlite") as other:
        store(other, *(article(str(number)) for number in range(5)))
        with index_writer(settings) as writer:
            build(other, writer, nothing)
    with Archive(settings.archive) as older:
        store(older, article("a"))
        with index_writer(settings) as writer, pytest.raises(OperatorError, match="khobao rebuild"):
            build(older, writer, nothing)
    rebuild(settings, str)
    with index_holder(settings).lend() as reader:
        assert sorted(reader.contents()) == ["a"]


def test_a_rebuild_of_another_archive_is_not_continued(tmp_path: Path) -> None:
    settings = Settings(tmp_path)
    with Archive(settings.archive) as archive:
        store(archive, article("a"))
    with index_writer(settings):
        WhooshWriter(settings.index / "0002").commit(9)
    with rebuild_writer(settings, 1) as writer:
        assert writer.manifest.archive_number == 0


def test_an_index_that_is_dropped_is_neither_read_nor_continued(tmp_path: Path) -> None:
    settings = Settings(tmp_path)
    with Archive(settings.archive) as archive:
        store(archive, article("a"))
    rebuild(settings, str)
    drop_index(settings)
    assert IndexDirectory(settings.index).current() is None
    assert IndexDirectory(settings.index).unfinished_rebuild() is None
    drop_index(settings)
    with index_writer(settings) as writer:
        assert writer.manifest.archive_number == 0


def test_an_index_of_an_earlier_format_knows_no_authors_and_tags(tmp_path: Path) -> None:
    """Not of what is added either, nor of what is merged: a part of them would pass for all."""
    directory = tmp_path / "0001"
    WhooshWriter(directory)
    write_manifest(directory, replace(empty_manifest(), format=6))
    several = (FacetName.AUTHOR, FacetName.TAG)
    for number in (1, 2):
        writer = WhooshWriter(directory)
        writer.add(analysed(article(f"a-{number}", source="Báo", tags=("lũ",), authors=("An",)), number))
        writer.commit(number)
        reader = WhooshReader(directory)
        try:
            found = reader.search(Question(And(()), facets=(FacetName.SOURCE, *several)))
            assert found.facets == {
                FacetName.SOURCE: {"Báo": number},
                FacetName.AUTHOR: {},
                FacetName.TAG: {},
            }
            for excluded, left in ((False, 0), (True, number)):
                filters = (FacetFilter(FacetName.TAG, ("lũ", ""), excluded),)
                assert reader.search(Question(And(()), filters=filters)).total == left
        finally:
            reader.close()
