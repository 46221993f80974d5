"""When is a repair shown in place of what was typed? Only where that finds nothing whole."""

from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.engine import Results
from indexer.engines.memory.reader import MemoryReader
from indexer.query import Match
from search_app.query.correction import remove_quotes
from search_app.query.correction.deciding import correct
from search_app.query.correction.phrases import count_phrase
from search_app.query.grammar import understand
from search_app.query.grammar.tree import leaves
from tests.correction.corpus import asking, reader_of

Ask = Callable[[str], Results]


@pytest.fixture
def ask(reader: MemoryReader) -> Ask:
    return asking(reader)


SHOWN = [
    # typed, what is shown instead
    ("laof cai", "lào cai"),
    ("giá vangf tăng", "giá vàng tăng"),
    ("tổng trarh luận", "tổng tranh luận"),
    ("thủ đô hànội", "thủ đô hà nội"),
    ('"lào cải"', '"lào cai"'),
    ('"cai lào"', "cai lào"),
    ('tổng "luận tranh"', "tổng luận tranh"),
    ("“luận tranh”(tổng)", "luận tranh (tổng)"),
    ('"luận tranh" -"lào cai"', 'luận tranh -"lào cai"'),
    ('"qqq zzz"', None),
    ('title:"cai lào"', None),
    ("lào cai", None),
    ("lao cai", None),
    ("lào cải", None),
    ("lạo cai", None),
    ("lào zzz", None),
    ("laof zzz", "lào zzz"),
]


@pytest.mark.parametrize(("typed", "instead"), SHOWN)
def test_what_is_shown_instead(reader: MemoryReader, ask: Ask, typed: str, instead: str | None) -> None:
    found = correct(typed, ask, reader.lexicon(), exact=False, count_phrase=partial(count_phrase, reader))
    assert (found.shown.text if found.shown else None) == instead
    assert found.answer == ask(instead or typed)
    assert found.shown not in found.offered


def test_what_is_asked_as_typed_is_answered_as_typed(reader: MemoryReader, ask: Ask) -> None:
    found = correct("laof cai", ask, reader.lexicon(), exact=True, count_phrase=partial(count_phrase, reader))
    assert (found.answer, found.offered, found.shown) == (ask("laof cai"), (), None)


def test_what_finds_parts_of_known_words_is_only_offered_others(reader: MemoryReader, ask: Ask) -> None:
    count = partial(count_phrase, reader)
    found = correct("lào cải facebook chợ nổi zzz", ask, reader.lexicon(), exact=False, count_phrase=count)
    assert found.shown is None
    found = correct("lào cải", ask, reader.lexicon(), exact=False, count_phrase=count)
    assert (found.shown, [one.text for one in found.offered]) == (None, ["lào cai"])


@pytest.mark.parametrize(("holding", "offers"), [(1, True), (2, True), (3, False), (4, False)])
def test_other_queries_are_offered_beside_fewer_than_three_articles(holding: int, offers: bool) -> None:
    reader = reader_of(["cai bia laof"] * holding + ["tỉnh Lào Cai"] * (200 - holding))
    found = correct(
        "laof cai",
        asking(reader),
        reader.lexicon(),
        exact=False,
        count_phrase=partial(count_phrase, reader),
    )
    assert (found.answer.total, found.shown) == (holding, None)
    assert [one.text for one in found.offered] == ["lào cai"] * offers


@given(
    st.lists(
        st.sampled_from(['"', "“", "”", "«", "»", "(", ")", "-", " ", "lũ", "OR", "title:", "~2", "F", "35"])
    )
)
def test_any_text_may_lose_its_quotes(typed: list[str]) -> None:
    """Nothing is raised, and no word is lost; how near words must stand (~2) is said of quotes alone."""
    query = "".join(typed)
    repair = remove_quotes(query)
    if repair is not None:
        before, after = (understand(text).query for text in (query, repair.text))
        words = [
            {syllable for leaf in leaves(tree) if isinstance(leaf, Match) for syllable in leaf.syllables}
            for tree in (before, after)
        ]
        assert words[0] == words[1]
        assert understand(repair.text).text == repair.text
