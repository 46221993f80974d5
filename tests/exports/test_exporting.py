"""All results of a selection, their digests, and what their rows hold besides."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

import pytest

from corpus.archive import Archive
from corpus.errors import UserError
from indexer.query import Sort
from search_app.answer.exporting.cursor import Cursor, read_cursor
from search_app.answer.exporting.facts import ids_digest
from search_app.answer.exporting.rows import ExportRow, Extra
from search_app.answer.selection import Selection
from search_app.answer.service import Service
from search_app.bootstrap import open_service
from search_app.settings import Settings
from tests.corpus.records import reading
from tests.exports.conftest import index

EVERY = frozenset(Extra)


def ids(rows: Iterable[ExportRow]) -> list[str]:
    return [row.archived.article.id for row in rows]


def test_the_digest_is_that_of_a_file_with_an_id_a_line() -> None:
    many = [f"bài-{number}" for number in range(2_500)]
    assert ids_digest(many) == hashlib.sha256("".join(f"{one}\n" for one in many).encode()).hexdigest()
    assert ids_digest(["a", "b"]) != ids_digest(["a\nb"]) or ids_digest(["b", "a"]) != ids_digest(["a", "b"])


@pytest.mark.parametrize("query", ["lũ quét", "", "không có gì", "giá vàng"])
@pytest.mark.parametrize("sort", list(Sort))
def test_the_facts_are_those_of_the_rows(service: Service, query: str, sort: Sort) -> None:
    selection = Selection(query, sort=sort)
    found, facts = service.exporting.export(selection), service.exporting.facts(selection)
    rows = ids(found.rows)
    assert rows == found.ids
    assert (facts.rows, facts.ids_sha256) == (len(rows), ids_digest(rows))
    assert facts.sorted_sha256 == ids_digest(sorted(rows))
    assert facts == found.facts


@pytest.mark.parametrize("query", ["lũ quét", "ubnd lũ", "lux quét", 'tiêu_đề:"lũ quét" OR giá', ""])
def test_what_is_pinned_finds_the_same(service: Service, query: str) -> None:
    facts = service.exporting.facts(Selection(query))
    again = service.exporting.facts(facts.pinned)
    assert facts.can_be_asked_again
    assert (again.ids_sha256, again.articles, again.stories, again.hits, again.excluded_undated) == (
        facts.ids_sha256, facts.articles, facts.stories, facts.hits, facts.excluded_undated,
    )  # fmt: skip
    assert again.pinned == facts.pinned


def test_what_is_pinned_finds_the_same_after_imports(tmp_path: Path) -> None:
    made = Settings(tmp_path)
    with Archive(made.archive) as archive:
        archive.store(
            [reading(f"a-{number}", f"Lũ quét {number}", lede="Lũ quét về bản.") for number in range(5)]
        )
        index(made, archive)
        facts = open_service(made).exporting.facts(Selection("lũ quét"))
        archive.store(
            [reading(f"b-{number}", "Lũ quét nữa", lede="Lũ quét " * number) for number in range(1, 20)]
        )
        archive.store([reading("a-1", "Không còn gì", lede="Đã khác hẳn.")])
        index(made, archive)
        exporting = open_service(made).exporting
        assert exporting.facts(Selection("lũ quét")).rows > facts.rows
        assert exporting.facts(facts.pinned).ids_sha256 == facts.ids_sha256


def test_rows_hold_what_is_asked_for_besides(service: Service) -> None:
    rows = {
        row.archived.article.id: row for row in service.exporting.export(Selection("lũ quét"), EVERY).rows
    }
    assert len(rows) == 12
    for row in rows.values():
        assert row.hits == len(row.lines) > 0
        assert {line.hit.lower() for line in row.lines} == {"lũ quét"}
        assert {line.article_id for line in row.lines} == {row.archived.article.id}
        assert "lũ quét" in row.snippet.lower()
        assert row.story == row.archived.article.id
    prints = service.exporting.export(Selection("nước dâng"), EVERY).rows
    assert {row.archived.article.id: row.story for row in prints} == {"in-1": "in-1", "in-2": "in-1"}


def test_rows_of_a_query_without_words_have_no_hits(service: Service) -> None:
    for row in service.exporting.export(Selection(""), EVERY).rows:
        assert (row.hits, row.lines) == (None, ())
        assert row.snippet


@pytest.mark.parametrize("rows", [0, 1, 7, 12])
def test_a_cursor_goes_on_after_its_rows(service: Service, rows: int) -> None:
    whole = service.exporting.export(Selection("lũ quét"), EVERY)
    cursor = Cursor.after(whole.facts.change, whole.ids, rows)
    assert read_cursor(str(cursor)) == cursor
    rest = service.exporting.export(Selection("lũ quét"), EVERY, cursor)
    assert list(rest.rows) == list(whole.rows)[rows:]
    assert (rest.after, rest.facts.ids_sha256) == (rows, whole.facts.ids_sha256)


@pytest.mark.parametrize("cursor", ["15-13", "15-3-0123456789abcdef"])
def test_a_cursor_of_another_result_is_refused(service: Service, cursor: str) -> None:
    asked = read_cursor(cursor)
    assert asked is not None
    with pytest.raises(UserError, match=f"cursor is {cursor}"):
        service.exporting.export(Selection("lũ quét"), cursor=asked)


def test_a_cursor_does_not_pass_over_what_was_withdrawn(tmp_path: Path) -> None:
    made = Settings(tmp_path)
    with Archive(made.archive) as archive:
        archive.store([reading(f"a-{number}", "Lũ quét", lede="Lũ quét về bản.") for number in range(5)])
        index(made, archive)
        whole = open_service(made).exporting.export(Selection("lũ quét"))
        cursor = Cursor.after(whole.facts.change, whole.ids, 3)
        archive.withdraw(whole.ids[1], "thử")
        index(made, archive)
        with pytest.raises(UserError, match="withdrawn since"):
            open_service(made).exporting.export(Selection("lũ quét"), cursor=cursor)


@pytest.mark.parametrize("text", ["", "1", "1-", "a-b", "1-2-3", "-1-2", "1-2-0123456789ABCDEF", "١-٢"])
def test_other_texts_are_no_cursors(text: str) -> None:
    assert read_cursor(text) is None


def versions(rows: Iterable[ExportRow]) -> list[tuple[str, int]]:
    return [(row.archived.article.id, row.archived.version) for row in rows]


def test_while_an_import_goes_on_rows_are_of_the_state_of_the_index(tmp_path: Path) -> None:
    made = Settings(tmp_path)
    with Archive(made.archive) as archive:
        archive.store([reading("a-1", "Lũ quét", lede="Lũ quét về bản.")])
        index(made, archive)
        exporting = open_service(made).exporting
        archive.store([reading("a-1", "Lũ quét", lede="Nước đã rút."), reading("a-2", "Lũ quét")])
        for as_of in (None, 1):
            assert versions(exporting.export(Selection("lũ quét", as_of=as_of)).rows) == [("a-1", 1)]
