"""Is anything lost when a command is killed? SIGKILL at any moment, then the same command again.

Imports of real articles are killed over and over: at random moments, and every third time between the
archive's commit and the end of the index's, before an operation that is drawn by seed (this needs a C
compiler). After each kill, with no step by hand, everything that the archive had acknowledged is there,
digest by digest, and the index opens; an import that is killed many times ends like one that is not. Then
upgrade, rebuild, backup, restore, salvage, withdraw and export are killed, each before operations drawn by
seed.

    python -m benchmarks.crash [PATH] [--kills 300] [--command-kills 50] [--articles 160] [--seed 1]
"""

import argparse
import functools
import lzma
import os
import random
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from itertools import islice
from pathlib import Path

from benchmarks.corpora import BAOMOI
from benchmarks.faults import kills as kills_of
from benchmarks.faults import try_all
from benchmarks.operations.commands import Commands
from benchmarks.operations.interposer import Control, Mode, build, has_compiler
from benchmarks.operations.outcomes import faults, numbers, outcome

COMMANDS = (
    "upgrade from format 1",
    "upgrade from format 2",
    "rebuild",
    "backup over a copy",
    "restore",
    "salvage",
    "hide",
    "erase",
    "export",
)
_COMMIT_ARTICLES = 64
_MOST_KILLS = 8  # of one import, before it is let end and compared

Digests = frozenset[tuple[str, int, str]]
"""Id, version and digest of each version in an archive."""


def held(data: Path) -> Digests:
    """Every version in the archive; none where there is no archive yet."""
    if not (data / "archive.sqlite").exists():
        return frozenset()
    with closing(sqlite3.connect(f"file:{data}/archive.sqlite?mode=ro", uri=True)) as archive:
        return frozenset(archive.execute("SELECT article_id, version, digest FROM versions"))


class Killer:
    """Kills imports of one path, and compares what they leave with an import that is left alone.

    Args:
        folder: for all data; it is made.
        seed: of the moments.
    """

    def __init__(self, path: Path, folder: Path, seed: int) -> None:
        self._path = path
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self._control = Control(build(folder), folder / "control") if has_compiler() else None
        self._chance = random.Random(seed)  # noqa: S311 - repeatable moments, nothing secret
        self._seconds = 0.0  # that an import takes at most
        self._commands = Commands(folder / "commands", self._control, _COMMIT_ARTICLES)

    def prove(self, kills: int) -> None:
        """Kills imports until ``kills`` kills have fallen; each import is let end after some kills."""
        with self._commands:
            whole, operations = self._left_alone()
            fallen = rounds = aimed = 0
            while fallen < kills:
                rounds += 1
                data = self._folder / f"killed-{rounds}"
                before: Digests = frozenset()
                for _ in range(min(_MOST_KILLS, kills - fallen)):
                    is_aimed = self._control is not None and fallen % 3 == 0
                    if not self._kill(data, operations if is_aimed else 0):
                        break
                    fallen += 1
                    aimed += is_aimed
                    before = self._check(data, before)
                self._end(data, whole)
                shutil.rmtree(data)
                print(f"import {rounds} ended as one left alone; {fallen} kills, {aimed} aimed", flush=True)

    def _left_alone(self) -> tuple[Path, int]:
        """An import without kills: its folder, and its operations on the index."""
        whole = self._folder / "whole"
        if self._control:
            self._control.set(Mode.COUNT, [whole], within="/index/")
        started = time.monotonic()
        ended = self._commands.run(whole, ["add", self._path])
        self._seconds = time.monotonic() - started
        assert ended.code == 0, ended
        print(f"left alone: {self._seconds:.1f} s, {len(held(whole)):,} versions", flush=True)
        return whole, self._control.counted if self._control else 0

    def _kill(self, data: Path, operations: int) -> bool:
        """Runs an import and kills it; False where it ended before."""
        if self._control:
            mode = Mode.KILL if operations else Mode.COUNT
            at = self._chance.randrange(max(operations, 1))
            self._control.set(mode, [data], within="/index/", at=at)
        moment = self._chance.uniform(0.05, 0.8) * self._seconds
        started = time.monotonic()
        end = functools.partial(_kill_after, moment) if not operations else None
        ended = self._commands.run(data, ["add", self._path], end)
        assert ended.code in {0, -signal.SIGKILL}, ended
        if ended.code:
            _wait_for_group(ended.process)
        else:
            self._seconds = min(self._seconds, time.monotonic() - started)  # the machine does less other work
        return ended.code != 0

    def _check(self, data: Path, before: Digests) -> Digests:
        """Everything that was there, or acknowledged before the kill, is there, and the index opens."""
        now = held(data)
        assert before <= now, "articles are lost"
        archive, index = numbers(data)
        acknowledged = self._control.acknowledged if self._control else 0
        assert archive >= acknowledged, f"the archive is at {archive}, {acknowledged} was acknowledged"
        assert index >= 0 or not (data / "index" / "current.json").exists(), "the index does not open"
        return now

    def _end(self, data: Path, whole: Path) -> None:
        """Lets the import end; archive and index are then those of an import left alone."""
        if self._control:
            self._control.set(Mode.OFF)
        ended = self._commands.run(data, ["add", self._path])
        assert ended.code == 0, ended
        assert held(data) == held(whole), "the archives differ"
        assert not (wrong := faults(data)), wrong
        assert outcome(data) == outcome(whole), "the indexes differ"


def _kill_after(seconds: float, process: int) -> None:
    """Kills a process after some time, unless it has ended."""
    handle = os.pidfd_open(process)
    time.sleep(seconds)
    try:
        signal.pidfd_send_signal(handle, signal.SIGKILL)
    except ProcessLookupError:
        return
    finally:
        os.close(handle)


def _wait_for_group(group: int, patience_s: float = 60.0) -> None:
    """Waits until no worker of a killed command is left."""
    until = time.monotonic() + patience_s
    while time.monotonic() < until:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)
    raise AssertionError(f"workers of the killed command {group} live on")


def prove(path: Path, kills: int, seed: int, folder: Path) -> None:
    """Kills imports of a file or folder ``kills`` times, and compares their ends with one left alone."""
    Killer(path, folder, seed).prove(kills)


def prove_in_two(path: Path, kills: int, seed: int, folder: Path) -> None:
    """The same in two processes, half of the kills in each."""
    halves = [kills // 2, kills - kills // 2]
    with ProcessPoolExecutor(2) as pool:
        parts = [
            pool.submit(prove, path, half, seed + part, folder / f"part-{part}")
            for part, half in enumerate(halves)
        ]
        for part in parts:
            part.result()


def first_articles(path: Path, articles: int, folder: Path) -> Path:
    """The first lines of a corpus as a file of their own."""
    kept = folder / "articles.jsonl"
    with lzma.open(path, "rt", encoding="utf-8") as lines, kept.open("w", encoding="utf-8") as out:
        out.writelines(islice(lines, articles))
    return kept


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("path", nargs="?", type=Path)
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--command-kills", type=int, default=50)
    parser.add_argument("--articles", type=int, default=160)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if not (options.path or BAOMOI).exists():
        sys.exit(f"{options.path or BAOMOI}: not on this machine; name a file to import")
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = options.path or first_articles(BAOMOI, options.articles, folder)
        prove_in_two(path, options.kills, options.seed, folder)
        wrong = _kill_commands(options.command_kills, options.seed, folder)
    print(f"{len(wrong)} wrong, {time.monotonic() - started:.0f} s")
    sys.exit(1 if wrong else 0)


def _kill_commands(kills: int, seed: int, folder: Path) -> list[str]:
    """Kills every command but the import; what must not be."""
    if not has_compiler():
        print("no C compiler: the other commands were not killed")
        return []
    draws = [functools.partial(kills_of, count=kills // 2, seed=seed + part) for part in range(2)]
    results = try_all(COMMANDS, draws, folder / "others")
    return [line for found in results.values() for line in found.wrong]


if __name__ == "__main__":
    main()
