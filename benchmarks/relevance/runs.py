"""Where is what was found kept? A TREC run file and the times of each engine and set, in the work folder.

A run's score is 1 / rank: evaluation tools sort by it. A query that found nothing has a time and no line.
"""

import json
from collections.abc import Mapping
from pathlib import Path

from benchmarks.relevance.scores import Rankings

Stamp = Mapping[str, str]
"""What the answers depend on."""


class Run:
    """The files of one engine's answers to one set."""

    def __init__(self, work: Path, engine: str, judged: str) -> None:
        self._tag = engine.replace(" ", "-")
        self.path = work / "runs" / self._tag / f"{judged}.run"
        self._facts = self.path.with_suffix(".json")

    def write(self, rankings: Rankings, times_ms: Mapping[str, float], stamp: Stamp) -> None:
        """Replaces what is kept."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        lines = (
            f"{query} Q0 {article} {rank} {1 / rank:.6f} {self._tag}\n"
            for query, found in rankings.items()
            for rank, article in enumerate(found, 1)
        )
        self.path.write_text("".join(lines), "utf-8")
        self._facts.write_text(json.dumps({"stamp": stamp, "times_ms": times_ms}), "utf-8")

    def read(self, stamp: Stamp | None = None) -> tuple[dict[str, list[str]], dict[str, float]]:
        """What is kept; nothing where nothing is, or not under this stamp."""
        if not self._facts.exists():
            return {}, {}
        facts = json.loads(self._facts.read_text("utf-8"))
        if stamp is not None and facts["stamp"] != stamp:
            return {}, {}
        times_ms: dict[str, float] = facts["times_ms"]
        rankings: dict[str, list[str]] = {query: [] for query in times_ms}
        for line in self.path.read_text("utf-8").splitlines():
            query, _, article, *_ = line.split(" ")
            rankings[query].append(article)
        return rankings, times_ms
