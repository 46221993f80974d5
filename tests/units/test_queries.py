"""Two hundred queries and more are cut into the units that a reader means (``queries.tsv``)."""

import pytest

from search_app.query.names import read_names
from search_app.query.units.cutter import CorpusCutter
from tests.units.queries import Query, lower_queries, marked_queries, unmarked_queries
from tests.units.tables import Lent, bracketed, loose, make_table, news_table


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


def test_the_same_words_are_always_cut_alike(cutter: CorpusCutter) -> None:
    again = CorpusCutter(Lent(news_table()), read_names())
    for query in unmarked_queries():
        assert cutter.explain(loose(query.text)) == again.explain(loose(query.text))


def test_a_table_without_units_cuts_nothing() -> None:
    assert CorpusCutter(Lent(make_table((), {}))).current()(loose("giá vàng")) == (1, 1)
