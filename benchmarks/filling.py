"""How do several engines come to hold the same articles? One pass over the corpus fills all of them.

What was filled is kept in a folder (a folder an engine, and the queries that were drawn), so that a second
run, and a fresh process, find it there.
"""

import json
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from benchmarks.corpora import archived, articles, check_present
from benchmarks.engines import MODULES, OURS, filler
from benchmarks.queries import Census, write_classes
from benchmarks.tokens import tokens_of
from corpus.article import Article
from search_app.settings import Settings


def engine_folder(work: Path, name: str) -> Path:
    """Where an engine lives."""
    return work / MODULES[name]


def queries_file(work: Path) -> Path:
    """Where the drawn queries lie."""
    return work / "queries.json"


def fill(work: Path, names: Sequence[str], count: int, queries: int, data: Path | None) -> int:
    """Fills the engines with the first ``count`` articles and draws queries, unless that was done.

    Args:
        data: a folder of Kho Báo's: its index is what is asked, its articles are what the peers get.

    Returns:
        How many articles they hold.
    """
    done = work / "filled.json"
    wanted = {"engines": list(names), "articles": count, "queries": queries, "data": str(data)}
    if done.exists() and (found := json.loads(done.read_text()))["wanted"] == wanted:
        return int(found["held"])
    if work.exists() and any(work.iterdir()):
        sys.exit(f"{work}: holds something else; empty it, or name another folder with --work")
    work.mkdir(parents=True, exist_ok=True)
    census = Census()
    if data is None:
        check_present()
        held = add(work, names, articles(count), census)
    else:
        engine_folder(work, OURS).symlink_to(Settings(data).index.resolve())
        held = add(work, [name for name in names if name != OURS], archived(data, count), census)
    write_classes(queries_file(work), census.classes(queries))
    done.write_text(json.dumps({"wanted": wanted, "held": held}))
    return held


def add(
    work: Path, names: Sequence[str], more: Iterable[Article], census: Census | None = None, first: int = 0
) -> int:
    """Adds articles, numbered from ``first``; the number after the last of them.

    How long each engine took goes to stderr.
    """
    fillers = {name: filler(name, engine_folder(work, name)) for name in names}
    spent_s = dict.fromkeys(names, 0.0)
    last = first
    for one in tokens_of(more, first):
        last = one.number + 1
        if census is not None:
            census.see(one)
        for name, into in fillers.items():
            started = time.perf_counter()
            into.add(one)
            spent_s[name] += time.perf_counter() - started
    for name, into in fillers.items():
        started = time.perf_counter()
        into.finish()
        spent = spent_s[name] + time.perf_counter() - started
        print(f"{name}: {last - first:,} articles in {spent:.0f} s", file=sys.stderr, flush=True)
    return last
