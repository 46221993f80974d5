"""Which other spellings and names does a typed name find?"""

import pytest

from tests.expansion.articles import also, finds, finds_as_typed

FOUND: list[tuple[str, str]] = [
    # joined and split
    ("Daklak", "Mưa ở Đắk Lắk."),
    ("Daklak", "Mưa ở Đắc Lắc."),
    ("Đắk Lắk", "Mưa ở Đắc Lắc."),
    ("Đắc Lắc", "Mưa ở Daklak."),
    ("dak lak", "Mưa ở Daklak."),
    ("Hanoi", "Mưa ở Hà Nội."),
    ("hà nội", "Hanoi Times đưa tin."),
    ("HÀ NỘI", "Hanoi Times đưa tin."),
    ("sapa", "Đường lên Sa Pa."),
    ("Sa Pa", "Đường lên Sapa."),
    ("sa_pa", "Đường lên Sapa."),
    ("laocai", "Cửa khẩu Lào Cai."),
    ("danang", "Cầu ở Đà Nẵng."),
    ("nhatrang", "Biển Nha Trang."),
    ("buôn mê thuột", "Cà phê Buôn Ma Thuột."),
    ("Bắc Cạn", "Tỉnh Bắc Kạn."),
    ("kontum", "Tỉnh Kon Tum."),
    ("fansipan", "Đỉnh Phan Xi Păng."),
    ("TPHCM", "Thành phố Hồ Chí Minh mưa."),
    ("TPHCM", "TP.HCM mưa."),
    ("TP.HCM", "TPHCM mưa."),
    ("TP HCM", "TP. Hồ Chí Minh mưa."),
    ("thành phố Hồ Chí Minh", "TPHCM mưa."),
    ("thanh pho ho chi minh", "TP.HCM mưa."),
    # as the press writes names of other languages
    ("Campuchia", "Biên giới Cam-pu-chia."),
    ("Cam-pu-chia", "Biên giới Campuchia."),
    ("Singapore", "Cảng Xin-ga-po."),
    ("Mát-xcơ-va", "Tin từ Moscow."),
    ("luân đôn", "Tin từ London."),
    ("hồng kông", "Tin từ Hong Kong."),
    ("Hongkong", "Tin từ Hồng Công."),
    # abbreviations, both ways
    ("ubnd", "Ủy ban nhân dân xã họp."),
    ("UBND", "Uỷ ban nhân dân xã họp."),
    ("ủy ban nhân dân", "UBND xã họp."),
    ("uỷ ban nhân dân", "UBND xã họp."),
    ("uy ban nhan dan", "UBND xã họp."),
    ("ỦY BAN NHÂN DÂN", "UBND xã họp."),
    ("uỷ_ban_nhân_dân", "UBND xã họp."),
    ("hđnd", "Hội đồng nhân dân tỉnh."),
    ("hdnd", "Hội đồng nhân dân tỉnh."),
    ("đại biểu quốc hội", "Các ĐBQH thảo luận."),
    ("csgt", "Cảnh sát giao thông chốt chặn."),
    ("cảnh sát giao thông", "CSGT chốt chặn."),
    ("sở GD&ĐT", "Sở Giáo dục và Đào tạo."),
    ("sở GD-ĐT", "Sở GDĐT."),
    ("sở giáo dục và đào tạo", "Sở GD-ĐT."),
    ("LĐTBXH", "Sở Lao động - Thương binh và Xã hội."),
    ("NN&PTNT", "Bộ Nông nghiệp và Phát triển nông thôn."),
    ("tòa án nhân dân tối cao", "TANDTC xét xử."),
    ("VKSND", "Viện kiểm sát nhân dân huyện."),
    ("trung học phổ thông", "Trường THPT chuyên."),
    ("bhxh", "Bảo hiểm xã hội tỉnh."),
    ("công ty TNHH", "Công ty trách nhiệm hữu hạn."),
    ("hlv", "Huấn luyện viên trưởng."),
    ("huấn luyện viên", "HLV trưởng."),
    ("trung ương", "Bệnh viện TW."),
    ("TƯ", "Ban Chấp hành Trung ương."),
    ("CA tỉnh", "Công an tỉnh."),
    ("GDP", "Tổng sản phẩm quốc nội."),
    ("Liên Hợp Quốc", "Đại sứ tại LHQ."),
    # together with other words, under OR, in a group, in the title or the captions
    ("họp ubnd xã", "Ủy ban nhân dân xã họp."),
    ("ubnd OR vàng", "Ủy ban nhân dân xã."),
    ("(ủy ban nhân dân) xã", "UBND xã."),
    ("xã AND ubnd", "Ủy ban nhân dân xã."),
]

NOT_FOUND: list[tuple[str, str, str]] = [
    ("ủy bán nhân dân", "UBND xã.", "a typed mark binds"),
    ("uỷ ban", "UBND xã.", "half a name is not the name"),
    ('"ủy ban nhân dân"', "UBND xã.", "quotes mean what they say"),
    ('"ubnd"', "Ủy ban nhân dân xã.", "quotes mean what they say"),
    ('"hanoi"', "Hà Nội.", "quotes mean what they say"),
    ("từ:ubnd", "Ủy ban nhân dân.", "a word as segmented is that word"),
    ("ubnd*", "Ủy ban nhân dân.", "a beginning is only a beginning"),
    ("ca sĩ", "Công an bắt sĩ tử.", "ca is an ordinary syllable: only CA is công an"),
    ("CA SĨ HÁT", "Công an sĩ hát.", "in a query of capitals CA says nothing"),
    ("công an", "Cô ca sĩ hát.", "công an is not searched as ca"),
    ("trung ương", "Thứ tư tuần này.", "trung ương is not searched as tư"),
    ("hồ chí minh", "TPHCM mưa.", "a person is not the city"),
    ("ubnd", "Ủy ban xã, nhân dân xã.", "the name stands together"),
    ("Yên Bái", "Lào Cai.", "a province of before is offered, never merged"),
    ("Lào Cai", "Yên Bái.", "nor the other way"),
    ("Bộ Kế hoạch và Đầu tư", "Bộ Tài chính.", "nor a ministry"),
    ("hòa bình", "Phú Thọ.", "nor a word that is a name too"),
    ("nguồn:UBND", "Ủy ban nhân dân.", "a newspaper's name is as it is"),
]


@pytest.mark.parametrize(("typed", "text"), FOUND)
def test_another_spelling_or_name_is_found(typed: str, text: str) -> None:
    assert finds(typed, text)


@pytest.mark.parametrize(("typed", "text", "why"), NOT_FOUND, ids=[why for _, _, why in NOT_FOUND])
def test_what_is_not_the_same_is_not_found(typed: str, text: str, why: str) -> None:
    assert not finds(typed, text), why


def test_most_of_it_would_not_be_found_as_typed() -> None:
    """So the table above is of widening, not of what the index does by itself."""
    alone = [one for one in FOUND if finds_as_typed(*one)]
    assert alone == []


@pytest.mark.parametrize(
    ("typed", "others"),
    [
        ("ubnd", ["Ủy ban nhân dân"]),
        ("Uỷ ban nhân dân xã", ["UBND"]),
        ("sapa", ["Sa Pa"]),
        ("dak lak", ["Daklak", "Đắc Lắc", "Đắc Lắk", "Darlac"]),
        ("giá vàng hôm nay", []),
        ("ủy ban", []),
    ],
)
def test_what_is_searched_besides_is_said(typed: str, others: list[str]) -> None:
    """But not what the typed words find anyway: "dak lak" finds Đắk Lắk."""
    assert also(typed) == others


def test_a_joined_form_that_no_article_holds_is_not_said() -> None:
    assert "Yenbai" in also("Yên Bái")
    assert finds("Yên Bái", "Mưa ở Yên Bái.")


@pytest.mark.parametrize(
    ("typed", "text", "is_found"),
    [
        ("giavang", "Giá vàng tăng.", True),
        ("thoitiet hanoi", "Thời tiết Hà Nội.", True),
        ("caotoc", "Đường cao tốc mới.", True),
        ("honda", "Lớn hơn đã nói.", True),
        ("honda", "Xe Honda lớn hơn đã nói.", True),
        ("duong", "Đu ông.", False),
        ("giávàng", "Giá vàng tăng.", False),
        ("phaan bón", "Phá án bón lúa.", False),
    ],
)
def test_a_space_that_was_left_out(typed: str, text: str, is_found: bool) -> None:
    assert finds(typed, text) is is_found


def test_what_articles_hold_is_not_split() -> None:
    assert finds("honda", "Honda bán xe.")
    assert not finds("honda vàng", "Honda hòn đá.")
