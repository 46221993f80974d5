"""What is known of an engine's answers to a set? Rankings, times and measures by query, and their means."""

import math
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.relevance.sets import MEASURES
from benchmarks.timing import Timing, summary

Rankings = Mapping[str, Sequence[str]]
"""Query id to article ids, the best first."""

Values = Mapping[str, Mapping[str, float]]
"""Measure to query id to its value."""

RESAMPLES = 2_000


@dataclass(frozen=True, slots=True)
class Scores:
    """What came of a set of queries.

    Attributes:
        times_ms: of each query.
        values: of each measure, of each query.
    """

    name: str
    rankings: Rankings
    times_ms: Mapping[str, float]
    values: Values

    def mean(self, measure: str) -> float:
        """A measure's average over the queries."""
        return statistics.fmean(self.values[measure].values())

    def error(self, measure: str) -> float:
        """The standard error of that average."""
        return standard_error(list(self.values[measure].values()))

    @property
    def nothing(self) -> int:
        """How many queries found nothing."""
        return sum(not found for found in self.rankings.values())

    @property
    def timing(self) -> Timing:
        """Milliseconds a query."""
        return summary(list(self.times_ms.values()))

    def only(self, queries: Mapping[str, object]) -> "Scores":
        """The same for some of the queries."""
        return Scores(
            self.name,
            {query: self.rankings[query] for query in queries},
            {query: self.times_ms[query] for query in queries},
            {name: {query: found[query] for query in queries} for name, found in self.values.items()},
        )

    def __str__(self) -> str:
        measured = ", ".join(f"{name} {self.mean(name):.4f} ± {self.error(name):.4f}" for name in MEASURES)
        spent_s = sum(self.times_ms.values()) / 1000
        return (
            f"{self.name}: {measured}; {len(self.rankings)} queries, {self.nothing} found nothing,"
            f" p50/p95 {self.timing.p50:.1f}/{self.timing.p95:.1f} ms, {spent_s:.1f} s"
        )


def standard_error(values: Sequence[float]) -> float:
    """Of the mean of ``values``."""
    return statistics.stdev(values) / math.sqrt(len(values)) if len(values) > 1 else 0.0


def difference(one: Scores, other: Scores, measure: str) -> tuple[float, float]:
    """How far ``one`` is above ``other`` on the queries that both were asked, and the standard error."""
    ours, theirs = one.values[measure], other.values[measure]
    found = [ours[query] - theirs[query] for query in theirs if query in ours]
    return statistics.fmean(found), standard_error(found)


def ratio(one: Scores, clean: Scores, measure: str) -> tuple[float, float, float]:
    """``one`` as a part of ``clean``, and the interval that holds 95 % of resampled ratios."""
    queries = [query for query in one.values[measure] if query in clean.values[measure]]
    pairs = np.array([(one.values[measure][query], clean.values[measure][query]) for query in queries])
    drawn = np.random.default_rng(1).integers(0, len(pairs), (RESAMPLES, len(pairs)))
    sums = pairs[drawn].sum(axis=1)
    low, high = np.quantile(sums[:, 0] / np.maximum(sums[:, 1], 1e-9), (0.025, 0.975))
    whole = pairs.sum(axis=0)
    return float(whole[0] / whole[1]), float(low), float(high)


def different(one: Scores, other: Scores) -> list[str]:
    """The queries that are not answered alike, down to the last result."""
    return [query for query, found in one.rankings.items() if tuple(found) != tuple(other.rankings[query])]
