"""How fast is a search, beside what a user would pick instead?

The same tokens of the same articles go into Kho Báo and its peers; queries are drawn from them by document
frequency; each asks for the first ten and the exact total. Hot times are of one process in which the
engines take turns; first-touch times of a fresh process for each class and engine.

    python -m benchmarks.search [--articles 127000] [--queries 200] [--engines "Kho Báo,tantivy,FTS5"]
        [--data DIR] [--work build/bench/search] [--out FILE.md]

With --data the index of that folder is asked, and its articles, as they are there, go into the peers; it
must hold no more than --articles.
"""

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.engines import MODULES, NATIVE, OURS, Answer, engine
from benchmarks.filling import engine_folder, fill, queries_file
from benchmarks.machine import disk_bytes, report
from benchmarks.queries import read_classes
from benchmarks.timing import Measured, Timing, first_touch, hot

ALL_REAL = 126_866
HOW_IT_WAS_MEASURED = f"""
Each cell is p50 / p95 in milliseconds over the queries of a class. Scores: Kho Báo weighs title and lede,
its peers score one unweighted field. Without marks, Kho Báo takes the union of all readings of each
syllable from its one set of postings; its peers have a second field, folded. A prefix is scored by Kho Báo
and FTS5, a set that scores 1 in tantivy. Facets and totals are exact everywhere: tantivy-py passes twice
over a query with facets, FTS5 runs two statements for any query. Without --data, articles of
vietnews have drawn dates, sources and sections ({__package__}/corpora.py). Rare, medium and common terms
and a mix of them are a quarter of a class each, so that p50 is of a query with few articles.
"""


def main() -> None:
    """Reads the command line."""
    options = _options()
    names = options.engines.split(",")
    if unknown := set(names) - set(MODULES):
        sys.exit(f"{', '.join(unknown)}: no such engine; there are {', '.join(MODULES)}")
    source = "data" if options.data else "corpora"
    work = options.work / "-".join((source, str(options.articles), *map(MODULES.__getitem__, names)))
    held = fill(work, names, options.articles, options.queries, options.data)
    touched = {} if options.no_first_touch else _first_touches(work, names)
    hot_tables, differences, sizes = _hot(work, names)
    parts = [
        f"# Searching {held:,} articles, {options.queries} queries a class",
        HOW_IT_WAS_MEASURED.strip(),
        f"## Hot\n\n{hot_tables}",
        *(f"## First touch, {state}\n\n{_table(names, rows)}" for state, rows in touched.items()),
        f"## The engines\n\n{sizes}",
        f"## Do they agree?\n\n{differences}",
    ]
    report("\n\n".join(parts), options.out)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=ALL_REAL)
    parser.add_argument("--queries", type=int, default=200, help="of each class")
    parser.add_argument("--engines", default="Kho Báo,tantivy,FTS5")
    parser.add_argument("--data", type=Path, help="a folder that khobao add has filled")
    parser.add_argument("--work", type=Path, default=Path("build/bench/search"))
    parser.add_argument("--no-first-touch", action="store_true")
    parser.add_argument("--out", type=Path)
    return parser.parse_args()


def _hot(work: Path, names: Sequence[str]) -> tuple[str, str, str]:
    """The table of hot times, what differs between the engines, and what the engines are."""
    engines = {name: engine(name, engine_folder(work, name)) for name in names}
    rows: dict[str, Mapping[str, Timing]] = {}
    differences: list[str] = []
    for kind in read_classes(queries_file(work)):
        measured = hot(engines, kind)
        rows[kind.name] = measured.timings
        differences.append(_agreement(measured, [ask.terms for ask in kind.asks]))
        print(f"{kind.name}: {measured.timings}", file=sys.stderr, flush=True)
    sizes = [
        f"- {name}: {one.segments()} segments, {disk_bytes(engine_folder(work, name)) / 1e6:.0f} MB"
        for name, one in engines.items()
    ]
    for one in engines.values():
        one.close()
    return _table(names, rows), "\n".join(differences), "\n".join(sizes)


def _first_touches(work: Path, names: Sequence[str]) -> dict[str, dict[str, dict[str, Timing]]]:
    """State of the page cache to class to engine to times; before anything here is opened."""
    found: dict[str, dict[str, dict[str, Timing]]] = {}
    for state, cold in (("files in the page cache", False), ("files dropped from the page cache", True)):
        found[state] = {
            kind.name: {
                name: first_touch(name, engine_folder(work, name), queries_file(work), place, cold=cold)
                for name in names
            }
            for place, kind in enumerate(read_classes(queries_file(work)))
        }
    return found


def _table(names: Sequence[str], rows: Mapping[str, Mapping[str, Timing]]) -> str:
    """A row a class: times of each engine, and ratios of ours to tantivy's where both took part."""
    compared = OURS in names and NATIVE in names
    heads = ["class", *names, *([f"{OURS} : {NATIVE}"] if compared else [])]
    lines = [f"| {' | '.join(heads)} |", f"| --- |{' ---: |' * (len(heads) - 1)}"]
    for kind, timings in rows.items():
        cells = [f"{timings[name].p50:.2f} / {timings[name].p95:.2f}" for name in names]
        if compared:
            ours, native = timings[OURS], timings[NATIVE]
            cells.append(f"{ours.p50 / native.p50:.2f} / {ours.p95 / native.p95:.2f}")
        lines.append(f"| {kind} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _agreement(measured: Measured, asked: Sequence[tuple[str, ...]]) -> str:
    """One line a class: that totals and facets are the same everywhere, or where they are not."""
    different: list[str] = []
    for terms, *answers in zip(asked, *measured.answers.values(), strict=True):
        if len({_counted(one) for one in answers}) > 1:
            totals = zip(measured.answers, answers, strict=True)
            found = ", ".join(f"{name} {one.total:,}" for name, one in totals)
            different.append(f"{' '.join(terms)}: {found}")
    if not different:
        return f"- {measured.name}: the same totals{_facets(measured)} on all {len(asked)} queries"
    return f"- {measured.name}: {len(different)} of {len(asked)} queries differ; {'; '.join(different[:3])}"


def _counted(one: Answer) -> tuple[int, frozenset[tuple[str, str, int]]]:
    facets = ((name, value, count) for name, found in one.facets.items() for value, count in found.items())
    return one.total, frozenset(facets)


def _facets(measured: Measured) -> str:
    counted = any(one.facets for found in measured.answers.values() for one in found)
    return " and facet counts" if counted else ""


if __name__ == "__main__":
    main()
