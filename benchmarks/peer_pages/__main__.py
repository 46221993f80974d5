"""How fast is a whole page of results, beside what a user would pick instead? The sides are asked by turns.

Over the articles of the first checkout's archive, each query once: phrases of two to four words of headlines,
with their marks, drawn by seed. All pages show ten results with snippets, two facets with counts, the total
and links to other pages, but Datasette shows whole rows. Two processes serve each of them; the client is
threads of this process. What peers need is built into a folder; the next run finds it there.

    python -m benchmarks.peer_pages NAME=CHECKOUT:DATA [NAME=CHECKOUT:DATA…] [--peers "Flask + FTS5,…"]
        [--queries 240] [--seed 7] [--rebuild] [--work build/bench/peer_pages] [--out FILE.md]

--rebuild also measures `khobao rebuild` of a copy of each archive.
"""

import argparse
import random
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from statistics import quantiles

from benchmarks.machine import report
from benchmarks.page_time import queries
from benchmarks.peer_pages import MODULES
from benchmarks.peer_pages.asking import Asked, ask
from benchmarks.peer_pages.checking import checked
from benchmarks.peer_pages.sides import Server, Side, checkout_side, peer_side, served
from benchmarks.peer_pages.texts import Articles

CONNECTIONS = (1, 8, 32)
_ROUNDS = {1: 12, 8: 3, 32: 3}  # in which the sides take turns; more connections need more pages in a row
_WARMING = 40  # pages that no figure counts

Figures = dict[int, dict[str, Asked]]
"""Number of connections to a side's name to what was seen."""


def main() -> None:
    """Builds, checks, measures, reports."""
    options = _options()
    data = Path(options.sides[0].partition("=")[2].partition(":")[2])
    work: Path = options.work.resolve()
    sides = [
        *(checkout_side(text, work, rebuild=options.rebuild) for text in options.sides),
        *(peer_side(name, data, work) for name in filter(None, options.peers.split(","))),
    ]
    drawn = random.Random(options.seed)  # noqa: S311 - the same queries in every run
    titles = [article.title for article in Articles(data)]
    asked = list(queries(titles, options.queries * len(CONNECTIONS) + _WARMING, drawn, unmarked=False))
    with ExitStack() as stack:
        servers = [stack.enter_context(served(side)) for side in sides]
        agreement = checked(servers, len(titles), titles, drawn)
        figures = _measured(servers, asked, drawn)
        memory = {server.side.name: server.worker_mib() for server in servers}
    parts = (
        f"# Pages over {len(titles):,} articles, {options.queries} queries at each number of connections",
        _speed(figures),
        _costs(sides, figures, memory),
        agreement,
    )
    report("\n\n".join(parts), options.out)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sides", nargs="+", metavar="NAME=CHECKOUT:DATA")
    parser.add_argument("--peers", default=",".join(MODULES), help="separated by commas")
    parser.add_argument("--queries", type=int, default=240, help="at each number of connections")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--rebuild", action="store_true")
    parser.add_argument("--work", type=Path, default=Path("build/bench/peer_pages"))
    parser.add_argument("--out", type=Path)
    return parser.parse_args()


def _measured(servers: Sequence[Server], asked: Sequence[str], drawn: random.Random) -> Figures:
    """Each side's pages at each number of connections; every query is asked once of each side."""
    for server in servers:
        ask(server.port, [server.side.path(query) for query in asked[:_WARMING]], 2)
    size = (len(asked) - _WARMING) // len(CONNECTIONS)
    figures: Figures = {}
    for place, connections in enumerate(CONNECTIONS):
        part = asked[_WARMING + place * size : _WARMING + (place + 1) * size]
        figures[connections] = {server.side.name: Asked() for server in servers}
        rounds = _ROUNDS[connections]
        for turn in range(rounds):
            block = part[size * turn // rounds : size * (turn + 1) // rounds]
            for server in drawn.sample(servers, len(servers)):
                figures[connections][server.side.name].add(_asked(server, block, connections))
    return figures


def _asked(server: Server, block: Sequence[str], connections: int) -> Asked:
    before = server.cpu_s()
    asked = ask(server.port, [server.side.path(query) for query in block], connections)
    asked.cpu_s = server.cpu_s() - before
    return asked


def _speed(figures: Figures) -> str:
    heads = [f"{number}: p50 / p95 ms | {number}: pages a second" for number in figures]
    lines = [f"| pages of | {' | '.join(heads)} | errors |", f"| --- |{' ---: |' * (2 * len(figures) + 1)}"]
    for name in next(iter(figures.values())):
        seen = [of_connections[name] for of_connections in figures.values()]
        cells = [f"{_times(one)} | {len(one.times_ms) / one.wall_s:.0f}" for one in seen]
        lines.append(f"| {name} | {' | '.join(cells)} | {sum(one.errors for one in seen)} |")
    return "\n".join(lines)


def _times(asked: Asked) -> str:
    parts = quantiles(asked.times_ms, n=20)
    return f"{parts[9]:.1f} / {parts[18]:.1f}"


def _costs(sides: Sequence[Side], figures: Figures, memory: Mapping[str, float]) -> str:
    one_by_one = figures[1]
    first = _cpu_ms(one_by_one[sides[0].name])
    heads = (
        *("processor ms a page, one by one", "over the first", "KB sent a page"),
        *("private memory of a worker, MiB", "on disk, MB", "build s: wall / processor"),
    )
    lines = [f"| pages of | {' | '.join(heads)} |", f"| --- |{' ---: |' * len(heads)}"]
    for side in sides:
        asked = one_by_one[side.name]
        spent = _cpu_ms(asked)
        built = f"{side.built.wall_s:.0f} / {side.built.cpu_s:.0f}" if side.built else "not measured"
        sent = asked.sent / len(asked.times_ms) / 1e3
        lines.append(
            f"| {side.name} | {spent:.1f} | {spent / first:.2f} | {sent:.1f} | {memory[side.name]:.0f}"
            f" | {side.disk / 1e6:.0f} | {built} |"
        )
    return "\n".join(lines)


def _cpu_ms(asked: Asked) -> float:
    return asked.cpu_s * 1000 / len(asked.times_ms)


if __name__ == "__main__":
    main()
