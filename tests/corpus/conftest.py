"""What the corpus's tests share: an empty archive, and the data beside the project."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.archive import Archive
from tests.shared import SHARED


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive(tmp_path / "archive" / "archive.db") as opened:
        yield opened


@pytest.fixture
def shared() -> Path:
    if not SHARED.is_dir():
        pytest.skip("the shared data is not beside the project (../shared)")
    return SHARED
