"""Where what lies beside the project is found; a test that needs it says so where it is missing."""

import json
import lzma
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "corpus" / "sample"
SHARED = ROOT.parent / "shared"


def shared(name: str) -> Path:
    """A file beside the project, or a skip with one plain line."""
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"../shared/{name} is not on this machine: this test reads real articles there")
    return path


def real_records(name: str, count: int) -> Iterator[dict[str, object]]:
    """The first records of a real corpus."""
    with lzma.open(shared(f"corpora/{name}"), "rt", encoding="utf-8") as lines:
        yield from (json.loads(line) for line in islice(lines, count))
