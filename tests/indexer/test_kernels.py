"""The loops in C and their twins in numpy: the same values, and no access outside of damaged arrays."""

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.arrays.damage import DamagedFileError
from indexer.arrays.file import AnyArray, MappedArrays
from indexer.engines.whoosh.common_terms import FrequencyRow
from indexer.engines.whoosh.occurrences import mask_of, read_spots
from indexer.engines.whoosh.proximity import ProximityReader
from indexer.engines.whoosh.ranking_loops import SATURATION
from indexer.engines.whoosh.segments import Segment, TermSet
from indexer.fields import Field
from indexer.kernels import compiling, library, spots
from indexer.kernels.best import RankedBy, ScoredMatch, best_articles
from indexer.kernels.counts import count_codes, count_days
from indexer.kernels.places import marks_of
from indexer.kernels.segment_view import SegmentView
from indexer.proximity import WindowWord
from indexer.query import Match, Typed
from indexer.scoring import weight
from tests.indexer.segment import segment_of

_BODIES = [
    "chợ phiên họp sớm, chợ nổi họp khuya",
    "phiên chợ " * 40,
    "không có gì",
    "Chợ. cho chở chờ, phiên phiến " + "chợ " * 300,
    "mây phủ chợ phiên\nphiên chợ cuối năm",
]


@pytest.fixture(scope="module", autouse=True)
def _compiled() -> None:
    if not compiling.compiler():
        pytest.skip("no C compiler here: numpy alone is tested")
    assert compiling.compile_library() == ""
    library.library.cache_clear()
    assert library.library() is not None


@pytest.fixture(scope="module")
def segment(tmp_path_factory: pytest.TempPathFactory) -> Segment:
    return segment_of(tmp_path_factory.mktemp("kernels"), "Chợ phiên đầu năm", _BODIES * 30)


@pytest.fixture
def numpy_alone(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv(library.SWITCH, "numpy")
    library.library.cache_clear()
    yield
    monkeypatch.delenv(library.SWITCH)
    library.library.cache_clear()


def _sets(segment: Segment) -> list[TermSet]:
    typed = [("chợ", False), ("cho", False), ("phien", False), ("ch", True), ("khong", False)]
    return [
        segment.term_set(Field.TEXT, Typed(text, complete=False, prefix=prefix)) for text, prefix in typed
    ]


@given(st.sets(st.integers(0, 149)), st.integers(0, 4))
def test_spots_frequencies_and_holders_are_those_of_numpy(
    segment: Segment, articles: set[int], which: int
) -> None:
    numbers, term_set = np.array(sorted(articles), np.uint16), _sets(segment)[which]
    mask = mask_of(segment, numbers)
    every = sorted(
        (int(number) << 32 | int(position))
        for run in term_set.slices
        for posting in range(run.start, run.stop)
        for number in segment.numbers(slice(posting, posting + 1))
        if mask[number]
        for position in segment.arrays["positions"][int(segment.first_occurrences(np.array([posting]))[0]) :][
            : int(segment.counts(slice(posting, posting + 1))[0])
        ]
    )
    found, indices = spots.spots_of_terms(segment.view, term_set, numbers)
    assert sorted(found.tolist()) == every
    assert (segment.arrays["positions"][indices] == found & 0xFFFFFFFF).all()
    assert spots.sort_runs(found.copy()).tolist() == every
    held = spots.among(segment.view, term_set, numbers)
    assert held.tolist() == sorted({spot >> 32 for spot in every})
    sums = spots.frequencies(segment.view, term_set, numbers)
    weighed = spots.weigh(segment.view, spots.sort_runs(found), numbers, np.array([3.0, 2.0, 1.0, 1.0]))
    assert sums.tolist() == weighed.tolist()


@given(st.lists(st.integers(-9, 60)))
def test_runs_are_sorted(values: list[int]) -> None:
    assert spots.sort_runs(np.array(values, np.int64)).tolist() == sorted(values)


@given(st.sets(st.integers(0, 60)), st.sets(st.integers(0, 60)), st.integers(-3, 3))
def test_two_lists_are_intersected(few: set[int], many: set[int], shift: int) -> None:
    found = spots.intersect_sorted(np.array(sorted(few), np.int64), np.array(sorted(many), np.int64), shift)
    assert found.tolist() == sorted(one for one in few if one + shift in many)


def test_windows_and_heads_are_those_of_numpy_to_the_bit(segment: Segment) -> None:
    words = [
        (WindowWord(text, Match(text, (text,)), boost), idf)
        for text, boost, idf in (
            ("cho", 1.0, 1.7),
            ("phien", 0.25, 2.3),
            ("nam", 1.0, 0.1),
            ("may", 1.0, 3.3),
        )
    ]
    for numbers in (np.arange(150, dtype=np.uint16), np.array([2, 4, 7], np.uint16), np.empty(0, np.uint16)):
        reader = ProximityReader(segment, numbers)
        merged = reader.merge(words)
        windows, heads = reader.scores(words)
        assert windows.tolist() == reader.window_scores(merged, words).tolist()
        assert heads.tolist() == reader.head_scores(merged, words).tolist()


def test_numpy_reads_the_same(segment: Segment, request: pytest.FixtureRequest) -> None:
    numbers = np.arange(0, 150, 3, dtype=np.uint16)
    by_loops = [read_spots(segment, term_set, numbers) for term_set in _sets(segment)]
    request.getfixturevalue("numpy_alone")
    assert not segment.view.is_usable
    for term_set, known in zip(_sets(segment), by_loops, strict=True):
        again = read_spots(segment, term_set, numbers)
        assert sorted(again.spots.tolist()) == sorted(known.spots.tolist())
        assert sorted(again.indices.tolist()) == sorted(known.indices.tolist())


def test_numbers_that_lead_outside_are_damage(segment: Segment) -> None:
    asked = np.zeros(1, np.uint16)
    for runs in ([0, 1 << 40], [-1, 1]):
        terms, room = np.array(runs, np.int64), np.empty(1, np.int64)
        addresses = [library.address(array) for array in (terms, asked, room)]
        with pytest.raises(DamagedFileError, match="kho"):
            segment.view.run(spots._read, addresses[0], 1, addresses[1], 1, addresses[2], addresses[2], 1)


def test_an_array_that_is_not_contiguous_is_copied_before_it_is_sorted() -> None:
    values = np.arange(8, dtype=np.int64)
    assert spots.sort_runs(values[::-1]).tolist() == list(range(8))
    values.flags.writeable = False
    assert spots.sort_runs(values).tolist() == list(range(8))
    with pytest.raises(TypeError):
        library.address(values[::2])


def test_a_library_of_another_source_is_not_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library, "FOLDER", tmp_path)
    library.library.cache_clear()
    assert library.library() is None
    library.library_path().write_bytes(b"no library")
    library.library.cache_clear()
    assert library.library() is None
    monkeypatch.setenv(library.IN, str(tmp_path))
    assert compiling.compile_library() == ""
    library.library.cache_clear()
    assert library.library() is not None
    monkeypatch.undo()
    library.library.cache_clear()


def test_without_a_compiler_it_is_said_what_helps(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(compiling, "library_path", lambda: tmp_path / "none")
    monkeypatch.setenv("CC", "no-such-compiler")
    assert "apt install gcc" in compiling.compile_library()


@pytest.mark.parametrize("folder", ["/proc/none", "/dev/null/none"])
def test_what_goes_wrong_at_set_up_is_said_and_ends_nothing(
    monkeypatch: pytest.MonkeyPatch, folder: str
) -> None:
    monkeypatch.setattr(compiling, "library_path", lambda: Path(folder) / "kernels.so")
    assert compiling.compile_library().startswith(compiling.SLOWER)


def test_a_compiler_that_fails_is_quoted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(compiling, "library_path", lambda: tmp_path / "kernels.so")
    monkeypatch.setenv("CC", "cc -include no-such-header.h")
    assert "the C compiler said" in compiling.compile_library()


def test_the_sources_compile_without_a_warning(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(compiling, "library_path", lambda: tmp_path / "kernels.so")
    assert compiling.compile_library(flags=("-Werror", "-Wconversion", "-Wno-sign-conversion")) == ""


def test_a_wide_count_that_is_missing_is_damage(segment: Segment) -> None:
    """A posting whose code says that its count stands apart, where none does."""
    arrays = _Loose({name: segment.arrays[name].copy() for name in segment.arrays})
    arrays["frequencies_at"][:] = 0
    view, term_set = SegmentView(arrays), segment.term_set(Field.TEXT, Typed("chợ", True, False))
    numbers = np.arange(150, dtype=np.uint16)
    for read in (spots.spots_of_terms, spots.frequencies):
        with pytest.raises(DamagedFileError):
            read(view, term_set, numbers)
    with pytest.raises(DamagedFileError):
        spots.phrase_spots(view, [term_set, term_set], [0, 1], -1, numbers)


class _Loose(MappedArrays):
    """Arrays in memory, of which nothing is proven."""

    def __init__(self, arrays: dict[str, AnyArray]) -> None:
        self._arrays = self._whole = arrays
        self.path = Path("segment.kho")


@given(
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 300)), min_size=1, max_size=4),
    st.sets(st.integers(0, 299), min_size=1),
    st.integers(1, 40),
)
def test_the_best_are_those_of_scoring_all(
    drawn: list[tuple[int, int]], members: set[int], wanted: int
) -> None:
    """Of matches with a row for every article and without, however many are wanted."""
    generator = np.random.default_rng([seed for pair in drawn for seed in pair])
    norms, keys = generator.random(300) + 0.3, generator.permutation(300).astype(np.int64)
    chosen, scores = np.array(sorted(members), np.uint16), np.zeros(len(members))
    matches = []
    for density, shift in drawn:
        frequencies = np.where(generator.random(300) * 40 < density, generator.integers(1, 300, 300), 0)
        boost, idf = 0.5 + shift % 2, 0.1 + shift / 10
        held = np.flatnonzero(frequencies).astype(np.uint16)
        row = FrequencyRow.of(frequencies.astype(np.float64)) if shift % 3 else None
        values = frequencies[held].astype(np.float64)
        if row is not None:
            matches.append(ScoredMatch((row.capped, row.impacts(norms)), *row.past, boost, idf))
        else:
            matches.append(ScoredMatch(None, held, values, boost, idf))
        scores += boost * weight(idf, frequencies[chosen].astype(np.float64), norms[chosen])
    order = np.lexsort((keys[chosen], -scores))[:wanted]
    found, own = best_articles(
        matches, RankedBy(Path("segment.kho"), SATURATION, norms, keys), chosen, wanted
    )
    assert found.tolist() == chosen[order].tolist()
    assert own.tolist() == scores[order].tolist()


def test_numbers_of_no_article_are_damage_in_every_count() -> None:
    path, far = Path("segment.kho"), np.array([0, 9], np.uint16)
    order = RankedBy(path, SATURATION, np.ones(3), np.arange(3))
    held = ScoredMatch(None, far, np.ones(2), 1.0, 1.0)
    days, codes = np.array([5, 6, 7], np.uint32), np.array([0, 1, 7], np.uint32)
    asked: tuple[Callable[[], object], ...] = (
        lambda: best_articles([held], order, far[:1], 1),
        lambda: best_articles([], order, far, 1),
        lambda: count_days(path, days, days, far, range(5, 8)),
        lambda: count_codes(path, codes, np.array([0, 1, 2, 3], np.uint32), far, 8),
        lambda: count_codes(path, codes, np.array([0, 1, 2, 3], np.uint32), np.array([2], np.uint16), 7),
    )
    for ask in asked:
        with pytest.raises(DamagedFileError, match="segment"):
            ask()
    nothing = np.empty(0, np.int64)
    assert marks_of(np.array([1]), np.zeros((1, 2), np.int64), (nothing, nothing), 64, nothing) is None


def test_two_states_of_an_index_share_a_row_and_not_its_impacts() -> None:
    """Each thread gets the impacts of its own norms, though another makes those of others in between."""
    row = FrequencyRow(np.full(9, 3, np.uint8), np.empty(0, np.uint16), np.empty(0))
    met: list[int] = []
    light, heavy = np.full(9, 0.4), np.full(9, 9.0)
    threads = [
        Thread(target=lambda: met.extend(row.impacts(light).max() for _ in range(3_000))),
        Thread(target=lambda: [row.impacts(heavy) for _ in range(3_000)]),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(met) == {row.impacts(light)[0]}
