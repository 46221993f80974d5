"""Which commands are recorded, made to fail and killed, and over which data? Each over a small folder."""

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.earlier_formats import AT, write_archive
from benchmarks.operations.commands import Commands
from benchmarks.operations.outcomes import EXPORTED
from corpus.data_folder import beside
from corpus.readers.input.source_file import SourceFile, Tally
from corpus.readers.reading import records_of
from corpus.readers.records.options import ImportOptions
from corpus.records import Reading

SAMPLE = Path(__file__).parent.parent.parent / "corpus" / "sample"
COMMIT_ARTICLES = 4
_TELLING_ID, _TELLING = "telling", "quỳnhkỳlạ"
_FIRST, _MORE = 11, 4  # articles of the first import; of the second, as many changed and as many new ones


@dataclass(frozen=True, slots=True)
class Case:
    """A command over a prepared folder.

    Attributes:
        prepare: fills a folder, which is not there yet, with all that the command needs.
        arguments: of the command, in that folder.
        own_archive: whether the archive's file is written by SQLite alone, by its commits.
        gone: a word that no file of the data folder has when the command has ended well.
    """

    name: str
    prepare: Callable[[Path, Commands], None]
    arguments: Callable[[Path], list[object]]
    own_archive: bool = False
    gone: str = ""


def _nothing(folder: Path, _commands: Commands) -> None:
    _write_articles(folder)


def _imported(folder: Path, commands: Commands) -> None:
    _write_articles(folder)
    _run(commands, folder, "add", folder / "first.jsonl")


def _grown(folder: Path, commands: Commands) -> None:
    _imported(folder, commands)
    _run(commands, folder, "add", folder / "more.jsonl")


def _to_be_exported(folder: Path, commands: Commands) -> None:
    _grown(folder, commands)
    (folder / EXPORTED).mkdir()


def _backed_up(folder: Path, commands: Commands) -> None:
    """A copy of the first import, in a folder whose archive has grown since."""
    _imported(folder, commands)
    (folder / "data" / "names").mkdir()
    (folder / "data" / "names" / "people.tsv").write_text("Hồ Thị Sông\tbà Sông\n", "utf-8")
    _run(commands, folder, "backup", folder / "copy")
    _run(commands, folder, "add", folder / "more.jsonl")


def _with_a_telling_word(folder: Path, commands: Commands) -> None:
    """Articles of which one has a word that no other has, in two versions."""
    _imported(folder, commands)
    for lede in ("Mưa lớn.", "Nước rút."):
        record = {"id": _TELLING_ID, "title": f"{_TELLING} lạ", "lede": lede, "body": f"Ở {_TELLING}."}
        file = folder / "telling.jsonl"
        file.write_text(json.dumps(record, ensure_ascii=False) + "\n", "utf-8")
        _run(commands, folder, "add", file)
        file.unlink()


def _withdrawing(state: str) -> Callable[[Path], list[object]]:
    return lambda _: ["withdraw", _TELLING_ID, "--state", state, "--reason", "lý do", "--by", "An"]


def _without_index(folder: Path, commands: Commands) -> None:
    _imported(folder, commands)
    shutil.rmtree(folder / "data" / "index")


def _of_format(number: int) -> Callable[[Path, Commands], None]:
    """An archive as an earlier format wrote it, indexed from one that was upgraded by itself."""

    def prepare(folder: Path, commands: Commands) -> None:
        _imported(folder, commands)
        archive = folder / "data" / "archive.sqlite"
        for part in (archive, *beside(archive)):
            part.unlink(missing_ok=True)
        file = SourceFile.on_disk(folder / "first.jsonl", AT)
        records = records_of(file, ImportOptions(), Tally())
        write_archive(archive, [each for each in records if isinstance(each, Reading)], format_number=number)

    return prepare


CASES = {
    case.name: case
    for case in (
        Case("import", _nothing, lambda folder: ["add", folder / "first.jsonl"]),
        Case("merge", _imported, lambda folder: ["add", folder / "more.jsonl"]),
        Case("rebuild", _grown, lambda _: ["rebuild"]),
        Case("rebuild without index", _without_index, lambda _: ["rebuild"]),
        Case("upgrade from format 1", _of_format(1), lambda _: ["upgrade"]),
        Case("upgrade from format 2", _of_format(2), lambda _: ["upgrade"]),
        Case("backup", _grown, lambda folder: ["backup", folder / "new" / "copy"]),
        Case("backup over a copy", _backed_up, lambda folder: ["backup", folder / "copy"]),
        Case(
            "restore", _backed_up, lambda folder: ["backup", "--restore", folder / "copy"], own_archive=True
        ),
        Case("salvage", _grown, lambda folder: ["salvage", folder / "saved"]),
        Case("hide", _with_a_telling_word, _withdrawing("hidden")),
        Case("erase", _with_a_telling_word, _withdrawing("erased"), gone=_TELLING),
        Case("verify", _grown, lambda _: ["verify"]),
        Case(
            "export",
            _to_be_exported,
            lambda folder: ["export", "", "--output", folder / EXPORTED / "all.csv", "--resume"],
        ),
    )
}


def _run(commands: Commands, folder: Path, *arguments: object) -> None:
    ended = commands.run(folder / "data", arguments)
    assert ended.code == 0, ended


def _write_articles(folder: Path) -> None:
    folder.mkdir(parents=True)
    lines = [line for path in sorted(SAMPLE.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()]
    records = [json.loads(line) for line in lines[: _FIRST + _MORE]]
    changed = [record | {"title": f"{record['title']} (đã sửa)"} for record in records[:_MORE]]
    for name, kept in (("first", records[:_FIRST]), ("more", changed + records[_FIRST:])):
        text = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in kept)
        (folder / f"{name}.jsonl").write_text(text, "utf-8")
