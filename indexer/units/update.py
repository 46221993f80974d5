"""How is the table of units brought up to the archive? It is made anew of the index's counts and all heads.

The index counts its words and their neighbours exactly, and the file of suggestions keeps the heads, so that
no article is read: the same articles give the same table, byte for byte, whatever the file held before.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from corpus.message import Message, say
from indexer.arrays.damage import DamagedFileError
from indexer.arrays.derived import DerivedFile
from indexer.arrays.disk import report_disk_errors
from indexer.engine import IndexReader
from indexer.suggest.file import open_stored, stored_heads
from indexer.units.file import open_units, unit_arrays, write_units

OnProgress = Callable[[int, int], None]
"""Called with articles counted and articles in all."""


@dataclass(frozen=True, slots=True)
class UnitSources:
    """What a table is made of.

    Attributes:
        reader: the index, whose words and their neighbours are counted.
        suggestions: the file of suggestions, which keeps the heads of the articles.
    """

    reader: IndexReader
    suggestions: Path

    @property
    def number(self) -> int:
        """The archive's change up to which the index holds it."""
        return self.reader.manifest.archive_number


def update_units(sources: UnitSources, path: Path, on_progress: OnProgress, *, anew: bool = False) -> bool:
    """Brings the table up to its sources; returns whether it was made.

    Call it after the index and the suggestions were updated. Where a table cannot be made, because the index
    is of a format without word counts, there is none afterwards.

    Args:
        path: the path of the file; its folder exists.
        anew: makes the table whatever the file holds.

    Raises:
        OperatorError: the index or the suggestions cannot be read, or the file cannot be written.
    """
    heads = _opened_heads(sources)
    number = _number(sources, heads)
    if heads is not None and not anew and _known(path) == number:
        return False
    total = sources.reader.manifest.articles
    on_progress(0, total)
    counts = sources.reader.word_counts()
    with report_disk_errors(path):
        if heads is None or counts is None:
            path.unlink(missing_ok=True)
            return False
        write_units(path, counts, stored_heads(heads), number)
    on_progress(total, total)
    return True


def verify_units(sources: UnitSources, path: Path, on_progress: OnProgress) -> list[Message]:
    """The faults of the file; it must hold exactly what its sources give when the table is made anew.

    Where it cannot be made again, because suggestions of this version are missing, it is not compared: that
    is a fault of theirs.
    """
    try:
        with report_disk_errors(path):
            stored = open_units(path)
        if stored is not None:
            stored.arrays.prove()
    except DamagedFileError as error:
        return [error.message]
    heads, counts = _opened_heads(sources), sources.reader.word_counts()
    if heads is None or counts is None:
        return []
    if stored is None:
        return [
            say("there is no table of units of this version; make it with: khobao add, or khobao rebuild")
        ]
    number = _number(sources, heads)
    if stored.number != number:
        return [
            say(
                "the table of units holds the archive up to change {held}, what it is made of up to {number};"
                " catch up with: khobao add, or khobao rebuild",
                held=stored.number,
                number=number,
            )
        ]
    total = sources.reader.manifest.articles
    on_progress(0, total)
    right = unit_arrays(counts, stored_heads(heads), number)
    on_progress(total, total)
    return [
        say(
            "the table of units is not that of the index ({name} differs); mend with: khobao rebuild",
            name=name,
        )
        for name, array in right.items()
        if not np.array_equal(array, stored.arrays[name])
    ]


def _opened_heads(sources: UnitSources) -> DerivedFile | None:
    """The file of the heads; None where there is none of this version, or it is damaged."""
    try:
        with report_disk_errors(sources.suggestions):
            return open_stored(sources.suggestions)
    except DamagedFileError:
        return None


def _number(sources: UnitSources, heads: DerivedFile | None) -> int:
    """The archive's change up to which both sources hold it."""
    return min(sources.number, heads.number) if heads else sources.number


def _known(path: Path) -> int | None:
    """The number of the file; None where it cannot be used."""
    try:
        with report_disk_errors(path):
            stored = open_units(path)
    except DamagedFileError:
        return None  # derived data: it is made again
    return stored.number if stored else None
