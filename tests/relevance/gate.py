"""Does the right article still come first? Judged queries over the sample corpus, and floors that only rise.

The floors are the figures that were reached when they were pinned, with a hash of the queries and the corpus:

    python -m tests.relevance.gate                   the figures, and each query whose article is not first
    python -m tests.relevance.gate --pin             pins them; refuses where one is below its floor
    python -m tests.relevance.gate --lower "reason"  pins them all the same, and keeps the reason
"""

import argparse
import hashlib
import json
import math
import statistics
import sys
import tempfile
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.readers.records.options import ImportOptions
from search_app.answer.selection import Selection
from search_app.answer.service import Service
from search_app.bootstrap import open_service
from search_app.cli.writing import add
from search_app.settings import Settings
from tests.shared import SAMPLE

QUERIES = Path(__file__).with_name("queries.tsv")
FLOORS = Path(__file__).with_name("floors.json")
DEPTH = 10
ALL = "all"


@dataclass(frozen=True, slots=True)
class Judged:
    """A query and the articles of which one must come first."""

    group: str
    query: str
    expected: frozenset[str]

    @property
    def decomposed(self) -> "Judged":
        """The same query in NFD."""
        return Judged("nfd", unicodedata.normalize("NFD", self.query), self.expected)


def judged_queries() -> list[Judged]:
    """The queries as they are written."""
    lines = [line for line in QUERIES.read_text("utf-8").splitlines() if not line.startswith("#")]
    rows = [line.split("\t") for line in lines]
    return [Judged(group, query, frozenset(expected.split(","))) for group, query, expected in rows]


def sample_service(folder: Path) -> Service:
    """The service over the sample corpus, as `khobao add` leaves it."""
    settings = Settings(folder)
    add(settings, [SAMPLE], ImportOptions(), str)
    return open_service(settings)


def rank(service: Service, one: Judged) -> int:
    """Where the expected article stands; 0 where it is not among the first ten."""
    hits = service.exporting.ranked(Selection(one.query), DEPTH)
    return next((place for place, hit in enumerate(hits, 1) if hit.id in one.expected), 0)


def mrr(ranks: Sequence[int]) -> float:
    """The mean reciprocal rank, down to three places: a floor that was pinned is reached again."""
    return math.floor(1000 * statistics.fmean(1 / place if place else 0.0 for place in ranks)) / 1000


def figures(ranks: Mapping[Judged, int]) -> dict[str, float]:
    """MRR@10 of each group and of all."""
    groups = {one.group: one.group for one in ranks} | {ALL: ""}
    return {
        name: mrr([place for one, place in ranks.items() if not group or one.group == group])
        for name, group in groups.items()
    }


def data_hash() -> str:
    """Of the queries and the corpus they are asked of."""
    files = [QUERIES, *sorted(path for path in SAMPLE.rglob("*") if path.is_file())]
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in files)).hexdigest()


def pin(found: Mapping[str, float], reason: str) -> None:
    """Makes what was found the floors."""
    kept = json.loads(FLOORS.read_text("utf-8")) if FLOORS.exists() else {"mrr_at_10": {}, "lowered": []}
    lower = [name for name, floor in kept["mrr_at_10"].items() if found.get(name, 0.0) < floor]
    if lower and not reason:
        sys.exit(f"{', '.join(lower)}: below the floor; to lower it, say why: --lower REASON")
    lowered = [*kept["lowered"], *([f"{', '.join(lower)}: {reason}"] if lower else [])]
    floors = {"data_sha256": data_hash(), "mrr_at_10": found, "lowered": lowered}
    FLOORS.write_text(json.dumps(floors, ensure_ascii=False, indent=2) + "\n", "utf-8")


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pin", action="store_true")
    parser.add_argument("--lower", default="", metavar="REASON")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        service = sample_service(Path(folder))
        ranks = {one: rank(service, one) for one in judged_queries()}
    for one, place in ranks.items():
        if place != 1:
            print(f"{one.group}: {one.query}: {place or 'not found'}")  # noqa: T201 - what the command says
    found = figures(ranks)
    print(found)  # noqa: T201 - what the command says
    if options.pin or options.lower:
        pin(found, options.lower)


if __name__ == "__main__":
    main()
