"""The state of an index is told by its files; current.json is read again only where it changed."""

from pathlib import Path

import pytest

from indexer.engines.whoosh import directory as module
from indexer.engines.whoosh.directory import IndexDirectory


@pytest.fixture
def directory(tmp_path: Path) -> IndexDirectory:
    for name in ("0001", "0002"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "manifest.json").write_text(name, "utf-8")
    return IndexDirectory(tmp_path)


def test_every_commit_and_every_switch_is_another_state(directory: IndexDirectory) -> None:
    states = [directory.state()]
    (directory.root / "current.json").write_text('{"directory": "0001"}', "utf-8")
    states.append(directory.state())
    (directory.root / "0001" / "manifest.json").write_text("another", "utf-8")
    states.append(directory.state())
    directory.switch_to(directory.root / "0002")
    states.append(directory.state())
    (directory.root / "current.json").unlink()
    assert len(set(states)) == 4
    assert states[0] == directory.state() == ()


def test_current_json_is_read_once_while_it_stays(
    directory: IndexDirectory, monkeypatch: pytest.MonkeyPatch
) -> None:
    directory.switch_to(directory.root / "0001")
    state = directory.state()
    monkeypatch.delattr(module, "read_object")
    assert directory.state() == state
