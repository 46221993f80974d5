"""Do the tests notice when the code is wrong? Mutants, drawn by seed, and the share killed by package.

    python -m benchmarks.mutants [--count 400] [--seed 1] [--packages query,ranking] [--out build/mutants.md]

A mutant is one change that cosmic-ray makes: another operator, another number, a negated condition, a loop
that never runs, a decorator left out. It is made in one of two copies of the tree, which are tested at the
same time, by the tests of its package alone; it is killed where one fails, or where they take three times as
long as without it. What survives is reported with its diff: it shows a missing test, or a change that means
the same.
"""

import argparse
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import Queue
from pathlib import Path

from cosmic_ray.commands.init import init
from cosmic_ray.mutating import mutate_and_test
from cosmic_ray.work_db import WorkDB
from cosmic_ray.work_item import MutationSpec

ROOT = Path(__file__).parent.parent
_COPIED = ("corpus", "indexer", "search_app", "tests", "benchmarks", "docs", "pyproject.toml")
_MEANINGLESS = ("core/ReplaceBinaryOperator_BitOr",)
"""Operators that are left out: ``|`` stands between types, and what they make fails at the import."""
_SLOWER = 3
_SPARE_S = 10
_MEMORY = 4 * 2**30
"""Bytes of addresses: a mutant may collect without end."""


@dataclass(frozen=True, slots=True)
class Package:
    """What is mutated, and by which tests it must be noticed.

    Attributes:
        modules: files and folders of the code.
        tests: arguments of pytest; together they should take less than 15 s.
    """

    modules: tuple[str, ...]
    tests: tuple[str, ...]


PACKAGES = {
    "query": Package(
        ("search_app/query/grammar", "search_app/query/expansion", "indexer/query.py"),
        ("tests/grammar", "tests/matching", "tests/expansion"),
    ),
    "ranking": Package(
        ("indexer/scoring.py", "indexer/proximity.py", "indexer/boosts.py", "indexer/question_words.py",
         "indexer/engines/whoosh/segment_answer.py", "indexer/engines/whoosh/segment_query.py",
         "indexer/engines/whoosh/hit_order.py", "indexer/result_order.py",
         "indexer/engines/whoosh/score_bounds.py", "indexer/engines/whoosh/segment_matches.py"),
        ("tests/indexer/test_contract.py", "tests/relevance/test_gate.py",
         "tests/indexer/test_engine_agreement.py"),
    ),
    "archive": Package(
        ("corpus/archive.py", "corpus/archive_reader.py", "corpus/archive_upgrade.py", "corpus/stored.py",
         "corpus/coverage.py", "corpus/recleaning.py", "corpus/retry.py"),
        ("tests/corpus/test_archive.py", "tests/corpus/test_archive_upgrade.py",
         "tests/corpus/test_recleaning.py", "tests/corpus/test_coverage.py"),
    ),
    "correction": Package(
        ("search_app/query/correction",),
        ("tests/correction",),
    ),
    "freshness": Package(
        ("search_app/web/freshness.py", "indexer/holder.py"),
        ("tests/programs/test_freshness.py", "tests/indexer/test_build.py"),
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mutant:
    """A change, by the package that it belongs to."""

    package: str
    spec: MutationSpec


@dataclass(frozen=True, slots=True)
class Tried:
    """What became of a mutant: ``killed``, ``survived`` or ``incompetent`` (it could not be tried)."""

    mutant: Mutant
    outcome: str
    diff: str


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--count", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--packages", default=",".join(PACKAGES), help="of: %(default)s")
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    os.chdir(ROOT)
    started = time.monotonic()
    mutants = draw(options.packages.split(","), options.count, options.seed)
    tried = _try_all(mutants)
    text = report(tried, options.seed, time.monotonic() - started)
    print(text)
    if options.out:
        options.out.parent.mkdir(parents=True, exist_ok=True)
        options.out.write_text(text, "utf-8")


def draw(names: Sequence[str], count: int, seed: int) -> list[Mutant]:
    """``count`` mutants, as many of each package, by seed; all of a package that has fewer."""
    chance = random.Random(seed)  # noqa: S311 - the same mutants in every run
    drawn = []
    for place, name in enumerate(names):
        wanted = count // len(names) + (place < count % len(names))
        specs = mutations(PACKAGES[name])
        drawn += [Mutant(name, spec) for spec in chance.sample(specs, min(wanted, len(specs)))]
    return drawn


def mutations(package: Package) -> list[MutationSpec]:
    """Every change that can be made to a package, always in one order; paths are relative to the project."""
    with tempfile.TemporaryDirectory() as folder:
        session = WorkDB(Path(folder) / "session.sqlite", WorkDB.Mode.create)
        init(_modules(package), session, {})
        found = [spec for item in session.work_items for spec in item.mutations]
        session.close()
    usable = (spec for spec in found if not spec.operator_name.startswith(_MEANINGLESS))
    return sorted(usable, key=lambda spec: (str(spec.module_path), spec.operator_name, spec.occurrence))


def _modules(package: Package) -> list[Path]:
    paths = [Path(name) for name in package.modules]
    files = (file for path in paths for file in ([path] if path.suffix else sorted(path.rglob("*.py"))))
    return [file for file in files if file.stat().st_size]


def _try_all(mutants: Sequence[Mutant], copies: int = 2) -> list[Tried]:
    with tempfile.TemporaryDirectory() as folder:
        places: Queue[Path] = Queue()
        for number in range(copies):
            places.put(_copied(Path(folder) / str(number)))
        with ProcessPoolExecutor(copies, initializer=_enter, initargs=(places,)) as pool:
            names = dict.fromkeys(mutant.package for mutant in mutants)
            seconds = dict(zip(names, pool.map(_time_tests, names), strict=True))
            return list(_said(pool.map(partial(_try, seconds), mutants), len(mutants)))


def _copied(folder: Path) -> Path:
    for name in _COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / name)
    return folder


def _enter(places: "Queue[Path]") -> None:
    """Makes a copy this process's own: paths of mutants are relative to it."""
    os.chdir(places.get())
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


def _command(name: str) -> str:
    options = "-q -x -p no:cacheprovider -p no:randomly --no-header"
    return f"{sys.executable} -m pytest {options} {' '.join(PACKAGES[name].tests)}"


def _time_tests(name: str) -> float:
    """Seconds that a package's tests take.

    Raises:
        RuntimeError: they fail without any mutant.
    """
    started = time.monotonic()
    done = subprocess.run(_command(name).split(), capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"the tests of {name} fail without any mutant:\n{done.stdout[-2000:]}")
    return time.monotonic() - started


def _try(seconds: dict[str, float], mutant: Mutant) -> Tried:
    patience = seconds[mutant.package] * _SLOWER + _SPARE_S
    done = mutate_and_test([mutant.spec], _command(mutant.package), patience)
    return Tried(
        mutant, str(done.test_outcome.value if done.test_outcome else "incompetent"), done.diff or ""
    )


def _said(tried: Iterable[Tried], count: int) -> Iterable[Tried]:
    for number, one in enumerate(tried, 1):
        spec = one.mutant.spec
        place = f"{spec.module_path}:{spec.start_pos[0]}"
        print(f"{number}/{count} {one.outcome}: {place} {spec.operator_name}", file=sys.stderr, flush=True)
        yield one


def report(tried: Sequence[Tried], seed: int, seconds: float) -> str:
    """The share killed by package, and what survived, as Markdown."""
    lines = ["| package | mutants | killed | share |", "| --- | --- | --- | --- |"]
    names = dict.fromkeys(one.mutant.package for one in tried)
    lines += [_row(name, [one for one in tried if one.mutant.package == name]) for name in names]
    lines += [_row("all", tried), "", f"Seed {seed}, {seconds / 60:.0f} minutes. What survived:"]
    for one in tried:
        if one.outcome != "killed":
            lines += ["", f"{one.mutant.package}, {one.outcome}:", "", "```diff", one.diff.strip(), "```"]
    return "\n".join(lines) + "\n"


def _row(name: str, tried: Sequence[Tried]) -> str:
    killed = sum(one.outcome == "killed" for one in tried)
    return f"| {name} | {len(tried)} | {killed} | {killed / max(1, len(tried)):.2f} |"


if __name__ == "__main__":
    main()
