"""How many of the first ten articles are right? Precision@10, with bounds for what was not read.

An article is right where the mean of both readers' grades is at least 1, and strictly right where it is at
least 1.5. One that either reader has not read is not judged: it counts as wrong in the lower bound and as
right in the upper one. A list of fewer than ten counts as ten, its empty places as wrong: each query has ten
articles in the archive that are about what is meant.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, stdev

from benchmarks.relevance.judged_matches import agreement
from benchmarks.relevance.scores import Rankings
from benchmarks.relevance.short_judgements import KINDS, Judgements, ShortQuery

DEPTH = 10
RIGHT, STRICT = 1.0, 1.5
"""The least mean of two grades for which an article is right, and strictly so."""


@dataclass(frozen=True, slots=True)
class Precision:
    """The precision@10 of one query, or the mean of several with the standard errors of the bounds."""

    low: float
    high: float
    low_error: float = 0.0
    high_error: float = 0.0

    def __str__(self) -> str:
        if self.low == self.high:
            return f"{self.low:.3f} ± {self.low_error:.3f}"
        return f"{self.low:.3f} ± {self.low_error:.3f} to {self.high:.3f} ± {self.high_error:.3f}"


def precision(judged: Judgements, query: str, ranking: Sequence[str], least: float = RIGHT) -> Precision:
    """Of one query: the share of right articles among the first ten, at least and at most."""
    means = _means(judged, query, ranking)
    right = sum(mean is not None and mean >= least for mean in means)
    return Precision(right / DEPTH, (right + means.count(None)) / DEPTH)


def mean_precision(values: Sequence[Precision]) -> Precision:
    """The mean over queries, and its standard errors."""
    low, high = [one.low for one in values], [one.high for one in values]
    return Precision(fmean(low), fmean(high), _error(low), _error(high))


def unjudged_share(judged: Judgements, rankings: Rankings) -> float:
    """The share of articles among the first ten of all queries that both readers have not read."""
    means = [mean for query, ranking in rankings.items() for mean in _means(judged, query, ranking)]
    return means.count(None) / len(means) if means else 0.0


def precision_table(
    queries: Mapping[str, ShortQuery], judged: Judgements, runs: Mapping[str, Rankings]
) -> str:
    """A line a system: precision, strict precision, and how much of its first ten was not judged."""
    lines = [
        "| system | queries | precision@10 | strict precision@10 | not judged |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    for name, rankings in runs.items():
        asked = _asked(queries, rankings)
        right, strict = (_over(judged, asked, least) for least in (RIGHT, STRICT))
        share = unjudged_share(judged, asked)
        lines.append(f"| {name} | {len(asked)} | {right} | {strict} | {share:.1%} |")
    return "\n".join(lines)


def kind_table(queries: Mapping[str, ShortQuery], judged: Judgements, runs: Mapping[str, Rankings]) -> str:
    """Precision by kind of query: a line a kind, then queries with and without marks; a column a system."""
    lines = [f"| kind | queries | {' | '.join(runs)} |", f"| --- | ---: |{' ---: |' * len(runs)}"]
    for name, is_of in _groups().items():
        group = {query: one for query, one in queries.items() if is_of(one)}
        if group:
            cells = (_over(judged, _asked(group, rankings), RIGHT) for rankings in runs.values())
            lines.append(f"| {name} | {len(group)} | {' | '.join(map(str, cells))} |")
    return "\n".join(lines)


def agreement_line(judged: Judgements) -> str:
    """How far the readers agree on what both have read."""
    both = [{"first": str(one.a), "second": str(one.b)} for one in judged.values() if one.mean is not None]
    if not both:
        return "No article was read by both readers."
    same, count, verdicts, kappa = agreement(both)
    of_right = f"on {verdicts:.1%} of right (1 or 2) or wrong; kappa {kappa:.2f}"
    return f"The readers agree on {same:.1%} of {count} grades, {of_right}."


def _groups() -> dict[str, Callable[[ShortQuery], bool]]:
    kinds: dict[str, Callable[[ShortQuery], bool]] = {
        kind: lambda query, kind=kind: query.kind == kind  # type: ignore[misc]
        for kind in KINDS
    }
    return {
        **kinds,
        "typed with a mark": lambda query: not query.text.isascii(),
        "typed without": lambda query: query.text.isascii(),
    }


def _means(judged: Judgements, query: str, ranking: Sequence[str]) -> list[float | None]:
    return [
        found.mean if (found := judged.get((query, article))) else None
        for article in dict.fromkeys(ranking[:DEPTH])
    ]


def _asked(queries: Mapping[str, ShortQuery], rankings: Rankings) -> Rankings:
    return {query: rankings[query] for query in queries if query in rankings}


def _over(judged: Judgements, rankings: Rankings, least: float) -> Precision | str:
    values = [precision(judged, query, ranking, least) for query, ranking in rankings.items()]
    return mean_precision(values) if values else "not asked"


def _error(values: Sequence[float]) -> float:
    return float(stdev(values)) / len(values) ** 0.5 if len(values) > 1 else 0.0
