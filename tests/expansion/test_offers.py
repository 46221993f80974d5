"""Which names of other times are offered, with which dates, and what do their links ask for?"""

import pytest

from indexer.query import Match
from search_app.query.expansion import NOTHING_DISABLED, expand
from search_app.query.grammar import render_query, understand
from search_app.query.names import NO_NAMES
from tests.expansion.articles import expanded, finds


def offered(typed: str) -> list[tuple[str, str]]:
    return [(str(one.message), one.query) for one in expanded(typed).offers]


@pytest.mark.parametrize(
    ("typed", "message", "query"),
    [
        ("Yên Bái", "Yên Bái (until 30/6/2025) now belongs to Lào Cai", "Lào_Cai"),
        ("lũ yen bai", "Yên Bái (until 30/6/2025) now belongs to Lào Cai", "lũ Lào_Cai"),
        ("Yenbai", "Yên Bái (until 30/6/2025) now belongs to Lào Cai", "Lào_Cai"),
        ("lũ Lào Cai 2024", "Lào Cai now holds Yên Bái too (by itself until 30/6/2025)", "lũ Yên_Bái 2024"),
        (
            "tiêu_đề:Yên_Bái lũ",
            "Yên Bái (until 30/6/2025) now belongs to Lào Cai",
            "lũ tiêu_đề:Lào_Cai",
        ),
        ("Hòa Bình", "Hòa Bình (until 30/6/2025) now belongs to Phú Thọ", "Phú_Thọ"),
        (
            "họp Bộ KH&ĐT",
            "Bộ Kế hoạch và Đầu tư (until 28/2/2025) now belongs to Bộ Tài chính",
            "họp Bộ_Tài_chính",
        ),
        (
            "bộ kế hoạch và đầu tư",
            "Bộ Kế hoạch và Đầu tư (until 28/2/2025) now belongs to Bộ Tài chính",
            "Bộ_Tài_chính",
        ),
        ("tổng cục thuế", "Tổng cục Thuế (until 28/2/2025) is now Cục Thuế", "Cục_Thuế"),
        ("TPHCM", "Thành phố Hồ Chí Minh was Sài Gòn (until 1/7/1976)", "Sài_Gòn"),
        (
            "Hoàng Liên Sơn",
            "Hoàng Liên Sơn (until 8/1991) was divided; a part of it is Lào Cai",
            "Lào_Cai",
        ),
        ("Hà Tây", "Hà Tây (until 31/7/2008) now belongs to Hà Nội", "Hà_Nội"),
    ],
)
def test_a_name_of_another_time_is_offered_in_its_place(typed: str, message: str, query: str) -> None:
    assert (message, query) in offered(typed)


@pytest.mark.parametrize("typed", ["hòa bình", "HÒA BÌNH THẾ GIỚI", '"Yên Bái"', "nguồn:Yên_Bái", "-Yên_Bái"])
def test_no_name_is_offered_where_none_was_meant(typed: str) -> None:
    """An ordinary word in small letters, in quotes, in another field, under NOT."""
    assert offered(typed) == []


def test_an_offer_is_never_searched() -> None:
    assert not finds("Yên Bái", "Mưa ở Lào Cai.")
    assert all(one.also not in ("Lào Cai", "Lào_Cai") for one in expanded("Yên Bái").expansions)


def test_an_offer_is_read_back_as_it_is_said() -> None:
    for typed in ("lũ Yên Bái", "(Yên Bái OR Hà Giang) lũ", "TP.HCM giá"):
        for one in expanded(typed).offers:
            assert understand(one.query).problems == ()
            assert render_query(understand(one.query).query) == one.query


def test_without_tables_nothing_is_offered() -> None:
    def holds(_match: Match) -> bool:
        return True

    assert expand(understand("Yên Bái").query, NO_NAMES, NOTHING_DISABLED, holds).offers == ()
