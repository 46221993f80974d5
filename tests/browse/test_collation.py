"""In which order do Vietnamese names stand? Tables from a dictionary's order, and properties."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_app.answer.collation import collation_key

ORDERED = [
    "a ă â b c d đ e ê g h i k l m n o ô ơ p q r s t u ư v x y",
    "ma mà mả mã má mạ mai mài",
    "ba bà bả bã bá bạ be",
    "an ăn ân ấn ba",
    "dâu dầu đa đâu",
    "ôn ông ơn",
    "uy ủy úy ưa",
]


@pytest.mark.parametrize("line", ORDERED)
def test_syllables_stand_as_in_a_dictionary(line: str) -> None:
    syllables = line.split()
    assert sorted(set(syllables), key=collation_key) == syllables


@pytest.mark.parametrize(
    "names",
    [
        ["ba ba", "ba bị", "bà con", "bá hộ"],
        ["Hà Giang", "Hà Nội", "Hải Dương", "Hải Phòng"],
        ["Quận 2", "Quận 10", "Quận Cam"],
        ["Công an", "Công an Nhân dân", "Cộng sản"],
        ["Đà Lạt", "Đà Nẵng", "Đắk Lắk", "Đồng Nai"],
        ["Thanh Niên", "Tiền Phong", "Tuổi Trẻ"],
    ],
)
def test_names_stand_syllable_by_syllable(names: list[str]) -> None:
    assert sorted(set(names), key=collation_key) == names


@pytest.mark.parametrize(("one", "same"), [("Hòa", "hoà"), ("ĐÀ NẴNG", "Đà Nẵng")])
def test_case_and_the_place_of_the_tone_order_nothing_else(one: str, same: str) -> None:
    assert sorted([f"{one} z", f"{same} a"], key=collation_key) == [f"{same} a", f"{one} z"]


@given(st.lists(st.text(max_size=12), max_size=8))
def test_any_texts_have_one_order_whatever_their_form(texts: list[str]) -> None:
    turned = texts[::-1]
    assert sorted(turned, key=collation_key) == sorted(texts, key=collation_key)
    for text in texts:
        decomposed = unicodedata.normalize("NFD", text)
        assert collation_key(decomposed)[0] == collation_key(unicodedata.normalize("NFC", text))[0]


def test_a_row_of_digits_has_a_place() -> None:
    assert min("Quận " + "1" * 60_000, "Quận 2", key=collation_key) == "Quận 2"
