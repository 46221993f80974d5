"""What would be asked if less were? Each part away, each wider grade, as queries of the same grammar."""

import pytest
from hypothesis import given

from search_app.query.grammar import understand
from search_app.query.relaxation import drop_constraints, leave_out_parts
from tests.grammar.test_grammar_properties import ANYTHING

PARTS = [
    ("giá vàng", [("giá", "vàng"), ("vàng", "giá")]),
    ("lũ ngày:2013", [("lũ", "ngày:2013"), ("ngày:2013", "lũ")]),
    ('a b nguồn:"Zing"', [("a", 'b nguồn:"Zing"'), ("b", 'a nguồn:"Zing"'), ('nguồn:"Zing"', "a b")]),
    ("vàng -bạc", [("vàng", "-bạc"), ("-bạc", "vàng")]),
    ("vàng", []),
    ("a OR b", []),
    ("", []),
]


@pytest.mark.parametrize(("query", "expected"), PARTS)
def test_each_part_is_taken_away(query: str, expected: list[tuple[str, str]]) -> None:
    assert [(one.part, one.query) for one in leave_out_parts(understand(query).query)] == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ('"giá vàng"', ["giá_vàng", "giá vàng", "gia_vang", "gia vang"]),
        ('"giá vàng"~5 mới', ["mới giá_vàng", "mới giá vàng", "moi gia_vang", "moi gia vang"]),
        ("đuờng", ["duong"]),
        ("duong", []),
        ("-vàng", []),
        ('từ:"học sinh"', ["học_sinh", "học sinh", "hoc_sinh", "hoc sinh"]),
        ("ngày:2013 lũ", ["lu ngày:2013"]),
    ],
)
def test_the_wider_grades_come_nearest_first(query: str, expected: list[str]) -> None:
    assert [one.query for one in drop_constraints(understand(query).query)] == expected


@given(ANYTHING)
def test_every_offer_is_a_query_without_problems_and_another_one(query: str) -> None:
    understood = understand(query)
    offers = [one.query for one in leave_out_parts(understood.query)]
    offers += [one.query for one in drop_constraints(understood.query)]
    for offer in offers:
        again = understand(offer)
        assert again.problems == ()
        assert again.text != understood.text
