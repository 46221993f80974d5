"""Generated files that mean harm, for each reader: what stands in a record is attacked, and what holds it."""

import bz2
import gzip
import io
import json
import lzma
import random
import sqlite3
import zipfile
from collections.abc import Callable, Iterator, Mapping

import docx
import zstandard

Maker = Callable[[bytes], tuple[str, bytes]]
"""A file of a format, its name and bytes, around a body."""

TITLE = "Chợ phiên mở lại sau mưa"
TEXT = "Bà con mang hàng xuống chợ từ sáng sớm, người bán người mua đông vui, hàng hóa bày hai bên đường."

_MARKUP = (
    "<", "<!--", "<!-- a -->", "<![CDATA[", "<![foo ", "<!", "<?", "</", "<a ", "<a b=", '<a b="', "<a b='",
    "<div>", "<b>", "<p>", "<table><tr><td>", "<div style='display:none'>a</div>b", "<br>", "<script>", "&",
    "&#", "&amp", "&lt;", "<a href=/b>Một đầu đề dài hơn mười lăm</a>", "<img>", "<i class=caption>a</i>",
    "<item></item>", "<entry><title>", "<w:p/>", "<w:r><w:t>a</w:t></w:r>",
)  # fmt: skip
_VALUES = (
    "[", "{", "(", "]", '{"a":', "[[", '"', "'", '""', '\\"', ",", ";", ":", "|", "\t", "\n", "\r", " ",
    "&a [*a]\n", "a: &a b\n", "? a\n", "!!", "0x1", "BT (a) Tj ET ", "/X Do ", "q ", "[(a) 1] TJ ",
    "WARC/1.0\r\n", "HTTP/1.1 200 OK\r\n", "filedesc://a 1 20130101 a 1\n",
)  # fmt: skip
_TEXTS = (
    "a", "A", "aB", "Aa", "1", "1/", "1-", "-", "/", "PV/", ".", "...", "…", "!", "? ", "- ", "-\n", "---\n",
    "* ", "*", "**a", "_", "`", "``", "~~~\n", "> ", ">", "#", "# ", "1. ", "![", "![a](", "[a](", "[a]: b\n",
    "\\", "e\u0323\u0301", "\u0301\u0323", "\u200b", "\u3164", "a\u0301", "\ufeff", "\xa0", "\x00", "\x1b",
    "Ã", "Ã ", "á»", "LÞch sö ", "Ha` No^.i ", "ngày 1/2/2013 ", "Ảnh: A. ", "(TTXVN) - ", "Theo ", "A.",
    "http://",
)  # fmt: skip
PARTS = tuple(part.encode() for part in (*_MARKUP, *_VALUES, *_TEXTS))
"""Parts that a parser may choke on where they come again and again."""


def files(name: str, make: Maker, chance: random.Random) -> Iterator[tuple[str, str, bytes]]:
    """Endlessly many files of a format, each with the name of its kind."""
    while True:
        kind = chance.choice(tuple(KINDS))
        body, damage = KINDS[kind]
        file, raw = make(body(chance))
        yield f"{name}, {kind}", file, damage(raw, chance)


def growing(make: Maker, size: int) -> Iterator[tuple[str, list[tuple[str, bytes]]]]:
    """For each part, the files in which it stands up to four sizes: n, 2n, 4n and 8n bytes."""
    for part in PARTS:
        yield (
            f"again and again {part!r}",
            [make(part * (times * size // len(part))) for times in (1, 2, 4, 8)],
        )


def _again(chance: random.Random) -> bytes:
    return chance.choice(PARTS) * chance.randint(1, 3000)


def _nested(chance: random.Random) -> bytes:
    opens, closes = chance.choice(
        ((b"[", b"]"), (b'{"a":', b"}"), (b"<div>", b"</div>"), (b"<b>", b"</b>"), (b"> ", b""))
    )
    depth = chance.choice((10, 100, 600, 2000, 20_000))
    return opens * depth + b"a" + closes * depth


def _mixed(chance: random.Random) -> bytes:
    return b"".join(chance.choice(PARTS) * chance.choice((1, 1, 2, 50)) for _ in range(chance.randint(1, 60)))


def _number(chance: random.Random) -> bytes:
    digit = chance.choice((b"9", b"-9", b"1e9", b"0x" + b"f", b"1_"))
    return digit * chance.choice((1, 20, 400, 5000, 60_000))


def _aliases(chance: random.Random) -> bytes:
    wide = chance.randint(2, 12)
    rows = [b"a0: &a0 [x]"]
    rows += [b"a%d: &a%d [%s]" % (n, n, b", ".join([b"*a%d" % (n - 1)] * wide)) for n in range(1, 12)]
    return b"\n".join(rows)


def _whole(raw: bytes, _chance: random.Random) -> bytes:
    return raw


def _damaged(raw: bytes, chance: random.Random) -> bytes:
    """Some bytes changed, left out or put in; sometimes the end is missing."""
    found = bytearray(raw)
    for _ in range(chance.randint(1, 20)):
        at = chance.randrange(len(found) + 1)
        match chance.randrange(4):
            case 0:
                found[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                del found[at : at + chance.randint(1, 40)]
            case 2:
                found[at:at] = chance.choice(PARTS)
            case _:
                found[at : at + 8] = chance.choice(
                    (b"\xff" * 8, b"\x00" * 8, b"99999999", b"\x7f" + b"\xff" * 7)
                )
    return bytes(found[: chance.randrange(len(found) + 1)] if chance.random() < 0.1 else found)


def _bomb(raw: bytes, chance: random.Random) -> bytes:
    """The file packed, with much of nothing behind it."""
    whole = raw + chance.choice((b"\0", b" ", b"\n", b"a")) * chance.choice((10**4, 10**5, 2 * 10**6))
    pack = chance.choice(
        (gzip.compress, bz2.compress, zstandard.compress, lambda one: lzma.compress(one, preset=1))
    )
    return pack(whole) * chance.choice((1, 1, 4))


KINDS: dict[str, tuple[Callable[[random.Random], bytes], Callable[[bytes, random.Random], bytes]]] = {
    "repeats": (_again, _whole),
    "nesting": (_nested, _whole),
    "claims of size": (_number, _damaged),
    "aliases": (_aliases, _whole),
    "bombs": (_again, _bomb),
    "damaged bytes": (_mixed, _damaged),
    "mixed": (_mixed, _whole),
}


def _html(body: bytes) -> tuple[str, bytes]:
    head = f"<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1>"
    return "a.html", head.encode() + f"<p>{TEXT}</p>".encode() * 4 + body + b"</body></html>"


def _script(body: bytes) -> tuple[str, bytes]:
    linked = b'<script type="application/ld+json">{"@type": "NewsArticle", "author": ' + body + b"}</script>"
    return "a.html", _html(linked)[1]


def _text(body: bytes) -> tuple[str, bytes]:
    return "a.txt", f"{TITLE}\n\n{TEXT}\n\n{TEXT} {TEXT}\n\n".encode() + body


def _markdown(body: bytes) -> tuple[str, bytes]:
    return "a.md", f"---\ntitle: {TITLE}\n---\n{TEXT}\n\n".encode() + body


def _front(body: bytes) -> tuple[str, bytes]:
    return "a.md", f"---\ntitle: {TITLE}\n".encode() + body + f"\n---\n{TEXT}\n".encode()


def _jsonl(body: bytes) -> tuple[str, bytes]:
    record = {"title": TITLE, "body": body.decode("utf-8", "replace")}
    return "a.jsonl", json.dumps(record, ensure_ascii=False).encode() + b"\n"


def _json(body: bytes) -> tuple[str, bytes]:
    whole = json.dumps({"title": TITLE, "body": TEXT}, ensure_ascii=False).encode()
    return "a.json", b"[" + whole + b', {"title": "T", "body": "b", "x": ' + body + b"}]"


def _csv(body: bytes) -> tuple[str, bytes]:
    return "a.csv", f'id,title,body\n1,{TITLE},"{TEXT}"\n2,{TITLE},'.encode() + body + b"\n"


def _header(body: bytes) -> tuple[str, bytes]:
    return "a.csv", b"title,body," + body.replace(b"\n", b" ") + f'\n{TITLE},"{TEXT}"\n'.encode()


def _feed(body: bytes) -> tuple[str, bytes]:
    text = f"<p>{TEXT}</p>".encode() * 8 + body
    return (
        "a.rss",
        b"<rss><channel><item><title>T</title><description><![CDATA["
        + text
        + b"]]></description></item></channel></rss>",
    )


def _raw_feed(body: bytes) -> tuple[str, bytes]:
    item = f"<item><title>{TITLE}</title><description>{f'&lt;p>{TEXT}&lt;/p>' * 8}</description></item>"
    return "a.rss", b"<rss><channel>" + item.encode() + body + b"<item>" + body + b"</item></channel></rss>"


def _warc(body: bytes) -> tuple[str, bytes]:
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + _html(body)[1]
    head = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.vn/b\r\n"
    head += b"WARC-Date: 2013-01-01T00:00:00Z\r\n"
    return "a.warc", head + b"Content-Length: %d\r\n\r\n" % len(answer) + answer + b"\r\n\r\n" + body


def _sqlite(body: bytes) -> tuple[str, bytes]:
    base = sqlite3.connect(":memory:")
    base.execute("CREATE TABLE bai (title TEXT, body TEXT)")
    base.execute("INSERT INTO bai VALUES (?, CAST(? AS TEXT))", (TITLE, body))
    base.execute("INSERT INTO bai VALUES (?, ?)", (TITLE + " lần nữa", TEXT))
    base.commit()
    raw = base.serialize()
    base.close()
    return "a.sqlite", raw


def _docx(body: bytes) -> tuple[str, bytes]:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        for name, raw in _template().items():
            made.writestr(
                name, raw.replace(b"<w:body>", b"<w:body>" + body) if name.endswith("document.xml") else raw
            )
    return "a.docx", held.getvalue()


def _template() -> Mapping[str, bytes]:
    held = io.BytesIO()
    document = docx.Document()
    document.add_heading(TITLE)
    document.add_paragraph(TEXT)
    document.save(held)
    with zipfile.ZipFile(held) as whole:
        return {name: whole.read(name) for name in whole.namelist()}


def _pdf(body: bytes) -> tuple[str, bytes]:
    lines = (
        b"A fair is held again.",
        *[b"The people came down with their goods, and the road was full."] * 3,
    )
    text = b"".join(b"BT /F 9 Tf 9 %d Td (%s) Tj ET " % (90 - 12 * n, line) for n, line in enumerate(lines))
    drawing = text + body
    font = b"/Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>"
    inner = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /Resources << %s >> /Contents 4 0 R >>" % font,
        b"<< /Length %d >> stream\n%s\nendstream" % (len(drawing), drawing),
    )
    made, places = bytearray(b"%PDF-1.4\n"), b""
    for number, one in enumerate(inner, 1):
        places += b"%010d 00000 n \n" % len(made)
        made += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"xref\n0 5\n0000000000 65535 f \n%strailer << /Size 5 /Root 1 0 R >>\n" % places
    return "a.pdf", bytes(made) + table + b"startxref\n%d\n%%%%EOF" % len(made)


def _zip(body: bytes) -> tuple[str, bytes]:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("0.jsonl", _jsonl(b"a")[1])
        made.writestr("a.txt", _text(body)[1])
    return "a.zip", held.getvalue()


def _tar(body: bytes) -> tuple[str, bytes]:
    import tarfile  # noqa: PLC0415 - of this format alone

    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w") as made:
        for name, raw in (_jsonl(b"a"), _text(body)):
            info = tarfile.TarInfo(name)
            info.size = len(raw)
            made.addfile(info, io.BytesIO(raw))
    return "a.tar", held.getvalue()


READERS: dict[str, Maker] = {
    "html": _html,
    "html, JSON-LD": _script,
    "plain": _text,
    "markdown": _markdown,
    "markdown, front matter": _front,
    "jsonl": _jsonl,
    "json": _json,
    "csv": _csv,
    "csv, first row": _header,
    "feed": _feed,
    "feed, around entries": _raw_feed,
    "warc": _warc,
    "sqlite": _sqlite,
    "docx": _docx,
    "pdf": _pdf,
    "zip": _zip,
    "tar": _tar,
}
