import unicodedata
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import MAX_TEXT_CHARACTERS
from corpus.cleaning.lines import lines
from corpus.cleaning.page import Page, read_page
from tests.corpus.records import articles, read, read_bytes, refusals

_PAGE = """Bản Phùng vào mùa nước đổ

Thứ ba, 18/5/2021, 06:30 (GMT+7)

BSHĐT - Sáng 17/5, hàng trăm du khách lên Bản Phùng ngắm ruộng bậc thang.

Ruộng bậc thang nhìn từ đèo.
Ruộng bậc thang nhìn từ đèo.

Nước từ khe núi chảy xuống từng thửa ruộng.

Em bé La Chí bên ruộng. Ảnh: Lù Thị Mai

Mùa nước đổ kéo dài đến cuối tháng sáu.

Facebook | Zalo

TIN CÙNG CHUYÊN MỤC

Ngày 2/1/2026, khai trương tuyến cáp treo
"""


def test_a_page_comes_apart_into_its_parts() -> None:
    page = read_page(_PAGE)
    assert page == Page(
        title="Bản Phùng vào mùa nước đổ",
        lede="Sáng 17/5, hàng trăm du khách lên Bản Phùng ngắm ruộng bậc thang.",
        dateline="BSHĐT -",
        opening=f"{page.dateline} {page.lede}",
        source="BSHĐT",
        paragraphs=(
            "Nước từ khe núi chảy xuống từng thửa ruộng.",
            "Mùa nước đổ kéo dài đến cuối tháng sáu.",
        ),
        captions=("Ruộng bậc thang nhìn từ đèo.", "Em bé La Chí bên ruộng. Ảnh: Lù Thị Mai"),
        caption_places=(0, 1),
        published=page.published,
        related=(
            "Thứ ba, 18/5/2021, 06:30 (GMT+7)",
            "Facebook | Zalo",
            "TIN CÙNG CHUYÊN MỤC",
            "Ngày 2/1/2026, khai trương tuyến cáp treo",
        ),
        duplicates=("Ruộng bậc thang nhìn từ đèo.",),
    )
    assert page.published.text == "2021-05-18T06:30+07:00"


def test_windows_newlines_a_byte_order_mark_and_nfd_change_no_part(tmp_path: Path) -> None:
    (plain,) = articles(read_bytes(tmp_path, _PAGE.encode(), "a.txt"))
    windows = b"\xef\xbb\xbf" + _PAGE.replace("\n", "\r\n").encode()
    (other,) = articles(read_bytes(tmp_path, windows, "a.txt"))
    assert plain == other
    (decomposed,) = articles(read_bytes(tmp_path, unicodedata.normalize("NFD", _PAGE).encode(), "a.txt"))
    assert unicodedata.normalize("NFC", decomposed.lede) == plain.lede
    assert (decomposed.published, len(decomposed.captions)) == (plain.published, 2)
    assert decomposed.lede == unicodedata.normalize("NFD", plain.lede)


def test_a_page_without_captions_or_markers_is_all_text() -> None:
    page = read_page("Giá cà phê\n\nGiá tăng sáng nay.\n\nNông dân găm hàng.\n\nThương lái chờ.")
    assert (page.captions, page.related, len(page.paragraphs)) == ((), (), 2)


def test_one_paragraph_a_line_without_blank_lines_is_read_alike() -> None:
    spaced = read_page(_PAGE)
    assert read_page("\n".join(lines(_PAGE))) == spaced


def test_a_title_printed_again_above_the_text_is_no_caption() -> None:
    page = read_page("Cầu mới thông xe\n\nCầu mới thông xe\n\nXe đã qua cầu.")
    assert (page.lede, page.captions, page.duplicates) == ("Xe đã qua cầu.", (), ("Cầu mới thông xe",))


def test_a_date_of_a_teaser_never_dates_the_article() -> None:
    assert read_page("Cầu mới\n\nXe qua cầu.\n\nĐọc thêm\n\n7/1/2026").published.text == ""


def test_a_date_that_heads_a_part_of_a_chronicle_stays_in_the_text() -> None:
    parts = ["Nhật ký lũ", "Nước lên.", "Ba ngày liền.", "Dân chạy lũ.", "Ngày 26-5", "Nước rút.", "Hết lũ."]
    page = read_page("\n".join(parts))
    assert "Ngày 26-5" in page.paragraphs
    assert page.published.text == ""


def test_the_place_of_a_dateline_is_kept_with_the_page() -> None:
    page = read_page("Rét đậm\n\nHà Nội (TTXVN) - Trời trở rét.")
    assert (page.source, page.lede, page.related) == ("TTXVN", "Trời trở rét.", ("Hà Nội (TTXVN) -",))


def test_a_title_alone_is_refused(tmp_path: Path) -> None:
    for raw, reason in [
        (b"Ti\xc3\xaau \xc4\x91\xe1\xbb\x81", "no-text"),
        (b" \n", "no-title"),
        (b"", "no-title"),
    ]:
        (refused,) = refusals(read_bytes(tmp_path, raw, "a.txt"))
        assert refused.reason == reason


@pytest.mark.slow
def test_a_page_too_long_for_an_article_is_refused(tmp_path: Path) -> None:
    text = "Tiêu đề\n" + "\n".join(f"Câu văn số {n}." for n in range(MAX_TEXT_CHARACTERS // 10))
    (refused,) = refusals(read_bytes(tmp_path, text.encode(), "a.txt"))
    assert refused.reason == "too-long"


def _accounted_for(text: str) -> None:
    page = read_page(text)
    lede = (page.lede,) if page.lede else ()
    kept = [page.title, *lede, *page.paragraphs, *page.captions, *page.related, *page.duplicates]
    missing = Counter(lines(text)) - Counter(kept)
    surplus = Counter(filter(None, kept)) - Counter(lines(text))
    if page.dateline:  # the line as printed is the dateline and the lede
        (line,) = missing
        assert line.startswith(page.dateline)
        assert line.endswith(page.lede)
        assert set(surplus) <= {page.lede, page.dateline}
    else:
        assert (missing, surplus) == (Counter(), Counter())


_LINE = st.sampled_from(
    [*lines(_PAGE), "Chợ sớm.", "Bến đò.", "Chợ sớm. Bến đò.", "***", "2-1", "Xem thêm", "(PLO)- Xe qua cầu."]
)


@given(st.lists(_LINE, max_size=25), st.sampled_from(["\n", "\r\n", "\n\n", "\u2028"]))
def test_every_line_of_a_page_is_in_one_part_or_repeats_a_kept_one(page: list[str], newline: str) -> None:
    _accounted_for(newline.join(page))


@given(st.text())
def test_any_text_is_a_page_that_loses_nothing(text: str) -> None:
    _accounted_for(text)


def test_a_page_made_to_be_slow_is_read_all_the_same() -> None:
    blanks, join = " \u200b" * 1_000_000, "Chợ sớm. Bến đò. " * 100_000
    page = read_page(f"{blanks}Tiêu đề{blanks}\nChợ sớm.\n{join}\nBến đò.")
    assert (page.title, page.captions, len(page.paragraphs)) == ("Tiêu đề", (), 2)


def test_the_seed_article_comes_out_right(shared: Path) -> None:
    path = shared / "seed" / "lao-cai-son-la.txt"
    (article,) = articles(read(path))
    assert (article.source, article.published.text) == ("LCĐT", "XXXX-09-13")
    assert article.published.precision == "none"
    assert article.lede.startswith("Sáng 13/9")
    assert (len(article.paragraphs), len(article.captions), len(set(article.captions))) == (9, 9, 9)
    assert (article.related[0], article.related[-1]) == ("Có thể bạn quan tâm", "fb yt zl tw")
    assert article.id.startswith("lao-cai-son-la-")
    _accounted_for(path.read_text("utf-8"))
