"""Which written values are one value, and under which spelling is it shown?"""

import unicodedata
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.value_folding import fold_value, tidy_value, usual_spellings

ONE = [
    ("Báo Sông Hồng", unicodedata.normalize("NFD", "Báo Sông Hồng")),
    ("Báo Sông Hồng", " Báo\u00a0Sông\tHồng "),
    ("Hoà Bình", "Hòa Bình"),
    ("Thuỷ sản", "Thủy sản"),
    ("Ðời sống", "Đời sống"),
    ("THẾ GIỚI", "Thế giới"),
    ("Kinh\u200b tế", "Kinh tế"),
    ("", " \u200b "),
]
SEVERAL = [("Lý", "Lí"), ("Tin tức", "Tin tuc"), ("Vũ An", "Vu An"), ("Báo A", "Báo A.vn"), ("A-B", "A B")]


@pytest.mark.parametrize(("one", "other"), ONE)
def test_what_no_reader_calls_another_name_is_one_value(one: str, other: str) -> None:
    assert fold_value(one) == fold_value(other)


@pytest.mark.parametrize(("one", "other"), SEVERAL)
def test_what_may_be_another_name_is_another_value(one: str, other: str) -> None:
    assert fold_value(one) != fold_value(other)


@given(st.text(max_size=30))
def test_a_key_is_the_key_of_itself_and_of_every_form(value: str) -> None:
    key = fold_value(value)
    assert fold_value(key) == key
    for form in ("NFC", "NFD"):
        assert fold_value(unicodedata.normalize(form, value)) == key
    assert fold_value(tidy_value(value)) == key


def test_a_value_is_shown_as_it_is_most_often_written_in_any_order_of_values() -> None:
    counts = {"THẾ GIỚI": 2, "Thế giới": 2, "thế giới": 1, "Hoá": 1, "Hóa": 5, "": 3}
    for order in permutations(counts.items()):
        assert usual_spellings(dict(order)) == {"thế giới": "Thế giới", "hóa": "Hóa", "": ""}
