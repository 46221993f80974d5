"""How does each figure grow with the corpus? One index, filled step by step, measured at each size.

Past the real articles come copies with changed words (benchmarks/corpora.py). The queries are drawn once,
at the first size, and asked at each.

    python -m benchmarks.growth [--sizes 10000,30000,127000,500000] [--queries 100]
        [--engines "Kho Báo,tantivy"] [--work DIR] [--out FILE.md] [--svg FILE.svg]
"""

import argparse
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from benchmarks.corpora import articles, check_present
from benchmarks.engines import MODULES, engine
from benchmarks.filling import add, engine_folder, queries_file
from benchmarks.machine import disk_bytes, report
from benchmarks.opening import Opening, opening
from benchmarks.plot import Panel, svg
from benchmarks.queries import Census, read_classes, write_classes
from benchmarks.timing import Timing, hot


@dataclass(frozen=True, slots=True)
class Stage:
    """Everything measured at one size, by engine: times by class, opening, bytes, segments."""

    articles: int
    timings: Mapping[str, Mapping[str, Timing]]
    openings: Mapping[str, Opening]
    disk_mb: Mapping[str, float]
    segments: Mapping[str, int]


def main() -> None:
    """Reads the command line."""
    options = _options()
    names = options.engines.split(",")
    if unknown := set(names) - set(MODULES):
        sys.exit(f"{', '.join(unknown)}: no such engine; there are {', '.join(MODULES)}")
    check_present()
    sizes = [int(size) for size in options.sizes.split(",")]
    with tempfile.TemporaryDirectory(dir=options.work) as work:
        stages = _stages(Path(work), names, sizes, options.queries)
    report(_page(names, stages), options.out)
    if options.svg is not None:
        options.svg.write_text(svg(_panels(names, stages)), "utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", default="10000,30000,127000,500000")
    parser.add_argument("--queries", type=int, default=100, help="of each class")
    parser.add_argument("--engines", default="Kho Báo,tantivy")
    parser.add_argument("--work", type=Path, help="where the indexes are built; removed at the end")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--svg", type=Path)
    return parser.parse_args()


def _stages(work: Path, names: Sequence[str], sizes: Sequence[int], queries: int) -> list[Stage]:
    stages: list[Stage] = []
    census = Census()
    stream = articles(sizes[-1])
    for first, last in zip([0, *sizes], sizes, strict=False):
        add(work, names, islice(stream, last - first), None if first else census, first)
        if not first:
            write_classes(queries_file(work), census.classes(queries))
        stages.append(_stage(work, names, last))
    return stages


def _stage(work: Path, names: Sequence[str], articles: int) -> Stage:
    queries = queries_file(work)
    openings = {name: opening(name, engine_folder(work, name), queries) for name in names}
    engines = {name: engine(name, engine_folder(work, name)) for name in names}
    timings = {kind.name: hot(engines, kind).timings for kind in read_classes(queries)}
    disk_mb = {name: disk_bytes(engine_folder(work, name)) / 1e6 for name in names}
    segments = {name: one.segments() for name, one in engines.items()}
    for one in engines.values():
        one.close()
    return Stage(articles, timings, openings, disk_mb, segments)


def _page(names: Sequence[str], stages: Sequence[Stage]) -> str:
    heads = ["", *(f"{stage.articles:,}" for stage in stages)]
    parts = ["# Growth", "Times are p50 / p95 in milliseconds, hot; a column a number of articles."]
    for name in names:
        rows = [[kind, *(_cell(stage.timings[kind][name]) for stage in stages)] for kind in stages[0].timings]
        rows += [
            ["open and answer, ms", *(f"{stage.openings[name].first_answer_ms:.0f}" for stage in stages)],
            ["memory of its own, MiB", *(f"{stage.openings[name].memory.anonymous:.0f}" for stage in stages)],
            ["files mapped, MiB", *(f"{_mapped(stage.openings[name]):.0f}" for stage in stages)],
            ["on disk, MB", *(f"{stage.disk_mb[name]:.0f}" for stage in stages)],
            ["segments", *(str(stage.segments[name]) for stage in stages)],
        ]
        lines = [f"| {' | '.join(heads)} |", f"| --- |{' ---: |' * len(stages)}"]
        lines += [f"| {' | '.join(row)} |" for row in rows]
        parts.append(f"## {name}\n\n" + "\n".join(lines))
    return "\n\n".join(parts)


def _cell(timing: Timing) -> str:
    return f"{timing.p50:.2f} / {timing.p95:.2f}"


def _mapped(opening: Opening) -> float:
    return opening.memory.file_private + opening.memory.file_shared


def _panels(names: Sequence[str], stages: Sequence[Stage]) -> list[Panel]:
    """A panel a class with the engines' p50 and p95; then disk, opening and memory."""
    panels = []
    for kind in stages[0].timings:
        lines = {}
        for name in names:
            lines[f"{name} p50"] = [(stage.articles, stage.timings[kind][name].p50) for stage in stages]
            lines[f"{name} p95"] = [(stage.articles, stage.timings[kind][name].p95) for stage in stages]
        panels.append(Panel(kind, "ms", lines))
    disk = {name: [(stage.articles, stage.disk_mb[name]) for stage in stages] for name in names}
    opened = {
        name: [(stage.articles, stage.openings[name].first_answer_ms) for stage in stages] for name in names
    }
    own = {
        name: [(stage.articles, stage.openings[name].memory.anonymous) for stage in stages] for name in names
    }
    return [
        *panels,
        Panel("On disk", "MB", disk),
        Panel("Open and answer", "ms", opened),
        Panel("Memory of its own", "MiB", own),
    ]


if __name__ == "__main__":
    main()
