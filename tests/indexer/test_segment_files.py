"""A segment's file: whole or refused, merged as if built at once, few of them."""

import shutil
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import OperatorError
from indexer.arrays.blocks import BLOCK
from indexer.arrays.damage import DamagedFileError
from indexer.arrays.file import AnyArray, MappedArrays, write_arrays
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
    read.prove()
    assert list(read) == list(written)
    for name, array in written.items():
        assert read[name].dtype == array.dtype
        assert read[name].tolist() == array.tolist()


def test_a_file_with_any_byte_changed_cut_or_added_is_refused(tmp_path: Path) -> None:
    """When it is opened or, by block, when it is read; and by what proves all of it."""
    path = tmp_path / "x.kho"
    written: dict[str, AnyArray] = {"a": np.arange(20, dtype=np.uint16), "b": np.arange(3, dtype=np.uint8)}
    write_arrays(path, written)
    whole = path.read_bytes()
    for place in range(len(whole)):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with suppress(DamagedFileError):
            read = MappedArrays(path)
            for name, array in written.items():
                assert read[name].tolist() == array.tolist(), place
        with pytest.raises(DamagedFileError, match="khobao rebuild"):
            MappedArrays(path).prove()
    for damaged in (whole[:-1], whole[:10], whole[:100], whole + b"\0", b""):
        path.write_bytes(damaged)
        with pytest.raises(DamagedFileError):
            MappedArrays(path)


def test_only_the_blocks_that_are_read_are_proven(tmp_path: Path) -> None:
    """Whatever is read of a file with one damaged block: what was written, or an error."""
    path = tmp_path / "x.kho"
    written = np.arange(5 * BLOCK // 4 + 7, dtype=np.uint32)
    write_arrays(path, {"before": written[:9], "long": written})
    data = bytearray(path.read_bytes())
    third = data.find(written[2 * BLOCK // 4 : 2 * BLOCK // 4 + 8].tobytes())
    data[third] ^= 1
    path.write_bytes(data)
    damaged = third // BLOCK
    read = MappedArrays(path)
    assert read["before"].tolist() == written[:9].tolist()
    assert read.length("long") == len(written)
    first = read_place(data, written)
    for start in range(0, len(written), BLOCK // 8):
        where = slice(start, start + BLOCK // 8)
        places = np.array([[start, min(start + 5, len(written) - 1)]])
        touched = {(first + 4 * place) // BLOCK for place in range(*where.indices(len(written)))}
        if damaged in touched:
            with pytest.raises(DamagedFileError, match=f"block {damaged} "):
                read.part("long", where)
        else:
            assert read.part("long", where).tolist() == written[where].tolist()
        if damaged in {(first + 4 * int(place)) // BLOCK for place in places.ravel()}:
            with pytest.raises(DamagedFileError, match=f"block {damaged} "):
                read.at("long", places)
        else:
            assert read.at("long", places).tolist() == written[places].tolist()
    with pytest.raises(DamagedFileError):
        read["long"]
    with pytest.raises(DamagedFileError):
        read.at("long", np.arange(len(written)))
    with pytest.raises(DamagedFileError):
        read.prove()


def read_place(data: bytearray, written: AnyArray) -> int:
    """Where an array begins in a file: found by its last block, which is whole."""
    last = written[-BLOCK // 8 :].tobytes()
    return data.rfind(last) + len(last) - written.nbytes


def test_a_block_is_proven_once(tmp_path: Path) -> None:
    path = tmp_path / "x.kho"
    written = np.arange(BLOCK, dtype=np.uint32)
    write_arrays(path, {"long": written})
    read = MappedArrays(path)
    assert read.part("long", slice(0, 9)).tolist() == list(range(9))
    assert read["long"].tolist() == written.tolist()
    assert read["long"] is read["long"]
    assert read.at("long", np.array([7])).tolist() == [7]
    assert read.part("long", slice(BLOCK, None)).tolist() == []


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
