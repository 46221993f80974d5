"""Two hundred queries and more are cut into the units that a reader means (``queries.tsv``)."""

import re

import pytest

from search_app.query.names import read_names
from search_app.query.units.cutter import CorpusCutter
from tests.units.queries import Query, lower_queries, marked_queries, unmarked_queries
from tests.units.tables import Lent, bracketed, loose, make_table, news_entries, news_table

_BY_RULE = {"word": (1_000, 1_000), "name": (300, 300), "phrase": (100, 200)}
_BY_HAND = {"trong", "tại", "đã", "trời", "việt nam"} | {
    *("bảo sợ", "da trời", "thám việt nam", "triệu đông", "đâu thể")
}


@pytest.fixture(scope="module")
def cutter() -> CorpusCutter:
    return CorpusCutter(Lent(news_table()), read_names())


def test_there_are_two_hundred_queries_of_every_kind() -> None:
    queries = marked_queries()
    assert len({query.text for query in queries}) >= 200
    assert {query.kind for query in queries} == {
        *("word", "phrase", "name", "institution", "abbreviation", "number", "english", "repeated", "trap")
    }


@pytest.mark.parametrize(
    "queries", [marked_queries(), lower_queries(), unmarked_queries()], ids=["marked", "lower", "unmarked"]
)
def test_a_query_is_cut_into_what_is_meant(cutter: CorpusCutter, queries: list[Query]) -> None:
    cut = cutter.current()
    wrong = {
        query.units: units
        for query in queries
        if (units := bracketed(query.text, cut(loose(query.text)))) != query.units
    }
    assert wrong == {}


def test_the_numbers_of_the_table_are_invented_by_the_rule_that_it_states() -> None:
    alone = {
        unit.lower()
        for query in marked_queries()
        for unit in re.findall(r"\[([^] ]+)\]", query.units)
        if unit.lower() not in _BY_HAND
    }
    for kind, text, *numbers in news_entries():
        if text not in _BY_HAND:
            by_rule = _BY_RULE.get(kind, (10_000, 20_000) if text in alone else (100, 10_000))
            assert tuple(map(int, numbers)) == by_rule, text


def test_the_same_words_are_always_cut_alike(cutter: CorpusCutter) -> None:
    again = CorpusCutter(Lent(news_table()), read_names())
    for query in unmarked_queries():
        assert cutter.explain(loose(query.text)) == again.explain(loose(query.text))


def test_a_table_without_units_cuts_nothing() -> None:
    assert CorpusCutter(Lent(make_table((), {}))).current()(loose("giá vàng")) == (1, 1)
