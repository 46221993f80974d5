"""Stories: prints of one text are found, verified against the first, whatever order they came in."""

import json
import random
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.reprints import WAYS, reprint
from corpus.archive import Archive
from corpus.article import Article, Provenance
from corpus.errors import OperatorError
from corpus.published import Published
from corpus.records import Reading
from indexer.stories import update as update_module
from indexer.stories.file import open_stories
from indexer.stories.resemblance import compare
from indexer.stories.rows import ArticleRow, make_row
from indexer.stories.shingles import SHINGLE_LENGTH, digest_text, shingle
from indexer.stories.source import StorySource
from indexer.stories.update import update_stories, verify_stories
from indexer.story_numbers import ALONE, StoryNumbers

SAMPLE = Path(__file__).parents[2] / "corpus" / "sample"
WORDS = [
    "mưa",
    "lũ",
    "đê",
    "sông",
    "bản",
    "xã",
    "huyện",
    "nước",
    "dân",
    "thuyền",
    "cầu",
    "chợ",
    "trường",
    "lúa",
    "ngô",
    "chè",
    "rừng",
    "đường",
    "xe",
    "trạm",
]


def sample() -> list[Article]:
    """Long articles of the sample corpus."""
    found = []
    for path in sorted(SAMPLE.glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            record = json.loads(line)
            if len(record["body"]) > 1_000:
                paragraphs = tuple(record["body"].split("\n"))
                found.append(Article(record["id"], record["title"], record["summary"], paragraphs))
    return found


def text_of(seed: str, syllables: int = 120) -> str:
    """Some text that no other seed makes."""
    draws = random.Random(seed)  # noqa: S311 - a text, no secret
    return " ".join(f"{draws.choice(WORDS)} {draws.randint(1, 999)}" for _ in range(syllables // 2))


def an_article(name: str, body: str, published: str = "", title: str = "") -> Article:
    return Article(name, title or f"Tin {name}", paragraphs=(body,), published=Published.parse(published))


def nothing(_done: int, _total: int) -> None:
    """No progress is shown."""


def store(archive: Archive, *articles: Article) -> None:
    provenance = Provenance("a.jsonl", "line 1", "0" * 64, "jsonl", 1, "2026-01-01T00:00:00+00:00")
    archive.store([Reading(one, provenance) for one in articles])


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive(tmp_path / "archive.sqlite") as opened:
        yield opened


def stories(archive: Archive, path: Path) -> list[list[str]]:
    """Brings the file up to the archive; the ids of each story, in order."""
    update_stories(archive, path, nothing)
    stored = open_stories(path)
    assert stored is not None
    ids = stored.rows().ids
    return [[ids[row] for row in members] for members in stored.clusters()]


@pytest.mark.parametrize("way", WAYS)
def test_prints_of_one_text_are_alike(way: str) -> None:
    """Whatever a reprint changes of these, or two of them together."""
    articles = sample()
    for one, other in zip(articles, articles[1:] + articles[:1], strict=True):
        changed = reprint(one, other, WAYS[way], "again")
        assert compare(shingle(one), shingle(changed)).is_print, one.id


def test_other_articles_are_not_alike() -> None:
    """Of all pairs of the sample corpus only the three that were written as reprints are."""
    texts = {one.id: shingle(one) for one in sample()}
    readings = {
        (one, other)
        for one, other in combinations(sorted(texts), 2)
        if compare(texts[one], texts[other]).is_print
    }
    assert readings == {
        ("ktcl-2016-002", "nbpn-2016-004"),
        ("ktcl-2023-005", "nbpn-2023-009"),
        ("ktcl-2025-007", "nbpn-2025-011"),
    }


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("Hoà bình ở xã Thuỷ Hoa, kỹ sư Lý vui.", "Hòa bình ở xã Thủy Hoa, kĩ sư Lí vui.", True),
        ("Nước lên nhà.Cuộc sống đổi thay", "Nước lên nhà. Cuộc sống đổi thay", True),
        ("Nước lên nhàCuộc sống đổi thay", "Nước lên nhà Cuộc sống đổi thay", True),
        ("Nước lên mười phân", "Nước lên mười lăm phân", False),
    ],
)
def test_spelling_and_glue_are_no_difference(first: str, second: str, same: bool) -> None:
    one, other = (shingle(an_article("a", text)).shingles.tolist() for text in (first, second))
    assert (one == other) is same


def test_likeness_is_the_same_both_ways() -> None:
    one, other = sample()[:2]
    cut = replace(one, lede=other.lede, paragraphs=one.paragraphs[:2])
    assert compare(shingle(one), shingle(cut)) == compare(shingle(cut), shingle(one))


def test_a_later_article_that_repeats_the_background_is_no_print() -> None:
    """Its beginning is new, though most of its text is not."""
    background = text_of("nền", 400)
    before = shingle(an_article("a", f"{text_of('bắt', 70)} {background}"))
    after = shingle(an_article("b", f"{text_of('xử', 90)} {background}"))
    found = compare(before, after)
    assert found.containment > 0.75
    assert not found.is_print


def test_short_texts_are_one_story_only_where_they_are_equal(archive: Archive, tmp_path: Path) -> None:
    caption = "Ảnh: một góc chợ sớm."
    store(
        archive,
        an_article("a", caption, title="Chợ sớm"),
        an_article("b", caption, title="Chợ sớm"),
        an_article("c", caption, title="Chợ chiều"),
    )
    assert stories(archive, tmp_path / "s.kho") == [["a", "b"]]


def test_notices_of_a_series_are_no_story(archive: Archive, tmp_path: Path) -> None:
    """Of other days, with one text but for the figures; the same headline's are."""
    notice = text_of("giá vàng", 200)
    changed = notice.replace(" 1", " 2", 2)
    store(
        archive,
        an_article("a", notice, title="Giá vàng ngày 29/5"),
        an_article("b", changed, title="Giá vàng ngày 30/5"),
        an_article("c", changed, title="Giá vàng ngày 29/5"),
        an_article("d", changed.replace(" 3", " 4", 2), title="Vàng 28-5 lại lên"),
    )
    assert stories(archive, tmp_path / "s.kho") == [["a", "c"]]


@pytest.mark.parametrize(
    ("dates", "expected", "dated"),
    [
        ({"a": "2013-05-02", "b": "2013-05-01"}, ["b", "a"], True),
        ({"a": "2013-05", "b": "2013-05-20"}, ["b", "a"], True),
        ({"a": "2013-05-20", "b": "2013-05-20T09:00+07:00"}, ["b", "a"], True),
        ({"a": "2013", "b": "2014-01-01"}, ["a", "b"], True),
        ({"a": "2013-05-20", "b": "2013-05-20"}, ["a", "b"], False),
        ({"a": "", "b": "2013"}, ["b", "a"], False),
        ({"a": "XXXX-01-01", "b": "2013"}, ["b", "a"], False),
        ({"a": "", "b": ""}, ["a", "b"], False),
    ],
)
def test_who_printed_first(
    archive: Archive, tmp_path: Path, dates: dict[str, str], expected: list[str], dated: bool
) -> None:
    """The earliest, a coarse date counting from its end; known where all are dated and one is earliest."""
    body = text_of("một")
    store(archive, *(an_article(name, body, published) for name, published in dates.items()))
    assert stories(archive, tmp_path / "s.kho") == [expected]
    story = StorySource(tmp_path / "s.kho").story("a")
    assert story is not None
    assert (list(story.ids), story.dated, story.first) == (expected, dated, expected[0])


def test_a_chain_of_small_changes_ends_where_the_first_is_no_longer_the_text(
    archive: Archive, tmp_path: Path
) -> None:
    """Each is a print of the one before; only those that are prints of the first are its story."""
    pieces = [text_of(str(number), 40) for number in range(16)]
    chain = [
        an_article(f"{place}", " ".join(pieces[place : place + 8]), f"2013-05-{place + 1:02}", "Tin lũ")
        for place in range(8)
    ]
    texts = [shingle(one) for one in chain]
    store(archive, *chain)
    assert all(compare(one, other).is_print for one, other in pairwise(texts))
    found = stories(archive, tmp_path / "s.kho")
    assert len(found) > 1
    place = {one.id: number for number, one in enumerate(chain)}
    for members in found:
        assert all(compare(texts[place[members[0]]], texts[place[one]]).is_print for one in members[1:])


def variants() -> list[Article]:
    """Texts of two affairs, with prints of each and notices, all under one alphabet of ids."""
    draws = random.Random(7)  # noqa: S311 - a text, no secret
    found = []
    for affair in range(3):
        pieces = [text_of(f"{affair} {number}", 40) for number in range(14)]
        for _ in range(4):
            start = draws.randint(0, 4)
            found.append(" ".join(pieces[start : start + 8 + draws.randint(0, 2)]))
        found.append(found[-1])
    dates = ["", "2013", "2013-05", "2013-05-02", "2013-05-02T08:00+07:00", "2013-05-03"]
    return [
        an_article(f"bài-{number:02}", body, draws.choice(dates), title=f"Tin {number % 4}")
        for number, body in enumerate(found)
    ]


@pytest.mark.slow
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_the_same_articles_give_the_same_stories(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """In whatever order and parts they came, with versions replaced and articles withdrawn on the way."""
    every = variants()
    folder = tmp_path_factory.mktemp("stories")
    with Archive(folder / "whole.sqlite") as whole:
        store(whole, *every)
        whole.withdraw(every[0].id)
        right = stories(whole, folder / "whole.kho")
    order = data.draw(st.permutations(every))
    cuts = sorted(data.draw(st.lists(st.integers(0, len(every)), max_size=3)))
    with Archive(folder / "parts.sqlite") as parts:
        for start, stop in zip([0, *cuts], [*cuts, len(every)], strict=True):
            for one in order[start:stop]:
                if data.draw(st.integers(0, 4)) == 0:
                    store(parts, replace(one, paragraphs=(text_of("bản đầu"),)))
            stories(parts, folder / "parts.kho")
            store(parts, *order[start:stop])
        parts.withdraw(every[0].id)
        assert stories(parts, folder / "parts.kho") == right
        assert verify_stories(parts, folder / "parts.kho", nothing) == []


def test_an_update_reads_only_what_changed(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "s.kho"
    every = variants()
    store(archive, *every)
    assert update_stories(archive, path, nothing) == len(every)
    assert update_stories(archive, path, nothing) == 0
    read: list[str] = []

    def seen(article: Article, change: int) -> ArticleRow:
        read.append(article.id)
        return make_row(article, change)

    monkeypatch.setattr(update_module, "make_row", seen)
    store(archive, an_article("mới", text_of("mới")))
    assert update_stories(archive, path, nothing) == 1
    assert read == ["mới"]


def test_an_update_that_was_killed_goes_on_where_it_was(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file is replaced whole, after every so many articles."""
    monkeypatch.setattr(update_module, "WRITE_ARTICLES", 4)
    every = variants()
    store(archive, *every)
    path = tmp_path / "s.kho"

    def killed(done: int, _total: int) -> None:
        if done > 9:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        update_stories(archive, path, killed)
    stored = open_stories(path)
    assert stored is not None
    assert 0 < stored.number < archive.number
    assert "catch up" in verify_stories(archive, path, nothing)[0].template
    assert update_stories(archive, path, nothing) == len(every) - stored.number
    assert verify_stories(archive, path, nothing) == []
    monkeypatch.undo()
    update_stories(archive, tmp_path / "whole.kho", nothing)
    assert path.read_bytes() == (tmp_path / "whole.kho").read_bytes()


def test_what_is_wrong_with_the_file_is_found_and_mended(archive: Archive, tmp_path: Path) -> None:
    path = tmp_path / "s.kho"
    assert "no stories" in verify_stories(archive, path, nothing)[0].template
    update_stories(archive, path, nothing)
    assert verify_stories(archive, path, nothing) == []
    store(archive, *variants())
    update_stories(archive, path, nothing)
    whole = path.read_bytes()
    path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]) if whole[-1] else whole[:-100])
    assert "damaged" in verify_stories(archive, path, nothing)[0].template
    with pytest.raises(OperatorError):
        StorySource(path).numbers()
    update_stories(archive, path, nothing)
    assert path.read_bytes() == whole


def test_prints_are_ranked_as_they_were_printed(archive: Archive, tmp_path: Path) -> None:
    """However late a print came into the archive."""
    store(archive, *reversed(variants()))
    path = tmp_path / "s.kho"
    update_stories(archive, path, nothing)
    stored = open_stories(path)
    assert stored is not None
    changes = stored.rows().changes
    assert stored.clusters()
    for number, rows in enumerate(stored.clusters()):
        ranks = stored.numbers().prints_of(changes[rows].tolist())
        assert list(ranks.values()) == [(number, rank) for rank in range(len(rows))]


def test_a_number_for_each_version() -> None:
    numbers = StoryNumbers.of({7: 0, 3: 1, 9: 0})
    assert numbers.column(numbers.changes).tolist() == [1, 0, 0]
    assert numbers.prints_of([9, 4, 3]) == {9: (0, 1), 3: (1, 0)}
    assert StoryNumbers().prints_of([1, 2]) == {}
    assert numbers.count == 2
    assert ALONE == -1


def test_a_run_is_five_syllables() -> None:
    assert len(shingle(an_article("a", "một hai ba bốn năm sáu")).shingles) == 6 - SHINGLE_LENGTH + 1
    assert digest_text(an_article("a", "x"), shingle(an_article("a", "x"))).text > 0
