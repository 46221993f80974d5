"""How do the news write days and amounts, and what is only like one?"""

import pytest

from tests.expansion.articles import also, finds

SAME_DAY: list[tuple[str, str]] = [
    ("13/9", "Ngày 13 tháng 9, mưa."),
    ("13/9", "Sáng 13-9, mưa."),
    ("13/9", "Mưa (13.9)."),
    ("13/9", "Sáng 13 tháng 9."),
    ("13-9", "Ngày 13 tháng 9, mưa."),
    ("13-9", "Sáng 13/9, mưa."),
    ("lễ 2-9", "Lễ ngày 2 tháng 9."),
    ("2/9", "Ngày 02/09, mưa."),
    ("2/9", "Ngày 2 tháng 9."),
    ("ngày 2-9", "Ngày 2 tháng 9."),
    ("30-4", "Ngày 30 tháng 4."),
    ("ngày 13.9", "Ngày 13 tháng 9."),
    ("ngày 24/7", "Ngày 24 tháng 7."),
    ("ngày 1/2", "Ngày 1 tháng 2."),
    ("ngày 13 tháng 9", "Ngày 13/9, mưa."),
    ("ngày 13 tháng 9", "Sáng 13/9, mưa."),
    ("ngày 13 tháng 9", "Hôm nay 13-9, mưa."),
    ("ngay 13 thang 9", "Chiều 13/9, mưa."),
    ("13 tháng 9", "Tối 13/9, mưa."),
    ("ngày 9 tháng 9", "Ngày 9/9, mưa."),
    ("13/9/2013", "Ngày 13 tháng 9 năm 2013."),
    ("13/9/2013", "Ngày 13-09-2013."),
    ("13-9-2013", "Ngày 13.9.2013."),
    ("13.9.2013", "Ngày 13 tháng 9 năm 2013."),
    ("ngày 13 tháng 9 năm 2013", "Ngày 13/9/2013."),
    ("ngày 13 tháng 9 năm 2013", "Ngày 13-09-2013."),
    ("ngày 13 tháng 9/2013", "Ngày 13/9/2013."),
    ("2/1/2013", "Ngày 02/01/2013."),
    ("tháng 5/2013", "Tháng 5 năm 2013."),
    ("tháng 5 năm 2013", "Tháng 5/2013."),
    ("tháng 5-2013", "Tháng 05/2013."),
]

NOT_THAT_DAY: list[tuple[str, str, str]] = [
    ("2-1", "Ngày 2 tháng 1.", "a small day behind a hyphen may be a score"),
    ("ngày 2 tháng 1", "Thắng 2-1.", "a score is not a day"),
    ("ngày 13 tháng 9", "Tăng 13,9 %.", "a number is not a day"),
    ("ngày 2 tháng 1", "Đạt 2,01 triệu.", "a number is not a day"),
    ("tỷ số 21-10", "Tỷ số ngày 21 tháng 10.", "after tỷ số it is a score"),
    ("thắng 21-15", "Thắng ngày 21 tháng 15.", "no month has that number"),
    ("24/7", "Ngày 24 tháng 7.", "around the clock"),
    ("1/2", "Ngày 1 tháng 2.", "a fraction"),
    ("vòng 1/8", "Vòng ngày 1 tháng 8.", "a round of sixteen"),
    ("31/2", "Ngày 31 tháng 2.", "the calendar has none"),
    ("13.9", "Ngày 13 tháng 9.", "may be a number"),
    ("32/1", "Ngày 32 tháng 1.", "the calendar has none"),
    ("nghị định 5/2013", "Nghị định tháng 5 năm 2013.", "the number of a decree"),
    ('"13/9"', "Ngày 13 tháng 9.", "quotes mean what they say"),
    ("3 tháng 10 ngày", "Hôm 3/10 ngày.", "a length of time"),
]

SAME_AMOUNT: list[tuple[str, str]] = [
    ("1.000.000", "Thưởng 1 triệu."),
    ("1.000.000", "Thưởng 1000000."),
    ("1,000,000", "Thưởng 1 triệu."),
    ("1000000", "Thưởng 1.000.000."),
    ("1000000", "Thưởng 1 triệu."),
    ("1 triệu", "Thưởng 1.000.000."),
    ("1 trieu", "Thưởng 1.000.000."),
    ("1 triệu đồng", "Thưởng 1.000.000 đồng."),
    ("1.000.000 đồng", "Thưởng 1 triệu đồng."),
    ("1,5 triệu", "Thưởng 1.500.000."),
    ("1.500.000", "Thưởng 1,5 triệu."),
    ("3,2 tỷ", "Lãi 3,2 tỉ."),
    ("3,2 tỉ", "Lãi 3.2 tỷ."),
    ("3.2 tỷ", "Lãi 3.200 triệu."),
    ("3,2 tỷ", "Lãi 3 tỷ 200 triệu."),
    ("3,2 tỷ đồng", "Lãi 3.200.000.000 đồng."),
    ("3.200.000.000", "Lãi 3,2 tỷ."),
    ("1.500 tỷ", "Lãi 1.500.000.000.000."),
    ("50.000 đồng", "Giá 50 nghìn đồng."),
    ("50 nghìn đồng", "Giá 50.000 đồng."),
    ("50 ngàn đồng", "Giá 50 nghìn đồng."),
    ("50kg", "Nặng 50 kg."),
    ("50 kg", "Nặng 50kg."),
]

NOT_THAT_AMOUNT: list[tuple[str, str, str]] = [
    ("50 nghìn", "Giá 50.000.000.", "50.000 may begin another number"),
    ("50.000", "Vay 50 nghìn tỷ.", "50 nghìn may begin another amount"),
    ("50 nghìn tỷ", "Giá 50000.", "a part of a larger amount"),
    ("5 tỷ 200 triệu", "5.000.000.000 và 200.000.000", "two amounts beside each other are one"),
    ("2.013", "Năm 2013.", "as long as a year"),
    ("13,9", "Thưởng 13 triệu.", "no amount without a unit"),
    ("0912345000", "912.345.000", "a telephone number"),
    ('"1 triệu"', "Thưởng 1.000.000.", "quotes mean what they say"),
]


@pytest.mark.parametrize(("typed", "text"), SAME_DAY + SAME_AMOUNT)
def test_the_same_day_and_amount_is_found(typed: str, text: str) -> None:
    assert finds(typed, text)


@pytest.mark.parametrize(("typed", "text", "why"), NOT_THAT_DAY + NOT_THAT_AMOUNT)
def test_what_is_only_like_it_is_not(typed: str, text: str, why: str) -> None:
    assert not finds(typed, text), why


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("13/9", ["ngày 13 tháng 9"]),
        ("ngày 13 tháng 9 năm 2013", ["13/9/2013"]),
        ("tháng 5/2013", ["tháng 5 năm 2013"]),
        ("1.000.000", ["1 triệu"]),
        ("1 triệu", ["1.000.000"]),
        ("3,2 tỷ", ["3.200.000.000"]),
        ("50kg", []),
        ("Covid-19", []),
        ("7:30", []),
        ("2013", []),
    ],
)
def test_one_form_is_said_for_all(typed: str, said: list[str]) -> None:
    assert also(typed) == said
