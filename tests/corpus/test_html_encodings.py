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
