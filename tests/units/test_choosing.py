"""Which units does a corpus have? Words, names and set phrases, by its counts and heads."""

import random
from functools import cache

import numpy as np
import pytest

from indexer.units.choosing import choose_units
from indexer.units.table import UnitEntry, UnitKind, UnitTable
from tests.units.corpora import count_words, read_heads

_TOPICS = ("bão", "lũ", "cháy", "mưa", "nắng", "gió", "rét", "hạn")

_TITLES = [
    title.format(topic=topic, other=_TOPICS[place - 1])
    for place, topic in enumerate(_TOPICS)
    for title in (
        "Hôm_nay giá vàng và {topic} ở Hà_Nội",
        "Chuyện {topic} của Mỹ_Tâm tại Hà_Nội",
        "Chuyện {topic} của Mỹ tại {other}",
        "Tin {topic} từ phòng_vé hoà_bình và sinh_viên",
        "Tin {other} từ phòng_vé hòa_bình cho sinh_viên",
        "MỌI NGƯỜI BÀN_VIỆC {topic}",
        "Kỹ_sư Hà Thu bàn {topic} với Công Lý",
        "Vé {topic} và {other} và tàu",
        "Vàng lên vì {topic} mà giá đứng yên",
    )
] + ["Chữ chữ"] * 80


@cache
def _table() -> UnitTable:
    return UnitTable(choose_units(count_words(_TITLES), read_heads(_TITLES)))


def _entry(text: str) -> UnitEntry | None:
    syllables = text.split()
    return _table().find(syllables, [(0, len(syllables))])[0]


@pytest.mark.parametrize(
    ("text", "kind", "rule"),
    [
        ("hôm nay", UnitKind.WORD, "cut as one word"),
        ("sinh viên", UnitKind.WORD, "cut as one word"),
        ("hà nội", UnitKind.NAME, "in capitals, and one word"),
        ("mỹ tâm", UnitKind.NAME, "in capitals, though Mỹ often stands alone"),
        ("công lý", UnitKind.NAME, "in capitals, though two words"),
        ("hà thu", UnitKind.NAME, "the same"),
        ("giá vàng", UnitKind.PHRASE, "two words that stand together more often than apart"),
        ("của mỹ", None, "a function word binds nothing"),
        ("tại hà nội", None, "the same"),
        ("mọi người", None, "the capitals of a text in capitals mean nothing"),
        ("vé tàu", None, "words of the same heads that do not stand side by side"),
        ("vàng lên", None, "a function word"),
        ("tin bão", None, "too seldom side by side"),
    ],
)
def test_the_kind_of_a_unit(text: str, kind: UnitKind | None, rule: str) -> None:
    entry = _entry(text)
    assert (entry and entry.kind) == kind, rule


def test_a_phrase_knows_its_first_word_and_its_heads() -> None:
    assert _entry("giá vàng") == UnitEntry(("giá", "vàng"), UnitKind.PHRASE, 8, 16, 1)


def test_spellings_of_one_word_are_one_unit() -> None:
    entry = _entry("hoà bình")
    assert entry is not None
    assert entry.count == 16
    assert entry == _entry("hòa bình")


def test_the_same_articles_in_any_order_make_the_same_bytes() -> None:
    expected = choose_units(count_words(_TITLES), read_heads(_TITLES))
    for seed in range(3):
        titles = random.Random(seed).sample(_TITLES, len(_TITLES))  # noqa: S311 - not for secrets
        arrays = choose_units(count_words(titles), read_heads(titles))
        assert arrays.keys() == expected.keys()
        for name, array in expected.items():
            assert array.dtype == arrays[name].dtype
            assert np.array_equal(array, arrays[name]), name


@pytest.mark.parametrize("titles", [[], ["Tin"], ["Hà_Nội"]])
def test_a_corpus_of_hardly_anything_has_no_units(titles: list[str]) -> None:
    table = UnitTable(choose_units(count_words(titles), read_heads(titles)))
    assert (len(table), table.articles) == (0, len(titles))


@pytest.mark.parametrize(
    ("cut", "apart", "is_word"),
    [(4, 0, False), (5, 0, True), (5, 11, True), (5, 12, False), (200, 1_500, True)],
)
def test_a_word_is_cut_often_enough_and_in_enough_of_its_places(cut: int, apart: int, is_word: bool) -> None:
    titles = ["a_b x"] * cut + ["a b x"] * apart
    table = UnitTable(choose_units(count_words(titles, 10), read_heads([])))
    assert (table.find(["a", "b"], [(0, 2)])[0] is not None) == is_word


def test_a_run_with_a_misprint_is_no_word() -> None:
    titles = ["vịnh Hạ_Long"] * 1_000 + ["vinh_Hạ_Long"] * 6
    table = UnitTable(choose_units(count_words(titles, 10), read_heads([])))
    assert table.find(["vinh", "ha", "long"], [(0, 3)]) == [None]
