"""Which words of a query are a date, and which are only numbers?"""

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from indexer.query import And, Dates, Match, Query, Words
from search_app.query.grammar import understand
from search_app.query.grammar.dates_in_words import find_dates, without_date
from search_app.query.grammar.tree import assemble, leaves, take_apart

DAY = (date(2013, 5, 26), date(2013, 5, 26))
MONTH = (date(2013, 6, 1), date(2013, 6, 30))
YEAR = (date(2013, 1, 1), date(2013, 12, 31))


def flagged(query: Query) -> list[str]:
    """The words that say that they are part of a date."""
    units, _ = take_apart(query)
    return [word.label for unit in units for word in unit if word.in_date]


@pytest.mark.parametrize(
    ("typed", "words", "span", "topic"),
    [
        ("giá xăng tháng 6/2013", "tháng 6/2013", MONTH, "giá xăng"),
        ("gia xang thang 6/2013", "thang 6/2013", MONTH, "gia xang"),
        ("giá xăng tháng 06-2013", "tháng 06-2013", MONTH, "giá xăng"),
        ("giá xăng tháng 6 năm 2013", "tháng 6 năm 2013", MONTH, "giá xăng"),
        ("giá xăng tháng 6 2013", "tháng 6 2013", MONTH, "giá xăng"),
        ("tháng 6/2013 giá xăng", "tháng 6/2013", MONTH, "giá xăng"),
        ("giá xăng trong tháng 6/2013 tăng", "trong tháng 6/2013", MONTH, "giá xăng tăng"),
        ("giá xăng 6/2013", "6/2013", MONTH, "giá xăng"),
        ("bão ngày 26/5/2013", "ngày 26/5/2013", DAY, "bão"),
        ("bão ngay 26-05-2013", "ngay 26-05-2013", DAY, "bão"),
        ("bão ngày 26/5 năm 2013", "ngày 26/5 năm 2013", DAY, "bão"),
        ("bão 26.5.2013", "26.5.2013", DAY, "bão"),
        ("bão 2013-05-26", "2013-05-26", DAY, "bão"),
        ("bão vào ngày 26 tháng 5 năm 2013", "vào ngày 26 tháng 5 năm 2013", DAY, "bão"),
        ("bão 26 tháng 5/2013", "26 tháng 5/2013", DAY, "bão"),
        ("lũ năm 2013", "năm 2013", YEAR, "lũ"),
        ("lu lut nam 2013", "nam 2013", YEAR, "lu lut"),
        ("du lịch Việt Nam 2013", "2013", YEAR, "du lịch Việt Nam"),
        ("du lich viet nam 2013", "2013", YEAR, "du lich viet nam"),
        ("SEA Games 2013", "2013", YEAR, "SEA Games"),
        ('"giá xăng" 2013', "2013", YEAR, '"giá xăng"'),
        ("giá xăng 2013 nguồn:Zing -dầu", "2013", YEAR, "giá xăng nguồn:Zing -dầu"),
    ],
)
def test_a_date_in_words_is_a_date(typed: str, words: str, span: tuple[date, date], topic: str) -> None:
    query = understand(typed).query
    (found,) = find_dates(query)
    assert (found.typed, (found.first, found.last), without_date(query, found)) == (words, span, topic)
    assert " ".join(flagged(query)) == words


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "",
            "2013",
            "tháng 6/2013",
            "ngày 26/5/2013",
            "nguồn:Zing 2013",
            "-bão 2013",
        ),  # nothing to look for
        *("bão ngày 26/5", "bão tháng 6", "bão 26/5"),  # no year
        *("nghị định 6/2013", "thông tư 6/2013", "số 6/2013", "công văn 6/2013", "6/2013 NĐ-CP"),
        *("thưởng 2000 đồng", "gần 2000 người", "hơn 2013 ca", "số 2013", "mất 2000 tấn", "2000 năm lịch sử"),
        *("giá xăng 31/2/2013", "giá xăng 13/2013", "xe 1899", "xe 2101", "xe 20135"),
        *(
            "giá xăng 6_2013",
            '"giá xăng tháng 6/2013"',
            "giá AND 2013",
            "giá OR 2013",
            "giá (2013)",
            "giá 2013*",
        ),
        *("giá tiêu_đề:2013", "giá ngày:2013", "5/2013/NĐ-CP mới", "thắng 6"),
    ],
)
def test_what_is_no_date_or_leaves_nothing_to_look_for_is_none(typed: str) -> None:
    assert find_dates(understand(typed).query) == ()


def test_each_of_several_dates_is_found_by_itself() -> None:
    query = understand("vụ án năm 2012 xử ngày 26/5/2013").query
    assert [one.typed for one in find_dates(query)] == ["năm 2012", "ngày 26/5/2013"]
    assert [without_date(query, one) for one in find_dates(query)] == [
        "vụ án xử ngày 26/5/2013",
        "vụ án năm 2012 xử",
    ]


PIECES = st.sampled_from(
    [
        *(
            "giá",
            "bão",
            "ngày",
            "tháng",
            "năm",
            "nam",
            "vào",
            "số",
            "đồng",
            "việt",
            '"lũ"',
            "-lũ",
            "nguồn:Zing",
        ),
        *("6/2013", "26/5/2013", "2013", "5", "26", "OR", "(", ")", "2013-05-26", "31/2/2013", "9999"),
    ]
)


@given(st.lists(PIECES, max_size=9).map(" ".join))
@example("( 2013-05-26 giá")
def test_dates_do_not_overlap_and_the_rest_reads_as_it_was_meant(typed: str) -> None:
    query = understand(typed).query
    units, bound = take_apart(query)
    last = 0
    for found in find_dates(query):
        assert last <= found.start < found.end <= sum(map(len, units))
        assert found.first <= found.last
        last = found.end
        text = without_date(query, found)
        kept = [unit for place, unit in enumerate(units) if not found.start <= place < found.end]
        meant = assemble(kept, bound)
        again = understand(text).query
        if bound:  # what is equal in and beside a group is one
            assert set(map(_label, leaves(again))) == set(map(_label, leaves(meant)))
        else:
            assert list(map(_label, leaves(again))) == list(map(_label, leaves(meant)))


def _label(leaf: Match | Dates) -> str:
    return leaf.label if isinstance(leaf, Match) else str(leaf)


def test_words_of_a_date_are_never_cut_into_units_with_others() -> None:
    """The words between dates are cut; a word that "_" binds is meant as a word."""
    whole = understand("giá xăng tháng 6/2013 tăng mạnh", lambda words: (len(words),))
    assert whole.text == "giá_xăng tháng 6/2013 tăng_mạnh"
    assert flagged(whole.query) == ["tháng", "6/2013"]
    assert flagged(understand("giá xăng tháng_6/2013").query) == []
    assert understand(whole.text).query == whole.query


def test_a_single_word_of_a_date_is_not_required_either() -> None:
    query = understand('2013 "giá xăng"').query
    assert isinstance(query, And)
    assert isinstance(query.children[0], Words)
    assert understand('2013 "giá xăng"').text == '2013 "giá xăng"'
