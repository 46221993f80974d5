"""Words: underthesea's cuts, as one bit a syllable on the original text."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.text.syllables import terms
from indexer.text.words import MAX_CHARACTERS, joins, pack_joins, unpack_joins
from tests.indexer.test_text import ANY_TEXT


def words(text: str) -> list[str]:
    """The words of a text, their syllables joined with underscores."""
    found: list[str] = []
    goes_on = False
    for term, joined in zip(terms(text), joins(text), strict=True):
        if goes_on:
            found[-1] += "_" + term
        else:
            found.append(term)
        goes_on = joined
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ủy ban nhân dân tỉnh Lào Cai họp.", ["ủy_ban_nhân_dân", "tỉnh", "lào_cai", "họp"]),
        ("Uỷ ban nhân dân tỉnh Lào Cai họp.", ["uỷ_ban_nhân_dân", "tỉnh", "lào_cai", "họp"]),
        ("Học sinh nghiên cứu sinh học.", ["học_sinh", "nghiên_cứu", "sinh_học"]),
        ("công tác phòng chống ma túy", ["công_tác", "phòng_chống", "ma_túy"]),
    ],
)
def test_words_are_cut_as_underthesea_does_in_the_new_style(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_forms_and_capitals_do_not_change_the_cuts() -> None:
    text = "Ủy ban nhân dân tỉnh Lào Cai họp về sức khỏe học sinh."
    assert joins(text) == joins(unicodedata.normalize("NFD", text))
    assert joins(text.upper()) == joins(text.lower())


@settings(max_examples=300, deadline=None)
@given(ANY_TEXT)
def test_each_syllable_has_one_bit_whatever_the_text(text: str) -> None:
    assert len(joins(text)) == len(terms(text))
    assert joins(text)[-1:] != [True]


def test_a_very_long_paragraph_is_cut_without_losing_a_syllable() -> None:
    text = "tuyên truyền vận động, " * (3 * MAX_CHARACTERS // 23) + "a" * (MAX_CHARACTERS + 5) + " hết"
    assert len(joins(text)) == len(terms(text))


@given(st.lists(st.booleans(), max_size=70))
def test_packed_joins_come_back(flags: list[bool]) -> None:
    assert unpack_joins(pack_joins(flags), len(flags)) == flags
