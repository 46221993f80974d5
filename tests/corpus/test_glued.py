"""Glued paragraphs come apart at their seams; names that are written so stay whole; no character is lost."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.cleaning.glued import split_glued, unglued


@pytest.mark.parametrize(
    "text",
    [
        "Trận chung kết của giải UEVF|Cuộc thi năm nay có mười đội.",
        "Bến phà tạm dừng từ trưa.|Theo ông Lâm, nước còn lên.",
        "Người đi chợ qua cầu gỗ|Đến trưa thì trời tạnh.",
        "Xe nối đuôi nhau (Ảnh: Minh Thảo)|Cũng theo ban quản lý, vé không tăng.",
        "Ảnh: Thanh Tú|Kinh phí do bà con góp.",
        "Lễ hội mở ngày 17-5-2012.|Dân làng rước kiệu.",
        "Vì sao nước cạn?|Hay tại đập mới xây?",
        "Ông Sáu bảo:|- Thôi, cứ để đấy.|Bà Sáu cười.",
        "“Tôi ở lại.”|Nói rồi cụ quay vào.",
        "Tin từ Trường Sa.|Để ra đảo phải đi hai ngày.",
        "Đoàn về nước./.|Hải Yến",
    ],
)
def test_seams(text: str) -> None:
    parts = tuple(text.split("|"))
    assert parts == unglued("".join(parts))
    loose = unicodedata.normalize("NFD", "".join(parts))
    assert tuple(unicodedata.normalize("NFD", part) for part in parts) == unglued(loose)


@pytest.mark.parametrize(
    "text",
    [
        "Gọi bằng iPhone qua mạng 3G, xem YouTube.",
        "Báo VnExpress đưa tin về McDonald's ở TPHCM.",
        "Đội U23 và đội T&T đá ở TP.HCM, Q.Bình Thạnh và Tp.Hồ Chí Minh.",
        "PGS.TS.Nguyễn Hà và ThS.Lê Tú cùng dự.",
        "Xem tại thanhnien.Vn và trên MobiFone, VietJet, FairPrice.",
        "Máy có bộ nhớ 8GB, pin 1.100mAh, màn hình qHD, giá 2Tr.",
        "Ông TrầnVăn Kiên đi vắng.",
        "Đường dây 500kV và xe 43D-000.66.",
        "Trang Yahoo!Mail mở lại.",
        "",
    ],
)
def test_no_seams(text: str) -> None:
    assert "".join(unglued(text)) == text
    assert len(unglued(text)) <= 1


@given(
    st.lists(
        st.sampled_from(
            ["Mưa", "đã", "YouTube", ".", "”", " ", "2013", "Theo", "- ", ":", "e\u0323\u0302", "한", "\n"]
        )
    ).map("".join)
    | st.text()
)
def test_nothing_is_lost(text: str) -> None:
    assert "".join(unglued(text)) == text


def test_a_body_with_breaks_of_its_own_is_left() -> None:
    glued = "Nước rút khỏi thị trấnTheo dân, chợ đã họp."
    assert len(split_glued([glued])) == len([glued, glued])
    assert split_glued([glued, glued]) == (glued, glued)
