"""Killed at any moment, nothing is lost and the same command ends the work."""

from pathlib import Path

import pytest

from benchmarks.crash import prove
from tests.shared import SAMPLE

pytestmark = pytest.mark.slow  # starts imports and kills them


def test_an_import_killed_four_times_ends_as_one_left_alone(tmp_path: Path) -> None:
    """The slow proof, on 21,448 real articles, is ``make crash``."""
    prove(SAMPLE, kills=4, seed=7, folder=tmp_path)
