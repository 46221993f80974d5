"""Is anything lost when the power fails? Every operation of a command is recorded, every prefix replayed.

After each operation of a command, what may then be on disk is laid into a folder: all that is not synced
lost; only data lost; only names lost; any part of it, by several seeds; and nothing lost, as after a kill.
The folder must open, hold all that the command had acknowledged by then, and the same command, given again,
must end as an undisturbed one. SQLite's commit is taken as proven at synchronous=FULL: its files are cut at
its last sync, except where a command of ours moves them.

    python -m benchmarks.power_loss [--cases import,merge] [--seeds 4] [--sample 1]
"""

import argparse
import functools
import os
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path

import indexer.build
from benchmarks.operations.cases import CASES, COMMIT_ARTICLES, Case
from benchmarks.operations.commands import Commands
from benchmarks.operations.disk_model import DiskModel, Tree, fingerprint, lay
from benchmarks.operations.interposer import Control, Kind, Mode, Operation, build, has_compiler, recorded
from benchmarks.operations.outcomes import (
    EXPORTED,
    Outcome,
    archive_faults,
    faults,
    numbers,
    outcome,
    print_end,
    versions,
)
from corpus.archive import Archive
from corpus.backup import back_up
from corpus.data_folder import ARCHIVE
from corpus.errors import OperatorError, UserError
from corpus.ingest import batches
from corpus.readers.input.source_file import SourceFile, Tally
from corpus.readers.reading import records_of
from corpus.readers.records.field_map import FieldMap
from corpus.readers.records.options import ImportOptions
from indexer.stories.update import update_stories
from indexer.suggest.update import update_suggestions
from indexer.units.update import update_units
from search_app.answer.exporting.receipt import ARTICLES
from search_app.bootstrap import index_writer, open_service, unit_sources, write_lock, writing
from search_app.cli.export_job import ExportAsked
from search_app.cli.export_writing import ExportOrder, ExportWriter
from search_app.cli.safekeeping import bring_back_indexed
from search_app.cli.writing import rebuild
from search_app.formats.exports.columns import USUAL
from search_app.formats.exports.forms import ExportForm
from search_app.settings import Settings

AT = "2026-01-01T00:00:00+00:00"


@dataclass
class Acknowledged:
    """What a command has said to be on disk.

    Attributes:
        archive: the change that the archive is up to.
        indexes: by directory, the change that the index there is up to.
        current: the directory that is read; "" for none.
        done: whether the command has ended.
    """

    archive: int = 0
    indexes: dict[str, int] = field(default_factory=dict)
    current: str = ""
    done: bool = False

    def note(self, text: str) -> None:
        """Takes a mark of benchmarks.operations.commands."""
        match text.split():
            case ["archive", number]:
                self.archive = int(number)
            case ["index", directory, number]:
                self.indexes[directory] = int(number)
            case ["current", directory]:
                self.current = directory

    @property
    def index(self) -> int:
        """The change that the index is up to; -1 where there is none."""
        return self.indexes.get(self.current, -1)


@dataclass(frozen=True, slots=True)
class Recording:
    """A command that was recorded.

    Attributes:
        root: the folder it ran in; before: a copy of that folder from before the command.
        end: of the undisturbed command; started: what the data folder held before.
    """

    case: str
    root: Path
    before: Path
    log: Path
    started: tuple[tuple[str, int, str], ...]
    begun: Acknowledged
    end: Outcome


@dataclass
class Found:
    """What came of the replayed prefixes of one recording.

    Attributes:
        prefixes: operations after which the power failed.
        states: different contents of the disk.
        sentences: what was said in place of an answer, with how often.
        wrong: what must not be.
    """

    prefixes: int = 0
    states: int = 0
    sentences: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


def record(case: Case, folder: Path, commands: Commands, control: Control) -> Recording:
    """Runs a command and records it; the recording must explain every byte that it left."""
    root, before, log = folder / "root", folder / "before", folder / "log"
    control.set(Mode.OFF)
    case.prepare(root, commands)
    shutil.copytree(root, before)
    data = root / "data"
    archive, index = numbers(data)
    current = next((path.name for path in (data / "index").glob("0*")), "")
    begun = Acknowledged(max(archive, 0), {current: index} if current else {}, current)
    started = _held(data)
    control.set(Mode.RECORD, [root], log=log)
    ended = commands.run(data, case.arguments(root))
    control.set(Mode.OFF)
    assert ended.code == 0, ended
    _check_complete(root, before, log)
    return Recording(case.name, root, before, log, started, begun, outcome(data))


def _held(data: Path) -> tuple[tuple[str, int, str], ...]:
    try:
        return versions(data)
    except OperatorError:  # of a format to be upgraded
        return ()


def _check_complete(root: Path, before: Path, log: Path) -> None:
    """Proves that the recorder saw everything: its operations make the new files of the old ones."""
    model = DiskModel(before, root, frozenset())
    for operation in recorded(log):
        model.apply(operation)
    left = {
        str(path): None if path.is_dir() else path.read_bytes()
        for path in [root, *root.rglob("*")]
        if not path.name.endswith("-shm")  # mapped into memory; SQLite makes it again
    }
    seen = {path: data for path, data in model.seen().items() if not path.endswith("-shm")}
    assert seen.keys() == left.keys(), seen.keys() ^ left.keys()
    other = [path for path in left if seen[path] != left[path]]
    assert not other, other


def _losses(model: DiskModel, seeds: int, prefix: int) -> Iterator[tuple[str, Tree]]:
    yield "nothing lost", model.seen()
    yield "all lost", model.all_lost()
    yield "data lost", model.data_lost()
    yield "names lost", model.names_lost()
    for seed in range(seeds):
        yield f"part lost {prefix}/{seed}", model.part_lost(prefix * 1000 + seed)


def replay(recording: Recording, seeds: int, sample: int, part: int, parts: int) -> Found:
    """Lets the power fail after every operation; looks at one part of the different states of the disk.

    Args:
        seeds: how many draws of what is lost in part, after each operation.
        sample: looks at every so many-th state only.
    """
    indexer.build.COMMIT_ARTICLES = COMMIT_ARTICLES
    case = CASES[recording.case]
    sqlite = {str(recording.root / "data" / f"{ARCHIVE}{end}") for end in ("", "-wal", "-shm", "-journal")}
    model = DiskModel(recording.before, recording.root, set() if case.own_archive else sqlite)
    found = Found()
    acknowledged = recording.begun
    seen: set[tuple[bytes, str]] = set()
    with tempfile.TemporaryDirectory(dir=_memory()) as place:
        for prefix, operation in enumerate(_with_end(recorded(recording.log))):
            if operation is None:
                acknowledged.done = True
            elif operation.kind is Kind.MARK:
                acknowledged.note(operation.path)
            elif operation.kind is Kind.OPEN and not operation.flags & (os.O_CREAT | os.O_TRUNC):
                continue
            else:
                model.apply(operation)
                found.prefixes += 1
            for loss, tree in _losses(model, seeds, prefix):
                state = (fingerprint(tree), repr(acknowledged))
                if state in seen:
                    continue
                seen.add(state)
                if state[0][0] % parts != part or int.from_bytes(state[0][1:5]) % sample:
                    continue
                found.states += 1
                folder = Path(place) / str(found.states)
                lay(tree, recording.root, folder)
                what = f"{case.name}, after operation {prefix} ({_shown(operation)}), {loss}"
                _judge(recording, acknowledged, folder, what, found)
                shutil.rmtree(folder)
    return found


def _with_end(operations: Iterator[Operation]) -> Iterator[Operation | None]:
    yield from operations
    yield None


def _memory() -> str | None:
    """A file system in memory, where there is one: folders are laid by the thousand."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108 - a folder of our own is made there


def _shown(operation: Operation | None) -> str:
    return f"{operation.kind.name} {Path(operation.path).name}" if operation else "the end"


def _judge(recording: Recording, acknowledged: Acknowledged, folder: Path, what: str, found: Found) -> None:
    try:
        _check_kept(recording, acknowledged, folder, found)
        _go_on(recording, folder, found)
        end = outcome(folder / "data")
        assert end == recording.end, "the end is another one"
    except Exception as error:  # noqa: BLE001 - whatever it is, it is reported with its place
        found.wrong.append(f"{what}: {type(error).__name__}: {error}")


def _check_kept(recording: Recording, acknowledged: Acknowledged, folder: Path, found: Found) -> None:
    """All that was acknowledged is there and answers."""
    data = folder / "data"
    if recording.case.startswith("backup"):
        _check_copy(recording, acknowledged, folder)
    if recording.case == "export":
        exported = outcome(data).exported
        assert exported in ((), recording.end.exported), "an export looks whole and is not, or is not proven"
    if recording.case.startswith("upgrade"):
        return
    number, index = numbers(data)
    if recording.case == "restore":
        if number != -1:
            assert not archive_faults(data), archive_faults(data)
            held = versions(data)
            assert held in (recording.started, recording.end.versions), "neither the old nor the new archive"
        else:
            found.sentences[_said(lambda: outcome(data))] += 1
            return
    else:
        assert number >= acknowledged.archive, f"the archive is at {number}, not {acknowledged.archive}"
    if index == -1:
        if number != -1:
            found.sentences[_said(lambda: outcome(data))] += 1
        assert recording.case == "restore" or acknowledged.index == -1, _said(lambda: outcome(data))
        return
    assert recording.case == "restore" or index >= acknowledged.index, f"index {index}, {acknowledged.index}"
    assert not (wrong := faults(data)), wrong


def _check_copy(recording: Recording, acknowledged: Acknowledged, folder: Path) -> None:
    copy = next(
        (path for path in (folder / "copy", folder / "new" / "copy") if (path / ARCHIVE).exists()), None
    )
    if copy is None:
        assert recording.case == "backup", "the earlier copy is gone"
        assert not acknowledged.done, "the copy is gone"
        return
    assert not archive_faults(copy), archive_faults(copy)
    new = recording.end.versions
    assert versions(copy) == new or (not acknowledged.done and versions(copy) != ()), "another copy"
    for names in (folder / "data" / "names").rglob("*.tsv"):
        copied = copy / "names" / names.name
        assert recording.case == "backup" or copied.read_bytes() == names.read_bytes(), "the names are torn"


def _said(ask: Callable[[], object]) -> str:
    try:
        ask()
    except OperatorError as error:
        return _shape(error)
    return ""


def _shape(error: OperatorError) -> str:
    """A sentence without the path that it begins with."""
    return str(error).replace(str(error).partition(": ")[0], "…", 1)


def _go_on(recording: Recording, folder: Path, found: Found) -> None:
    """Gives the same command again; where it says a remedy, that and then the command."""
    again = functools.partial(_again, recording.case, folder)
    try:
        again()
    except OperatorError as error:
        found.sentences[f"again: {_shape(error)}"] += 1
        if "khobao rebuild" not in str(error):
            raise
        rebuild(Settings(folder / "data"), str)
        again()


def _again(case: str, folder: Path) -> None:
    settings = Settings(folder / "data")
    match case:
        case "import":
            _add(settings, folder / "first.jsonl")
        case "merge":
            _add(settings, folder / "more.jsonl")
        case "rebuild" | "rebuild without index":
            rebuild(settings, str)
        case "backup":
            back_up(settings.data, folder / "new" / "copy", lambda _done, _total: None)
        case "backup over a copy":
            back_up(settings.data, folder / "copy", lambda _done, _total: None)
        case "restore":
            bring_back_indexed(folder / "copy", settings, [])
        case "export":
            _export(settings, folder / EXPORTED / "all.csv")
        case _:
            with write_lock(settings), Archive(settings.archive):
                pass


def _export(settings: Settings, path: Path) -> None:
    """``khobao export``, which goes on; of a part that is torn it says that it is to be begun anew."""
    asked = ExportAsked(ARTICLES, (("q", ""),), ExportForm.CSV, USUAL, spreadsheet=False, address="")
    order = ExportOrder(asked, path, resume=True, overwrite=False, language="en")
    try:
        ExportWriter(open_service(settings), order, lambda _done, _rows: None).write()
    except UserError as error:
        if "there is such a file" in str(error):
            return
        anew = replace(order, resume=False, overwrite=True)
        ExportWriter(open_service(settings), anew, lambda _done, _rows: None).write()


def _add(settings: Settings, path: Path) -> None:
    """``khobao add``, with the file read in this process: a worker takes longer to start than all else."""
    with writing(settings) as archive:
        for batch in batches(
            records_of(SourceFile.on_disk(path, AT), ImportOptions(FieldMap.known()), Tally())
        ):
            archive.store(batch)
        with index_writer(settings) as writer:
            indexer.build.build(archive, writer, lambda _done, _total: None)
        update_suggestions(archive, settings.suggestions, lambda _done, _total: None)
        with unit_sources(settings) as sources:
            update_units(sources, settings.units, lambda _done, _total: None)
        update_stories(archive, settings.stories, lambda _done, _total: None)


def prove(names: list[str], seeds: int, sample: int, folder: Path, jobs: int = 2) -> dict[str, Found]:
    """Records each case and replays it in ``jobs`` processes; what was found, by case."""
    control = Control(build(folder), folder / "control")
    with Commands(folder / "commands", control, COMMIT_ARTICLES) as commands:
        recordings = [
            record(CASES[name], folder / name.replace(" ", "-"), commands, control) for name in names
        ]
    if jobs == 1:
        return {recording.case: replay(recording, seeds, sample, 0, 1) for recording in recordings}
    results: dict[str, Found] = {}
    with ProcessPoolExecutor(jobs) as pool:
        for recording in recordings:
            run = functools.partial(replay, recording, seeds, sample, parts=jobs)
            results[recording.case] = functools.reduce(_together, pool.map(run, range(jobs)))
            found = results[recording.case]
            print("\n".join([_line(recording.case, found), *found.wrong[:20]]), flush=True)
    return results


def _together(one: Found, other: Found) -> Found:
    return Found(
        one.prefixes, one.states + other.states, one.sentences + other.sentences, one.wrong + other.wrong
    )


def _line(case: str, found: Found) -> str:
    return (
        f"{case}: {found.prefixes:,} operations, {found.states:,} states of the disk,"
        f" {found.sentences.total():,} answered by a sentence, {len(found.wrong):,} wrong"
    )


REPLAYED = ("import", "merge", "rebuild", "rebuild without index", "upgrade from format 1", "backup",
            "backup over a copy", "restore", "export")  # fmt: skip


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cases", default=",".join(REPLAYED))
    parser.add_argument("--seeds", type=int, default=4)
    parser.add_argument("--sample", type=int, default=1)
    options = parser.parse_args()
    if not has_compiler():
        sys.exit("a C compiler and Linux are needed: install one that is called as cc")
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        results = prove(options.cases.split(","), options.seeds, options.sample, Path(folder))
    sys.exit(print_end(results.values(), time.monotonic() - started))


if __name__ == "__main__":
    main()
