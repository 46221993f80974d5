"""Which queries are judged, over which articles, and what must be reached? The sets of ../shared/relevance.

A set of spelling variants asks the queries of its clean set again, under the same ids, so that the two are
compared query by query.
"""

import csv
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpora import BAOMOI, VIETNEWS

RELEVANCE = Path(__file__).parents[3] / "shared" / "relevance"

NDCG, MRR, RECALL = "nDCG@10", "RR@10", "R@100"
MEASURES = (NDCG, MRR, RECALL)
"""As ir_measures writes them."""

RERANK_DEPTH = 100  # results asked for each query

Qrels = Mapping[str, Mapping[str, int]]
"""Query id to article id to how relevant it is."""


@dataclass(frozen=True, slots=True)
class Pool:
    """The articles that are searched: files that Kho Báo's importer reads as they are, ids and all."""

    name: str
    files: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class JudgedSet:
    """Queries and what is relevant to each.

    Attributes:
        measure: by which it is judged.
        least: the figure to reach; 0 where there is none.
        clean: name of the set with the same queries well spelt.
        of_clean: the part of the clean set's figure to reach; 1 means the same answer to each query.
    """

    name: str
    pool: Pool
    measure: str
    least: float = 0.0
    clean: str = ""
    of_clean: float = 0.0

    @property
    def target(self) -> str:
        """What must be reached, in words."""
        if self.of_clean == 1:
            return f"equal to {self.clean}, query by query"
        if self.of_clean:
            return f"{self.measure} {self.of_clean:.0%} of {self.clean}"
        return f"{self.measure} {self.least}" if self.least else "none"


def _documents(*names: str) -> tuple[Path, ...]:
    return tuple(RELEVANCE / name / "documents.jsonl" for name in names)


NEWS = Pool("news", (*_documents("news-topics"), BAOMOI))
QUESTIONS = Pool("questions", _documents("questions-xquad", "questions-mlqa"))
KNOWN_ITEMS = Pool("vietnews-105k", (VIETNEWS,))

_SPELLINGS = {
    "nfd": 1.0,
    "no-marks": 0.97,
    "half-marks": 0.97,
    "wrong-tone": 0.97,
    "telex": 0.97,
    "one-typo": 0.93,
    "missing-space": 0.97,
}


def _known_items(kind: str, least: float) -> tuple[JudgedSet, ...]:
    clean = JudgedSet(f"known-item-{kind}", KNOWN_ITEMS, MRR, least=least)
    variants = (
        JudgedSet(f"{clean.name}-{name}", KNOWN_ITEMS, MRR, clean=clean.name, of_clean=part)
        for name, part in _SPELLINGS.items()
    )
    return clean, *variants


SETS: Mapping[str, JudgedSet] = {
    one.name: one
    for one in (
        JudgedSet("news-topics", NEWS, NDCG, least=0.9),
        JudgedSet("questions-mlqa", QUESTIONS, NDCG, least=0.84),
        JudgedSet("questions-xquad", QUESTIONS, NDCG, least=0.97),
        *_known_items("keywords", 0.88),
        *_known_items("title", 0.965),
        JudgedSet("known-item-caption", KNOWN_ITEMS, MRR),
    )
}
"""By name, a clean set before its variants."""


def check_present() -> None:
    """Ends the program with one line where the sets or the corpora are not on this machine."""
    for path in (RELEVANCE, *{file for one in SETS.values() for file in one.pool.files}):
        if not path.exists():
            sys.exit(f"{path} is not on this machine: `make relevance` reads it")


def queries_of(judged: JudgedSet, most: int | None = None) -> dict[str, str]:
    """Query id to text; at most ``most``, evenly drawn, the same ids in a set and its variants."""
    with (RELEVANCE / judged.name / "queries.tsv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    count = len(rows) if most is None else min(most, len(rows))
    return dict(rows[place * len(rows) // count] for place in range(count))


def qrels_of(judged: JudgedSet) -> Qrels:
    """What is relevant to each query."""
    found: dict[str, dict[str, int]] = {}
    for line in (RELEVANCE / judged.name / "qrels.txt").read_text("utf-8").splitlines():
        query, _, article, grade = line.split()
        found.setdefault(query, {})[article] = int(grade)
    return found
