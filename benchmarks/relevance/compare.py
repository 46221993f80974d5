"""What did a change do, query by query? Two runs of the same set, by their labels (see --label).

    python -m benchmarks.relevance.compare SET BEFORE AFTER [--show 10] [--work build/bench/relevance]

A label is a folder of WORK/runs: "Kho-Báo", a peer's name, or what was given with --label.
"""

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.relevance.measures import scored
from benchmarks.relevance.pools import WORK
from benchmarks.relevance.runs import Run
from benchmarks.relevance.scores import Scores, difference, different
from benchmarks.relevance.sets import MEASURES, SETS, JudgedSet, qrels_of, queries_of


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("set", choices=SETS)
    parser.add_argument("before")
    parser.add_argument("after")
    parser.add_argument("--show", type=int, default=10, help="queries that lost most, and that won most")
    parser.add_argument("--work", type=Path, default=WORK)
    options = parser.parse_args()
    judged = SETS[options.set]
    before, after = (_kept(options.work, label, judged) for label in (options.before, options.after))
    both = {query: True for query in after.rankings if query in before.rankings}
    before, after = before.only(both), after.only(both)
    for measure in MEASURES:
        far, error = difference(after, before, measure)
        print(f"{measure}: {before.mean(measure):.4f} to {after.mean(measure):.4f}, {far:+.4f} ± {error:.4f}")
    print(f"{len(different(after, before))} of {len(both)} queries are answered otherwise")
    print(_most_changed(judged, before, after, options.show))


def _kept(work: Path, label: str, judged: JudgedSet) -> Scores:
    rankings, times_ms = Run(work, label, judged.name).read()
    if not rankings:
        sys.exit(f"{work}/runs: there is no run of {judged.name} by {label}")
    return scored(judged.name, rankings, times_ms, qrels_of(judged))


def _most_changed(judged: JudgedSet, before: Scores, after: Scores, show: int) -> str:
    """The queries that lost most, then those that won most, with the places of what is relevant."""
    texts, qrels = queries_of(judged), qrels_of(judged)
    old, new = before.values[judged.measure], after.values[judged.measure]
    changed = sorted(
        (query for query in new if new[query] != old[query]), key=lambda one: new[one] - old[one]
    )
    shown = dict.fromkeys([*changed[:show], *changed[max(0, len(changed) - show) :]])
    return "\n".join(
        f"{new[query] - old[query]:+.3f}  {_places(before.rankings[query], qrels[query])}"
        f" to {_places(after.rankings[query], qrels[query])}  {query}  {texts[query]}"
        for query in shown
    )


def _places(ranking: Sequence[str], relevant: Mapping[str, int]) -> str:
    """Where relevant articles stand, the first five of them."""
    found = [str(place) for place, article in enumerate(ranking, 1) if article in relevant]
    return ",".join(found[:5]) or "none"


if __name__ == "__main__":
    main()
