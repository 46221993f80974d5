"""What is each kind of evidence worth? The difference that leaving it out makes, on every set, by query.

    python -m benchmarks.relevance.leave_one_out [--data POOLS] [--queries 300] [--sets NAMES]
        [--without LABELS] [--out FILE.md]

POOLS is the work folder of `make relevance`: pools that it lacks are imported and indexed there first. Short
queries (benchmarks.relevance.short_queries) are asked over both corpora, a fourth pool. Each kind of evidence
is left out in this process (benchmarks.relevance.evidence), in a service that is opened anew, and the same
queries are asked. Where no score and no order of any query changes, it was not left out, or the named sets do
not depend on it: the command says so and ends with exit code 1. It needs what `make relevance` installs, and
no peers.
"""

import argparse
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from pathlib import Path

from benchmarks.corpora import BAOMOI, VIETNEWS
from benchmarks.machine import report
from benchmarks.relevance.evidence import EVIDENCE, Evidence, without
from benchmarks.relevance.measures import scored
from benchmarks.relevance.pools import WORK, prepared
from benchmarks.relevance.scores import standard_error
from benchmarks.relevance.sets import RERANK_DEPTH, SETS, Pool, check_present, qrels_of, queries_of
from benchmarks.relevance.short_judgements import read_judgements, read_queries
from benchmarks.relevance.short_precision import DEPTH, precision
from corpus.errors import UserError
from search_app.answer.selection import Selection
from search_app.answer.service import Service
from search_app.bootstrap import open_service
from search_app.settings import Settings

CORPORA = Pool("corpora", (BAOMOI, VIETNEWS))
"""The articles of which short queries are asked."""

SHORT = "short-queries"

NAMES = (
    "news-topics",
    "questions-mlqa",
    "questions-xquad",
    SHORT,
    "known-item-title",
    "known-item-title-no-marks",
    "known-item-title-one-typo",
    "known-item-keywords",
    "known-item-keywords-no-marks",
    "known-item-keywords-one-typo",
    "known-item-caption",
)
"""The sets, unless others are named: every one, and of its variants the two that are hardest."""

COLUMNS = 6  # of a table; more are not seen at once

Answers = Mapping[str, Sequence[tuple[str, float]]]
"""Query to the ids of its articles and their scores, the best first."""

Values = Mapping[str, float]
"""Query to its value by the measure of the set."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What a set gains where evidence is left out: the mean over queries, and its standard error.

    Attributes:
        changed: the queries of which a score or the order is another.
    """

    gain: float
    error: float
    changed: int

    def __str__(self) -> str:
        return f"{_shown(self.gain, '+')} ± {_shown(self.error)}" if self.changed else "same"


@dataclass(frozen=True, slots=True)
class Column:
    """A set: its figure with all evidence, and the cell of each kind that was left out, by its label."""

    name: str
    figure: float
    error: float
    queries: int
    cells: Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class _Asked:
    """A set of queries as it is asked, and by its name what each column measures of the answers."""

    pool: Pool
    queries: Mapping[str, str]
    measures: Mapping[str, Callable[[Answers], Values]]
    depth: int = RERANK_DEPTH
    collapse_stories: bool = False


def main() -> None:
    """Reads the command line; exit code 1 where evidence was not left out."""
    options = _options()
    check_present()
    sets = [_asked(name, options.queries) for name in options.sets]
    columns = measured(sets, options.without, options.data)
    idle = [one.label for one in options.without if not any(own.cells[one.label].changed for own in columns)]
    report("\n\n".join([_tables(columns, options.without), *map(_complaint, idle)]), options.out)
    sys.exit(1 if idle else 0)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=WORK, help="the folder of the pools")
    parser.add_argument("--queries", type=int, default=300, help="at most so many of each set, evenly drawn")
    parser.add_argument("--sets", default=",".join(NAMES), help="names with commas between")
    parser.add_argument("--without", default="", help="labels with commas between, in place of all")
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    labels = {one.label: one for one in EVIDENCE}
    options.sets = options.sets.split(",")
    named = options.without.split(",") if options.without else [*labels]
    if unknown := (set(options.sets) - {*SETS, SHORT}) | (set(named) - set(labels)):
        sys.exit(f"{', '.join(sorted(unknown))}: not known; there are {', '.join([*NAMES, *labels])}")
    options.without = [labels[label] for label in named]
    return options


def measured(sets: Iterable[_Asked], left_out: Sequence[Evidence], work: Path) -> list[Column]:
    """A column for each set, pool by pool."""
    columns = []
    for pool, group in groupby(sets, key=lambda one: one.pool):
        columns += _of_pool(list(group), left_out, prepared(pool, work))
    return columns


def _of_pool(sets: Sequence[_Asked], left_out: Sequence[Evidence], settings: Settings) -> list[Column]:
    service = open_service(settings)
    whole = [_answers(service, one) for one in sets]
    values = {
        name: measure(answers)
        for one, answers in zip(sets, whole, strict=True)
        for name, measure in one.measures.items()
    }
    cells: dict[str, dict[str, Cell]] = {name: {} for name in values}
    for evidence in left_out:
        with without(evidence):
            service = open_service(settings)  # anew, so that nothing is kept of another ranking
            for one, before in zip(sets, whole, strict=True):
                answers = _answers(service, one)
                changed = sum(answers[query] != before[query] for query in before)
                for name, measure in one.measures.items():
                    cells[name][evidence.label] = cell = _cell(measure(answers), values[name], changed)
                    print(f"{name}: {evidence.label}: {cell}", file=sys.stderr, flush=True)
    return [
        Column(name, _mean(own.values()), standard_error(list(own.values())), len(own), cells[name])
        for name, own in values.items()
    ]


def _answers(service: Service, asked: _Asked) -> Answers:
    found: dict[str, Sequence[tuple[str, float]]] = {}
    for query, text in asked.queries.items():
        try:
            selection = Selection(text, collapse_stories=asked.collapse_stories)
            hits = service.exporting.ranked(selection, asked.depth)
        except UserError:
            hits = ()
        found[query] = [(hit.id, hit.score) for hit in hits]
    return found


def _cell(values: Values, before: Values, changed: int) -> Cell:
    gains = [value - before[query] for query, value in values.items()]
    return Cell(_mean(gains), standard_error(gains), changed)


def _asked(name: str, most: int) -> _Asked:
    if name == SHORT:
        return _short()
    judged = SETS[name]

    def measure(answers: Answers) -> Values:
        rankings = {query: [article for article, _ in found] for query, found in answers.items()}
        times_ms = dict.fromkeys(rankings, 0.0)
        return scored(name, rankings, times_ms, qrels_of(judged)).values[judged.measure]

    return _Asked(judged.pool, queries_of(judged, most), {name: measure})


def _short() -> _Asked:
    """Precision@10 of short queries: where what nobody judged is wrong, and where it is right."""
    judged = read_judgements()

    def measure(answers: Answers, *, upper: bool) -> Values:
        found = {query: precision(judged, query, [one for one, _ in hits]) for query, hits in answers.items()}
        return {query: one.high if upper else one.low for query, one in found.items()}

    measures = {SHORT: partial(measure, upper=False), f"{SHORT}, upper bound": partial(measure, upper=True)}
    queries = {query.id: query.text for query in read_queries().values()}
    return _Asked(CORPORA, queries, measures, DEPTH, collapse_stories=True)


def _tables(columns: Sequence[Column], left_out: Sequence[Evidence]) -> str:
    return "\n\n".join(
        _table(columns[start : start + COLUMNS], left_out) for start in range(0, len(columns), COLUMNS)
    )


def _table(columns: Sequence[Column], left_out: Sequence[Evidence]) -> str:
    rows = [
        ["without", *(column.name.removeprefix("known-item-") for column in columns)],
        ["---", *("---:" for _ in columns)],
        *([one.label, *(str(column.cells[one.label]) for column in columns)] for one in left_out),
        ["as it is", *(f"{_shown(column.figure)} ± {_shown(column.error)}" for column in columns)],
        ["queries", *(str(column.queries) for column in columns)],
    ]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _complaint(label: str) -> str:
    return f"**{label}**: no answer changed: it was not left out, or these queries do not depend on it."


def _shown(value: float, sign: str = "-") -> str:
    return f"{value:{sign}.3f}".replace("0.", ".", 1)


def _mean(values: Iterable[float]) -> float:
    every = list(values)
    return sum(every) / len(every)


if __name__ == "__main__":
    main()
