"""Where does an index lie on disk, and which of its directories is read?

    index/current.json      {"directory": "0001", …}: the index that is read
    index/0001/             Whoosh's files
    index/0001/manifest.json  what the last commit holds

Both JSON files end with a checksum, and are replaced atomically, by renaming. A reader compares their inode
and time to see whether there is a new commit. A rebuild fills the next directory and then replaces
current.json; until then the old index is read.
"""

import shutil
from dataclasses import asdict, fields
from pathlib import Path

from corpus.disk import sync
from corpus.errors import OperatorError
from corpus.message import say
from indexer.arrays.damage import DamagedFileError
from indexer.arrays.disk import read_object, replace_object, report_disk_errors
from indexer.engine import INDEX_FORMAT, Manifest
from indexer.text.analyse import fingerprint

State = tuple[int, ...]


class IndexDirectory:
    """The folder of an index and its numbered directories."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._seen: tuple[State, Path] | None = None
        """current.json as it was when it was last read, and the manifest of the directory that it named."""

    def current(self) -> Path | None:
        """The directory that is read; None before the first build.

        Raises:
            OperatorError: current.json does not name one.
        """
        path = self.root / "current.json"
        with report_disk_errors(self.root):
            try:
                said = read_object(path)
            except FileNotFoundError:
                return None
            name = said.get("directory")
            if not (len(said) == 1 and isinstance(name, str) and name.isascii() and name.isdigit()):
                raise DamagedFileError(path, "it names no directory")
        return self.root / name

    def switch_to(self, directory: Path) -> None:
        """Makes a directory the one that is read, and removes the others."""
        replace_object(self.root / "current.json", {"directory": directory.name})
        for other in self._numbered():
            if other != directory:
                shutil.rmtree(other, ignore_errors=True)

    def is_newest(self, directory: Path | None = None) -> bool:
        """Whether a directory, or else the one that is read, is as this version writes an index.

        Not so where its manifest cannot be read.
        """
        try:
            path = directory or self.current()
            return path is not None and _is_newest(_read_manifest(path))
        except OperatorError:
            return False

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
        with report_disk_errors(self.root):
            try:
                seen = _state_of(self.root / "current.json")
                manifest = self._manifest_path(seen)
                return (*seen, *_state_of(manifest)) if manifest else ()
            except FileNotFoundError:
                return ()

    def _manifest_path(self, seen: State) -> Path | None:
        """The manifest of the current directory; current.json is read only where it is not as it was seen."""
        if self._seen is not None and self._seen[0] == seen:
            return self._seen[1]
        current = self.current()
        if current is None:
            return None
        path = current / "manifest.json"
        self._seen = seen, path
        return path

    def _numbered(self) -> list[Path]:
        if not self.root.is_dir():
            return []
        return sorted(path for path in self.root.iterdir() if path.name.isdigit() and path.is_dir())


def _state_of(path: Path) -> State:
    stat = path.stat()
    return stat.st_ino, stat.st_mtime_ns, stat.st_size


_EMPTY = Manifest(0, "", 0, 0)

_WITHOUT_WORDS = 6
_FORWARD_SINCE = 8
_READ = (_WITHOUT_WORDS, 7, INDEX_FORMAT)
"""The formats of an index that are read, and added to as they are."""


def empty_manifest() -> Manifest:
    """The manifest of an index without articles."""
    return Manifest(INDEX_FORMAT, fingerprint(), 0, 0)


def read_manifest(directory: Path) -> Manifest:
    """The manifest of a directory's last commit.

    Raises:
        OperatorError: there is none, or its format or analyser is of another version.
    """
    manifest = _read_manifest(directory)
    expected = empty_manifest()
    if manifest.format not in _READ or manifest.analyser != expected.analyser:
        raise OperatorError(
            say(
                "{path}: the index was made by another version (format {format}, {analyser}); this one needs"
                " format {wanted_format}, {wanted_analyser}. Bring it to this version with: khobao upgrade",
                path=str(directory),
                format=manifest.format,
                analyser=manifest.analyser,
                wanted_format=expected.format,
                wanted_analyser=expected.analyser,
            )
        )
    return manifest


def _read_manifest(directory: Path) -> Manifest:
    """The manifest of an index of any format."""
    path = directory / "manifest.json"
    with report_disk_errors(path):
        try:
            return _manifest_of(path, read_object(path))
        except FileNotFoundError as error:
            raise DamagedFileError(path, "there is none") from error


def _is_newest(manifest: Manifest) -> bool:
    return (manifest.format, manifest.analyser) == (INDEX_FORMAT, fingerprint())


def has_words(index_format: int) -> bool:
    """Whether each segment's file has word counts; those of format 6 have none."""
    return index_format != _WITHOUT_WORDS


def has_forward_list(index_format: int) -> bool:
    """Whether each segment's file has a forward list, and what is counted beside it."""
    return index_format >= _FORWARD_SINCE


def _manifest_of(path: Path, said: dict[str, object]) -> Manifest:
    types = {field.name: type(getattr(_EMPTY, field.name)) for field in fields(Manifest)}
    if {name: type(value) for name, value in said.items()} != types:
        raise DamagedFileError(path, "it holds not the values of a manifest")
    return Manifest(**said)  # type: ignore[arg-type]  # their types were compared


def write_manifest(directory: Path, manifest: Manifest) -> None:
    """Publishes a commit: syncs its files, then replaces the manifest."""
    for path in directory.iterdir():
        if path.is_file():
            sync(path)
    replace_object(directory / "manifest.json", asdict(manifest))
