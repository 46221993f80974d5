"""Which tokens a window marks, beside the plainest way to find them."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from indexer.places import Zone
from indexer.query import Match
from search_app.answer.highlight import highlight_article
from search_app.answer.token_spans import MatchedText, MatchedToken


@given(
    st.dictionaries(st.integers(0, 30), st.sets(st.integers(0, 2), min_size=1), max_size=20),
    st.sampled_from([("a", "b", "c"), ("a", "a", "b"), ("a", "a", "a")]),
    st.integers(1, 6),
)
def test_a_token_is_marked_where_some_window_holds_it_and_every_syllable(
    filled: dict[int, set[int]], syllables: tuple[str, ...], slop: int
) -> None:
    match = Match(" ".join(syllables), syllables, complete=True, slop=slop)
    meant = {place: {syllables[slot] for slot in slots} for place, slots in filled.items()}
    expected: set[int] = set()
    for first in meant:
        window = [place for place in meant if first <= place < first + len(syllables) + slop]
        held = Counter(name for place in window for name in meant[place])
        if all(held[name] >= count for name, count in Counter(syllables).items()):
            expected.update(window)

    tokens = {
        place: MatchedToken(place, place + 1, frozenset((0, slot) for slot in slots))
        for place, slots in filled.items()
    }
    (marked,) = highlight_article([MatchedText(Zone.BODY, "x" * 40, tokens)], [match])

    assert [mark.start for mark in marked.marks] == sorted(expected)
