"""A segment's file: whole or refused, merged as if built at once, few of them."""

import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import OperatorError
from indexer.arrays.file import AnyArray, DamagedFileError, MappedArrays, write_arrays
from indexer.engine import AnalysedArticle
from indexer.engines.whoosh import merging
from indexer.engines.whoosh.directory import IndexDirectory
from indexer.engines.whoosh.merging import choose_segments
from indexer.engines.whoosh.postings import FIELDS, merge_postings, postings_of_articles
from indexer.engines.whoosh.reader import WhooshReader, open_reader
from indexer.engines.whoosh.segment_file import MAX_ARTICLES, pack_postings, unpack_postings
from indexer.engines.whoosh.writer import WhooshWriter
from indexer.query import Match, Question, Typed
from tests.indexer.articles import analysed, article, drawn_articles

articles = st.lists(drawn_articles("a"), min_size=1, max_size=6)


def test_arrays_come_back_as_they_were(tmp_path: Path) -> None:
    written: dict[str, AnyArray] = {
        "bytes": np.arange(7, dtype=np.uint8),
        "none": np.empty(0, np.uint32),
        "wide": np.array([1 << 60], np.uint64),
    }
    write_arrays(tmp_path / "x.kho", written)
    read = MappedArrays(tmp_path / "x.kho")
    assert list(read) == list(written)
    for name, array in written.items():
        assert read[name].dtype == array.dtype
        assert read[name].tolist() == array.tolist()


def test_a_file_with_any_byte_changed_cut_or_added_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.kho"
    write_arrays(path, {"a": np.arange(100, dtype=np.uint16), "b": np.arange(3, dtype=np.uint8)})
    whole = path.read_bytes()
    payload = len(whole) - 256 - 64
    for place in [0, 7, 9, 20, payload, payload + 199, len(whole) - 64]:
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with pytest.raises(DamagedFileError):
            MappedArrays(path)
    for damaged in (whole[:-1], whole[:10], whole[:100], whole + b"\0"):
        path.write_bytes(damaged)
        with pytest.raises(DamagedFileError):
            MappedArrays(path)


def test_a_damaged_index_is_refused_with_the_command_that_mends_it(tmp_path: Path) -> None:
    directory = IndexDirectory(tmp_path)
    writer = WhooshWriter(directory.next_path())
    writer.add(analysed(article("a")))
    writer.commit(1)
    directory.switch_to(tmp_path / "0001")
    (path,) = (tmp_path / "0001").glob("*.kho")
    whole = path.read_bytes()
    path.write_bytes(whole[:-64] + b"\xff" * 64)
    with pytest.raises(OperatorError, match="khobao rebuild"):
        open_reader(tmp_path)
    with pytest.raises(OperatorError, match="khobao rebuild"):
        WhooshWriter(tmp_path / "0001")


@pytest.mark.slow
@settings(max_examples=100, deadline=None)
@given(articles)
def test_postings_survive_packing(drawn: list[AnalysedArticle]) -> None:
    postings = postings_of_articles(one.places for one in drawn)
    again = unpack_postings(pack_postings(postings), postings.articles, postings.terms)
    for name in ("starts", "numbers", "weights", "counts", "positions", "flags", "zone_starts"):
        assert getattr(again, name).tolist() == getattr(postings, name).tolist()


@pytest.mark.slow
@settings(max_examples=100, deadline=None)
@given(st.lists(articles, min_size=1, max_size=3), st.randoms(use_true_random=False))
def test_merged_segments_are_what_is_built_at_once(
    drawn: list[list[AnalysedArticle]], chance: object
) -> None:
    """Without the articles that were deleted."""
    kept = [np.array([chance.random() < 0.7 for _ in segment]) for segment in drawn]  # type: ignore[attr-defined]  # a Random
    one = merge_postings(
        [postings_of_articles(article.places for article in segment) for segment in drawn], kept
    )
    left = [
        article.places
        for segment, mask in zip(drawn, kept, strict=True)
        for article, stays in zip(segment, mask, strict=True)
        if stays
    ]
    other = postings_of_articles(left)
    assert (one.terms, one.articles) == (other.terms, other.articles)
    for name in ("starts", "numbers", "weights", "counts", "positions", "flags", "zone_starts"):
        assert getattr(one, name).tolist() == getattr(other, name).tolist()


def test_frequencies_and_positions_past_the_small_numbers_are_exact(tmp_path: Path) -> None:
    """More than 254 of a term in an article, and more than 65,535 positions."""
    body = "tin " * 70_000 + "cuối cùng"
    writer = WhooshWriter(tmp_path / "0001")
    for one in (article("a", body=body), article("b", body="cuối cùng"), article("c", body="tin " * 255)):
        writer.add(analysed(one))
    writer.commit(1)
    reader = WhooshReader(tmp_path / "0001")
    assert reader.search(Question(Match("cuối cùng", ("cuối", "cùng")))).total == 2
    assert reader.search(Question(Match("tin cuối", ("tin", "cuối")))).total == 1
    (segment,) = reader.segments.values()
    (found,) = segment.term_set(FIELDS[0], Typed("tin", complete=True, prefix=False)).slices
    assert segment.counts(found).tolist() == [70_001, 1, 256]
    assert segment.weights(found).tolist() == [70_003, 3, 258]


@given(st.lists(st.integers(1, MAX_ARTICLES), max_size=30), st.integers(1, MAX_ARTICLES))
def test_a_merge_never_makes_a_segment_too_large(sizes: list[int], new: int) -> None:
    assert new + sum(sizes[place] for place in choose_segments(sizes, new)) <= MAX_ARTICLES


@pytest.mark.parametrize(("batch", "total"), [(100, 200_000), (8_192, 500_000), (1, 3_000)])
def test_few_segments_stay_and_an_article_is_rewritten_few_times(batch: int, total: int) -> None:
    """However articles come: in hundreds, in thousands, one by one."""
    sizes: list[int] = []
    written = 0
    most = 0
    for _ in range(total // batch):
        chosen = choose_segments(sizes, batch)
        merged_size = batch + sum(sizes[place] for place in chosen)
        sizes = [size for place, size in enumerate(sizes) if place not in chosen] + [merged_size]
        written += merged_size
        most = max(most, len(sizes) - total // MAX_ARTICLES)
    assert most <= 8
    assert batch < merging.ALWAYS_MERGED_BELOW or written <= 6 * total


def test_an_index_copied_elsewhere_is_read_there(tmp_path: Path) -> None:
    """Nothing in it names its place."""
    writer = WhooshWriter(tmp_path / "0001")
    writer.add(analysed(article("a")))
    writer.commit(1)
    shutil.move(tmp_path / "0001", tmp_path / "elsewhere")
    assert WhooshReader(tmp_path / "elsewhere").search(Question(Match("tin", ("tin",)))).total == 1
