"""What is on disk after a power loss? A model of a file system that keeps no promise it has not made.

The data of a file is on disk after fsync of the file, a name after fsync of its folder; a rename happens or
does not. What is not synced may be lost, each part by itself: data in whole or by sectors, names with or
without the data behind them.
"""

import hashlib
import os
import random
from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.operations.interposer import Kind, Operation

_SECTOR = 512
Tree = Mapping[str, bytes | None]
"""Path to data; None for a folder. Parents stand before what they hold."""


@dataclass(eq=False)
class _Node:
    """A file or folder; ``unsynced`` holds writes (offset, data) and new lengths (length, None) in order."""

    is_folder: bool
    data: bytearray = field(default_factory=bytearray)
    synced: bytes = b""
    unsynced: list[tuple[int, bytes | None]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _NameChange:
    """Names of one folder that change at once; None: the name goes."""

    folder: str
    names: Mapping[str, _Node | None]


class DiskModel:
    """The files below some folders: what a process sees, and what is on disk.

    Args:
        before: what is on disk at the beginning.
        root: the path under which operations know that folder.
        whole: paths of SQLite's files, which are taken as they were at SQLite's last sync of any of them.
    """

    def __init__(self, before: Path, root: Path, whole: AbstractSet[str]) -> None:
        self._whole = whole
        self._names: dict[str, _Node] = {str(root): _Node(is_folder=True)}
        self._pending: list[_NameChange] = []
        self._kept: dict[str, _Node] = dict(self._names)
        self._cut: dict[str, bytes] = {}
        for path in sorted(before.rglob("*")):
            node = _Node(path.is_dir())
            if not node.is_folder:
                node.synced = path.read_bytes()
                node.data[:] = node.synced
            self._names[str(root / path.relative_to(before))] = node
        self._take_sqlite()
        self._kept = {path: node for path, node in self._names.items() if path not in whole}

    def apply(self, operation: Operation) -> None:
        """Does what a command did."""
        node = self._names.get(operation.path)
        if operation.kind is Kind.SYNC and node:
            self._sync(operation.path, node)
        elif node and not node.is_folder:
            self._apply_to_data(operation, node)
        if (names := _names_after(operation, node)) is not None:
            self._rename(names)

    def _apply_to_data(self, operation: Operation, node: _Node) -> None:
        match operation.kind:
            case Kind.OPEN if operation.flags & os.O_TRUNC:
                self._write(node, 0, None)
            case Kind.WRITE:
                self._write(node, operation.offset, operation.data)
            case Kind.TRUNCATE:
                self._write(node, operation.length, None)

    def _sync(self, path: str, node: _Node) -> None:
        if node.is_folder:
            self._sync_folder(path)
            return
        node.synced = bytes(node.data)
        node.unsynced.clear()
        if path in self._whole:
            self._take_sqlite()

    def _take_sqlite(self) -> None:
        self._cut = {
            path: bytes(node.data)
            for path, node in self._names.items()
            if path in self._whole and not path.endswith("-shm")
        }

    def _rename(self, names: dict[str, _Node | None]) -> None:
        for name, node in names.items():
            if node is None:
                self._names.pop(name, None)
            else:
                self._names[name] = node
        kept = {name: node for name, node in names.items() if name not in self._whole}
        for folder in {os.path.dirname(name) for name in kept}:  # noqa: PTH120 - paths are text here
            here = {name: node for name, node in kept.items() if os.path.dirname(name) == folder}  # noqa: PTH120
            self._pending.append(_NameChange(folder, here))

    def _write(self, node: _Node, offset: int, data: bytes | None) -> None:
        node.unsynced.append((offset, data))
        _write_into(node.data, offset, data)

    def _sync_folder(self, folder: str) -> None:
        for change in self._pending:
            if change.folder == folder:
                _change_names(self._kept, change)
        self._pending = [change for change in self._pending if change.folder != folder]

    def seen(self) -> Tree:
        """All that the process did: what a kill leaves."""
        return self._tree(self._names, lambda node: bytes(node.data))

    def all_lost(self) -> Tree:
        """Nothing that is not synced."""
        return self._tree(self._kept, lambda node: node.synced)

    def data_lost(self) -> Tree:
        """Every name, and only the data that is synced: files that are empty or old behind new names."""
        return self._tree(self._names, lambda node: node.synced)

    def names_lost(self) -> Tree:
        """Every byte of data, and only the names that are synced."""
        return self._tree(self._kept, lambda node: bytes(node.data))

    def part_lost(self, seed: int) -> Tree:
        """Any part of what is not synced: each change of names, and each sector, by chance."""
        chance = random.Random(seed)  # noqa: S311 - repeatable losses, nothing secret
        names = dict(self._kept)
        for change in self._pending:
            if chance.random() < 0.5:
                _change_names(names, change)
        return self._tree(names, lambda node: _torn(node, chance))

    def _tree(self, names: Mapping[str, _Node], data: Callable[[_Node], bytes]) -> Tree:
        tree: dict[str, bytes | None] = {}
        for path, node in sorted(names.items()):
            if path in self._whole or (tree and os.path.dirname(path) not in tree):  # noqa: PTH120
                continue  # its folder is lost, and so is it
            tree[path] = None if node.is_folder else data(node)
        tree.update({path: held for path, held in self._cut.items() if os.path.dirname(path) in tree})  # noqa: PTH120
        return tree


def _names_after(operation: Operation, node: _Node | None) -> dict[str, _Node | None] | None:
    """The names that an operation changes; None where it changes none."""
    match operation.kind:
        case Kind.OPEN if operation.flags & os.O_CREAT and node is None:
            return {operation.path: _Node(is_folder=False)}
        case Kind.MKDIR:
            return {operation.path: _Node(is_folder=True)}
        case Kind.RENAME if node:
            return {operation.other: node, operation.path: None}
        case Kind.LINK if node:
            return {operation.other: node}
        case Kind.UNLINK | Kind.RMDIR:
            return {operation.path: None}
    return None


def _change_names(names: dict[str, _Node], change: _NameChange) -> None:
    for name, node in change.names.items():
        if node is None:
            names.pop(name, None)
        else:
            names[name] = node


def _write_into(data: bytearray, offset: int, written: bytes | None) -> None:
    if written is None:
        del data[offset:]
    data.extend(bytes(max(0, offset - len(data))))
    if written is not None:
        data[offset : offset + len(written)] = written


def _torn(node: _Node, chance: random.Random) -> bytes:
    """The synced data, and any of the sectors written since."""
    data = bytearray(node.synced)
    for offset, written in node.unsynced:
        if written is None:
            if chance.random() < 0.5:
                _write_into(data, offset, None)
            continue
        for start in range(0, len(written), _SECTOR):
            if chance.random() < 0.5:
                _write_into(data, offset + start, written[start : start + _SECTOR])
    return bytes(data)


def fingerprint(tree: Tree) -> bytes:
    """Equal for equal trees."""
    digest = hashlib.blake2b(digest_size=16)
    for path, data in sorted(tree.items()):
        digest.update(repr((path, None if data is None else len(data))).encode())
        digest.update(data or b"")
    return digest.digest()


def lay(tree: Tree, root: Path, folder: Path) -> None:
    """Writes what is below ``root`` in a tree into a folder."""
    folder.mkdir(parents=True)
    for path, data in tree.items():
        target = folder / Path(path).relative_to(root)
        if data is None:
            target.mkdir(exist_ok=True)
        else:
            target.write_bytes(data)
