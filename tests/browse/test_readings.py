"""A reading's count is the number of articles that its query finds, wherever its word stands in a query."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.article import Article
from corpus.published import Published
from indexer.engines.memory.reader import MemoryIndex, MemoryReader, MemoryWriter
from indexer.query import Question
from indexer.text.analyse import analyse
from search_app.query.grammar import understand
from search_app.query.readings import word_readings

_SYLLABLES = ("vàng", "vang", "hoà", "hòa", "hoa", "kỹ", "kĩ", "đường", "đương", "dương", "không", "or", "7")
_TEXTS = st.lists(st.sampled_from(_SYLLABLES), min_size=1, max_size=4).map(" ".join)
_ARTICLES = st.lists(
    st.builds(
        Article,
        id=st.uuids().map(str),
        title=_TEXTS,
        lede=_TEXTS,
        source=st.sampled_from(["Vàng", "Hoa"]),
        tags=st.sampled_from([(), ("vang",)]),
        published=st.sampled_from(["", "2013", "2014-05"]).map(Published.parse),
    ),
    min_size=1,
    max_size=8,
    unique_by=lambda one: one.id,
)
_TYPED = st.lists(
    st.sampled_from(
        [
            *("vang", "Vang", "VANG", "hoa", "hoà", "ky", "dương", "duong", "khong", "7", "or", "tu*"),
            *("vang_hoa", '"vang hoa"', '"vang hoa"~2', '="hoa"', "title:vang", "title:", "(vang)"),
            *("nguồn:Vang", "thẻ:vang", "từ:vang", "ngày:2013", "ngày:vang", "-vang", "-", "NOT"),
            *("(", ")", '"', "vang-hoa", "HOẶC", "VÀ", "KHÔNG", "AND", "OR", "text:vang", "vang*"),
        ]
    ),
    min_size=1,
    max_size=7,
).map(" ".join)


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(_ARTICLES, _TYPED)
def test_a_reading_counts_what_its_query_finds(articles: list[Article], typed: str) -> None:
    index = MemoryIndex()
    writer = MemoryWriter(index)
    for one in articles:
        writer.add(analyse(one, 1, b""))
    writer.commit(1)
    reader = MemoryReader(index)
    query = understand(typed).query
    found = reader.search(Question(query, readings=True, size=0))
    for word in word_readings(query, found.readings):
        for reading in word.readings:
            narrowed = understand(reading.query)
            assert narrowed.problems == ()
            assert reader.search(Question(narrowed.query, size=0)).total == reading.count, reading.query


@pytest.mark.parametrize(
    ("typed", "word", "query"),
    [
        ("duong xa", "duong", "đường xa"),
        ("hoc_sinh sinh", "sinh", 'hoc_sinh "sinh"'),
        ("lao-cai lao", "lao", "lao-cai lào"),
        ("title:vang vang", "vang", "vàng tiêu_đề:vang"),
        ("ngay:2013 ngay", "ngay", "ngày ngày:2013"),
        ("the:lũ the", "the", "thể thẻ:lũ"),
        ("tuy* tuy", "tuy", '"tuy" tuy*'),
        ("vàng OR bac", "bac", "(vàng OR bac) AND bạc"),
        ("giá cả (vang)", "vang", "giá cả (vàng)"),
        ("-vang vang", "vang", "vàng -vang"),
    ],
)
def test_only_the_word_is_read_otherwise(typed: str, word: str, query: str) -> None:
    readings = {
        "duong": "đường", "sinh": "sinh", "lao": "lào", "vang": "vàng", "ngay": "ngày", "the": "thể",
        "tuy": "tuy", "bac": "bạc",
    }  # fmt: skip
    counts = {word: {readings[word]: 1, "khác": 1}}
    (found,) = word_readings(understand(typed).query, counts)
    assert found.readings[0].query == query
