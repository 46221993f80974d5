"""The queries whose units are known: ``queries.tsv``, judged by hand.

Each line has what it is an example of, the units, and the units of the query without marks where they differ:
there the likeliest reading of bare letters is another one.
"""

from dataclasses import dataclass

from indexer.text.fold import fold
from tests.units.tables import HERE


@dataclass(frozen=True, slots=True)
class Query:
    """A query, and its units in brackets."""

    kind: str
    text: str
    units: str


def marked_queries() -> list[Query]:
    """The queries as they are written."""
    return [Query(kind, _plain(units), units) for kind, units, _ in _lines()]


def lower_queries() -> list[Query]:
    """The queries in small letters."""
    return [Query(query.kind, query.text.lower(), query.units.lower()) for query in marked_queries()]


def unmarked_queries() -> list[Query]:
    """The queries in small letters without marks."""
    return [Query(kind, _bare(_plain(units)), _bare(unmarked or units)) for kind, units, unmarked in _lines()]


def _lines() -> list[tuple[str, str, str]]:
    lines = (HERE / "queries.tsv").read_text("utf-8").splitlines()[1:]
    rows = [[*line.split("\t"), ""][:3] for line in lines]
    return [(kind, units, unmarked) for kind, units, unmarked in rows]


def _plain(units: str) -> str:
    return units.replace("[", "").replace("]", "")


def _bare(text: str) -> str:
    return fold(text.lower())
