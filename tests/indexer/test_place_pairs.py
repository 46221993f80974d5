"""Pairs of places: what is found by sorting is what a look at each place finds, in each article by itself."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.engines.whoosh.occurrences import read_spots
from indexer.engines.whoosh.place_pairs import find_pairs
from indexer.engines.whoosh.segments import Segment
from indexer.fields import Field
from indexer.query import Typed
from tests.indexer.segment import segment_of

_BODIES = ("an toàn thực phẩm", "Công an công an. An cư.", "an\ncông an", "công", "an công cống ăn")


@pytest.fixture(scope="module")
def segment(tmp_path_factory: pytest.TempPathFactory) -> Segment:
    return segment_of(tmp_path_factory.mktemp("pairs"), "An", _BODIES)


@settings(deadline=None)
@given(
    pair=st.tuples(*(st.sampled_from(("an", "cong", "toan", "cu")),) * 2),
    distance=st.integers(-3, 3).filter(bool),
    within=st.sets(st.integers(0, len(_BODIES) - 1)),
)
def test_pairs_are_what_stands_at_the_distance_in_the_same_article(
    segment: Segment, pair: tuple[str, str], distance: int, within: set[int]
) -> None:
    first, second = (segment.term_set(Field.TEXT, Typed(one, complete=False, prefix=False)) for one in pair)
    numbers = np.array(sorted(within), np.uint16)
    there = set(read_spots(segment, second, None).spots.tolist())
    expected = [
        spot
        for spot in sorted(read_spots(segment, first, None).spots.tolist())
        if spot >> 32 in within and spot + distance in there and (spot + distance) >> 32 == spot >> 32
    ]
    assert find_pairs(segment, (first, second), distance, numbers).tolist() == expected
