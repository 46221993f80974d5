"""Pairs of places: what is found by sorting is what a look at each place finds, in each article by itself."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.engines.whoosh.occurrences import read_spots
from indexer.engines.whoosh.place_pairs import find_pairs
from indexer.engines.whoosh.segments import Segment
from indexer.engines.whoosh.writer import WhooshWriter
from indexer.fields import Field
from indexer.query import Typed
from tests.indexer.articles import analysed, article

_BODIES = ("an toàn thực phẩm", "Công an công an. An cư.", "an\ncông an", "công", "an công cống ăn")


@pytest.fixture(scope="module")
def segment(tmp_path_factory: pytest.TempPathFactory) -> Segment:
    folder = tmp_path_factory.mktemp("pairs") / "0001"
    writer = WhooshWriter(folder)
    for number, body in enumerate(_BODIES):
        writer.add(analysed(article(f"a{number}", "An", body), number + 1))
    writer.commit(1)
    (path,) = Path(folder).glob("*.kho")
    return Segment(path)


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
