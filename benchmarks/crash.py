"""Is anything lost when an import is killed? SIGKILL at random moments, then the same command again.

An import that is left alone and one that is killed over and over must end with the same archive and
the same results. After every kill the archive and the index must open, with no step by hand, and
no process may be left behind.

    python -m benchmarks.crash [PATH] [--kills 10] [--seed 1]
"""

import argparse
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

KHOBAO = Path(sys.executable).with_name("khobao")
CORPUS = Path(__file__).parent.parent.parent / "shared" / "corpora" / "baomoi-2013.jsonl.xz"
QUERIES = [
    "lao cai",
    '"giá vàng"',
    "học sinh",
    "đường OR dương",
    "",
    "tuy*",
    "thời tiết hà nội",
    "tiêu_đề:bóng đá",
]


def run(data: Path, *arguments: object) -> str:
    """Runs a command to its end; its standard output."""
    environment = os.environ | {"KHOBAO_DATA": str(data), "KHOBAO_LANG": "en"}
    return subprocess.run(
        [KHOBAO, *map(str, arguments)], env=environment, check=True, capture_output=True, text=True
    ).stdout


def kill_after(seconds: float, data: Path, path: Path) -> bool:
    """Starts an import and kills it; False where it ended before."""
    environment = os.environ | {"KHOBAO_DATA": str(data)}
    child = subprocess.Popen(
        [KHOBAO, "add", path],
        env=environment,
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        child.wait(seconds)
    except subprocess.TimeoutExpired:
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
        _wait_for_group(child.pid)
        return True
    return False


def _wait_for_group(group: int, patience_s: float = 30.0) -> None:
    """Waits until no process of the killed command is left."""
    until = time.monotonic() + patience_s
    while time.monotonic() < until:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)
    raise AssertionError(f"processes of the killed import {group} live on")


def held(data: Path) -> list[tuple[str, int, str]]:
    """Every version in the archive: id, version, digest."""
    with closing(sqlite3.connect(f"file:{data}/archive.sqlite?mode=ro", uri=True)) as archive:
        return archive.execute("SELECT article_id, version, digest FROM versions ORDER BY 1, 2").fetchall()


def answers(data: Path, folder: Path) -> str:
    """The first hundred results of every query, with scores."""
    queries = folder / "queries.tsv"
    queries.write_text("".join(f"{number}\t{text}\n" for number, text in enumerate(QUERIES)), "utf-8")
    return run(data, "batch", queries, "--depth", 100)


def prove(path: Path, kills: int, seed: int, folder: Path) -> None:
    """Kills imports of ``path`` at random moments and compares their ends with an import left alone.

    An import that is killed is given again until it ends; then another begins from nothing, until
    ``kills`` kills have fallen.
    """
    whole = folder / "whole"
    started = time.monotonic()
    run(whole, "add", path)
    whole_s = time.monotonic() - started
    print(f"left alone: {whole_s:.1f} s, {len(held(whole)):,} versions", flush=True)
    chance = random.Random(seed)  # noqa: S311 - repeatable moments, nothing secret
    fallen = rounds = 0
    while fallen < kills:
        rounds += 1
        killed = folder / f"killed-{rounds}"
        while fallen < kills and kill_after(moment := chance.uniform(0.2, whole_s * 0.8), killed, path):
            fallen += 1
            print(f"kill {fallen}, import {rounds}, after {moment:.1f} s: {_state(killed)}", flush=True)
        run(killed, "add", path)
        assert held(whole) == held(killed), "the archives differ"
        assert answers(whole, folder) == answers(killed, folder), "the results differ"
        print(f"import {rounds} ended: {run(killed, 'verify').strip()}", flush=True)


def _state(data: Path) -> str:
    """What opens after a kill: the archive, and the index where there is one."""
    if not (data / "archive.sqlite").exists():
        return "no archive yet"
    if (data / "index" / "current.json").exists():
        run(data, "search", "lao cai")
    return run(data, "status").replace("\n", " ")


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("path", nargs="?", type=Path, default=CORPUS)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if not options.path.exists():
        sys.exit(f"{options.path}: not on this machine; name a file to import")
    with tempfile.TemporaryDirectory() as folder:
        prove(options.path, options.kills, options.seed, Path(folder))


if __name__ == "__main__":
    main()
