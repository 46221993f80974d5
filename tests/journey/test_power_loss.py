"""What was acknowledged outlives a power loss, whatever of the rest is lost; and the model that says so."""

import random
from pathlib import Path

import pytest

from benchmarks.operations.disk_model import DiskModel, Tree
from benchmarks.operations.interposer import Kind, Operation, has_compiler
from benchmarks.power_loss import prove

_CREATE = 0o100  # O_CREAT


@pytest.mark.slow
@pytest.mark.skipif(
    not has_compiler(), reason="there is no C compiler here: file operations are not recorded"
)
@pytest.mark.parametrize(("case", "sample"), [("merge", 100), ("restore", 300)])
def test_a_few_states_of_the_disk_after_a_power_loss(tmp_path: Path, case: str, sample: int) -> None:
    """``make power-loss`` looks at all of them."""
    (found,) = prove([case], seeds=2, sample=sample, folder=tmp_path, jobs=1).values()
    assert found.wrong == []
    assert found.states


def model_of(tmp_path: Path, *operations: Operation) -> DiskModel:
    """A folder with the file ``old``, after operations on names below ``/disk``."""
    (tmp_path / "old").write_bytes(b"before")
    model = DiskModel(tmp_path, Path("/disk"), frozenset())
    for operation in operations:
        model.apply(operation)
    return model


def create(name: str, data: bytes) -> list[Operation]:
    path = f"/disk/{name}"
    return [
        Operation(Kind.OPEN, path, flags=_CREATE),
        Operation(Kind.WRITE, path, data=data),
    ]


def sync(name: str) -> Operation:
    return Operation(Kind.SYNC, f"/disk/{name}".rstrip("/"))


def rename(name: str, other: str) -> Operation:
    return Operation(Kind.RENAME, f"/disk/{name}", f"/disk/{other}")


def files(tree: Tree) -> dict[str, bytes]:
    return {path.removeprefix("/disk/"): data for path, data in tree.items() if data is not None}


def test_what_is_not_synced_is_lost(tmp_path: Path) -> None:
    model = model_of(tmp_path, *create("new", b"after"))
    assert files(model.seen()) == {"old": b"before", "new": b"after"}
    assert files(model.all_lost()) == {"old": b"before"}
    assert files(model.data_lost()) == {"old": b"before", "new": b""}
    assert files(model.names_lost()) == {"old": b"before"}


def test_a_file_that_is_renamed_before_it_is_synced_may_be_empty(tmp_path: Path) -> None:
    model = model_of(tmp_path, *create("new", b"after"), rename("new", "old"), sync(""))
    assert files(model.all_lost()) == {"old": b""}


def test_a_name_is_on_disk_once_its_folder_is(tmp_path: Path) -> None:
    model = model_of(tmp_path, *create("new", b"after"), sync("new"), rename("new", "old"))
    assert files(model.all_lost()) == {"old": b"before"}
    assert files(model.data_lost()) == {"old": b"after"}
    model.apply(sync(""))
    assert files(model.all_lost()) == {"old": b"after"}


def test_what_lies_in_a_folder_that_is_lost_is_lost(tmp_path: Path) -> None:
    made = Operation(Kind.MKDIR, "/disk/folder")
    model = model_of(tmp_path, made, *create("folder/new", b"after"), sync("folder/new"), sync("folder"))
    assert files(model.all_lost()) == {"old": b"before"}
    model.apply(sync(""))
    assert files(model.all_lost()) == {"old": b"before", "folder/new": b"after"}


def test_any_part_may_be_lost_and_nothing_else_is_invented(tmp_path: Path) -> None:
    data = random.Random(1).randbytes(5_000)  # noqa: S311 - any bytes
    model = model_of(tmp_path, *create("new", data), rename("new", "old"))
    seen = [files(model.part_lost(seed)) for seed in range(40)]
    assert {tuple(sorted(one)) for one in seen} == {("old",), ("new", "old")}
    torn = [one["old"] for one in seen if one["old"] not in {b"before", data}]
    assert torn
    sectors = [(part[at : at + 512], data[at : at + 512]) for part in torn for at in range(0, len(part), 512)]
    assert all(found in {written, bytes(len(found))} for found, written in sectors)
