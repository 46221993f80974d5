"""What holds for every text and every tree?"""

import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.fields import TEXT_FIELDS, Field
from indexer.places import MAX_SLOP
from indexer.query import Dates, Match, Query
from search_app.query.grammar import (
    MAX_QUERY_CHARACTERS,
    MAX_UNDERSTOOD_CHARACTERS,
    Cut,
    render_query,
    understand,
)
from search_app.query.grammar.dates_in_words import flag_dates
from search_app.query.grammar.tree import all_of, any_of, assemble, negate, take_apart
from search_app.query.grammar.units import is_bound, make_unit

ATOMS = [
    *("giá", "Vàng", "TUỔI", "Trẻ", "tuyê*", "13/9", "TP.HCM", "hoà", "đuong", "x", "2013-05", "2014..2012"),
    *("OR", "AND", "NOT", "HOẶC", "VÀ", "KHÔNG", "or", "-", "−", "*", "~", "~3", "..", "(", ")", '"', "“"),
    *("”", "«", "»", ":", " ", " ", " ", " ", "\u00a0", "\u200b", "_", ",", ".", "😀", "\x00", "\ud800"),
    *("nguồn:", "tieu_de:", "ngày:", "từ:", "the:", "text:", "abc:", "http://", "\u0301", "ﬁ", "İ", "יִ"),
]
TYPED = st.lists(st.sampled_from(ATOMS), max_size=40).map("".join).map(lambda text: text[:1000])
ANYTHING = st.text(st.characters(), max_size=200) | TYPED

SPELLED = [
    *(("giá", ("giá",)), ("Vàng", ("vàng",)), ("USD", ("usd",)), ("EUR", ("eur",)), ("13/9", ("13", "9"))),
    *(("TP.HCM", ("tp", "hcm")), ("Tuổi Trẻ", ("tuổi", "trẻ")), ("7:30", ("7", "30")), ("or", ("or",))),
    *(("A B", ("a", "b")), ("50kg", ("50", "kg")), ("2013", ("2013",)), ("đuong", ("đuong",))),
    *(("không", ("không",)), ("F", ("f",)), ("Covid-19", ("covid", "19")), ("Bộ GD&ĐT", ("bộ", "gd", "đt"))),
    *(("ở", ("ở",)), ("Ơ", ("ơ",)), ("ﬁ", ("ﬁ",)), ("İ", ("i̇",)), ("名", ("名",)), ("a,b", ("a", "b"))),
]


@st.composite
def matches(draw: st.DrawFn) -> Match:
    """Every kind of leaf that reads text."""
    label, syllables = draw(st.sampled_from(SPELLED))
    if draw(st.integers(0, 7)) == 0:
        return Match(label, syllables, complete=True, as_word=True)
    complete, prefix = draw(st.booleans()), draw(st.booleans())
    slop = draw(st.integers(0, MAX_SLOP)) if complete and len(syllables) > 1 else 0
    field = draw(st.sampled_from([Field.TEXT, Field.TEXT, Field.TEXT, *Field]))
    exact = complete and draw(st.booleans())
    return Match(label + "*" * prefix, syllables, field, complete, slop, prefix, exact=exact)


DAYS = st.dates(date(1600, 1, 1), date(2199, 12, 31))
ENDS = DAYS | DAYS.map(lambda day: day.replace(day=1)) | DAYS.map(lambda day: date(day.year, 1, 1))
LAST_DAYS = ENDS.filter(lambda day: day.year > 1600).map(lambda day: day - timedelta(1)) | DAYS


@st.composite
def dates(draw: st.DrawFn) -> Dates:
    """Every span of days but the one that is open at both ends."""
    first, last = draw(ENDS | st.none()), draw(LAST_DAYS | st.none())
    if first and last and first > last:
        first, last = last, first
    return Dates(first, last) if first or last else Dates(date(2013, 1, 1), None)


LEAVES: st.SearchStrategy[Query] = matches() | dates()


def combined(parts: st.SearchStrategy[Query]) -> st.SearchStrategy[Query]:
    """All of some parts, any of some, or none of one."""
    several = st.lists(parts, min_size=1, max_size=4)
    return (
        several.map(lambda some: all_of(some) or some[0])
        | several.map(lambda some: any_of(some) or some[0])
        | parts.map(negate)
    )


PARTS = st.recursive(LEAVES, combined, max_leaves=8)
PLAIN = st.sampled_from(SPELLED).map(lambda spelled: Match(*spelled))
UNITS = (
    st.lists(PLAIN.filter(lambda word: not is_bound(word)), min_size=1, max_size=3).map(tuple).map(make_unit)
)
TREES = st.builds(assemble, st.lists(UNITS, max_size=5), st.lists(PARTS, max_size=4)).map(flag_dates)


@given(ANYTHING)
@settings(max_examples=500)
def test_whatever_is_typed_is_understood_and_said_back(typed: str) -> None:
    """Never an error; places lie within the text; the text said back gives the same tree, without problem."""
    understood = understand(typed)
    for problem in understood.problems:
        assert 0 <= problem.start < problem.end <= len(typed)
        str(problem.message).encode()
    understood.text.encode()
    if len(understood.text) <= MAX_QUERY_CHARACTERS:
        again = understand(understood.text)
        assert (understood.query, (), understood.text) == (again.query, again.problems, again.text)


def any_cut(seed: int) -> Cut:
    """A cut that is as good as drawn, and always the same for the same words."""

    def cut(words: Sequence[Match]) -> Sequence[int]:
        lengths: list[int] = []
        while (left := len(words) - sum(lengths)) > 0:
            label = words[-left].label
            lengths.append(1 + (seed + sum(map(ord, label)) + left) % min(left, 3))
        return lengths

    return cut


WORDS = st.lists(
    st.sampled_from(
        [*("mỹ", "tâm", "da", "nang", "giá", "Vang", "đuong", "TP.HCM", "13/9", "a_b", "lũ", "lũ", "tháng"),
         *("6/2013", "OR", "AND", "(", ")", "-giá", '"giá vàng"', "nguồn:Zing", "tiêu_đề:lũ", "sinh", "viên")]
    ),
    max_size=12,
).map(" ".join)  # fmt: skip


@given(ANYTHING | WORDS, st.integers(0, 5), st.integers(0, 5))
@settings(max_examples=150)
def test_the_query_as_understood_finds_the_same_whatever_is_bound_by_then(
    typed: str, seed: int, other: int
) -> None:
    """Two archives cut differently; the text that the one writes is read by the other as the same tree."""
    understood = understand(typed, any_cut(seed))
    if len(understood.text) <= MAX_UNDERSTOOD_CHARACTERS:
        again = understand(understood.text, most=MAX_UNDERSTOOD_CHARACTERS)
        assert (understood.query, (), understood.text) == (again.query, again.problems, again.text)
    by_hand = understand(understood.text, any_cut(other), MAX_UNDERSTOOD_CHARACTERS)
    assert set(bound_units(understood.query)) <= set(bound_units(by_hand.query))


def bound_units(query: Query) -> Iterator[tuple[str, ...]]:
    """The loose units of several words: a cut never takes apart what "_" binds."""
    units, _ = take_apart(query)
    return (tuple(word.label for word in unit) for unit in units if len(unit) > 1)


@given(ANYTHING)
def test_every_form_of_unicode_gives_the_same_tree(typed: str) -> None:
    assert understand(unicodedata.normalize("NFC", typed)).query == understand(typed).query
    assert understand(unicodedata.normalize("NFD", typed)).query == understand(typed).query


@pytest.mark.slow
@given(TREES)
@settings(max_examples=500)
def test_every_tree_is_read_back_from_its_text(tree: Query) -> None:
    understood = understand(render_query(tree))
    assert tree == understood.query
    assert understood.problems == ()


@given(ANYTHING)
def test_words_are_leaves_in_the_text(typed: str) -> None:
    assert all(match.field in TEXT_FIELDS and match.syllables for match in understand(typed).words)
