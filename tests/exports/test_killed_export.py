"""Killed before any operation, an export leaves no file that looks whole without its receipt, and goes on.

The same holds where an operation of the disk fails; that is said in one sentence. ``make crash`` and
``make faults`` try all operations.
"""

import errno
import hashlib
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from benchmarks.operations.commands import Commands
from benchmarks.operations.interposer import Control, Mode, build, has_compiler
from corpus.archive import Archive
from search_app.api.receipts import read_receipt
from search_app.settings import Settings
from tests.corpus.records import reading
from tests.exports.conftest import index

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not has_compiler(), reason="there is no C compiler here: no operation can be seen"),
]

_KILLED = -9
_ROWS = 250


@dataclass(frozen=True, slots=True)
class Scene:
    """A command over a folder with some files.

    Attributes:
        before: the files that are there.
        options: of the command, beside those that say what is exported, and where.
    """

    name: str
    before: dict[str, bytes]
    options: tuple[str, ...] = ()


class Stage:
    """Runs exports of one archive, and lets them be killed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data = folder / "kho"
        self.data.mkdir()
        with Archive(Settings(self.data).archive) as archive:
            archive.store([reading(f"lu-{n}", f"Lũ quét {n}", lede="Lũ về. " * 400) for n in range(_ROWS)])
            index(Settings(self.data), archive)
        self.control = Control(build(folder), folder / "control")
        self.commands = Commands(folder / "commands", self.control)
        self.out = folder / "out"

    def export(self, form: str, *options: str) -> tuple[int, str]:
        """Runs the command; its exit code, and what it said of errors."""
        path = self.out / f"x.{form}"
        ended = self.commands.run(self.data, ["export", "lũ quét", "--output", path, *options])
        assert "Traceback" not in ended.err, ended.err
        return ended.code, ended.err

    def set_up(self, scene: Scene) -> None:
        """Makes the folder as the scene has it."""
        self.control.set(Mode.OFF)
        shutil.rmtree(self.out, ignore_errors=True)
        self.out.mkdir()
        for name, data in scene.before.items():
            (self.out / name).write_bytes(data)

    def files(self) -> dict[str, bytes]:
        """What the folder holds."""
        return {path.name: path.read_bytes() for path in self.out.iterdir()}


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    made = Stage(tmp_path_factory.mktemp("killed"))
    with made.commands:
        yield made


def check_left(files: dict[str, bytes], form: str) -> None:
    """A file has its receipt; and what a receipt proves is there, be it under the name that it has before."""
    name = f"x.{form}"
    if name in files:
        assert f"{name}.receipt.json" in files
    if f"{name}.receipt.json" in files:
        told = read_receipt(files[f"{name}.receipt.json"].decode(), name).file
        held = {hashlib.sha256(files[one]).hexdigest() for one in (name, f"{name}.part") if one in files}
        assert told.sha256 in held


def scenes(stage: Stage, form: str) -> tuple[dict[str, bytes], list[Scene]]:
    """A whole export, and what may be there before one."""
    stage.set_up(Scene("", {}))
    assert stage.export(form)[0] == 0
    whole = stage.files()
    assert set(whole) == {f"x.{form}", f"x.{form}.receipt.json"}
    stage.set_up(Scene("", {}))
    stage.commands.run(stage.data, ["export", "lũ 1", "--output", stage.out / f"x.{form}"])
    other = stage.files()
    return whole, [
        Scene("new", {}),
        Scene("over another", other, ("--overwrite",)),
    ]


@pytest.mark.parametrize("form", ["csv", "txt.zip"])
def test_one_that_is_killed_before_any_operation_goes_on(stage: Stage, form: str) -> None:
    whole, all_scenes = scenes(stage, form)
    for scene in all_scenes:
        stage.set_up(scene)
        stage.control.set(Mode.COUNT, [stage.out])
        assert stage.export(form, *scene.options)[0] == 0
        for at in range(len(scene.options), stage.control.counted, 4):
            stage.set_up(scene)
            stage.control.set(Mode.KILL, [stage.out], at=at)
            assert stage.export(form, *scene.options)[0] == _KILLED
            stage.control.set(Mode.OFF)
            _ends_whole(stage, form, scene, whole)


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EIO, errno.EACCES])
def test_one_whose_disk_fails_says_so_and_goes_on(stage: Stage, error: int) -> None:
    whole, all_scenes = scenes(stage, "csv")
    for scene in all_scenes:
        stage.set_up(scene)
        stage.control.set(Mode.COUNT, [stage.out])
        assert stage.export("csv", *scene.options)[0] == 0
        for at in range(len(scene.options), stage.control.counted, 7):
            stage.set_up(scene)
            stage.control.set(Mode.FAIL, [stage.out], at=at, error=error)
            code, said = stage.export("csv", *scene.options)
            stage.control.set(Mode.OFF)
            assert code in {0, 2, 3}
            assert code == 0 or said.count("\n") == 1
            _ends_whole(stage, "csv", scene, whole)


def _ends_whole(stage: Stage, form: str, scene: Scene, whole: dict[str, bytes]) -> None:
    """What is left is no lie, and the same command with --resume ends the export."""
    left, name = stage.files(), f"x.{form}"
    check_left(left, form)
    assert left.get(name) in {None, whole[name], scene.before.get(name)}
    is_done = left.get(name) == whole[name] and f"{name}.part.json" not in left
    if f"{name}.part.json" in left or not scene.before:
        code, _said = stage.export(form, "--resume")
        assert code == (2 if is_done else 0)
    elif not is_done:
        assert stage.export(form, *scene.options)[0] == 0
    files = stage.files()
    check_left(files, form)
    assert files[name] == whole[name]
    assert set(files) == set(whole)
