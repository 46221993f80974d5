"""Asks generated queries and reports every answer that differs from a scan of the archive.

Run: python -m benchmarks.differential [--data FOLDER] [--count 5000]

Without a folder the sample corpus is archived and indexed in a temporary one. A difference ends the run
with 1.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.differential.comparing import Comparison
from benchmarks.machine import provenance
from corpus.archive import ArchiveReader
from corpus.ingest import ingest
from corpus.readers.records.options import ImportOptions
from indexer.build import build
from search_app.bootstrap import index_writer, open_cutter, open_service, writing
from search_app.settings import Settings

_SAMPLE = Path(__file__).parents[2] / "corpus" / "sample"
_SHOWN = 40
_TOLD = 100  # a line of progress after so many queries


def main() -> int:
    """Asks, reports, and returns 1 where an answer differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="a data folder; without it, the sample corpus")
    parser.add_argument("--count", type=int, default=5_000)
    parser.add_argument("--seed", default="15")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(options.data or Path(folder))
        if options.data is None:
            index_sample(settings)
        return run(settings, options.count, options.seed)


def index_sample(settings: Settings) -> None:
    """Archives and indexes the sample corpus."""
    with writing(settings) as archive, index_writer(settings) as writer:
        ingest(sorted(_SAMPLE.glob("*.jsonl")), archive, options=ImportOptions(), on_progress=lambda _: None)
        build(archive, writer, lambda _done, _total: None, workers=0)


def run(settings: Settings, count: int, seed: str) -> int:
    """Asks so many queries."""
    started = time.monotonic()
    comparison = Comparison(
        open_service(settings), ArchiveReader(settings.archive), open_cutter(settings).current()
    )
    print(f"{comparison.articles:,} articles read in {time.monotonic() - started:.0f} s", flush=True)
    differing = found = 0
    for number in range(count):
        asked, faults = comparison.faults(f"{seed}-{number}")
        if number % _TOLD == _TOLD - 1:
            print(f"{number + 1:,} asked, {time.monotonic() - started:.0f} s", file=sys.stderr, flush=True)
        differing += bool(faults)
        found += bool(asked.found)
        if faults and differing <= _SHOWN:
            print(f"- {number}: `{asked.drawn.text}` {asked.request.selection.sort}", flush=True)
            print("\n".join(f"  - {fault}" for fault in faults), flush=True)
    print(f"{count:,} queries, {found:,} of which find something: {differing:,} answers differ")
    print(f"{time.monotonic() - started:.0f} s\n{provenance()}")
    return bool(differing)


if __name__ == "__main__":
    sys.exit(main())
