"""Places as bits: the same spots as by looking each up, and terms asked for often are read once."""

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.engines.whoosh import place_bits
from indexer.engines.whoosh.occurrences import ARTICLE_SHIFT, PostingsBlock, read_blocks
from indexer.engines.whoosh.place_bits import are_set, fits_in_bits, keep_followed, set_bits
from indexer.engines.whoosh.segments import Segment, TermSet
from indexer.fields import Field
from indexer.query import Typed
from indexer.request_cache import request_cache
from tests.indexer.segment import segment_of

_BODIES = ("Tàu về ga tối. Tôi chờ.", "Trời tạnh", "Đường tới thôn.\nTrăng tà tà.", "Cua")
_TIMES = 5


@pytest.fixture(scope="module")
def segment(tmp_path_factory: pytest.TempPathFactory) -> Segment:
    return segment_of(tmp_path_factory.mktemp("places"), "Tin", _BODIES)


@settings(deadline=None)
@given(st.sets(st.integers(0, 99)), st.randoms(use_true_random=False))
def test_bits_hold_the_places_that_they_are_made_of(places: set[int], chance: object) -> None:
    drawn = sorted(places)
    chance.shuffle(drawn)  # type: ignore[attr-defined]  # a Random
    found = set_bits(np.array(drawn, np.uint32), 100)
    assert np.flatnonzero(are_set(found, np.arange(100, dtype=np.uint32))).tolist() == sorted(places)


@settings(deadline=None)
@given(
    spots=st.sets(st.tuples(st.integers(-1, 3), st.integers(-2, 200) | st.just((1 << 32) - 1))),
    step=st.integers(-3, 3),
)
def test_what_follows_is_found_past_bits_and_in_bits(
    segment: Segment, spots: set[tuple[int, int]], step: int
) -> None:
    """Wherever the spots lie, outside of their articles too: no phrase leaves its article."""
    assert fits_in_bits(segment)
    starts = np.array(sorted({(one << ARTICLE_SHIFT) + place for one, place in spots}), np.int64)
    term_set = segment.term_set(Field.TEXT, Typed("t", complete=False, prefix=True))
    there = {spot for block in read_blocks(segment, term_set) for spot in block.spots(None).tolist()}
    expected = sorted(spot for spot in starts.tolist() if spot + step in there)
    with request_cache():
        for _ in range(_TIMES):
            assert sorted(keep_followed(segment, starts, term_set, step).tolist()) == expected


def test_terms_that_are_asked_for_often_are_read_no_more(
    segment: Segment, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Forty phrases that end in "t*" would read half of the archive forty times."""
    read: list[object] = []

    def count(segment: Segment, term_set: TermSet) -> Iterator[PostingsBlock]:
        read.append(term_set)
        return read_blocks(segment, term_set)

    monkeypatch.setattr(place_bits, "read_blocks", count)
    term_set = segment.term_set(Field.TEXT, Typed("t", complete=False, prefix=True))
    with request_cache():
        for place in range(40):
            keep_followed(segment, np.array([place], np.int64), term_set, 1)
    assert len(read) == 3
