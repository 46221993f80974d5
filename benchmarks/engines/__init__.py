"""What is an engine to a benchmark? Something that is filled once, opened, and asked.

An engine is a module with two classes, ``Filler`` and ``Engine``. Each works in a folder of its own,
so that another process can open what was filled.
"""

from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Protocol, cast

from benchmarks.queries import Ask
from benchmarks.tokens import Tokens

MODULES = {"Kho Báo": "khobao", "tantivy": "native", "FTS5": "fts5", "Whoosh": "whoosh_own"}
"""Names as printed, and the modules here."""

OURS, NATIVE = "Kho Báo", "tantivy"


@dataclass(frozen=True, slots=True)
class Answer:
    """The first ten ids and the exact total; facets where they were asked for."""

    total: int
    ids: tuple[str, ...]
    facets: dict[str, dict[str, int]] = field(default_factory=dict)


class Filler(Protocol):
    """Takes articles into a folder."""

    def add(self, one: Tokens) -> None:
        """Takes an article."""

    def finish(self) -> None:
        """Everything is on disk, and can be opened; more may follow."""


class Engine(Protocol):
    """What was filled, opened."""

    def answer(self, ask: Ask) -> Answer:
        """The first ten and the exact total."""

    def segments(self) -> int:
        """Of how many parts the index is made."""

    def close(self) -> None:
        """Lets go of the files."""


def load(name: str) -> ModuleType:
    """The module of an engine, imported."""
    return import_module(f"{__name__}.{MODULES[name]}")


def filler(name: str, folder: Path) -> Filler:
    """What fills an engine."""
    return cast("Filler", load(name).Filler(folder))


def engine(name: str, folder: Path) -> Engine:
    """An engine, opened."""
    return cast("Engine", load(name).Engine(folder))
