"""The way out: the engine keeps its contract on whoosh3, which shares API and format with whoosh 2.7.4."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

WHOOSH3 = Path(sys.prefix) / "whoosh3"
# The engine itself is tested at length beside this: here a quarter of the examples does.
OPTIONS = ["-q", "-p", "no:cacheprovider", "--hypothesis-profile=quick"]
CONTRACT = ["tests/indexer/test_contract.py", "tests/indexer/test_engine_agreement.py"]


def test_the_contract_holds_on_whoosh3() -> None:
    if not WHOOSH3.is_dir():
        pytest.fail(f"{WHOOSH3} is missing: set up with `make test`, which installs whoosh3 beside whoosh")
    environment = os.environ | {"PYTHONPATH": str(WHOOSH3)}
    known = "import whoosh; raise SystemExit(whoosh.__version__ < (3,))"
    subprocess.run([sys.executable, "-c", known], env=environment, check=True)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *OPTIONS, *CONTRACT],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    assert done.returncode == 0, done.stdout
