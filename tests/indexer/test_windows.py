"""In an unordered window each typed syllable has a place of its own: the pieces that share this rule.

Both engines and the marks of a hit follow it, each in its own way. So agreement among them would not show a
rule that all have wrong: here each is held to trying every way to give places to syllables.
"""

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from indexer.places import Zone
from indexer.query import Match, Typed
from indexer.text.analyse import analyse
from indexer.text.readings import fits, meaning_key, means
from indexer.window_hits import has_place_for_each
from search_app.answer.highlight import Highlighter
from search_app.answer.token_spans import TokenMatcher
from tests.indexer.articles import article
from tests.indexer.engines import both_engines

ALIKE = ("hoà", "hòa", "hoa", "hoả", "kỹ", "kĩ", "ky", "khi", "lý", "lí", "h", "k")
"""Syllables that mean each other, and that begin each other, in several ways."""


@given(st.lists(st.sets(st.integers(0, 3)), max_size=6), st.integers(1, 4))
def test_a_place_serves_one_syllable(meant: list[set[int]], count: int) -> None:
    tried = permutations(meant, count)
    expected = any(all(slot in place for slot, place in enumerate(places)) for places in tried)
    assert has_place_for_each(meant, count) == expected


@given(st.sampled_from(ALIKE), st.sampled_from(ALIKE), st.sampled_from(ALIKE), st.booleans())
def test_complete_syllables_mean_the_same_or_have_nothing_in_common(
    one: str, other: str, term: str, exact: bool
) -> None:
    typed = [Typed(syllable, complete=True, prefix=False, exact=exact) for syllable in (one, other)]
    both = [fits(syllable, term) for syllable in typed]
    if meaning_key(typed[0]) == meaning_key(typed[1]):
        assert both[0] == both[1]
    else:
        assert not all(both)
    assert means(one, other, complete=True) == means(other, one, complete=True)


def _window_at(match: Match, window: list[str]) -> bool:
    """Whether each typed syllable can have a term of the window to itself, by trying every way."""
    return any(
        all(fits(typed, term) for typed, term in zip(match.typed, terms, strict=True))
        for terms in permutations(window, len(match.typed))
    )


@given(
    st.lists(st.sampled_from((*ALIKE, "khác")), min_size=1, max_size=9),
    st.lists(st.sampled_from(ALIKE), min_size=2, max_size=4),
    st.integers(1, 3),
    st.booleans(),
    st.booleans(),
)
def test_engines_and_marks_find_the_windows_that_trying_finds(
    text: list[str], syllables: list[str], slop: int, prefix: bool, exact: bool
) -> None:
    match = Match("", tuple(syllables), complete=True, slop=slop, prefix=prefix, exact=exact)
    reach = len(syllables) + slop
    marked: set[int] = set()
    for first, term in enumerate(text):
        window = text[first : first + reach]
        if any(fits(typed, term) for typed in match.typed) and _window_at(match, window):
            marked |= {
                first + step
                for step, term in enumerate(window)
                if any(fits(typed, term) for typed in match.typed)
            }
    one = article(title=" ".join(text), body="khác")
    for name, found in both_engines([analyse(one, 1, b"")], match):
        assert found == (["a"] if marked else []), name
    (title, *_) = Highlighter([match]).highlight(TokenMatcher([match]).read(one))
    assert title.zone is Zone.TITLE
    starts = [sum(len(term) + 1 for term in text[:place]) for place in range(len(text))]
    assert {starts.index(mark.start) for mark in title.marks} == marked
