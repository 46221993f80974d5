"""Which share of each package do the tests run? From the report that coverage wrote as JSON.

python -m benchmarks.covered build/coverage.json
"""

import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

_COUNTS = ("num_statements", "covered_lines", "num_branches", "covered_branches")


def main() -> None:
    """Prints a table."""
    print(by_package(json.loads(Path(sys.argv[1]).read_text("utf-8"))["files"]))


def by_package(files: Mapping[str, Any]) -> str:
    """A Markdown table: statements and branches by package, and the share of both that was run.

    Args:
        files: by path, with the counts of coverage's JSON report in ``summary``.
    """
    counts: dict[str, list[int]] = defaultdict(lambda: [0] * len(_COUNTS))
    for path, file in files.items():
        for name in (str(PurePosixPath(path).parent).replace("/", "."), "all"):
            counts[name] = [
                have + file["summary"][key] for have, key in zip(counts[name], _COUNTS, strict=True)
            ]
    lines = ["| package | statements | branches | share run |", "| --- | --- | --- | --- |"]
    names = [*sorted(name for name in counts if name != "all"), "all"]
    return "\n".join([*lines, *(_row(name, counts[name]) for name in names)])


def _row(name: str, counts: Iterable[int]) -> str:
    statements, run, branches, taken = counts
    return f"| {name} | {statements:,} | {branches:,} | {(run + taken) / max(1, statements + branches):.3f} |"


if __name__ == "__main__":
    main()
