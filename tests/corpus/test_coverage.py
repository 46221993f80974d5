"""Coverage counts what the archive holds now, and what a search by date cannot find."""

import unicodedata
from datetime import date

from corpus.archive import Archive
from corpus.coverage import SHORT_CHARACTERS, coverage, short, undated
from corpus.published import Published
from corpus.records import Reading
from tests.corpus.records import reading
from tests.corpus.test_archive import refusal

LONG = ("chữ " * SHORT_CHARACTERS,)


def dated(
    number: int, text: str, *, paragraphs: tuple[str, ...] = LONG, source: str = "Báo Sông Hồng"
) -> Reading:
    return reading(f"song-{number}", published=Published(text), paragraphs=paragraphs, source=source)


def test_articles_are_counted_by_source_and_day(archive: Archive) -> None:
    archive.store(
        [
            dated(1, "2013-05-27"),
            dated(2, "2013-05-27T07:10+07:00"),
            dated(3, "2013-05-30"),
            dated(4, "2013-05"),
            dated(5, "XXXX-09-13"),
            dated(6, ""),
            dated(7, "2013-05-30", source="Nhật báo Phương Nam"),
        ]
    )
    large, small = coverage(archive).sources
    assert (large.source, large.articles) == ("Báo Sông Hồng", 6)
    assert ((date(2013, 5, 27), 2), (date(2013, 5, 30), 1)) == large.days
    assert (large.coarse, large.undated) == (1, 2)
    assert [(date(2013, 5, 28), date(2013, 5, 29))] == list(large.gaps())
    assert large.span_days == 4
    assert (small.source, small.articles) == ("Nhật báo Phương Nam", 1)


def test_every_article_is_dated_by_day_or_coarsely_or_not(archive: Archive) -> None:
    archive.store([dated(1, "2013-05-27"), dated(2, "2013"), dated(3, "XXXX-01-02"), dated(4, "2014-01")])
    (found,) = coverage(archive).sources
    assert found.articles == sum(count for _, count in found.days) + found.coarse + found.undated


def test_short_and_undated_articles_are_listed(archive: Archive) -> None:
    archive.store([dated(1, "", paragraphs=("Ngắn.",)), dated(2, "2013-05-27")])
    assert [one.article_id for one in short(archive, None, 10, 0)] == ["song-1"]
    assert [one.article_id for one in undated(archive, "Báo Sông Hồng", 10, 0)] == ["song-1"]
    assert undated(archive, "Báo khác", 10, 0) == []


def test_a_newer_version_counts_in_place_of_the_older_and_a_withdrawn_article_nowhere(
    archive: Archive,
) -> None:
    archive.store([dated(1, ""), dated(2, "2013-05-27")])
    archive.store([dated(1, "2013-05-28")])
    archive.withdraw("song-2")
    (found,) = coverage(archive).sources
    assert ((date(2013, 5, 28), 1),) == found.days
    assert found.undated == 0


def test_refusals_are_counted_by_reason_and_those_taken_later_apart(archive: Archive) -> None:
    archive.store([refusal("line 1"), refusal("line 2")])
    archive.resolve({1: "song-1"})
    (found,) = coverage(archive).refused
    assert (found.reason, found.refusals, found.taken) == ("bad-json", 2, 1)
    assert [one.place for one in archive.refusals(open_only=True)] == ["line 2"]


def test_spellings_of_one_source_are_one_source(archive: Archive) -> None:
    """Under the spelling that most articles have; each number finds as many in a list of the source."""
    spellings = ["Báo Hoà Bình", "Báo Hoà Bình", "Báo Hòa  Bình ", "BÁO HOÀ BÌNH"]
    spellings += [unicodedata.normalize("NFD", spellings[0])]
    archive.store([dated(number, "", source=source) for number, source in enumerate(spellings)])
    (found,) = coverage(archive).sources
    assert (found.source, found.articles, found.undated) == ("Báo Hoà Bình", 5, 5)
    for spelling in spellings:
        assert len(undated(archive, spelling, 10, 0)) == 5
