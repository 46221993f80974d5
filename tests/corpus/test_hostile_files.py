"""No file stops an import: beside each of these six good articles get in, in little time and memory."""

import bz2
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from benchmarks.hostile_files import READERS
from tests.corpus.archives import pax, pdf, tar_header, tar_member, zipped
from tests.corpus.hostile import GOOD, imported
from tests.corpus.records import articles, read_bytes, refusals

pytestmark = pytest.mark.slow  # reads each file in a process under limits

_PAGE = "<html><head><title>Chợ phiên</title></head><body><h1>Chợ phiên mở lại sau mưa</h1>{}</body></html>"
_TEXT = "".join(
    f"<p>Bà con mang hàng xuống chợ từ sáng sớm, người bán người mua đông vui lần {n}.</p>" for n in range(4)
)

_CELL = "Gạo tẻ ở chợ huyện bán mười hai nghìn đồng một cân, tăng nhẹ so với tuần trước."


def _page(inside: str) -> bytes:
    return _PAGE.format(_TEXT + inside).encode()


def _last(line: str) -> bytes:
    return _page(f"<p>{line}</p>")


TAKEN: dict[str, tuple[str, Callable[[], bytes]]] = {
    "styles that a document does not have": ("a.docx", lambda: _styles(10_000)),
    "comments before a page": ("a.html", lambda: b"<!-- a -->" * 300 + _page("").partition(b"<body>")[2]),
    "hyphens in the last line": ("a.html", lambda: _last("a-" * 100_000)),
    "slashes between marks in the last line": ("a.html", lambda: _last("PV/" * 30_000 + "b")),
    "telephone numbers in the last line": ("a.html", lambda: _last("0912-345-678 / " * 20_000)),
    "spaces in the last line": ("a.html", lambda: _last("a" + "\xa0" * 300_000 + "b-c")),
    "dots in the last line but one": ("a.html", lambda: _last("." * 200_000 + "a</p><p>PV/Vietnam+")),
    "one line of capitals without a space": ("a.jsonl", lambda: _record("A" * 300_000)),
    "one line of glued words without a space": ("a.jsonl", lambda: _record("nướcLũ" * 100_000)),
    "hidden elements": ("a.html", lambda: _page('<div style="display:none">a</div>b ' * 200_000)),
    "attributes of one element": (
        "a.html",
        lambda: _page("<p " + " ".join(f"a{n}=1" for n in range(500_000)) + ">Lũ đã rút.</p>"),
    ),
    "elements inside each other around lines": ("a.html", lambda: _page("<b>" * 1500 + "a<br>" * 40_000)),
    "JSON lines inside each other": ("a.jsonl", lambda: _nested_record(900)),
    "JSON-LD inside each other": ("a.html", lambda: _page(_LINKED)),
    "a marked section of an unknown kind": ("a.md", lambda: _markdown("<div><![foo bar")),
    "comments without an end": ("a.md", lambda: _markdown("<div>" + "x <!--" * 40_000)),
    "tags without an end": ("a.rss", lambda: _feed("<a " * 30_000)),
    "a marked section in a feed": ("a.rss", lambda: _feed("<![foo bar")),
}


def _markdown(text: str) -> bytes:
    return f"---\ntitle: Chợ phiên mở lại\n---\nBà con xuống chợ.\n\n{text}\n".encode()


def _feed(text: str) -> bytes:
    within = text.replace("<", "&lt;")
    item = f"<title>Chợ phiên</title><description>{_TEXT.replace('<', '&lt;') * 3}{within}</description>"
    return f"<rss><channel><item>{item}</item></channel></rss>".encode()


def _record(body: str) -> bytes:
    return f'{{"title": "Chợ phiên mở lại", "body": "{body}"}}\n'.encode()


@pytest.mark.parametrize("case", TAKEN)
def test_a_hostile_file_is_read_in_linear_time(case: str) -> None:
    name, make = TAKEN[case]
    found = imported(name, make())
    assert (found.good, found.taken, found.refusals) == (GOOD, 1, ())


_LINKED = (
    '<script type="application/ld+json">{"@type": "NewsArticle", "author": '
    + "[" * 600
    + "]" * 600
    + "}</script>"
)


def _nested_record(depth: int) -> bytes:
    return b'{"title": "T", "body": "b", "x": ' + b"[" * depth + b"]" * depth + b"}"


def _front(lines: str) -> bytes:
    return f"---\ntitle: Chợ phiên\n{lines}\n---\nBà con xuống chợ.\n".encode()


def _aliases() -> str:
    return "\n".join(
        ["a0: &a0 [x]", *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10))]
    )


def _around() -> bytes:
    return b"<rss><channel><x>" + b"a" * 66_000 + b"</x>" + b"<item></item>" * 100_000 + b"</channel></rss>"


def _document(body: str) -> bytes:
    made = io.BytesIO()
    docx.Document().save(made)
    with zipfile.ZipFile(made) as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    text = parts["word/document.xml"].decode()
    parts["word/document.xml"] = text.replace("<w:body>", f"<w:body>{body}").encode()
    return zipped(parts)


def _columns(count: int) -> bytes:
    return b"title,body," + b",".join(b"c%d" % n for n in range(count)) + b"\nT,b\n"


def _short_rows() -> bytes:
    return b"title,body," + b",".join(b"%060d" % n for n in range(1900)) + b"\n" + b"x\n" * 100_000


def _shared_stream() -> bytes:
    return pdf([b"BT /F 9 Tf (a) Tj ET\n" * 350_000] * 200)


def _drawn_forms() -> bytes:
    forms = [b"/X%d Do " % (n + 1) * 10 for n in range(9)] + [b"BT (a) Tj ET " * 100]
    return pdf([b"/X0 Do"], forms)


def _fonts_of_all_letters() -> bytes:
    letters = b"begincmap 1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap"
    drawing = b"BT " + b"".join(b"/F%d 9 Tf <0041> Tj " % n for n in range(200)) + b"ET"
    return pdf([drawing], fonts=200, letters=letters)


def _styles(count: int) -> bytes:
    """A document whose paragraphs name styles that it does not have, beside as many that it has."""
    named = (
        f'<w:p><w:pPr><w:pStyle w:val="a{n}"/></w:pPr><w:r><w:t>Dòng {n}.</w:t></w:r></w:p>'
        for n in range(count)
    )
    with zipfile.ZipFile(io.BytesIO(_document("".join(named)))) as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    had = '<w:style w:type="paragraph" w:styleId="b"/>' * count
    parts["word/styles.xml"] = parts["word/styles.xml"].replace(b"</w:styles>", had.encode() + b"</w:styles>")
    return zipped(parts)


def _tar(*parts: bytes) -> bytes:
    """A tar whose first member is an article; what is wrong with it stands below."""
    return tar_member("0.jsonl", _record("Bà con xuống chợ.")) + b"".join(parts)


def test_quotes_that_open_again_in_each_line_are_read_once() -> None:
    lines = (f"{n:05}" + "x" * 800 + '",a"b,"' for n in range(8000))
    table = 'title,body\nChợ phiên,Bà con xuống chợ.\n"\n' + "\n".join(lines)
    found = imported("a.csv", table.encode())
    assert (found.good, found.taken) == (GOOD, 1)


DAMAGED_TARS: dict[str, Callable[[], bytes]] = {
    "a chain of long names": lambda: _tar(tar_member("a", b"a.txt\0", b"L") * 2000),
    "a chain of extended headers": lambda: _tar(tar_member("a", pax("path", "b.txt"), b"x") * 2000),
    "a member of 2^62 bytes": lambda: _tar(tar_header("a.bin", 2**62), b"a" * 2000),
    "a folder of 2^62 bytes": lambda: _tar(tar_header("a", 2**62, b"V"), b"a" * 2000),
    "a member of 1 TiB that is cut short": lambda: _tar(tar_header("a.txt", 2**40), b"a" * 2000),
    "a size of 400 digits": lambda: _tar(
        tar_member("a", pax("size", "9" * 400), b"x"), tar_member("a.txt", b"a")
    ),
    "a number of a million digits": lambda: _tar(tar_member("a", b"1" * 1_000_000, b"x")),
    "a list of holes that is cut short": lambda: _tar(tar_header("a.txt", 0, b"S")),
    "a header that is none": lambda: _tar(b"a" * 512, tar_member("b.txt", b"a")),
    "attributes for all members": lambda: _tar(
        *(tar_member("a", pax(f"k{n}", "v" * 400), b"g") + tar_member("a", b"") for n in range(3000))
    ),
}


@pytest.mark.parametrize("case", DAMAGED_TARS)
def test_a_hostile_tar_ends_where_it_is_wrong(case: str) -> None:
    found = imported("a.tar", DAMAGED_TARS[case]())
    assert (found.good, found.taken) == (GOOD, 1)
    assert {"damaged", "cut-short"}.intersection(found.refusals)


def _row() -> bytes:
    return _page(f"<table><tr>{f'<td>{_CELL}</td>' * 6_000}</tr></table>")


REFUSED: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "a bomb of bz2": ("a.jsonl.bz2", lambda: bz2.compress(b"\0" * 45_000_000) * 64, "bomb"),
    "lists inside each other": ("a.jsonl", lambda: b"[" * 900 + b"]" * 900, "not-an-article"),
    "JSON in an object inside each other": ("a.json", lambda: _nested_record(100_000), "too-deep"),
    "front matter of keys without an end": ("a.md", lambda: _front("? " * 30_000), "bad-front-matter"),
    "front matter of lists in each other": ("a.md", lambda: _front("x: " + "[" * 49_000), "bad-front-matter"),
    "front matter of aliases of aliases": ("a.md", lambda: _front(_aliases()), "bad-front-matter"),
    "front matter of an alias of itself": ("a.md", lambda: _front("a: &a [*a]"), "bad-front-matter"),
    "a feed's head around every entry": ("a.rss", _around, "too-large"),
    "a document of empty paragraphs": ("a.docx", lambda: _document("<w:p/>" * 8_000_000), "too-large"),
    "a table of a million columns": ("a.csv", lambda: _columns(1_000_000), "too-many-columns"),
    "long names of columns above short rows": ("a.csv", _short_rows, "too-large"),
    "pages that share a stream": ("a.pdf", _shared_stream, "too-large"),
    "forms that draw each other": ("a.pdf", _drawn_forms, "too-large"),
    "fonts that each name all letters": ("a.pdf", _fonts_of_all_letters, "too-large"),
    "marks in a row": ("a.html", lambda: _last("a" + "\u0301\u0323" * 150_000), "too-many-marks"),
    "cells of one row of a table": ("a.html", _row, "not-an-article"),
    "comments before anything else": ("a.txt", lambda: b"<!-- a -->" * 400, "not-an-article"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_hostile_file_is_refused_in_linear_time(case: str) -> None:
    name, make, reason = REFUSED[case]
    found = imported(name, make())
    assert (found.good, found.taken, found.refusals[-1]) == (GOOD, 0, reason)


HARMLESS = {"markdown, front matter": b"section: a", "json": b'"a"'}
REFUSED_BESIDE = {
    "feed, around entries": ["feed-teaser"],
    "warc": ["damaged"],
}  # what stands apart from an article


@pytest.mark.parametrize("reader", READERS)
def test_a_generated_file_without_harm_is_read(reader: str, tmp_path: Path) -> None:
    """Else it would be refused for what its maker forgot, and prove nothing of its reader."""
    name, raw = READERS[reader](HARMLESS.get(reader, b"a"))
    records = read_bytes(tmp_path, raw, name)
    assert [one.reason for one in refusals(records)] == REFUSED_BESIDE.get(reader, [])
    assert articles(records) or reader == "feed, around entries"
