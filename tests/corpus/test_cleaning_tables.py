import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.cleaning.captions import LONGEST_CAPTION, has_credit, split_captions
from corpus.cleaning.datelines import split_dateline
from corpus.cleaning.dates import date_line, opening_date, parse_date
from corpus.cleaning.related import is_end_marker
from corpus.cleaning.signatures import split_signature
from corpus.cleaning.social import is_social_bar


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("Thứ sáu, 30/4/2021, 10:58 (GMT+7)", "2021-04-30T10:58+07:00"),
        ("Thứ Hai, ngày 06/07/2020 14:05 PM (GMT+7)", "2020-07-06T14:05+07:00"),
        ("Chủ nhật, 3/1/2021 | 08:00 GMT+07:00", "2021-01-03T08:00+07:00"),
        ("10:58 | 30/04/2021", "2021-04-30T10:58"),
        ("Cập nhật lúc 14:05 ngày 3/2/2015", "2015-02-03T14:05"),
        ("Chủ nhật 02 Tháng Sáu 2013", "2013-06-02"),
        ("Chủ Nhật, 02 Tháng 6, 2013", "2013-06-02"),
        ("Thứ Năm, 14 Tháng Mười Hai 2017, 9:30 SA", "2017-12-14T09:30"),
        ("ngày 5 tháng năm năm 2014", "2014-05-05"),
        ("ngày mùng 5 tháng 9 năm 2014", "2014-09-05"),
        ("mồng 5 tháng Chín năm 2014", "2014-09-05"),
        ("mùng 10 tháng 3", ""),
        ("mồng 2 tháng Giêng năm 2010", ""),
        ("02 Tháng Mười Ba 2013", ""),
        ("10h58 ngày 30/4/2021", "2021-04-30T10:58"),
        ("Cập nhật lúc: 02:30 PM, 30-04-2021", "2021-04-30T14:30"),
        ("30.4.2021 - 7 giờ 05", "2021-04-30T07:05"),
        ("ngày 13 tháng 9 năm 2021", "2021-09-13"),
        ("13 tháng 9, 2021", "2021-09-13"),
        ("Tháng 9/2021", "2021-09"),
        ("Sáng 13/9", "XXXX-09-13"),
        ("Chiều 13/9/2021", "2021-09-13"),
        ("Hôm nay, 30/4/2021", "2021-04-30"),
        ("[03/02/2015 14:05:33]", "2015-02-03T14:05"),
        ("(3/2/2015)", "2015-02-03"),
        ("Lần cập nhật cuối lúc 14:05, 3/2/2015", "2015-02-03T14:05"),
        ("14h ngày 3/2/2015", "2015-02-03T14:00"),
        ("14 giờ 5 phút ngày 3 tháng 2 năm 2015", "2015-02-03T14:05"),
        ("10h58' 30/4/2021", "2021-04-30T10:58"),
        ("03/02/2015, 2:05 CH", "2015-02-03T14:05"),
        ("mồng 5/9/2014", "2014-09-05"),
        ("Tháng Tư 30, 2021", "2021-04-30"),
        ("30 Th4, 2021", "2021-04-30"),
        ("30 thg 4, 2021", "2021-04-30"),
        ("30/04/2021 10:58 +07:00", "2021-04-30T10:58+07:00"),
        ("30/04/2021 10:58 (GMT +7)", "2021-04-30T10:58+07:00"),
        ("10:58 30/04/2021 (giờ Việt Nam)", "2021-04-30T10:58+07:00"),
        ("ngày 5 tháng chạp năm 2013", ""),
        ("mùng 5 tháng 9", ""),
        ("14h30/4/2021", ""),
        ("th4", ""),
        ("26-5", "XXXX-05-26"),
        ("29/2", "XXXX-02-29"),
        ("2013-05-27T07:10:00+07:00", "2013-05-27T07:10+07:00"),
        ("30/2/2021", ""),
        ("29/2/2021", ""),
        ("24/24 giờ", ""),
        ("17-ĐA/TU", ""),
        ("13/9-2021", ""),
        ("hôm qua", ""),
        ("5/2013/NĐ-CP", ""),
        ("٣/٤/٢٠٢١", ""),
        ("", ""),
    ],
)
def test_a_field_that_is_a_date_in_vietnamese_is_read(text: str, edtf: str) -> None:
    assert parse_date(text).text == edtf
    assert parse_date(unicodedata.normalize("NFD", text)).text == edtf


@pytest.mark.parametrize(
    ("line", "edtf"),
    [
        ("13/9/2021", "2021-09-13"),
        ("Ngày 26-5", "XXXX-05-26"),
        ("2-1", ""),
        ("13/9", ""),
        ("Ngày 13/9, hội nghị khai mạc.", ""),
        ("24/24 giờ", ""),
    ],
)
def test_a_line_of_its_own_is_a_date_only_with_a_year_or_the_word(line: str, edtf: str) -> None:
    assert date_line(line).text == edtf


@pytest.mark.parametrize(
    ("lede", "edtf"),
    [
        ("Sáng 13/9, hội nghị khai mạc.", "XXXX-09-13"),
        ("Chiều ngày 27.5, mưa tạnh.", "XXXX-05-27"),
        ("Hôm nay (27-5), chợ họp lại.", "XXXX-05-27"),
        ("Sáng nay 1/6, học sinh tựu trường.", "XXXX-06-01"),
        ("Sáng thứ Hai (3/8), đò chạy lại.", "XXXX-08-03"),
        ("Ngày 13 tháng 9 năm 2021, cầu thông xe.", "2021-09-13"),
        ("Ngày 2/9/1945, tại Ba Đình", ""),
        ("Hôm qua 12/9, mưa to.", ""),
        ("Trận đấu tối 13/9 kết thúc 2-1.", ""),
        ("2-1 là tỷ số chung cuộc.", ""),
        ("Ngày 24/24 giờ trực chiến", ""),
        ("Ngày 1-3/9, hội chợ mở cửa.", ""),
        ("Ngày 31/6, không có ngày ấy.", ""),
        ("Ngày 1.000 hộ dân chờ nước", ""),
        ("Đề án 17-ĐA/TU được ban hành.", ""),
    ],
)
def test_a_lede_is_dated_by_its_first_words_alone(lede: str, edtf: str) -> None:
    assert opening_date(lede).text == edtf


@pytest.mark.parametrize(
    ("lede", "source", "rest"),
    [
        ("LCĐT - Sáng 13/9, mưa.", "LCĐT", "Sáng 13/9, mưa."),
        ("(PLO)- Toà xử vụ án.", "PLO", "Toà xử vụ án."),
        ("Zing - Điện thoại mới ra mắt.", "Zing", "Điện thoại mới ra mắt."),
        ("QĐND Online – Bộ đội giúp dân.", "QĐND Online", "Bộ đội giúp dân."),
        ("Hà Nội (TTXVN) - Trời trở rét.", "TTXVN", "Trời trở rét."),
        ("TTO - Đò ngang chạy lại.", "TTO", "Đò ngang chạy lại."),
        ("(Dân trí) - Đò ngang chạy lại.", "Dân trí", "Đò ngang chạy lại."),
        ("NDO - Đò ngang chạy lại.", "NDO", "Đò ngang chạy lại."),
        ("(TNO) Bão đổi hướng.", "TNO", "Bão đổi hướng."),
        ("(Baovung.vn) - Lúa được mùa.", "Baovung.vn", "Lúa được mùa."),
        ("( ĐVO ) - Tàu cập cảng.", "ĐVO", "Tàu cập cảng."),
        ("(BSH) - Nước lên nhanh.", "BSH", "Nước lên nhanh."),
        ("WHO - tổ chức y tế - khuyến cáo.", "", "WHO - tổ chức y tế - khuyến cáo."),
        ("HLV - Người thầy của đội.", "", "HLV - Người thầy của đội."),
        ("TMN - Sáng 20/10, chợ họp.", "TMN", "Sáng 20/10, chợ họp."),
        ("(Ảnh minh họa) - Chợ quê.", "", "(Ảnh minh họa) - Chợ quê."),
        ("(BSH) nước lên nhanh.", "", "(BSH) nước lên nhanh."),
        ("Ông Nam - Giám đốc sở - cho biết.", "", "Ông Nam - Giám đốc sở - cho biết."),
        ("(VOV) -", "", "(VOV) -"),
    ],
)
def test_a_dateline_names_the_source_and_leaves_the_lede(lede: str, source: str, rest: str) -> None:
    found = split_dateline(lede)
    assert (found.source, found.rest) == (source, rest)
    decomposed = split_dateline(unicodedata.normalize("NFD", lede))
    assert (decomposed.source, decomposed.rest) == (source, unicodedata.normalize("NFD", rest))


@given(st.text(max_size=40), st.sampled_from(["", "LCĐT - ", "(PLO)- ", "Hà Nội (TTXVN) – "]))
def test_a_dateline_and_its_rest_are_the_whole_lede(text: str, dateline: str) -> None:
    found = split_dateline(dateline + text)
    assert "".join((dateline + text).split()) == "".join((found.text + found.rest).split())


@pytest.mark.parametrize(
    "line",
    [
        "Có thể bạn quan tâm",
        "TIN LIÊN QUAN:",
        "» Đọc thêm",
        "Xem thêm > >",
        "Bình luận (3)",
        "Tin cùng chuyên mục",
    ],
)
def test_a_marker_alone_on_its_line_ends_the_article(line: str) -> None:
    assert is_end_marker(line)
    assert is_end_marker(unicodedata.normalize("NFD", line))


@pytest.mark.parametrize(
    "line", ["Tin liên quan đến vụ cháy đã được gửi đi.", "bình luận.", "Xem thêm: giá lúa tăng", "", "Tin"]
)
def test_a_marker_within_a_sentence_ends_nothing(line: str) -> None:
    assert not is_end_marker(line)


@pytest.mark.parametrize(
    ("line", "is_bar"),
    [
        ("fb yt zl tw", True),
        ("Facebook • Zalo • Sao chép liên kết", True),
        ("In bài viết", True),
        ("Facebook", False),
        ("Chia sẻ khó khăn với bà con", False),
        ("zalo " * 100, False),
    ],
)
def test_a_bar_is_buttons_and_nothing_else(line: str, is_bar: bool) -> None:
    assert is_social_bar(line) == is_bar


def test_a_line_printed_twice_in_a_row_is_one_caption() -> None:
    found = split_captions(["Lúa chín.", "Cánh đồng lúa.", "Cánh đồng\xa0lúa.", "Người gặt về."])
    assert found.captions == ("Cánh đồng lúa.",)
    assert found.text == ("Lúa chín.", "Người gặt về.")


def test_a_gallery_keeps_its_captions_and_drops_their_join() -> None:
    join = "Chợ sớm. Bến đò. Cầu mới."
    found = split_captions([join, "Chợ sớm.", join, "Bến đò.", join, "Cầu mới.", "Dân mừng vui."])
    assert found.captions == ("Chợ sớm.", "Bến đò.", "Cầu mới.")
    assert (found.text, found.duplicates) == (("Dân mừng vui.",), (join,) * 3)


def test_a_caption_printed_again_far_below_is_said_once() -> None:
    rows = [f"Đoạn văn số {number}." for number in range(40)]
    found = split_captions(["Bến đò xưa.", "Bến đò xưa.", *rows, "Bến đò xưa."])
    assert found.captions == ("Bến đò xưa.",)
    assert found.text == tuple(rows)


def test_a_long_paragraph_printed_twice_stays_a_paragraph() -> None:
    long = "Nước lên. " * LONGEST_CAPTION
    assert split_captions([long, long]).text == (long,)


def test_words_and_rows_of_stars_that_stand_twice_are_text() -> None:
    assert split_captions(["***", "***", "Vâng.", "Vâng."]).text == ("***", "***", "Vâng.", "Vâng.")


@pytest.mark.parametrize(
    ("line", "credited"),
    [
        ("Phiên chợ cuối năm. Ảnh: Thu Hà", True),
        ("Phiên chợ cuối năm (Ảnh: P.V)", True),
        ("Phiên chợ cuối năm - Ảnh minh họa", True),
        ("Đoàn đến thăm trường (Ảnh trên).", False),
        ("Ông kể về bức ảnh: đó là năm đói. Mẹ ông còn trẻ.", False),
        ("Bài rất dài. " * 40 + "Ảnh: Thu Hà", False),
    ],
)
def test_a_short_line_that_ends_with_a_credit_is_a_caption(line: str, credited: bool) -> None:
    assert has_credit(line) == credited


@pytest.mark.parametrize(
    ("lede", "source", "place"),
    [
        ("SGT.VN - Năm nay lúa tốt.", "SGT.VN", ""),
        ("Baovungcao.vn - Lúa tốt.", "Baovungcao.vn", ""),
        ("NDĐT-Trong báo cáo mới, số liệu tăng.", "NDĐT", ""),
        ("TTXVN.- Chiều 31-5, hội nghị khai mạc.", "TTXVN", ""),
        ("BVC - Bà con vui xuân.", "BVC", ""),
        ("(GD&T Đ) - Đến nay, trường đã xong.", "GD&T Đ", ""),
        ("(BVCN) Như báo đã đưa, cầu đã xong.", "BVCN", ""),
        ("(Báo Vùng Cao)- Tàu cập cảng.", "Báo Vùng Cao", ""),
        ("(Theo Dân trí) - Trời rét.", "Dân trí", ""),
        ("Hà Nội (TTXVN 27/5) - Trời rét.", "TTXVN", "Hà Nội"),
        ("Hà Nội, 27/5 (TTXVN) - Trời rét.", "TTXVN", "Hà Nội"),
        ("TTXVN (Hà Nội 27/5) - Trời rét.", "TTXVN", "Hà Nội"),
        ("(Đời sống) - Bà con vui.", "", ""),
    ],
)
def test_a_dateline_of_a_paper_that_is_not_known_is_seen_by_its_form(
    lede: str, source: str, place: str
) -> None:
    found = split_dateline(lede)
    assert found.text
    assert (found.source, found.place) == (source, place)


@pytest.mark.parametrize(
    "lede",
    [
        "WHO - Tổ chức Y tế thế giới khuyến cáo.",
        "BTV - MC Thu Hà dẫn chương trình.",
        "GO - VIET xác nhận có xô xát.",
        "VN-Index đảo chiều đi xuống.",
        "TP-HCM mưa to.",
        "Nhóm Ruy Băng (RBT) - Tổ chức của phụ nữ.",
        "(Ảnh: Thu Hà) - Chợ quê.",
        "(1995) - Năm ấy lũ to.",
        "(Cập nhật) - Nước lên.",
        "Ông Nam - Giám đốc sở - cho biết.",
        "Giai đoạn 2012 - 2015, dân số tăng.",
    ],
)
def test_a_sentence_that_looks_like_a_dateline_stays_whole(lede: str) -> None:
    assert split_dateline(lede).text == ""


TEXT = ("Sáng 13/9, cầu mới đã thông xe.", "Bà con hai bên bờ đi lại thuận tiện hơn.")


@pytest.mark.parametrize(
    ("signature", "authors"),
    [
        (("Nguyễn Văn An",), ("Nguyễn Văn An",)),
        (("THU HÀ - MINH ĐỨC",), ("THU HÀ", "MINH ĐỨC")),
        (("Bài, ảnh: Thu Hà",), ("Thu Hà",)),
        (("Thu Hà (tổng hợp)",), ("Thu Hà",)),
        (("Thu Hà (Vietnam+)",), ("Thu Hà",)),
        (("Theo TTXVN",), ()),
        (("(Nguồn: Reuters)",), ()),
        (("PV/Vietnam+",), ()),
        (("Thu Hà/Vietnam+",), ("Thu Hà",)),
        (("PV",), ()),
        (("Thu Hà", "Ảnh: Minh Đức"), ("Thu Hà",)),
        (("Thu Hà", "Theo Reuters"), ("Thu Hà",)),
    ],
)
def test_the_lines_that_sign_a_text_leave_it_and_name_its_authors(
    signature: tuple[str, ...], authors: tuple[str, ...]
) -> None:
    found = split_signature((*TEXT, *signature))
    assert (found.text, found.signature, found.authors) == (TEXT, signature, authors)


@pytest.mark.parametrize(
    "lines",
    [
        (*TEXT, "Giá vàng hôm nay"),
        (*TEXT, "Nước rút."),
        (*TEXT, "Theo ông An, bà con rất vui."),
        (*TEXT, "Hotline 1900 1234"),
        (*TEXT, "Real Madrid"),
        (TEXT[0], "Nguyễn Văn An"),
        (*TEXT, "Danh sách khen thưởng:", "Nguyễn Văn An"),
        (*TEXT, "Nguyễn Văn An", TEXT[1]),
        ("Nguyễn Văn An",),
        (),
    ],
)
def test_what_may_be_text_signs_nothing(lines: tuple[str, ...]) -> None:
    assert split_signature(lines).text == lines


@given(st.lists(st.text(max_size=30) | st.sampled_from(["Thu Hà", "PV", "Theo TTXVN", *TEXT]), max_size=8))
def test_a_text_and_its_signature_are_all_its_lines(lines: list[str]) -> None:
    found = split_signature(lines)
    assert [*found.text, *found.signature] == lines
