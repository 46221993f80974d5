"""Do the loops in C stay within their arrays, whatever a damaged file says? AddressSanitizer watches.

The arrays of a small segment are damaged by seed, each time in some values; the loops then read them, with
the checksums of blocks left out, as if they had been proven. An access outside of an array ends the process.

    python -m benchmarks.kernel_damage [--rounds 2000] [--seed 1]
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from indexer.arrays.damage import DamagedFileError
from indexer.arrays.file import MappedArrays
from indexer.engines.whoosh.segments import Segment
from indexer.kernels import bonuses, compiling, forward, library, places, spots
from indexer.kernels.forward import ForwardView
from indexer.kernels.segment_view import SegmentView
from tests.indexer.segment import segment_of

_ARRAYS = (
    "numbers", "frequencies", "stride_starts", "posting_starts", "frequencies_at", "counts_past",
    "weights_past", "positions", "zone_starts", "flags", "spans", "spans_at", "spans_past", "change",
    "occurrence_starts", "span_starts",
)  # fmt: skip
_DAMAGED = 13  # the first so many are
_FORWARD = (
    "forward_forms", "forward_starts", "forward_low_starts", "forward_far_starts", "forward_codes",
    "forward_lows", "forward_far", "zone_starts", "repeat_ends",
)  # fmt: skip
_FLAGS = ("-fsanitize=address,undefined", "-fno-sanitize-recover=undefined", "-g")


class _Copied(MappedArrays):
    """The arrays of a segment in memory of their own, so that the sanitizer knows where each ends."""

    def __init__(self, arrays: dict[str, npt.NDArray[Any]]) -> None:
        self._arrays = arrays
        self._whole = arrays
        self.path = Path("segment.kho")


class _Runs:
    """A set of terms as the loops are given it."""

    def __init__(self, terms: list[int]) -> None:
        self.terms = np.array(terms, np.int64)
        self.slices = tuple(slice(0, 0) for _ in range(len(terms) // 2))


def _positions(view: SegmentView, runs: _Runs, numbers: npt.NDArray[np.uint16]) -> None:
    found, _ = spots.spots_of_terms(view, runs, numbers)
    found = spots.sort_runs(found)
    spots.weigh(view, found, numbers, np.array([3.0, 2.0, 1.0, 1.0]))
    spots.best_windows(view, [found, found], 24, np.ones((3, 2)), numbers)


def _ranked(view: SegmentView, runs: _Runs, numbers: npt.NDArray[np.uint16], articles: int) -> None:
    slots, norms = [runs, runs], np.ones(articles)
    spots.phrase_spots(view, slots, [1, 0], 2, numbers)
    asked = bonuses.Asked(
        slots, [(0, 1, 1.0, 2.0)], [(0, [[0, 1]], 0.01), (-1, [[1], [0, 1]], 2.0)], [[[0], [0, 1]], [[1]]],
        np.ones((3, 2)), 24, np.ones(4), 2.2,
    )  # fmt: skip
    bonuses.bonuses(view, asked, numbers, norms)
    found = spots.sort_runs(spots.spots_of_terms(view, runs, numbers)[0])
    spots.note_terms_at(view, runs, found, np.zeros(len(found), np.int64))


def _shown(
    view: SegmentView, runs: _Runs, asked: npt.NDArray[np.uint16], articles: int, drawn: random.Random
) -> None:
    places.places_of_slots(view, [runs, runs], asked)
    numbers = asked[asked < articles]
    keys = places.places_of_slots(view, [runs, runs], numbers)
    for number, own in zip(numbers.tolist(), keys, strict=True):
        spans = places.spans_of_article(view, number)
        ends = sorted(drawn.randrange(1 << 40) for _ in range(4))
        texts = np.array([0, *ends], np.int64), np.array([0, 1, 2, 3], np.int64)
        with suppress(ValueError):
            places.marks_of(own, spans, texts, 64, np.array([0, -1, 0, 2, 0, 1, 1, 2, 1, 1, 0]))


def _counted(view: ForwardView, numbers: npt.NDArray[np.uint16], drawn: random.Random) -> None:
    by_word, text = drawn.random() < 0.5, forward.CountedZones(drawn.randrange(16), drawn.randrange(2))
    ends = np.cumsum([drawn.randrange(4) for _ in numbers], dtype=np.int64)
    starts = np.array([drawn.randrange(400) for _ in range(int(ends[-1]))], np.int64)
    hits = forward.HitsOfArticles(numbers, ends, starts, starts + drawn.randrange(1, 4))
    asked: list[Callable[[], object]] = [
        lambda: view.beside(hits, [-2, -1, 1, 5], by_word=by_word),
        lambda: view.count_nearby(hits, (3, 5, by_word), text, forward.ItemTable()),
        lambda: view.count_runs(
            numbers, (drawn.randrange(1, 4), by_word, 0, drawn.randrange(1, 3)), text, forward.ItemTable()
        ),
        lambda: view.count_forms(numbers, text, np.zeros(view.forms, np.int64)),
        lambda: view.terms_of_runs(numbers, ends - 1, ends),
    ]
    for one in asked:
        with suppress(DamagedFileError):
            one()
    if drawn.random() < 0.5:  # each of them may have told damage; half of the rounds say so once more
        view.count_forms(numbers, text, np.zeros(view.forms, np.int64))


def _damaged_forward(segment: Segment, drawn: random.Random) -> ForwardView:
    arrays = {name: segment.arrays[name].copy() for name in (*_FORWARD, "change")}
    for name in drawn.sample(_FORWARD, drawn.randint(1, 3)):
        values = arrays[name]
        for _ in range(drawn.randint(1, 20) if len(values) else 0):
            values[drawn.randrange(len(values))] = drawn.randrange(np.iinfo(values.dtype).max + 1)
    keys = np.arange(len(arrays["forward_forms"]), dtype=np.uint64)
    return ForwardView(_Copied(arrays), keys)


def _calls(
    view: SegmentView,
    runs: _Runs,
    numbers: npt.NDArray[np.uint16],
    matching: npt.NDArray[np.bool_],
    drawn: random.Random,
) -> list[Callable[[], object]]:
    return [
        lambda: _ranked(view, runs, numbers, len(matching)),
        lambda: _shown(view, runs, numbers, len(matching), drawn),
        lambda: _positions(view, runs, numbers),
        lambda: spots.among(view, runs, numbers),
        lambda: spots.frequencies(view, runs, numbers),
        lambda: spots.row(view, runs, len(matching)),
        lambda: spots.mask(view, runs, len(matching)),
        lambda: spots.count_terms(view, runs, range(*runs.terms.tolist()), matching),
    ]


def _is_damage(asked: Callable[[], object]) -> bool:
    try:
        asked()
    except DamagedFileError:
        return True
    return False


def _rounds(segment: Segment, rounds: int, drawn: random.Random) -> int:
    """How many calls in all rounds ended as damage."""
    damaged = 0
    terms = segment.arrays.length("posting_starts") - 1
    for _ in range(rounds):
        arrays = {name: segment.arrays[name].copy() for name in _ARRAYS}
        if drawn.random() < 0.5:  # a segment with an article of more than 65,535 places
            wide = {name: arrays[name].astype(np.uint32) for name in ("positions", "zone_starts")}
            arrays |= wide
        for name in drawn.sample(_ARRAYS[:_DAMAGED], drawn.randint(1, 4)):
            values = arrays[name]
            for _ in range(drawn.randint(1, 20) if len(values) else 0):
                values[drawn.randrange(len(values))] = drawn.randrange(np.iinfo(values.dtype).max + 1)
        view = SegmentView(_Copied(arrays))
        first = drawn.randrange(terms)
        runs = _Runs([first, drawn.randint(first, terms)])
        numbers = np.array(sorted(drawn.sample(range(200), drawn.randint(0, 40))), np.uint16)
        matching = np.array([drawn.random() < 0.5 for _ in arrays["change"]])
        damaged += sum(map(_is_damage, _calls(view, runs, numbers, matching, drawn)))
        if len(numbers):
            lists = _damaged_forward(segment, drawn)
            damaged += _is_damage(partial(_counted, lists, numbers, drawn))
    return damaged


def _run(rounds: int, seed: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        bodies = ["chợ phiên họp sớm", "phiên chợ " * 200, "mây phủ " * 20, "chợ nổi"] * 40
        rare = " ".join("".join(pair) for pair in product("bcdghklmnprstvx", repeat=2))
        segment = segment_of(Path(folder), "Chợ phiên", [*bodies, rare, rare])
        damaged = _rounds(segment, rounds, random.Random(seed))  # noqa: S311
    print(f"{rounds} rounds with damaged arrays: none read outside of them; {damaged} calls told damage")


def main() -> None:
    """Compiles the loops with the sanitizers, and runs the rounds in a process that has them loaded."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if os.environ.get("LD_PRELOAD"):
        _run(options.rounds, options.seed)
        return
    with tempfile.TemporaryDirectory() as folder:
        library.FOLDER = Path(folder)
        if said := compiling.compile_library(flags=_FLAGS):
            sys.exit(said)
        found = [
            subprocess.run(
                [*compiling.compiler(), f"-print-file-name={name}"],
                capture_output=True,
                text=True,
                check=True,
            )
            for name in ("libasan.so", "libubsan.so")
        ]
        preload = " ".join(one.stdout.strip() for one in found)
        environment = {
            **os.environ,
            "LD_PRELOAD": preload,
            "ASAN_OPTIONS": "detect_leaks=0",
            "KHOBAO_KERNELS_IN": folder,
        }
        command = [
            sys.executable,
            "-m",
            "benchmarks.kernel_damage",
            f"--rounds={options.rounds}",
            f"--seed={options.seed}",
        ]
        sys.exit(subprocess.run(command, env=environment, check=False).returncode)


if __name__ == "__main__":
    main()
