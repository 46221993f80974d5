"""What an earlier Kho Báo imported is known again: every small file of ../shared, by both readers."""

from pathlib import Path

import pytest

from benchmarks.twice import COMMIT, has_commit, import_twice

pytestmark = pytest.mark.slow  # runs the readers of an earlier commit in a process of its own


def test_no_article_comes_out_twice(shared: Path, tmp_path: Path) -> None:
    """The large corpora are imported so by ``make twice``."""
    if not has_commit():
        pytest.skip(f"git has no commit {COMMIT} here: this test reads files by the readers of then")
    folders = [shared / name for name in ("pages", "warc", "seed", "cases")]
    compared = import_twice([folder for folder in folders if folder.exists()], tmp_path)
    assert compared.before > len(folders)
    assert compared.twice == ()
    assert compared.receipt.unchanged
