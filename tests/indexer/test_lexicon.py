"""What an engine knows of syllables: the contract of lexicons, and pairs that merge as if counted at once."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.engine import AnalysedArticle, IndexWriter, Lexicon
from indexer.engines.memory.reader import MemoryIndex, MemoryReader, MemoryWriter
from indexer.engines.whoosh import reading_order
from indexer.engines.whoosh.bigrams import bigram_counts
from indexer.engines.whoosh.postings import merge_postings, postings_of_articles
from indexer.engines.whoosh.reader import WhooshReader
from indexer.engines.whoosh.text_counts import (
    TextCounts,
    count_text,
    keep_text_counts,
    merge_text_counts,
    pack_text_counts,
    stored_text_counts,
)
from indexer.engines.whoosh.writer import WhooshWriter
from indexer.text.edits import MAX_LETTERS, edits
from tests.indexer.articles import SYLLABLES, analysed, article, drawn_articles

drawn = st.lists(drawn_articles("a"), min_size=1, max_size=6)
typed = st.sampled_from([*SYLLABLES, "hoac", "ho", "sin", "cia", "5", "đuong", "xyz", "lao", "a" * 20, "ω"])


def filled(engine: str, folder: Path, commits: Sequence[Sequence[AnalysedArticle]]) -> Lexicon:
    index = MemoryIndex()
    writer: IndexWriter = MemoryWriter(index) if engine == "memory" else WhooshWriter(folder / "0001")
    for number, articles in enumerate(commits, 1):
        for one in articles:
            writer.add(one)
        writer.commit(number)
    writer.close()
    return (MemoryReader(index) if engine == "memory" else WhooshReader(folder / "0001")).lexicon()


@pytest.fixture(params=["memory", "whoosh"])
def lexicon(request: pytest.FixtureRequest, tmp_path: Path) -> Lexicon:
    one = article(
        "a", title="Tỉnh Lào Cai", body="Tỉnh Lào Cai họp.\nCai tỉnh. Lào cái", source="Báo Lào Cai"
    )
    other = article("b", title="Lao Cai", body="hoà, hòa", tags=("Lào",))
    return filled(request.param, tmp_path, [[analysed(one)], [analysed(other)]])


def test_readings_are_counted_in_the_text_alone(lexicon: Lexicon) -> None:
    """Not in sources and tags; every reading of the letters, the most frequent first."""
    assert lexicon.total == 15
    assert lexicon.readings("lảo") == (("lào", 3), ("lao", 1))
    assert lexicon.readings("hoa") == (("hoà", 1), ("hòa", 1))
    assert lexicon.readings("báo") == lexicon.readings("") == ()


def test_pairs_stand_side_by_side_in_one_paragraph(lexicon: Lexicon) -> None:
    found = lexicon.bigram_counts(["tỉnh", "lào", "cai", "họp", "không"], ["lào", "cai", "tỉnh", "cái"])
    assert found.tolist() == [[3, 0, 0, 0], [0, 2, 0, 1], [0, 0, 1, 0], [0, 0, 0, 0], [0, 0, 0, 0]]
    assert lexicon.bigram_counts([], ["lào"]).shape == (0, 1)


def test_neighbours_in_spelling_are_keys_that_the_corpus_holds(lexicon: Lexicon) -> None:
    assert lexicon.neighbours("cia") == (("cai", 5),)
    assert lexicon.neighbours("lò") == (("lao", 4),)
    assert lexicon.neighbours("tinhh") == (("tinh", 3),)
    assert lexicon.neighbours("lào") == ()
    assert lexicon.neighbours("l" * (MAX_LETTERS + 1)) == ()


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(st.lists(drawn, min_size=1, max_size=3), st.lists(typed, min_size=1, max_size=5))
def test_engines_know_the_same(commits: list[list[AnalysedArticle]], asked: list[str]) -> None:
    """However the articles came, one replacing another: small segments are merged at every commit."""
    with tempfile.TemporaryDirectory() as folder:
        right, found = (filled(one, Path(folder), commits) for one in ("memory", "whoosh"))
        assert right.total == found.total
        for syllable in asked:
            assert right.readings(syllable) == found.readings(syllable)
            assert right.neighbours(syllable) == found.neighbours(syllable)
        assert (
            right.bigram_counts(asked, SYLLABLES).tolist() == found.bigram_counts(asked, SYLLABLES).tolist()
        )


@pytest.mark.slow
@pytest.mark.parametrize("stretch", [1, 3, 1 << 21])
@settings(max_examples=60, deadline=None)
@given(segments=st.lists(drawn, min_size=1, max_size=3), chance=st.randoms(use_true_random=False))
def test_counts_of_merged_segments_are_what_is_counted_at_once(
    stretch: int, segments: list[list[AnalysedArticle]], chance: object
) -> None:
    """Without the articles that were deleted; however few occurrences are looked at together."""
    with pytest.MonkeyPatch.context() as patching:
        patching.setattr(reading_order, "_STRETCH", stretch)
        kept = [np.array([chance.random() < 0.7 for _ in segment]) for segment in segments]  # type: ignore[attr-defined]  # a Random
        parts = [postings_of_articles(one.places for one in segment) for segment in segments]
        whole = merge_postings(parts, kept)
        held = [
            keep_text_counts(pack_text_counts(count_text(part), part.terms, words=True), part, ~mask)
            for part, mask in zip(parts, kept, strict=True)
        ]
        found = merge_text_counts(
            whole.terms, [(part.terms, one) for part, one in zip(parts, held, strict=True)]
        )
        assert plain(found) == plain(count_text(whole))
        assert plain(stored_text_counts(pack_text_counts(found, whole.terms, words=True))) == plain(found)


def plain(counts: TextCounts) -> list[tuple[list[int], list[int]]]:
    """The counts as lists: of bigrams, then of words by their length."""
    return [(counts.bigrams.keys.tolist(), counts.bigrams.counts.tolist())] + [
        (words.rows.tolist(), words.counts.tolist()) for words in counts.words
    ]


@pytest.mark.slow
@given(drawn)
def test_every_pair_can_be_asked_for(articles: list[AnalysedArticle]) -> None:
    postings = postings_of_articles(one.places for one in articles)
    counted = count_text(postings)
    numbers = range(-1, len(postings.terms))
    found = bigram_counts(pack_text_counts(counted, postings.terms, words=False), numbers, numbers)
    right = dict(zip(counted.bigrams.keys.tolist(), counted.bigrams.counts.tolist(), strict=True))
    assert found.tolist() == [
        [right.get(first << 32 | second, 0) if first >= 0 <= second else 0 for second in numbers]
        for first in numbers
    ]


def test_pairs_past_the_small_numbers_are_exact(tmp_path: Path) -> None:
    known = filled("whoosh", tmp_path, [[analysed(article(body="lào cai " * 70_000))]])
    assert known.bigram_counts(["lào", "cai"], ["lào", "cai"]).tolist() == [[0, 70_000], [69_999, 0]]


@given(st.text("abc", max_size=6), st.text("abc", max_size=6))
def test_edits_are_all_that_is_one_slip_away(one: str, other: str) -> None:
    assert (other in edits(one)) is (one != other and bool(other) and _one_slip(one, other))


def _one_slip(one: str, other: str) -> bool:
    """By looking: what is the same from both ends is taken off."""
    while one and other and one[0] == other[0]:
        one, other = one[1:], other[1:]
    while one and other and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    return (len(one) <= 1 and len(other) <= 1) or (len(one) == len(other) == 2 and one == other[::-1])
