"""An article is known by who published it and by its id there, in whatever order files come."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.archive import Archive
from corpus.archived import Outcome
from corpus.captures import Prefer
from corpus.context import Context
from corpus.fixity import check
from corpus.ingest import ingest
from corpus.published import Published
from corpus.publishers import publication_of
from corpus.readers.records.options import ImportOptions
from corpus.records import Reading
from tests.corpus.records import article, line, outcomes, quiet, read_bytes, reading


def record(
    article_id: str, text: str, source: str = "", file: str = "/kho/a/bao.jsonl", url: str = ""
) -> Reading:
    made = reading(article_id, paragraphs=(text,), source=source, url=url)
    raw = f"{article_id} {text} {source} {url}".encode()
    origin = replace(made.provenance, file=file, raw_sha256=hashlib.sha256(raw).hexdigest())
    return replace(made, provenance=origin, raw=raw)


def found(archive: Archive) -> set[tuple[str, str]]:
    """What can be found: publisher and text of the current version of each article."""
    heads = archive.heads_since(0)
    current = archive.articles([head.article_id for head in heads]).values()
    return {(each.article.source, each.article.paragraphs[0]) for each in current}


SAME = [
    ("Tuổi Trẻ", ""),
    ("TUỔI TRẺ", ""),
    ("Tuo\u0302\u0309i Tre\u0309", ""),
    ("Báo Tuổi Trẻ", ""),
    ("Tuổi Trẻ Online", ""),
    ("tuoitre.vn", ""),
    ("https://www.tuoitre.vn/", ""),
    ("", "https://m.tuoitre.vn/bai-1.htm"),
    ("", "https://thethao.tuoitre.vn/bai-1.htm"),
]
OTHERS = [
    ("Tuổi Trẻ Cười", ""),
    ("Thanh Niên", ""),
    ("", "https://tuoitre.example/bai-1.htm"),
    ("Báo Xóm Núi", ""),
    ("Xóm Núi", ""),
    ("人民报", ""),
    ("日报", ""),
    ("", ""),
]


@pytest.mark.parametrize(("source", "url"), SAME)
def test_names_and_hosts_of_a_paper_are_one_publisher(source: str, url: str) -> None:
    assert publication_of(article("1", source=source, url=url), "a.jsonl").key == "tuoi tre"


def test_other_publishers_are_others() -> None:
    keys = [publication_of(article("1", source=source, url=url), "a.jsonl").key for source, url in OTHERS]
    assert len({*keys, "tuoi tre"}) == len(OTHERS) + 1


@pytest.mark.parametrize(
    ("file", "other"),
    [
        ("kho/a/1.jsonl", "kho/b/1.jsonl"),
        ("kho/a.zip!1.jsonl", "kho/b.zip!1.jsonl"),
        ("1.jsonl", "a/1.jsonl"),
    ],
)
def test_records_without_a_publisher_are_of_the_folder_of_their_file(file: str, other: str) -> None:
    assert publication_of(article("1"), file).key != publication_of(article("1"), other).key


def test_a_folder_is_the_same_however_it_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    named = ("bao/1.jsonl", "./bao/2.jsonl", f"{tmp_path}/bao/3.jsonl")
    assert len({publication_of(article("1"), file).key for file in named}) == 1


FOUR = [
    record("1001", "Bài của A", "Báo A"),
    record("1001", "Bài của B", "Báo B"),
    record("1001", "Bài không tên", "", "/kho/b/bao.jsonl"),
    record("1001", "Bài trên mạng", "", url="https://xom.example/tin"),
]


@pytest.mark.parametrize("order", list(permutations(range(len(FOUR)))))
def test_nothing_of_another_publication_replaces_an_article_in_any_order(
    archive: Archive, order: Sequence[int]
) -> None:
    for number in order:
        assert outcomes(archive.store([FOUR[number]])) == [Outcome.NEW]
    assert found(archive) == {(one.article.source, one.article.paragraphs[0]) for one in FOUR}
    assert archive.article("1001") is not None, "the first of them has its own id"
    assert outcomes(archive.store(FOUR)) == [Outcome.UNCHANGED] * len(FOUR)
    assert check(archive).faults == []


records = st.builds(
    record,
    st.sampled_from(["1", "2", "bao-a-1"]),
    st.sampled_from(["một", "hai", "ba"]),
    st.sampled_from(["", "Báo A", "BÁO A", "Báo B"]),
    st.sampled_from(["/kho/a/1.jsonl", "/kho/b/1.jsonl"]),
    st.sampled_from(["", "https://a.example/1"]),
)


@given(st.lists(records, max_size=8))
def test_whatever_comes_each_publication_keeps_its_last_text_and_every_text_is_a_version(
    tmp_path_factory: pytest.TempPathFactory, given_records: list[Reading]
) -> None:
    """Against a plain model: a dictionary by publication and id; the same content is the same article."""
    folder = tmp_path_factory.mktemp("kho")
    with Archive(folder / "archive.sqlite") as archive:
        stored = [archive.store([each])[0] for each in given_records]
        ids = {each.article_id for each in stored}
        for each, became in zip(given_records, stored, strict=True):
            kept = archive.versions(became.article_id)
            assert any(version.article.paragraphs == each.article.paragraphs for version in kept)
            assert {publication_of(version.article, version.provenance.file).key for version in kept} <= {
                publication_of(other.article, other.provenance.file).key
                for other, its in zip(given_records, stored, strict=True)
                if its.article_id == became.article_id
            }
        assert ids == {head.article_id for head in archive.heads_since(0)}
        assert {archive.store([each])[0].outcome for each in given_records} <= {Outcome.UNCHANGED}
        assert check(archive).faults == []


def test_the_same_bytes_are_the_same_article_whatever_their_publisher_is_called_now(archive: Archive) -> None:
    before = record("1001", "Một bài", "Báo A")
    archive.store([before])
    now = replace(before, article=replace(before.article, source="Báo A Mới", id="bao-1001"))
    (became,) = archive.store([now])
    assert (became.outcome, became.article_id) == (Outcome.NEW_VERSION, "1001")
    assert found(archive) == {("Báo A Mới", "Một bài")}
    changed = record("bao-1001", "Một bài đã sửa", "Báo A Mới")
    assert archive.store([changed])[0].article_id == "1001", "both ids are known now"


def test_the_same_content_under_the_same_id_is_the_same_article(archive: Archive) -> None:
    archive.store([record("1001", "Một bài", "Báo A")])
    (became,) = archive.store([record("1001", "Một bài", "Báo A Mới")])
    assert (became.outcome, became.article_id) == (Outcome.NEW_VERSION, "1001")


def test_the_same_bytes_at_two_addresses_are_two_articles(archive: Archive) -> None:
    page = record("bao-example-1", "Một bài")
    first = replace(page, context=Context(url="https://bao.example/1"))
    other = replace(
        page, article=replace(page.article, id="bao-example-2"), context=Context(url="https://bao.example/2")
    )
    assert outcomes(archive.store([first, other])) == [Outcome.NEW, Outcome.NEW]


def test_an_id_that_was_made_of_an_address_is_of_one_publication(tmp_path: Path, archive: Archive) -> None:
    """A record without an id has one of its address: what its publisher is called does not matter."""
    fields = {"title": "Chợ đêm mở lại", "url": "https://bao.example/1"}
    for source, body in (
        ("Báo A", "Khách đông."),
        ("", "Khách đông hơn."),
        ("bao.example", "Khách rất đông."),
    ):
        raw = line("", body=body, source=source, **fields)
        archive.store(read_bytes(tmp_path, raw))
    assert archive.counts().articles == 1


def test_a_taken_id_gets_the_publisher_before_it_and_then_a_number(archive: Archive) -> None:
    archive.store([record("bao-b-1001", "Bài khác", "Báo C")])
    archive.store([record("1001", "Bài của A", "Báo A")])
    (became,) = archive.store([record("1001", "Bài của B", "Báo B")])
    assert (became.article_id, became.local_id, became.is_told_apart) == ("bao-b-1001-2", "1001", True)
    longest = "x" * 200
    archive.store([record(longest, "Bài của A", "Báo A")])
    (cut,) = archive.store([record(longest, "Bài của B", "Báo B")])
    assert cut.article_id.startswith("bao-b-")
    assert len(cut.article_id) < len(longest)


def test_one_file_may_hold_one_id_of_two_papers(tmp_path: Path, archive: Archive) -> None:
    raw = (
        line("1001", source="Báo A")
        + b"\n"
        + line("1001", "Bài khác", source="Báo B")
        + b"\n"
        + line("1001", "Khác", source="Báo A")
    )
    (tmp_path / "bao.jsonl").write_bytes(raw)
    receipt = ingest([tmp_path / "bao.jsonl"], archive, options=ImportOptions(), on_progress=quiet)
    assert (receipt.new, receipt.refusals) == (2, {"duplicate-id": 1})
    assert receipt.told_apart == {"bao-b-1001": "1001"}
    assert receipt.adds_up


def page(text: Iterable[str], reader: str = "html", **parts: Any) -> Reading:
    known: dict[str, Any] = {
        "section": "Xã hội",
        "authors": ("Lê Thị Hoa",),
        "captions": ("Chợ đêm bên sông",),
        "published": Published("2013-05-27T07:10+07:00"),
    }
    made = reading("bao-example-1", paragraphs=tuple(text), **known | parts)
    raw = repr((made.article, reader)).encode()
    origin = replace(made.provenance, reader=reader, raw_sha256=hashlib.sha256(raw).hexdigest())
    return replace(made, provenance=origin, raw=raw)


TEXT = ("Đoạn một.", "Đoạn hai.", "Đoạn ba.")
BARE: dict[str, Any] = {"section": "", "authors": (), "captions": ()}
POORER = {
    "lacks all three": page(TEXT, **BARE),
    "lacks the section": page(TEXT, section=""),
    "lacks the captions and a paragraph": page(TEXT[:2], captions=()),
    "has other spaces": page(("Đoạn  một.", "Đoạn hai."), authors=()),
    "has no time of day": page(TEXT, section="", published=Published("2013-05-27")),
    "has a date without its year": page(TEXT, section="", published=Published("XXXX-05-27")),
    "has a date with an inferred year": page(TEXT, section="", published=Published("2012-05-27?")),
    "has no date": page(TEXT, section="", published=Published()),
    "is an entry of a feed": page(TEXT[:1], reader="feed", **BARE),
    "is of a crawl": page(TEXT, reader="warc", **BARE),
}
NEWER = {
    "a changed sentence": page(("Đoạn một.", "Đoạn hai, đã sửa.", "Đoạn ba."), **BARE),
    "an added sentence": page((*TEXT, "Tin mới."), **BARE),
    "an added caption": page(TEXT, section="", captions=("Chợ đêm bên sông", "Ảnh mới")),
    "another author": page(TEXT, section="", authors=("Trần Văn Núi",)),
    "another day": page(TEXT, section="", published=Published("2013-05-28")),
    "another day without its year": page(TEXT, section="", published=Published("XXXX-05-28")),
    "another title": page(TEXT, title="Nước sông Thao đã rút", **BARE),
    "another lede": page(TEXT, lede="Mưa nhỏ.", **BARE),
    "a removed sentence, and all else": page(TEXT[:2]),
    "a record that somebody made": page(TEXT, reader="jsonl", **BARE),
}


@pytest.mark.parametrize("poorer", POORER.values(), ids=POORER)
def test_a_poorer_capture_stays_behind_the_richer_and_is_kept(archive: Archive, poorer: Reading) -> None:
    archive.store([page(TEXT)])
    (became,) = archive.store([poorer])
    assert became.outcome is Outcome.NEW_VERSION
    assert became.lacking
    richer, behind = archive.versions("bao-example-1")
    assert (richer.is_current, behind.is_current, behind.choice.value) == (True, False, "poorer")
    current = archive.article("bao-example-1")
    assert current is not None
    assert current.article == page(TEXT).article
    assert outcomes(archive.store([poorer])) == [Outcome.UNCHANGED]
    assert check(archive).faults == []


@pytest.mark.parametrize("newer", NEWER.values(), ids=NEWER)
def test_whatever_is_changed_or_added_is_current(archive: Archive, newer: Reading) -> None:
    archive.store([page(TEXT), newer])
    current = archive.article("bao-example-1")
    assert current is not None
    assert current.article == newer.article


def test_the_richer_capture_is_current_in_either_order(archive: Archive) -> None:
    archive.store([POORER["lacks all three"], page(TEXT)])
    current = archive.article("bao-example-1")
    assert current is not None
    assert current.article == page(TEXT).article


@pytest.mark.parametrize("before", [False, True])
def test_the_newest_is_current_where_the_import_asks_for_it(archive: Archive, *, before: bool) -> None:
    """Also where it came before, and stayed behind then: the receipt's remedy works."""
    poorer = POORER["lacks all three"]
    archive.store([page(TEXT)])
    if before:
        archive.store([poorer])
    (became,) = archive.store([poorer], prefer=Prefer.NEWEST)
    assert (became.outcome, became.lacking) == (Outcome.NEW_VERSION, ())
    current = archive.article("bao-example-1")
    assert current is not None
    assert current.article == poorer.article
    assert outcomes(archive.store([poorer, page(TEXT)], prefer=Prefer.NEWEST)) == [Outcome.UNCHANGED] * 2
    assert check(archive).faults == []


def test_cleaning_again_is_no_newer_capture(archive: Archive) -> None:
    """The same bytes, cleaned by a better rule, are current even where they lack what was wrong before."""
    before = page(TEXT)
    archive.store([before])
    archive.store([replace(before, article=replace(before.article, authors=()))])
    current = archive.article("bao-example-1")
    assert current is not None
    assert current.article.authors == ()
