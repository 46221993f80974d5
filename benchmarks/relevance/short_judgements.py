"""Which short queries are judged, and how did two readers grade what was found? Files of ids, without texts.

judged/short_queries.tsv has the queries with what each means; judged/short.tsv has the grades of the readers
"a" and "b", who knew neither the system nor the rank nor each other: 2 (the article is about what is meant),
1 (it mentions it, or touches on it), 0 (it is about something else).
"""

import csv
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

from benchmarks.relevance.scores import Rankings

QUERIES = Path(__file__).with_name("judged") / "short_queries.tsv"
JUDGED = QUERIES.with_name("short.tsv")
READERS = ("a", "b")
KINDS = ("person", "place", "institution", "event", "good", "abbreviation", "other")

_GRADES = {"0": 0, "1": 1, "2": 2}
_QUERY_COLUMNS = ["id", "kind", "query", "need"]
_COLUMNS = ["query", "article", "a", "b"]


@dataclass(frozen=True, slots=True)
class ShortQuery:
    """A query as a reader types it; ``need`` says in English what is meant."""

    id: str
    kind: str
    text: str
    need: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """The grades of both readers for one article; None where one has not read it."""

    a: int | None = None
    b: int | None = None

    @property
    def mean(self) -> float | None:
        """The mean of both grades; None unless both readers gave one."""
        return None if self.a is None or self.b is None else (self.a + self.b) / 2

    def with_grade(self, reader: str, grade: int) -> Self:
        """The judgement with a reader's grade, in place of an earlier one."""
        return replace(self, a=grade) if reader == "a" else replace(self, b=grade)


Judgements = Mapping[tuple[str, str], Judgement]
"""By query id and article id."""


def read_queries(path: Path = QUERIES) -> dict[str, ShortQuery]:
    """The queries by id, in the order of the file."""
    rows = _rows(path, _QUERY_COLUMNS)
    return {row[0]: ShortQuery(*row) for row in rows}


def read_judgements(path: Path = JUDGED) -> dict[tuple[str, str], Judgement]:
    """What was judged so far; nothing where there is no file."""
    if not path.exists():
        return {}
    return {
        (query, article): Judgement(_GRADES.get(a), _GRADES.get(b))
        for query, article, a, b in _rows(path, _COLUMNS)
    }


def write_judgements(judged: Judgements, path: Path = JUDGED) -> None:
    """Writes every judgement in the order of the ids, so that a change shows as few lines."""
    lines = [_COLUMNS, *([*key, _cell(one.a), _cell(one.b)] for key, one in sorted(judged.items()))]
    path.write_text("".join("\t".join(line) + "\n" for line in lines), "utf-8")


def read_grades(path: Path, known: Iterable[str]) -> dict[tuple[str, str], int]:
    """A reader's file: query id, article id and grade a line; a header is passed over.

    Ends the program with one line for a query that is not known, for a grade that is none, and for an
    article that has two.
    """
    queries, grades = set(known), dict[tuple[str, str], int]()
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        cells = [cell.strip() for cell in line.split("\t")]
        if cells == [""] or (number == 1 and cells[0] == "query"):
            continue
        if len(cells) != len(("query", "article", "grade")) or cells[0] not in queries:
            sys.exit(
                f"{path}, line {number}: {line!r}: write query id, article id and grade with tabs between"
            )
        if cells[2] not in _GRADES:
            sys.exit(f"{path}, line {number}: {cells[2]!r} is no grade; write 0, 1 or 2")
        key, grade = (cells[0], cells[1]), _GRADES[cells[2]]
        if grades.setdefault(key, grade) != grade:
            sys.exit(f"{path}, line {number}: {cells[0]} {cells[1]} has another grade above; leave one")
    return grades


def with_grades(judged: Judgements, reader: str, grades: Mapping[tuple[str, str], int]) -> Judgements:
    """The judgements with the grades of a reader added."""
    added = {key: judged.get(key, Judgement()).with_grade(reader, grade) for key, grade in grades.items()}
    return {**judged, **added}


def unjudged(runs: Iterable[Rankings], judged: Judgements, depth: int) -> dict[str, set[str]]:
    """By query: the articles among the first ``depth`` of any run that not both readers have judged."""
    pooled: dict[str, set[str]] = {}
    for rankings in runs:
        for query, ranking in rankings.items():
            means = {article: judged.get((query, article), Judgement()).mean for article in ranking[:depth]}
            new = {article for article, mean in means.items() if mean is None}
            pooled.setdefault(query, set()).update(new)
    return pooled


def _cell(grade: int | None) -> str:
    return "" if grade is None else str(grade)


def _rows(path: Path, columns: list[str]) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        header, *rows = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    assert header == columns, (path, header)
    return rows
