"""Windows and phrases on arrays, beside the plainest way to find them."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.engines.whoosh import spot_intersection
from indexer.engines.whoosh.occurrences import ARTICLE_SHIFT, PostingsBlock, Spots
from indexer.engines.whoosh.spot_intersection import intersect, intersect_blocks
from indexer.engines.whoosh.windows import SyllableClass, find_windows
from indexer.window_hits import has_place_for_each

_SPOTS = st.sets(st.tuples(st.integers(0, 3), st.integers(0, 12)), max_size=25)


def spots(found: set[tuple[int, int]]) -> Spots:
    """Pairs of article and position as spots, ascending."""
    return np.array(sorted(article << ARTICLE_SHIFT | place for article, place in found), np.int64)


@given(
    st.dictionaries(st.tuples(st.integers(0, 3), st.integers(0, 12)), st.sampled_from("abc-"), max_size=25),
    _SPOTS,
    st.lists(st.sampled_from("abc"), min_size=1, max_size=5),
    st.booleans(),
    st.integers(0, 6),
)
def test_a_window_has_a_place_for_each_syllable_as_often_as_typed(
    classes: dict[tuple[int, int], str],
    begun: set[tuple[int, int]],
    syllables: list[str],
    has_prefix: bool,
    slop: int,
) -> None:
    """Syllables of three classes that have no place in common, and a prefix that shares places with them."""
    count = len(syllables) + has_prefix
    meant = {
        spot: {slot for slot, name in enumerate(syllables) if classes.get(spot) == name}
        | ({len(syllables)} if has_prefix and spot in begun else set())
        for spot in classes.keys() | begun
    }
    begins = {
        (article, first)
        for (article, first), slots in meant.items()
        if slots
        and has_place_for_each(
            [meant.get((article, place), set()) for place in range(first, first + count + slop)], count
        )
    }

    found = find_windows(
        [
            SyllableClass(spots({spot for spot, own in classes.items() if own == name}), wanted)
            for name, wanted in Counter(syllables).items()
        ],
        spots(begun) if has_prefix else None,
        count + slop,
    )

    assert found.tolist() == spots(begins).tolist()


@pytest.mark.parametrize("sieve", [1, 4, spot_intersection._SIEVE])
@settings(deadline=None)
@given(few=_SPOTS, many=st.lists(_SPOTS, max_size=3), shift=st.integers(-3, 3))
def test_what_two_lists_hold_is_found_through_any_sieve(
    sieve: int, few: set[tuple[int, int]], many: list[set[tuple[int, int]]], shift: int
) -> None:
    moved = spots(few) + shift
    flat = np.concatenate([np.empty(0, np.int64), *map(spots, many)])
    expected = sorted(set(moved.tolist()) & set((flat + shift).tolist()))

    with pytest.MonkeyPatch.context() as patching:
        patching.setattr(spot_intersection, "_SIEVE", sieve)
        pieced = intersect_blocks(moved, map(piece, many), shift)
        listed = intersect(moved, flat + shift)

    assert sorted(pieced.tolist()) == expected
    assert sorted(listed.tolist()) == expected


def piece(found: set[tuple[int, int]]) -> PostingsBlock:
    """Spots as the postings of one term."""
    counts = Counter(article for article, _ in found)
    return PostingsBlock(
        np.array(sorted(counts), np.uint16),
        np.array([counts[article] for article in sorted(counts)], np.int64),
        np.array([place for _, place in sorted(found)], np.uint32),
    )
