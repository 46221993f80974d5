"""What is marked is what matched, on the original characters."""

import unicodedata
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.article import Article
from indexer.engines.memory.reader import MemoryIndex, MemoryReader, MemoryWriter
from indexer.fields import TEXT_FIELDS, Field
from indexer.kernels.library import library
from indexer.query import Match, Or, Question
from indexer.text.analyse import analyse, searched_texts
from indexer.text.readings import begins, means
from indexer.text.syllables import terms
from indexer.text.words import pack_joins
from search_app.answer.highlight import HighlightedText, Highlighter
from search_app.answer.located_marks import LocatedMarks
from search_app.answer.snippets import BUDGET, snippet
from search_app.answer.token_spans import TokenMatcher
from tests.indexer.articles import analysed, article, drawn_matches
from tests.indexer.test_text import VIETNAMESE

pytestmark = pytest.mark.slow  # properties of whole texts

Form = Literal["NFC", "NFD"]
FORMS: tuple[Form, ...] = ("NFC", "NFD")


@st.composite
def drawn_texts(draw: st.DrawFn) -> Article:
    """An article of any text: NFD, markup, double spaces, emoji, both tone styles."""
    form = draw(st.sampled_from(FORMS))
    piece = VIETNAMESE | st.sampled_from(
        [
            "<b>Lào  Cai</b> & 'hoà'",
            "họp 😀 về đường",
            "học sinh",
            "hòa  hoà",
            "Ủy ban\u200b tỉnh",
            "50kg",
            "&lt;",
        ]
    )
    text = (
        st.lists(piece, min_size=1, max_size=4)
        .map(" ".join)
        .map(lambda one: unicodedata.normalize(form, one))
    )
    return Article("a", "Tin " + draw(text), draw(text) or "x", (draw(text), "Hết."), (draw(text),))


def marked(one: Article, leaves: list[Match], boundaries: bytes = b"") -> list[HighlightedText]:
    """The marks, found by reading."""
    return Highlighter(leaves).highlight(TokenMatcher(leaves).read(one, boundaries))


def meant(leaf: Match, term: str) -> bool:
    """Whether a term is meant by any syllable of a match, or of what counts as it."""
    return any(
        begins(one.syllable, term, complete=one.complete)
        if one.prefix
        else means(one.syllable, term, complete=one.complete)
        for match in (leaf, *leaf.expansions)
        for one in match.typed
    )


@settings(max_examples=300, deadline=None)
@given(one=drawn_texts(), leaves=st.lists(drawn_matches(), min_size=1, max_size=3))
def test_every_marked_piece_analyses_to_terms_of_the_query(one: Article, leaves: list[Match]) -> None:
    for text in marked(one, leaves):
        for mark in text.marks:
            found = terms(text.text[mark.start : mark.end])
            assert found
            assert all(meant(leaves[mark.leaf], term) for term in found)
        for part in text.fragments():
            if part.hit:
                assert all(any(meant(leaf, term) for leaf in leaves) for term in terms(part.text))


@settings(max_examples=300, deadline=None)
@given(one=drawn_texts(), leaf=drawn_matches())
def test_the_parts_are_the_original_text(one: Article, leaf: Match) -> None:
    """Nothing is added, lost or normalised."""
    for text in marked(one, [leaf]):
        assert "".join(part.text for part in text.fragments()) == text.text


@settings(max_examples=300, deadline=None)
@given(one=drawn_texts(), leaf=drawn_matches())
def test_an_article_is_marked_where_and_only_where_it_matches(one: Article, leaf: Match) -> None:
    index = MemoryIndex()
    writer = MemoryWriter(index)
    writer.add(analysed(one))
    writer.commit(1)
    matched = MemoryReader(index).search(Question(leaf)).total == 1
    if leaf.field in {Field.TEXT, Field.TITLE, Field.CAPTION}:
        assert any(text.marks for text in marked(one, [leaf])) == matched


@settings(max_examples=300, deadline=None)
@given(one=drawn_texts(), leaves=st.lists(drawn_matches(), min_size=1, max_size=3), joins=st.data())
def test_marks_from_the_index_are_those_of_reading(
    one: Article, leaves: list[Match], joins: st.DataObject
) -> None:
    """What the page of results shows without reading the articles is what reading them would show."""
    flags: list[bool] = []
    for _, text in searched_texts(one):
        inner = len(terms(text)) - 1  # no word goes on after a text's last syllable
        if inner >= 0:
            flags += [*joins.draw(st.lists(st.booleans(), min_size=inner, max_size=inner)), False]
    boundaries = pack_joins(flags)
    index = MemoryIndex()
    writer = MemoryWriter(index)
    writer.add(analyse(one, 7, boundaries))
    writer.commit(1)
    in_text = [leaf for leaf in leaves if leaf.field in TEXT_FIELDS]
    hits = MemoryReader(index).search(Question(Or(tuple(leaves)), occurrences=True)).hits
    for found in (hit.occurrences for hit in hits):
        assert found is not None
        assert found.change == 7
        placed = Highlighter(in_text).highlight(TokenMatcher(in_text).locate(one, found))
        assert placed == marked(one, in_text, boundaries)
        by_loop = LocatedMarks(in_text).find(one, found)
        assert by_loop in (None, placed)
        asked = [match for leaf in in_text for match in (leaf, *leaf.expansions)]
        assert (by_loop is None) == (library() is None or any(match.slop for match in asked))


@pytest.mark.parametrize("form", FORMS)
def test_an_unaccented_query_marks_accented_text(form: Form) -> None:
    title = unicodedata.normalize(form, "Về tỉnh Lào  Cai hoà bình")
    texts = marked(article(title=title), [Match("lao cai", ("lao", "cai")), Match("hòa", ("hòa",))])
    hits = [part.text for part in texts[0].fragments() if part.hit]
    assert hits == [unicodedata.normalize(form, "Lào  Cai hoà")]


def test_the_snippet_of_a_40000_character_article_shows_its_one_hit() -> None:
    body = (
        "Không có gì mới ở đây. " * 900
        + "Sáng nay, đoàn công tác tới Mường Khương. "
        + "Trời vẫn mưa to. " * 1200
    )
    parts = snippet(marked(article(body=body), [Match("muong khuong", ("muong", "khuong"))]))
    assert len(body) > 40_000
    assert [part.text for part in parts if part.hit] == ["Mường Khương"]
    text = "".join(part.text for part in parts)
    assert "Sáng nay, đoàn công tác tới Mường Khương." in text
    assert len(text) <= BUDGET + 6


@settings(max_examples=200, deadline=None)
@given(one=drawn_texts(), leaves=st.lists(drawn_matches(), max_size=2))
def test_a_snippet_holds_pieces_of_the_original_within_the_budget(one: Article, leaves: list[Match]) -> None:
    texts = marked(one, leaves)
    parts = snippet(texts)
    shown = "".join(part.text for part in parts)
    assert len(shown) <= BUDGET + 9
    for piece in filter(None, (piece.strip() for piece in shown.split("…"))):
        assert any(piece in text.text for text in texts)


def test_a_snippet_is_cut_at_sentence_ends() -> None:
    body = (
        "Câu một nói về mưa ở TP. HCM. Câu hai nói về lũ quét. " + "Câu ba dài và không liên quan gì cả. " * 9
    )
    parts = snippet(marked(article(body=body), [Match("lũ quét", ("lũ", "quét"))]))
    shown = "".join(part.text for part in parts)
    assert shown.startswith("Câu một")
    assert shown.endswith(".")
