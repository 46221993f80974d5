"""What may be done with a source's articles is said once for its publisher, as a change of no article."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from corpus.archive import Archive
from corpus.archive_reader import ArchiveReader
from corpus.audit import audit_rows
from corpus.errors import OperatorError, UserError
from corpus.fixity import check
from corpus.published import Published
from corpus.publishers import named_publisher
from corpus.rights import UNSAID, Rights, rights_of, rights_of_all
from corpus.sources import Source, source_named, sources
from tests.corpus.records import article, reading

FREE = Rights("© Báo Xóm, được dùng lại", "https://xom.example/quyen")
OTHER = Rights("© Báo Xóm")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "archive.sqlite"
    days = ("2013-05-27", "2013-05-26T07:10+07:00", "2013", "XXXX-05-28", "")
    with Archive(path) as archive:
        archive.store(
            [
                *(
                    reading(f"xom-{n}", source="Báo Xóm", published=Published(day))
                    for n, day in enumerate(days)
                ),
                reading("xom-hoa", source="BÁO XÓM", published=Published("2014-01-02")),
                reading("tre", source="tuoitre.vn"),
                reading("host", source="", url="https://www.lang.example/bai"),
                reading("khong", source=""),
            ]
        )
        archive.withdraw("tre")
    return path


def say(path: Path, name: str, rights: Rights, by: str = "Lan") -> int | None:
    with Archive(path) as archive:
        return archive.set_rights(source_named(archive, name), rights, by)


def said(path: Path, source: str, url: str = "") -> Rights:
    with ArchiveReader(path) as archive:
        return rights_of(archive, article(source=source, url=url))


def test_every_spelling_of_a_publisher_has_its_rights_and_no_other(path: Path) -> None:
    assert say(path, "báo xóm", FREE) == 11
    assert said(path, "Báo Xóm") == said(path, "BÁO  XÓM") == FREE
    assert said(path, "Báo Xã") == said(path, "") == said(path, "", "https://xom.example/a") == UNSAID
    say(path, "lang.example", OTHER)
    assert said(path, "", "https://m.lang.example/khac") == OTHER
    with ArchiveReader(path) as archive:
        asked = [article(source=name) for name in ("Báo Xóm", "Không Ai", "lang.example")]
        assert rights_of_all(archive, asked) == [FREE, UNSAID, OTHER]


def test_the_last_that_was_said_stands_and_the_rest_is_kept(path: Path) -> None:
    changes = [say(path, "Báo Xóm", rights) for rights in (FREE, OTHER, OTHER, UNSAID, UNSAID, FREE)]
    assert changes == [11, 12, None, 13, None, 14]
    assert said(path, "Báo Xóm") == FREE
    with ArchiveReader(path) as archive:
        assert archive.number == 14
        assert [row[0] for row in archive.rows("SELECT since FROM rights ORDER BY since")] == [11, 12, 13, 14]
        assert check(archive).faults == []


def test_to_take_back_what_was_never_said_changes_nothing(path: Path) -> None:
    assert say(path, "Báo Xóm", UNSAID) is None


def test_the_change_is_of_no_article_and_says_who(path: Path) -> None:
    with ArchiveReader(path) as archive:
        before = archive.heads_since(0)
    say(path, "Báo Xóm", FREE)
    with ArchiveReader(path) as archive:
        assert archive.heads_since(0) == before
        row = archive.rows("SELECT kind, article_id, actor FROM changes WHERE number = 11").fetchone()
        assert row == ("rights", "", "Lan")
        audit, *_ = audit_rows(archive)
        assert (audit.actor, audit.action) == ("Lan", "rights")
        known = {"source": "Báo Xóm", "rights": FREE.statement, "licence": FREE.licence, "change": 11}
        assert audit.detail == known


@pytest.mark.parametrize("column", ["statement", "uri"])
def test_a_row_that_is_not_what_was_written_is_damage(path: Path, column: str) -> None:
    say(path, "Báo Xóm", FREE)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"UPDATE rights SET {column} = 'khác'")  # noqa: S608 - of the cases
        connection.commit()
    with pytest.raises(OperatorError, match="rights: the row 1, 11 does not fit its digest"):
        said(path, "Báo Xóm")
    assert said(path, "Báo Xã") == UNSAID


def test_sources_are_listed_with_their_days_and_rights(path: Path) -> None:
    say(path, "Báo Xóm", FREE)
    with ArchiveReader(path) as archive:
        assert sources(archive) == [
            Source("Báo Xóm", 6, "2013-05-26", "2014-01-02", FREE),
            Source("", 1, "", "", UNSAID),
            Source("lang.example", 1, "", "", UNSAID),
        ]


def test_a_source_is_known_by_any_name_while_the_archive_has_or_had_an_article_of_it(path: Path) -> None:
    with ArchiveReader(path) as archive:
        assert source_named(archive, "Tuổi Trẻ") == named_publisher("tuoitre.vn")
        for name in ("Báo Xã", ""):
            with pytest.raises(UserError, match="khobao sources"):
                source_named(archive, name)
        with pytest.raises(
            UserError, match=r"Báo Xom1: the archive has no such source; near it are Báo Xóm\."
        ):
            source_named(archive, "Báo Xom1")
