"""Where does an index lie on disk, and which of its directories is read?

    index/current.json      {"directory": "0001"}: the index that is read
    index/0001/             Whoosh's files
    index/0001/manifest.json  what the last commit holds

Both JSON files are replaced atomically, by renaming. A reader compares their inode and time to see whether
there is a new commit. A rebuild fills the next directory and then replaces current.json; until then the old
index is read.
"""

import json
import shutil
from dataclasses import asdict, fields
from pathlib import Path

from corpus.disk import replace_file, sync
from corpus.errors import OperatorError
from corpus.message import say
from indexer.arrays.disk import read_object, report_disk_errors
from indexer.arrays.file import DamagedFileError
from indexer.engine import INDEX_FORMAT, Manifest
from indexer.text.analyse import fingerprint

State = tuple[int, ...]


class IndexDirectory:
    """The folder of an index and its numbered directories."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def current(self) -> Path | None:
        """The directory that is read; None before the first build.

        Raises:
            OperatorError: current.json does not name one.
        """
        path = self.root / "current.json"
        with report_disk_errors(self.root):
            try:
                name = read_object(path).get("directory")
            except FileNotFoundError:
                return None
            if not (isinstance(name, str) and name.isascii() and name.isdigit()):
                raise DamagedFileError(f"{path.name}: it names no directory")
        return self.root / name

    def switch_to(self, directory: Path) -> None:
        """Makes a directory the one that is read, and removes the others."""
        _replace(self.root / "current.json", {"directory": directory.name})
        for other in self._numbered():
            if other != directory:
                shutil.rmtree(other, ignore_errors=True)

    def drop(self) -> None:
        """Removes every directory. First none can be continued, then none is read, then they go.

        Raises:
            OSError: the disk fails.
        """
        for directory in self._numbered():
            (directory / "manifest.json").unlink(missing_ok=True)
            sync(directory)
        if self.root.is_dir():
            (self.root / "current.json").unlink(missing_ok=True)
            sync(self.root)
        for directory in self._numbered():
            shutil.rmtree(directory)

    def unfinished_rebuild(self) -> Path | None:
        """The directory of a rebuild that was begun and never came to its end.

        None, too, where current.json is damaged: which directory was being read then cannot be told.
        """
        try:
            current = self.current()
        except OperatorError:
            return None
        later = [path for path in self._numbered() if current is None or path.name > current.name]
        return later[-1] if later else None

    def next_path(self) -> Path:
        """The path of the directory for the next rebuild; it is not created."""
        last = max((int(path.name) for path in self._numbered()), default=0)
        return self.root / f"{last + 1:04d}"

    def state(self) -> State:
        """Changes with every commit and every switch of directory; () where there is no index."""
        current = self.current()
        if current is None:
            return ()
        try:
            stats = [path.stat() for path in (self.root / "current.json", current / "manifest.json")]
        except FileNotFoundError:
            return ()
        return tuple(number for stat in stats for number in (stat.st_ino, stat.st_mtime_ns))

    def _numbered(self) -> list[Path]:
        if not self.root.is_dir():
            return []
        return sorted(path for path in self.root.iterdir() if path.name.isdigit() and path.is_dir())


_EMPTY = Manifest(0, "", 0, 0)


def empty_manifest() -> Manifest:
    """The manifest of an index without articles."""
    return Manifest(INDEX_FORMAT, fingerprint(), 0, 0)


def read_manifest(directory: Path) -> Manifest:
    """The manifest of a directory's last commit.

    Raises:
        OperatorError: there is none, or its format or analyser is of another version.
    """
    try:
        manifest = _manifest_of(read_object(directory / "manifest.json"))
    except (FileNotFoundError, DamagedFileError) as error:
        raise OperatorError(
            say(
                "{path}: the index has no readable manifest ({error}); make it again with: khobao rebuild",
                path=str(directory),
                error=type(error).__name__,
            )
        ) from error
    expected = empty_manifest()
    if (manifest.format, manifest.analyser) != (expected.format, expected.analyser):
        raise OperatorError(
            say(
                "{path}: the index was made by another version (format {format}, {analyser}); this one needs"
                " format {wanted_format}, {wanted_analyser}. Make it again with: khobao rebuild",
                path=str(directory),
                format=manifest.format,
                analyser=manifest.analyser,
                wanted_format=expected.format,
                wanted_analyser=expected.analyser,
            )
        )
    return manifest


def _manifest_of(said: dict[str, object]) -> Manifest:
    types = {field.name: type(getattr(_EMPTY, field.name)) for field in fields(Manifest)}
    if {name: type(value) for name, value in said.items()} != types:
        raise DamagedFileError("manifest.json: not the values of a manifest")
    return Manifest(**said)  # type: ignore[arg-type]  # their types were compared


def write_manifest(directory: Path, manifest: Manifest) -> None:
    """Publishes a commit: syncs its files, then replaces the manifest."""
    for path in directory.iterdir():
        if path.is_file():
            sync(path)
    _replace(directory / "manifest.json", asdict(manifest))


def _replace(path: Path, content: dict[str, object]) -> None:
    replace_file(path, json.dumps(content).encode())
