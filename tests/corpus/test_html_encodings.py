"""Pages of the 1990s and 2000s: in TCVN3, VNI, VISCII or VPS, whatever the server said of them."""

import pytest

from benchmarks.old_encodings import written
from corpus.context import Context
from corpus.readers.html.page_file import article

TITLE = "Lũ về đồng bằng sớm hơn mọi năm"
PARAGRAPHS = (
    "Nước từ thượng nguồn đổ về nhanh, bà con các xã ven sông đã kịp gặt lúa trước khi nước tràn bờ.",
    "Theo đài khí tượng, mực nước sông Tiền đo được hơn ba mét, cao hơn cùng kỳ năm ngoái nửa mét.",
    "Các huyện đã lập đội cứu hộ, chuẩn bị thuyền và áo phao cho những hộ sống ở vùng trũng thấp.",
)


@pytest.mark.parametrize("name", ["tcvn3", "vni", "viscii", "vps", "windows-1258"])
@pytest.mark.parametrize("said", ["iso-8859-1", "windows-1252", "utf-8", "x-user-defined"])
def test_a_page_in_an_old_encoding_is_read_whatever_it_says(name: str, said: str) -> None:
    page = (
        f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={said}">'
        f"<title>{TITLE}</title></head><body><h1>{TITLE}</h1>"
        + "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
        + "</body></html>"
    )
    found = article(written(page, name), Context(stem="a", url="https://bao-song.vn/a.html"))
    assert found.title == TITLE
    assert tuple(text for text in (found.lede, *found.paragraphs) if text) == PARAGRAPHS


def _page(title: str, paragraphs: str) -> str:
    return (
        f'<html><head><meta charset="utf-8"><title>{title}</title></head><body><div>Thời sự | Hà Giang</div>'
        f"<h1>{title}</h1>{paragraphs}</body></html>"
    )


def _as_latin(text: str, name: str) -> str:
    """The text as a program wrote it that took its bytes for Windows' Latin letters."""
    return written(text, name).decode("latin-1")


@pytest.mark.parametrize("name", ["tcvn3", "vni", "viscii", "vps", "windows-1258"])
def test_old_letters_in_a_page_of_utf_8_are_decoded(name: str) -> None:
    paragraphs = "".join(f"<p>{_as_latin(text, name)}</p>" for text in PARAGRAPHS)
    found = article(_page(_as_latin(TITLE, name), paragraphs).encode(), Context(stem="a"))
    assert found.title == TITLE
    assert tuple(text for text in (found.lede, *found.paragraphs) if text) == PARAGRAPHS


@pytest.mark.parametrize(("font", "name"), [(".VnTime", "tcvn3"), ("VNI-Times", "vni")])
@pytest.mark.parametrize(
    "way", ['<p style="font-family: {font}">{text}</p>', '<p><font face="{font}">{text}</font></p>']
)
def test_a_font_tells_the_old_texts_of_a_page_from_the_new(font: str, name: str, way: str) -> None:
    """The menu, the headline and one paragraph are Unicode."""
    old = "".join(way.format(font=font, text=_as_latin(text, name)) for text in PARAGRAPHS[:2])
    page = _page(TITLE, f"{old}<p>{PARAGRAPHS[2]}</p>")
    found = article(page.encode(), Context(stem="a"))
    assert found.title == TITLE
    assert tuple(text for text in (found.lede, *found.paragraphs) if text) == PARAGRAPHS


def test_a_font_of_capitals_shows_small_letters_as_capitals() -> None:
    headline = f'<font face=".VnTimeH">{_as_latin(TITLE.lower(), "tcvn3")}</font>'
    text = "".join(f'<p style="font-family:.VnTime">{_as_latin(text, "tcvn3")}</p>' for text in PARAGRAPHS)
    page = f'<html><head><meta charset="utf-8"></head><body><h1>{headline}</h1>{text}</body></html>'
    assert article(page.encode(), Context(stem="a")).title == TITLE.upper()


@pytest.mark.parametrize("font", ["Arial", ".VnTime", "VNI-Times"])
def test_unicode_stays_whatever_its_font_is_called(font: str) -> None:
    lines = (*PARAGRAPHS, "Bà Lò Thị Páo, Hà Giang: à, ra thế!")
    text = "".join(f'<p><font face="{font}">{line}</font></p>' for line in lines)
    found = article(_page(TITLE, text).encode(), Context(stem="a"))
    assert (found.title, (found.lede, *found.paragraphs)) == (TITLE, lines)


@pytest.mark.parametrize("written_as", ["&#{0};", "&#x{0:x};"])
def test_old_letters_are_decoded_that_the_page_writes_as_numbers(written_as: str) -> None:
    def numbered(text: str) -> str:
        return "".join(sign if sign.isascii() else written_as.format(ord(sign)) for sign in text)

    paragraphs = "".join(f"<p>{numbered(_as_latin(text, 'tcvn3'))}</p>" for text in PARAGRAPHS)
    page = _page(numbered(_as_latin(TITLE, "tcvn3")), paragraphs)
    assert article(page.encode(), Context(stem="a")).title == TITLE
