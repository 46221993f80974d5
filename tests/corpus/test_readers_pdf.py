# ruff: noqa: E501 - the objects of a PDF are written a line each
"""A PDF's text layer becomes an article; what has none, is locked or damaged is refused."""

import gzip
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from corpus.article import Article
from corpus.context import Context
from corpus.errors import ImpossibleValueError
from corpus.readers.documents import pdf as pdf_document
from tests.corpus.records import articles, read_bytes, refusals

_TITLE = (20, "Bến đò Vân Sa mở lại")
_PAGES = [
    [
        (8, "Báo Sông Hồng - trang 1"),
        _TITLE,
        (10, "Sáng 4/3, chuyến đò đầu tiên đã sang sông sau"),
        (10, "hai tháng nghỉ vì nước lớn."),
        (10, "Khách đi đò hôm ấy không phải mất tiền, ai cũng"),
    ],
    [(8, "Báo Sông Hồng - trang 2"), (10, "vui."), (10, "Đò chạy đến sáu giờ chiều.")],
]


def made(pages: list[list[tuple[int, str]]]) -> bytes:
    """A PDF of lines with their sizes; its font maps each code to a letter (ToUnicode)."""
    letters = sorted({letter for page in pages for _, text in page for letter in text})
    code = {letter: number + 1 for number, letter in enumerate(letters)}
    chars = "\n".join(f"<{code[letter]:04X}> <{ord(letter):04X}>" for letter in letters)
    cmap = f"begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange {len(letters)} beginbfchar\n{chars}\nendbfchar endcmap"
    kids = " ".join(f"{6 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>",
        "<</Type/Font/Subtype/Type0/BaseFont/F/Encoding/Identity-H/DescendantFonts[4 0 R]/ToUnicode 5 0 R>>",
        "<</Type/Font/Subtype/CIDFontType2/BaseFont/F/CIDSystemInfo<</Registry(A)/Ordering(I)/Supplement 0>>/DW 500>>",
        f"<</Length {len(cmap)}>>stream\n{cmap}\nendstream",
    ]
    for number, page in enumerate(pages):
        drawn = " ".join(
            f"BT /F {size} Tf 1 0 0 1 50 {800 - 30 * row} Tm <{''.join(f'{code[c]:04X}' for c in text)}> Tj ET"
            for row, (size, text) in enumerate(page)
        )
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 850]/Resources<</Font<</F 3 0 R>>>>/Contents {7 + 2 * number} 0 R>>"
        )
        objects.append(f"<</Length {len(drawn)}>>stream\n{drawn}\nendstream")
    body, places = "%PDF-1.4\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{text}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    body += f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer<</Size {size}/Root 1 0 R>>\nstartxref\n{len(body)}\n%%EOF"
    return body.encode("ascii")


def test_headline_and_paragraphs_over_pages_without_running_heads(tmp_path: Path) -> None:
    (one,) = articles(read_bytes(tmp_path, made(_PAGES), "a.pdf"))
    assert one.title == _TITLE[1]
    assert one.paragraphs == (
        "Sáng 4/3, chuyến đò đầu tiên đã sang sông sau hai tháng nghỉ vì nước lớn.",
        "Khách đi đò hôm ấy không phải mất tiền, ai cũng vui.",
        "Đò chạy đến sáu giờ chiều.",
    )


def _with_properties(raw: bytes, title: str, author: str) -> bytes:
    writer, held = PdfWriter(clone_from=PdfReader(io.BytesIO(raw))), io.BytesIO()
    writer.add_metadata({"/Title": title, "/Author": author})
    writer.write(held)
    return held.getvalue()


@pytest.mark.parametrize(
    ("given", "title", "authors"),
    [
        (("untitled", "(anonymous)"), "Chợ phiên họp lại", ()),
        (("Microsoft Word - bai.doc", "ReportLab PDF Library"), "Chợ phiên họp lại", ()),
        (("Chợ ven sông", "Hà Thu"), "Chợ ven sông", ("Hà Thu",)),
    ],
)
def test_what_a_program_wrote_is_neither_title_nor_author(
    tmp_path: Path, given: tuple[str, str], title: str, authors: tuple[str, ...]
) -> None:
    page = [(10, "Chợ phiên họp lại"), (10, "Sáng nay bà con ba xã xuống chợ từ bốn giờ."), (10, "Chợ đông.")]
    (one,) = articles(read_bytes(tmp_path, _with_properties(made([page]), *given), "a.pdf"))
    assert (one.title, one.authors) == (title, authors)


def test_a_text_in_letters_of_one_size_that_begins_with_a_paragraph_gets_its_first_words(
    tmp_path: Path,
) -> None:
    row = "Sáng nay bà con ba xã xuống chợ từ bốn giờ, hàng bày kín hai bên con đường mới,"
    page = [(10, row)] * 4 + [(10, "chợ đông."), (10, "Trưa thì tan.")]
    (one,) = articles(read_bytes(tmp_path, made([page]), "a.pdf"))
    assert one.title == "[Sáng nay bà con ba xã xuống chợ từ bốn giờ, hàng bày kín hai bên con…]"
    assert one.paragraphs == (" ".join([row] * 4) + " chợ đông.", "Trưa thì tan.")


def test_what_a_broken_compression_left_is_not_taken_for_the_whole(tmp_path: Path) -> None:
    (refused,) = refusals(read_bytes(tmp_path, gzip.compress(made(_PAGES))[:-4], "a.pdf.gz"))
    assert refused.reason == "cut-short"


def locked() -> bytes:
    writer, held = PdfWriter(clone_from=PdfReader(io.BytesIO(made(_PAGES)))), io.BytesIO()
    writer.encrypt("mật khẩu", algorithm="RC4-128")
    writer.write(held)
    return held.getvalue()


@pytest.mark.parametrize(
    ("raw", "reason"), [(made([[]]), "no-text-layer"), (locked(), "locked"), (b"%PDF-1.4\n", "bad-document")]
)
def test_what_gives_no_text_is_refused(tmp_path: Path, raw: bytes, reason: str) -> None:
    (refused,) = refusals(read_bytes(tmp_path, raw, "a.pdf"))
    assert refused.reason == reason


def _read(raw: bytes) -> Article | str:
    try:
        return pdf_document.article(raw, Context(stem="a"))
    except ImpossibleValueError as error:
        return error.reason


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_a_damaged_pdf_is_an_article_or_a_refusal(data: st.DataObject) -> None:
    whole = made(_PAGES)
    raw = bytearray(whole[: data.draw(st.integers(0, len(whole)))])
    for _ in range(data.draw(st.integers(0, 8))):
        if raw:
            raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    assert _read(bytes(raw))
