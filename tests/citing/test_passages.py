"""A passage is of whole words, of one part of the article; a link leads to it, and to nothing before it."""

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import UserError
from indexer.places import Zone
from search_app.answer.passages import WORD, cut_passage
from search_app.web.text_fragments import text_fragment
from tests.citing.passages import (
    ARTICLE,
    BODY,
    CAPTIONS,
    DOTS,
    PARAGRAPHS,
    PASSAGES,
    SIGNS,
    SPACES,
    TEXTS,
    place,
)

LENGTH = TEXTS.starts[-1] - 1


@pytest.mark.parametrize(
    ("asked", "words", "zone", "numbers"),
    [
        (place(0, "Lũ về"), "Lũ về", Zone.TITLE, (1, 1)),
        (place(1, "ước lên nha"), "Nước lên nhanh", Zone.LEDE, (1, 1)),
        (place(SIGNS, " lũ rút - "), "lũ rút -", Zone.BODY, (27, 27)),
        (place(SIGNS, 'giá 5,5%"'), 'giá 5,5%"', Zone.BODY, (27, 27)),
        (place(DOTS, "HC"), "TP.HCM", Zone.BODY, (30, 30)),
        (place(DOTS, "00 suấ"), "3.000 suất", Zone.BODY, (30, 30)),
        (place(SIGNS, "hết", SPACES, "hai"), f"hết, tiếng Việt.\n{PARAGRAPHS[27]}\nhai", Zone.BODY, (27, 29)),
        (place(CAPTIONS, "tránh"), "tránh", Zone.CAPTIONS, (1, 1)),
        ((TEXTS.starts[BODY], None), PARAGRAPHS[0], Zone.BODY, (1, 1)),
    ],
)
def test_a_passage_is_of_whole_words(
    asked: tuple[int, int | None], words: str, zone: Zone, numbers: tuple[int, int]
) -> None:
    passage = cut_passage(ARTICLE, *asked)
    assert (passage.words, passage.zone, (passage.first, passage.last)) == (words, zone, numbers)


@pytest.mark.parametrize(
    "asked",
    [
        (LENGTH + 1, None),
        (0, LENGTH + 1),
        (5, 5),
        (5, 4),
        place(SIGNS, " - "),
        place(0, "Lác", 1, "Nước"),
        place(1, "sớm", BODY, "Nước"),
        place(CAPTIONS, "lũ", CAPTIONS + 1, "Ảnh"),
    ],
)
def test_what_is_no_passage_is_refused(asked: tuple[int, int | None]) -> None:
    with pytest.raises(UserError):
        cut_passage(ARTICLE, *asked)


@given(st.integers(0, LENGTH - 1), st.integers(1, 80))
def test_a_passage_cut_again_is_the_same(start: int, length: int) -> None:
    try:
        passage = cut_passage(ARTICLE, start, min(LENGTH, start + length))
    except UserError:
        return
    assert cut_passage(ARTICLE, passage.start, passage.stop) == passage
    assert passage.start <= start + 1 or passage.words.strip() == passage.words
    for one in passage.parts:
        text = TEXTS.texts[one.number]
        assert WORD.search(text[one.start : one.stop])
        assert not (one.start and text[one.start - 1].isalnum() and text[one.start].isalnum())


@pytest.mark.parametrize("asked", PASSAGES.values(), ids=PASSAGES)
def test_a_fragment_is_encoded_so_that_no_sign_parts_it(asked: tuple[int, int]) -> None:
    """What is left unencoded are the commas and hyphens that the form of a fragment has itself."""
    fragment = text_fragment(ARTICLE, cut_passage(ARTICLE, *asked))
    name, _, value = str(fragment).partition("=")
    assert name == "#:~:text"
    pieces = value.split(",")
    before = [pieces.pop(0)[:-1]] if pieces[0].endswith("-") else []
    behind = [pieces.pop()[1:]] if pieces[-1].startswith("-") else []
    assert [unquote(one) for one in pieces] == [one for one in (fragment.start, fragment.end) if one]
    assert [unquote(one) for one in before + behind] == [
        one for one in (fragment.before, fragment.behind) if one
    ]
    for one in (*pieces, *before, *behind):
        assert not set(one) & set('-,& \n#"<>')
        assert one.isascii()
