"""Does every command survive an operation that fails? Each operation fails once, with ENOSPC, EIO and EACCES.

The operations of a command below its folders are counted in a clean run; then the command is run again and
again over the same folder, and each time another operation fails: opens, writes, syncs, renames, removals,
new folders and new lengths, of Python, of SQLite and of worker processes. Each time the command must end as
the undisturbed one, or say one sentence and end with 2 or 3, with nothing lost; and the same command, given
again, must end as the undisturbed one.

    python -m benchmarks.faults [--cases import,merge] [--sample 1]
"""

import argparse
import errno
import functools
import random
import re
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.operations.cases import CASES, COMMIT_ARTICLES, Case
from benchmarks.operations.commands import Commands, Ended
from benchmarks.operations.interposer import Control, Hit, Mode, build, has_compiler
from benchmarks.operations.outcomes import Outcome, outcome, print_end, versions
from corpus.data_folder import ARCHIVE
from corpus.errors import OperatorError

ERRORS = (errno.ENOSPC, errno.EIO, errno.EACCES)
Draw = Callable[[int], Sequence[tuple[int, int]]]
"""From the number of operations, which one fails and with which errno; 0 kills the process before it."""

_SENTENCES = 1  # that a command may say
_REFUSED = re.compile(r"^  refused: (?P<reason>\w+)", re.MULTILINE)
_PROGRESS = re.compile(r"[A-Z][a-z ]+: .+ / .+/s, [\d,]+ s\)$")
_REMEDIES = ("khobao rebuild", "khobao upgrade")


@dataclass
class Found:
    """What came of the faults of one case.

    Attributes:
        operations: of the undisturbed command.
        faults: how many were tried.
        passed: after how many the command went on and ended well.
        sentences: what was said, with how often.
        wrong: what must not be.
    """

    operations: int = 0
    faults: int = 0
    passed: int = 0
    sentences: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Undisturbed:
    """A case's folder before its command, and what the command makes of it."""

    before: Path
    end: Outcome
    held: frozenset[tuple[str, int, str]]


class FaultInjector:
    """Lets the operations of one case fail, one after the other, in a folder of its own."""

    def __init__(self, case: Case, folder: Path, library: Path) -> None:
        self._case = case
        self._folder = folder
        folder.mkdir(parents=True)
        self._control = Control(library, folder / "control")
        self._root = folder / "root"
        self.found = Found()

    def run(self, drawn: Draw) -> Found:
        """Tries what is drawn from the operations of the undisturbed command."""
        with Commands(self._folder / "commands", self._control, COMMIT_ARTICLES) as commands:
            undisturbed = self._undisturbed(commands)
            for at, error in drawn(self.found.operations):
                self._try(commands, undisturbed, at, error)
        return self.found

    def _undisturbed(self, commands: Commands) -> _Undisturbed:
        self._control.set(Mode.OFF)
        self._case.prepare(self._root, commands)
        before = self._folder / "before"
        shutil.copytree(self._root, before)
        held = _held(self._root / "data")
        self._control.set(Mode.COUNT, [self._root])
        ended = commands.run(self._root / "data", self._case.arguments(self._root))
        self.found.operations = self._control.counted
        assert ended.code == 0, ended
        return _Undisturbed(before, self._outcome(), held)

    def _outcome(self) -> Outcome:
        """What the command made: of the data folder, or of the folder that it names."""
        made = next((path for path in (self._root / "saved",) if (path / ARCHIVE).exists()), None)
        if made is None:
            return outcome(self._root / "data")
        return Outcome(versions(made), {}, ())

    def _try(self, commands: Commands, undisturbed: _Undisturbed, at: int, error: int) -> None:
        shutil.rmtree(self._root)
        shutil.copytree(undisturbed.before, self._root)
        arguments = self._case.arguments(self._root)
        mode = Mode.FAIL if error else Mode.KILL
        self._control.set(mode, [self._root], at=at, error=error)
        ended = commands.run(self._root / "data", arguments)
        hit = self._control.hit
        self._control.set(Mode.OFF)
        self.found.faults += 1
        try:
            assert hit, "the operation did not come"
            self._judge(ended, undisturbed)
            if ended.code or _REFUSED.search(ended.out):
                self._again(commands, arguments, undisturbed)
        except (AssertionError, OperatorError) as problem:
            self.found.wrong.append(f"{self._what(at, error, hit)}: {problem}\n{ended.err[-1500:]}")

    def _what(self, at: int, error: int, hit: Hit | None) -> str:
        where = f"{hit.kind.name} {Path(hit.path).relative_to(self._root)}" if hit else "?"
        return f"{self._case.name}, operation {at} ({where}), {errno.errorcode.get(error, 'killed')}"

    def _judge(self, ended: Ended, undisturbed: _Undisturbed) -> None:
        assert "Traceback" not in ended.err, "a traceback"
        assert _keeps(undisturbed, _held(self._root / "data")), "something is lost"
        if refused := _REFUSED.search(ended.out):
            self.found.sentences[f"a file is refused: {refused['reason']}"] += 1
            return
        if ended.code == 0:
            self.found.passed += 1
            assert self._outcome() == undisturbed.end, "it says that all is well, and it is not"
            self._check_gone()
            return
        if ended.code == -signal.SIGKILL:
            return
        assert ended.code in {2, 3}, f"exit code {ended.code}"
        sentences = [line for line in ended.err.splitlines() if line and not _PROGRESS.match(line)]
        assert len(sentences) == _SENTENCES, f"{len(sentences)} sentences"
        self.found.sentences[_shape(sentences[0], self._root)] += 1

    def _again(self, commands: Commands, arguments: Sequence[object], undisturbed: _Undisturbed) -> None:
        """The same command goes on; where it names another that is needed first, after that."""
        ended = commands.run(self._root / "data", arguments)
        remedy = next((remedy for remedy in _REMEDIES if remedy in ended.err), None)
        if ended.code and remedy:
            self.found.sentences[f"again: {_shape(ended.err.strip(), self._root)}"] += 1
            commands.run(self._root / "data", [remedy.split()[1]])
            ended = commands.run(self._root / "data", arguments)
        if ended.code == 2 and self._outcome() == undisturbed.end:
            return  # it was killed past its last word: what it was to make is there, and it says so
        assert ended.code == 0, f"the same command again: {ended.code} {ended.err[-800:]}"
        assert self._outcome() == undisturbed.end, "the same command again comes to another end"
        self._check_gone()

    def _check_gone(self) -> None:
        """No file has the word that is to be gone."""
        word = self._case.gone.encode()
        for path in (self._root / "data").rglob("*") if word else ():
            held = path.is_file() and word in path.read_bytes().lower()
            assert not held, f"{path.relative_to(self._root)} still has what was erased"


def _keeps(undisturbed: _Undisturbed, held: frozenset[tuple[str, int, str]]) -> bool:
    """Whether all is there that was; or all of the end, where another archive is brought back."""
    return held >= undisturbed.held or held == frozenset(undisturbed.end.versions)


def _held(data: Path) -> frozenset[tuple[str, int, str]]:
    try:
        return frozenset(versions(data))
    except OperatorError:  # of a format to be upgraded
        return frozenset()


def _shape(sentence: str, root: Path) -> str:
    """A sentence without what differs from run to run."""
    words = sentence.replace(str(root), "…").split()
    return " ".join("…" if "MAIN_" in word or ".toc" in word else word for word in words)


def try_all(names: Sequence[str], draws: Sequence[Draw], folder: Path) -> dict[str, Found]:
    """Disturbs each case by what is drawn, each draw in a folder and process of its own; found, by case."""
    folder.mkdir(parents=True, exist_ok=True)
    library = build(folder)
    results: dict[str, Found] = {}
    for name in names:
        places = [folder / f"{name.replace(' ', '-')}-{part}" for part in range(len(draws))]
        with ProcessPoolExecutor(len(draws)) as pool:
            parts = list(pool.map(functools.partial(_run_part, name, library), draws, places))
        results[name] = _together(parts)
        print("\n".join([_line(name, results[name]), *results[name].wrong]), flush=True)
        for place in places:
            shutil.rmtree(place)
    return results


def every(operations: int, *, sample: int, part: int, parts: int) -> list[tuple[int, int]]:
    """Every ``sample``-th pair of operation and error; of these one part of ``parts``."""
    pairs = [(at, error) for at in range(operations) for error in ERRORS]
    return pairs[part * sample :: parts * sample]


def kills(operations: int, *, count: int, seed: int) -> list[tuple[int, int]]:
    """Kills before operations that are drawn by seed."""
    chance = random.Random(seed)  # noqa: S311 - repeatable moments, nothing secret
    return [(chance.randrange(operations), 0) for _ in range(count)]


def _run_part(name: str, library: Path, drawn: Draw, place: Path) -> Found:
    return FaultInjector(CASES[name], place, library).run(drawn)


def _together(parts: Sequence[Found]) -> Found:
    return Found(
        parts[0].operations,
        sum(part.faults for part in parts),
        sum(part.passed for part in parts),
        sum((part.sentences for part in parts), Counter()),
        [line for part in parts for line in part.wrong],
    )


def _line(name: str, found: Found) -> str:
    said = sum(count for sentence, count in found.sentences.items() if not sentence.startswith("again"))
    return (
        f"{name}: {found.operations:,} operations, {found.faults:,} faults, {found.passed:,} without effect,"
        f" {said:,} said, {len(found.wrong):,} wrong"
    )


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cases", default=",".join(CASES))
    parser.add_argument("--sample", type=int, default=1)
    options = parser.parse_args()
    if not has_compiler():
        sys.exit("a C compiler and Linux are needed: install one that is called as cc")
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        draws = [functools.partial(every, sample=options.sample, part=part, parts=2) for part in range(2)]
        results = try_all(options.cases.split(","), draws, Path(folder))
    sys.exit(print_end(results.values(), time.monotonic() - started))


if __name__ == "__main__":
    main()
