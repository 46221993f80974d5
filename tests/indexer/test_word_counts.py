"""How often each word is cut, and which syllables are neighbours: exact, by whatever way articles came."""

import tempfile
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.arrays.file import AnyArray, MappedArrays, write_arrays
from indexer.engine import AnalysedArticle, IndexReader, IndexWriter
from indexer.engines.memory.reader import MemoryIndex, MemoryReader, MemoryWriter
from indexer.engines.whoosh import merging
from indexer.engines.whoosh.reader import WhooshReader
from indexer.engines.whoosh.writer import WhooshWriter
from indexer.word_counts import WordCounts
from tests.indexer.articles import analysed, article, drawn_articles

IDS = [f"bài-{number}" for number in range(5)]
Step = AnalysedArticle | str | None
"""An article to add, an id to remove, or a commit."""

steps = st.lists(
    st.sampled_from(IDS).flatmap(drawn_articles) | st.sampled_from(IDS) | st.none(), min_size=1, max_size=14
)


def apply(writer: IndexWriter, plan: Sequence[Step]) -> None:
    for number, step in enumerate(plan, 1):
        match step:
            case AnalysedArticle():
                writer.add(step)
            case str():
                writer.remove(step)
            case None:
                writer.commit(number)
    writer.commit(len(plan) + 1)
    writer.close()


def memory(plan: Sequence[Step], _folder: Path) -> IndexReader:
    index = MemoryIndex()
    apply(MemoryWriter(index), plan)
    return MemoryReader(index)


def whoosh(plan: Sequence[Step], folder: Path) -> IndexReader:
    apply(WhooshWriter(folder / "0001"), plan)
    return WhooshReader(folder / "0001")


Engine = Callable[[Sequence[Step], Path], IndexReader]


def counted(engine: Engine, plan: Sequence[Step], folder: Path) -> WordCounts:
    counts = engine(plan, folder).word_counts()
    assert counts is not None
    return counts


def words(counts: WordCounts) -> dict[str, int]:
    return {
        " ".join(counts.terms[number] for number in row): count
        for found in counts.words.values()
        for row, count in zip(found.rows.tolist(), found.counts.tolist(), strict=True)
    }


def pairs(counts: WordCounts) -> dict[str, int]:
    return {
        f"{counts.terms[key >> 32]} {counts.terms[key & 0xFFFF_FFFF]}": count
        for key, count in zip(counts.pairs.keys.tolist(), counts.pairs.counts.tolist(), strict=True)
    }


def plain(counts: WordCounts) -> tuple[object, ...]:
    """All of it, with the types of its arrays."""
    arrays: list[AnyArray] = [counts.pairs.keys, counts.pairs.counts]
    for found in counts.words.values():
        arrays += [found.rows, found.counts]
    return counts.terms, [*counts.words], [(one.dtype.str, one.shape, one.tolist()) for one in arrays]


@pytest.mark.parametrize("engine", [memory, whoosh])
class TestEveryEngine:
    """The contract."""

    def test_words_are_counted_as_they_were_cut(self, engine: Engine, tmp_path: Path) -> None:
        """In all zones of the text, not in sources or tags; a run is a word here, and not there."""
        one = analysed(
            article(
                "a", "Học sinh", "em học sinh học\nlũ quét", lede="sinh", source="Học Báo", tags=("sinh",)
            ),
            joined="học sinh, lũ quét",
        )
        other = analysed(article("b", "Tin", "học sinh"))
        assert words(counted(engine, [one, None, other], tmp_path)) == {
            "học sinh": 2, "em": 1, "học": 2, "lũ quét": 1, "sinh": 2, "tin": 1,
        }  # fmt: skip

    def test_pairs_stand_side_by_side_in_one_paragraph(self, engine: Engine, tmp_path: Path) -> None:
        one = analysed(article("a", "Tỉnh Lào", "Cai Lào Cai\nLào cai, tỉnh"), joined="lào cai")
        assert pairs(counted(engine, [one], tmp_path)) == {
            "tỉnh lào": 1, "cai lào": 1, "lào cai": 2, "cai tỉnh": 1,
        }  # fmt: skip

    def test_a_word_of_too_many_syllables_is_in_the_pairs_alone(self, engine: Engine, tmp_path: Path) -> None:
        longest = [f"s{letter}" for letter in "abcdef"]
        longer = [f"t{letter}" for letter in "abcdefg"]
        body = "\n".join(map(" ".join, (longest, longer)))
        joined = ", ".join(map(" ".join, (longest, longer)))
        counts = counted(engine, [analysed(article("a", "Tin", body), joined=joined)], tmp_path)
        assert words(counts) == {" ".join(longest): 1, "tin": 1}
        assert set(pairs(counts)) == {
            " ".join(pair) for syllables in (longest, longer) for pair in pairwise(syllables)
        }
        assert set(counts.terms) == {"tin", *longest, *longer}

    def test_deleted_articles_and_earlier_versions_count_nowhere(
        self, engine: Engine, tmp_path: Path
    ) -> None:
        """Nor do their terms."""
        plan = [
            analysed(article("a", "Lũ quét"), joined="lũ quét"),
            analysed(article("b", "Nắng nóng"), joined="nắng nóng"),
            None,
            analysed(article("a", "Mưa đá"), joined="mưa đá"),
            "b",
        ]
        counts = counted(engine, plan, tmp_path)
        assert words(counts) == {"mưa đá": 1, "có": 1, "tin": 1}
        assert counts.terms == ("có", "mưa", "tin", "đá")

    def test_an_index_without_articles_has_counts_of_nothing(self, engine: Engine, tmp_path: Path) -> None:
        counts = counted(engine, [analysed(article("a")), None, "a"], tmp_path)
        assert (counts.terms, words(counts), pairs(counts)) == ((), {}, {})
        assert [found.rows.shape for found in counts.words.values()] == [(0, n) for n in range(1, 7)]


def test_counts_past_the_small_numbers_are_exact(tmp_path: Path) -> None:
    body = "lào cai " * 70_000
    counts = counted(whoosh, [analysed(article("a", body=body + "học"), joined="lào cai")], tmp_path)
    assert words(counts) == {"lào cai": 70_000, "học": 1, "tin": 1}
    assert pairs(counts)["cai lào"] == 69_999


@pytest.mark.slow
@pytest.mark.parametrize("always_merged_below", [0, merging.ALWAYS_MERGED_BELOW])
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(plan=steps)
def test_engines_count_the_same(always_merged_below: int, plan: list[Step]) -> None:
    """Over any history of additions, replacements, removals and commits, whether segments merge or not."""
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patching:
        patching.setattr(merging, "ALWAYS_MERGED_BELOW", always_merged_below)
        found, right = (counted(engine, plan, Path(folder)) for engine in (whoosh, memory))
        assert plain(found) == plain(right)


@pytest.mark.slow
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    articles=st.fixed_dictionaries({article_id: drawn_articles(article_id) for article_id in IDS}),
    chance=st.randoms(use_true_random=False),
)
def test_the_order_of_import_does_not_matter(articles: Mapping[str, AnalysedArticle], chance: Random) -> None:
    """Nor do commits, nor what articles were before."""
    found = []
    for _ in range(2):
        plan: list[Step] = [*articles.values(), *(None for _ in range(3))]
        chance.shuffle(plan)
        before: list[Step] = [analysed(article(one, "Bản trước")) for one in chance.sample(IDS, 2)]
        with tempfile.TemporaryDirectory() as folder:
            found.append(plain(counted(whoosh, [*before, None, *plan], Path(folder))))
    assert found[0] == found[1]


@pytest.mark.parametrize(
    "name",
    [
        "word_counts",
        "lone_counts",
        "word_rests",
        "pair_counts",
        "forward_codes",
        "forward_forms",
        "zone_syllables",
        "repeat_syllables",
        "repeat_ends",
    ],
)
def test_counts_that_are_not_those_of_the_articles_are_found(tmp_path: Path, name: str) -> None:
    """Though every byte of the file fits its checksum."""
    plan = [analysed(article("a", "Lũ quét", "mưa lớn, lũ quét"), joined="lũ quét, mưa lớn"), None]
    assert whoosh(plan, tmp_path).damage() == ()
    (path,) = (tmp_path / "0001").glob("*.kho")
    arrays = {one: array.copy() for one, array in MappedArrays(path).items()}
    arrays[name][0] ^= 1
    write_arrays(path, arrays)
    (told,) = WhooshReader(tmp_path / "0001").damage()
    assert "khobao rebuild" in told.template
