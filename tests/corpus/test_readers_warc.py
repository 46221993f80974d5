"""Crawls of our own pages, written with warcio: every record is an article, a refusal, or counted by kind."""

import gc
import gzip
import hashlib
import io
import json
import lzma
import tracemalloc
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import brotli
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from corpus.archive import Archive
from corpus.archived import Outcome
from corpus.readers.input.source_file import Tally
from corpus.readers.warc import crawl_file as warc_file
from corpus.readers.warc.captures import Capture, captures
from corpus.readers.warc.members import read_chunks
from corpus.records import Reading
from tests.corpus.html_pages import modern
from tests.corpus.html_pages.story import ASKED, LONG, SHORT, Story
from tests.corpus.records import articles, outcomes, outline, read, read_bytes, refusals
from tests.corpus.test_readers_pdf import _PAGES as _PDF_PAGES
from tests.corpus.test_readers_pdf import made as pdf_bytes
from tests.corpus.test_readers_word import document

# warcio's writer leaves its temporary files to the collector.
pytestmark = pytest.mark.filterwarnings(
    "ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
)

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_URL = "https://bao.example/thoi-su/{}.html"
_Answer = tuple[str, str, bytes]  # url, headers, body


def _page(story: Story, number: int = 1) -> bytes:
    return modern.boxes(story, _URL.format(number)).encode()


def _crawl(*answers: _Answer, packed: bool = True) -> bytes:
    """A crawl of these answers, each with its request."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # the writer leaves its temporary files open
        raw = _written(answers, packed)
        gc.collect()
    return raw


def _written(answers: Sequence[_Answer], packed: bool) -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed)
    writer.write_record(writer.create_warcinfo_record("a.warc", {"software": "thử"}))
    for url, headers, body in answers:
        pairs = [tuple(line.split(": ", 1)) for line in headers.split("\n")[1:]]
        http = StatusAndHeaders(headers.split("\n")[0], pairs, protocol="HTTP/1.1")
        writer.write_record(
            writer.create_warc_record(url, "response", payload=io.BytesIO(body), http_headers=http)
        )
        ask = StatusAndHeaders("GET / HTTP/1.1", [], is_http_request=True)
        writer.write_record(writer.create_warc_record(url, "request", http_headers=ask))
    return out.getvalue()


def _answer(story: Story, number: int, coding: str = "") -> _Answer:
    headers = "200 OK\nContent-Type: text/html; charset=utf-8"
    codings: dict[str, Callable[[bytes], bytes]] = {
        "gzip": gzip.compress, "br": brotli.compress, "deflate": zlib.compress, "": bytes,
    }  # fmt: skip
    body = (
        codings[coding.removeprefix("chunked ")](_page(story, number))
        if coding != "chunked"
        else _page(story, number)
    )
    if coding.startswith("chunked"):
        headers += "\nTransfer-Encoding: chunked"
        body = b"".join(b"%x\r\n%b\r\n" % (len(p), p) for p in _cut(body)) + b"0\r\n\r\n"
    if name := coding.removeprefix("chunked").strip():
        headers += f"\nContent-Encoding: {name}"
    return _URL.format(number), headers, body


def _cut(body: bytes) -> Iterator[bytes]:
    return (body[at : at + 1000] for at in range(0, len(body), 1000))


_THREE = (_answer(LONG, 1), _answer(SHORT, 2), _answer(ASKED, 3))


@pytest.mark.parametrize("packed", [True, False], ids=("by record", "not at all"))
@pytest.mark.parametrize("coding", ["", "gzip", "br", "deflate", "chunked", "chunked gzip"])
def test_a_page_comes_out_however_it_was_sent(tmp_path: Path, coding: str, packed: bool) -> None:
    raw = _crawl(_answer(LONG, 1, coding), _answer(SHORT, 2), packed=packed)
    found = articles(read_bytes(tmp_path, raw, "a.warc"))
    assert [one.paragraphs for one in found] == [LONG.paragraphs, SHORT.paragraphs]


@pytest.mark.parametrize("pack", [gzip.compress, lzma.compress], ids=("gz", "xz"))
def test_a_crawl_packed_as_a_whole_is_read(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    assert len(articles(read_bytes(tmp_path, pack(_crawl(*_THREE, packed=False)), "a.warc"))) == 3


def test_records_without_a_page_are_counted_by_kind(tmp_path: Path) -> None:
    others = [
        ("https://bao.example/a.jpg", "200 OK\nContent-Type: image/jpeg", b"\xff\xd8"),
        ("https://bao.example/a.css", "200 OK\nContent-Type: text/css", b"p{}"),
        ("https://bao.example/x", "404 Not Found\nContent-Type: text/html", b"<html>x</html>"),
        ("https://bao.example/y", "301 Moved\nLocation: /z", b""),
    ]
    path = tmp_path / "a.warc.gz"
    path.write_bytes(_crawl(_THREE[0], *others))
    tally = Tally()
    assert len(read(path, tally=tally)) == 1
    assert dict(tally.passed_over) == {
        "warcinfo": 1, "request": 5, "image/jpeg": 1, "text/css": 1, "status 404": 1, "status 301": 1,
    }  # fmt: skip


def test_several_captures_of_a_page_are_its_versions(tmp_path: Path, archive: Archive) -> None:
    first, second = _answer(LONG, 1), (_URL.format(1), _THREE[0][1], _page(SHORT, 1))
    records = read_bytes(tmp_path, _crawl(first, second, first), "a.warc.gz")
    assert len({one.id for one in articles(records)}) == 1
    assert outcomes(archive.store(records)) == [Outcome.NEW, Outcome.NEW_VERSION, Outcome.UNCHANGED]


def test_a_page_in_a_crawl_and_saved_is_one_article(tmp_path: Path) -> None:
    (crawled,) = articles(read_bytes(tmp_path, _crawl(_THREE[0]), "a.warc.gz"))
    (saved,) = articles(read_bytes(tmp_path, _page(LONG), "luu.html"))
    assert crawled == saved


def test_a_revisit_is_known_where_its_page_is_in_the_same_file(tmp_path: Path) -> None:
    digest = "sha1:AAAABBBBCCCCDDDDEEEEFFFFGGGGHHHH"
    out = io.BytesIO(_crawl(_THREE[0]))
    out.seek(0, io.SEEK_END)
    writer = WARCWriter(out, gzip=True)
    body = next(
        one for one in captures(read_chunks(io.BytesIO(_crawl(_THREE[0])))) if isinstance(one, Capture)
    ).page
    known = (
        f"sha1:{__import__('base64').b32encode(hashlib.sha1(body, usedforsecurity=False).digest()).decode()}"
    )
    for one in (known, digest):
        writer.write_record(
            writer.create_revisit_record(_URL.format(1), one, _URL.format(1), "2025-10-05T00:00:00Z")
        )
    path = tmp_path / "a.warc.gz"
    path.write_bytes(out.getvalue())
    tally = Tally()
    read(path, tally=tally)
    assert tally.passed_over["revisit"] == 1
    assert tally.passed_over["revisit of a page that is not in this file"] == 1


def test_a_page_that_is_not_its_digests_is_refused_and_the_rest_is_read(tmp_path: Path) -> None:
    raw = _crawl(*_THREE, packed=False)
    at = raw.index("mật ong".encode())
    records = read_bytes(tmp_path, raw[:at] + b"MAT" + raw[at + 3 :], "a.warc")
    assert [one.reason for one in refusals(records)] == ["wrong-digest"]
    assert [one.title for one in articles(records)] == [SHORT.title, ASKED.title]


@pytest.mark.parametrize("packed", [True, False])
def test_a_damaged_record_is_refused_and_the_rest_is_read(tmp_path: Path, packed: bool) -> None:
    raw = bytearray(_crawl(*_THREE, packed=packed))
    at = len(_crawl(_THREE[0], packed=packed)) + 20
    raw[at : at + 60] = b"\x99" * 60
    records = read_bytes(tmp_path, bytes(raw), "a.warc")
    assert [one.title for one in articles(records)] == [LONG.title, ASKED.title]
    assert len(refusals(records)) >= 1


@pytest.mark.slow
def test_of_a_file_cut_short_what_is_whole_is_taken(tmp_path: Path) -> None:
    for packed in (True, False):
        raw = _crawl(*_THREE, packed=packed)
        cut = len(_crawl(*_THREE[:2], packed=packed)) + 300
        records = read_bytes(tmp_path, raw[:cut], "a.warc")
        assert [one.title for one in articles(records)] == [LONG.title, SHORT.title]
        assert [one.reason for one in refusals(records)] == ["cut-short"]


def test_an_arc_is_read(tmp_path: Path) -> None:
    body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + _page(LONG)
    head = f"{_URL.format(1)} 192.0.2.1 20051002003000 text/html {len(body)}\n".encode()
    first = b"1 0 Thu\nURL IP-address Archive-date Content-type Archive-length\n"
    arc = (
        b"filedesc://a.arc 0.0.0.0 20051002003000 text/plain %d\n" % len(first)
        + first
        + b"\n"
        + head
        + body
        + b"\n"
    )
    (found,) = articles(read_bytes(tmp_path, arc, "a.arc"))
    assert found.paragraphs == LONG.paragraphs


def _wacz(crawl: bytes, digest: str) -> bytes:
    out = io.BytesIO()
    package = {"resources": [{"path": "archive/a.warc.gz", "hash": digest}]}
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("archive/a.warc.gz", crawl)
        archive.writestr("pages/pages.jsonl", '{"url": "x"}')
        archive.writestr("datapackage.json", json.dumps(package))
    return out.getvalue()


def test_a_wacz_gives_the_pages_of_its_crawls_where_their_digests_are_right(tmp_path: Path) -> None:
    crawl = _crawl(*_THREE)
    right = read_bytes(tmp_path, _wacz(crawl, f"sha256:{hashlib.sha256(crawl).hexdigest()}"), "a.wacz")
    assert len(articles(right)) == len(right) == 3
    wrong = read_bytes(tmp_path, _wacz(crawl, f"sha256:{'0' * 64}"), "a.wacz")
    assert outline(wrong) == [("whole file", "wrong-digest")]


_RAW = [_crawl(*_THREE), _crawl(*_THREE, packed=False)]


@settings(max_examples=40, deadline=None)
@pytest.mark.slow
@given(st.sampled_from(_RAW), st.data())
def test_a_mutated_crawl_ends_and_loses_no_count(raw: bytes, data: st.DataObject) -> None:
    mutated = bytearray(raw[: data.draw(st.integers(0, len(raw)))])
    for _ in range(data.draw(st.integers(0, 6))):
        if mutated:
            mutated[data.draw(st.integers(0, len(mutated) - 1))] = data.draw(st.integers(0, 255))
    assert len(list(captures(read_chunks(io.BytesIO(bytes(mutated)))))) <= 200


class _Endless(io.RawIOBase):
    """One record of a crawl again and again, as if the file were that large."""

    def __init__(self, record: bytes, times: int) -> None:
        super().__init__()
        self._record, self._left, self._rest = record, times, b""

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes:
        while len(self._rest) < size and self._left:
            self._rest += self._record
            self._left -= 1
        piece, self._rest = self._rest[:size], self._rest[size:]
        return piece


@pytest.mark.slow
def test_a_large_crawl_is_read_in_bounded_memory() -> None:
    """96 MiB of records, whatever their kind, in a tenth of that."""
    body = b"\0" * 3_000_000
    large = _crawl(
        _THREE[0], ("https://bao.example/a.mp4", "200 OK\nContent-Type: video/mp4", body), packed=False
    )
    times = 96 * 1024 * 1024 // len(large)
    tracemalloc.start()
    pages = sum(isinstance(one, Capture) for one in captures(read_chunks(_Endless(large, times))))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert pages == times
    assert peak < 10 * 1024 * 1024


def test_the_shared_crawls_are_read_to_their_end(shared: Path) -> None:
    whole = read(shared / "warc" / "news-pages.warc.gz")
    assert (len(articles(whole)), len(refusals(whole))) == (5, 2)
    cut = read(shared / "warc" / "news-pages-truncated.warc.gz")
    assert [one.reason for one in refusals(cut)] == ["cut-short"]
    assert len(articles(cut)) == 3


@pytest.mark.parametrize("raw", [b"", b"\r\n\r\n"])
def test_a_crawl_without_a_record_is_refused_so_that_it_is_counted(raw: bytes, tmp_path: Path) -> None:
    assert outline(read_bytes(tmp_path, raw, "rong.warc")) == [("whole file", "no-records")]


@pytest.mark.parametrize("digits", [20, 5000])
def test_a_record_that_claims_what_no_disk_holds_is_refused_and_the_rest_is_read(
    tmp_path: Path, digits: int
) -> None:
    """Python reads no number of thousands of digits: such a head is no record's."""
    whole = _crawl(*_THREE, packed=False)
    claimed = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: " + b"9" * digits + b"\r\n\r\n\r\n"
    records = read_bytes(tmp_path, claimed + whole, "a.warc")
    assert [one.title for one in articles(records)] == [LONG.title, SHORT.title, ASKED.title]
    assert [one.reason for one in refusals(records)] == ["damaged"]


_OCTETS = "200 OK\nContent-Type: application/octet-stream"


@pytest.mark.parametrize("times", [1, 2])
def test_gzip_that_no_header_declares_is_unpacked(tmp_path: Path, times: int) -> None:
    url, headers, body = _answer(LONG, 1)
    for _ in range(times):
        body = gzip.compress(body)
    (one,) = articles(read_bytes(tmp_path, _crawl((url, headers, body)), "a.warc"))
    assert one.paragraphs == LONG.paragraphs


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ("200 OK\nContent-Type: application/pdf", pdf_bytes(_PDF_PAGES)),
        (_OCTETS, pdf_bytes(_PDF_PAGES)),
        (f"200 OK\nContent-Type: {_WORD}", document()),
        (_OCTETS, document()),
    ],
)
def test_a_document_in_a_crawl_is_an_article_with_its_address(
    tmp_path: Path, headers: str, body: bytes
) -> None:
    found = read_bytes(tmp_path, _crawl(("https://bao.example/tai-lieu/1", headers, body)), "a.warc")
    (one,) = articles(found)
    assert (one.url, one.source) == ("https://bao.example/tai-lieu/1", "bao.example")
    assert one.id.startswith("bao-example-")
    (reading,) = (each for each in found if isinstance(each, Reading))
    assert warc_file.article(reading.raw, reading.context) == one


def test_other_octets_are_passed_over(tmp_path: Path) -> None:
    path, tally = tmp_path / "a.warc", Tally()
    path.write_bytes(_crawl(("https://bao.example/a.bin", _OCTETS, b"\0" * 99)))
    assert not articles(read(path, tally=tally))
    assert tally.passed_over["application/octet-stream"] == 1
