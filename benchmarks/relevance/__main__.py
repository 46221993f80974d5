"""Does the best article come first? Every judged set, through the engine, beside its peers.

    python -m benchmarks.relevance [--sets news-topics,questions-mlqa] [--queries N] [--peers FTS5,tantivy]
        [--data DIR] [--work build/bench/relevance] [--label NAME] [--fresh] [--out FILE.md]

The sets and corpora are in ../shared. The first run imports and indexes three pools (about ten minutes on two
cores) and fills the peers (twenty minutes, most of them Whoosh's); later runs find all that in the work
folder, the peers' answers too. Run files (TREC) are kept in WORK/runs/.
"""

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

from benchmarks.engines import OURS
from benchmarks.machine import report
from benchmarks.relevance.measuring import Plan, measured
from benchmarks.relevance.peers import PEERS
from benchmarks.relevance.pools import WORK
from benchmarks.relevance.sets import SETS, JudgedSet, check_present
from benchmarks.relevance.tables import whole

Value = TypeVar("Value")


def main() -> None:
    """Reads the command line."""
    options = _options()
    check_present()
    sets = _with_clean(_named(options.sets, SETS))
    peers = list(_named(options.peers, PEERS).values())
    if options.data and len({one.pool for one in sets}) > 1:
        sys.exit("--data: one folder holds one pool; name sets of one pool with --sets")
    plan = Plan(options.work, options.data, peers, options.queries, options.fresh, options.label)
    report(whole(measured(sets, plan), peers), options.out)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sets", default=",".join(SETS))
    parser.add_argument("--queries", type=int, help="at most so many of each set, evenly drawn")
    parser.add_argument("--peers", default=",".join(PEERS), help="names with commas between; none: ''")
    parser.add_argument("--data", type=Path, help="a data folder that holds the pool of the sets")
    parser.add_argument("--work", type=Path, default=WORK)
    parser.add_argument("--label", default=OURS, help="names the folder of Kho Báo's run files")
    parser.add_argument("--fresh", action="store_true", help="asks the peers again")
    parser.add_argument("--out", type=Path)
    return parser.parse_args()


def _named(names: str, known: Mapping[str, Value]) -> dict[str, Value]:
    asked = [name for name in names.split(",") if name]
    if unknown := set(asked) - set(known):
        sys.exit(f"{', '.join(sorted(unknown))}: not known; there are {', '.join(known)}")
    return {name: known[name] for name in asked}


def _with_clean(sets: Mapping[str, JudgedSet]) -> list[JudgedSet]:
    """The sets, and those that they are compared with."""
    names = {name for one in sets.values() for name in (one.clean, one.name) if name}
    return [one for one in SETS.values() if one.name in names]


if __name__ == "__main__":
    main()
