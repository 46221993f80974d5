"""A pattern made linear matches what its plain form does, which is slow only on long texts."""

import re
from itertools import accumulate

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.cleaning import bylines
from corpus.encodings import mixed
from corpus.normal_form import INVISIBLE
from corpus.readers.feeds import feed
from corpus.readers.feeds.teaser import unbroken
from corpus.readers.html import sections, signs
from indexer.text import word_source
from indexer.text.syllables import MARKS, TOKEN, syllables
from indexer.text.token_pattern import TokenFinder, token_pattern
from indexer.text.words import joins
from search_app.answer.sentences import _ends
from search_app.query.completion import _name_of_last_field
from search_app.query.correction.typed import _PIECE
from search_app.query.grammar.spelling import DOUBLE_QUOTES
from search_app.query.grammar.tokens import _LIKE_A_FIELD

pytestmark = pytest.mark.slow  # compares pattern by pattern on thousands of texts

LINEAR_TOKENS = token_pattern()
PLAIN = (
    (TOKEN, rf"[^\W\d_](?:[^\W\d_]|[{MARKS}{INVISIBLE}])*|\d(?:\d|[{INVISIBLE}])*"),
    (_PIECE, rf"[^\W_](?:[^\W_]|[\u0300-\u036f{INVISIBLE}])*"),
    (_LIKE_A_FIELD, rf"(?P<name>(?:[^\W\d]|[{INVISIBLE}\u0300-\u036f])+):(?!//)(?=\S|$)"),
    (bylines._BETWEEN, r"\s+(?:-|–|và|/|&)\s+|\s*[,/]\s*|(?<=\S)[–](?=\S)"),
    (sections._BETWEEN, r"\s*[»›>/|]\s*"),
    (signs._BETWEEN, r"\s+[|–—-]+\s+|\s*\|\s*|\s*::\s*"),
    (feed._BETWEEN, r"\s+[-–|»:]\s+|\s*[|»]\s*"),
    (mixed._LOST_SPACE, r"(?P<before>\w*)Ã (?P<after>\w*)"),
)
_END = re.compile(
    r"[.!?…]+[\"”’»)\]]*(?=\s+[\"“‘«(\[–-]*\s*[^\W\d_a-z]|\s*$)"
    r"|(?<=[^\W\d_A-Z])[.!?…]+[\"”’»)\]]*(?=[\"“‘«(]?[^\W\d_a-z])|\n+"
)
_BREAKS_OFF = re.compile(
    r"(?:\[?(?:…|\.\.\.|&hellip;)\]?|(?:xem|đọc) (?:tiếp|thêm)|read more)[\s»>.…]*$", re.IGNORECASE
)
_FIELD = re.compile(
    rf"([^\s{DOUBLE_QUOTES}():]+):(?:[{DOUBLE_QUOTES}][^{DOUBLE_QUOTES}]*|[^\s{DOUBLE_QUOTES}]*)$"
)
_SIGNS = '\u115f\u1160\u00ad\u034f\u0301\u1ab0\u200b\u00a0\n .…!?"”)]“([-–—,/&|:»›>ÃaAđĐ19_'
texts = st.lists(
    st.one_of(st.sampled_from([*_SIGNS, "...", "và", "xem thêm", "&hellip;", "a:"]), st.characters()),
    max_size=14,
).map("".join)


@settings(max_examples=400)
@given(texts)
def test_what_is_matched_is_as_before(text: str) -> None:
    for pattern, plain in PLAIN:
        spans = [[one.span() for one in each.finditer(text)] for each in (pattern, re.compile(plain))]
        assert spans[0] == spans[1], pattern.pattern
    assert [one.span() for one in _ends(text)] == [one.span() for one in _END.finditer(text)]
    assert unbroken(text) == _BREAKS_OFF.sub("", text)
    field = _FIELD.search(text)
    assert _name_of_last_field(text) == (field[1] if field else "")


@given(
    st.lists(
        st.sampled_from(
            [
                "http",
                "s",
                ":",
                "/",
                "//",
                "a",
                "vn",
                "com",
                ".",
                "..",
                "-",
                "@",
                "(",
                ")",
                "!",
                "1",
                "12",
                "A",
                "Ư",
                "Lũ",
                "_",
                "’",
                "&",
                ",",
                "?",
                "x",
                "T.Ư",
                "v.v",
                "1x2",
                " ",
                "%",
                "[",
                "]",
            ]
        ),
        max_size=14,
    ).map("".join)
)
@settings(max_examples=1500)
def test_tokens_are_those_of_underthesea(text: str) -> None:
    """Short texts: of its own pattern the time doubles with each character of some."""
    plain = word_source.underthesea_pattern()
    linear = [(found.span(), found.lastgroup) for found in LINEAR_TOKENS.finditer(text)]
    assert linear == [(found.span(), found.lastgroup) for found in plain.finditer(text)]


@pytest.mark.parametrize(
    "stretch",
    [
        "http://" + "!" * 5000,
        ".x" * 4000,
        "a." * 4000,
        "ab" * 4000,
        "lu\u0303-" * 2000,
        "http://a.vn/" + "b,c" * 3000,
    ],
)
def test_a_long_stretch_is_read_in_pieces_and_loses_nothing(stretch: str) -> None:
    tokens = list(TokenFinder(LINEAR_TOKENS).tokens(stretch))
    assert "".join(token for _, token in tokens) == stretch
    assert [start for start, _ in tokens] == [0, *accumulate(len(token) for _, token in tokens)][:-1]
    assert len(joins(stretch)) == len(list(syllables(stretch)))
