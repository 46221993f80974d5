"""Where is the table of units stored? In one file of arrays beside the index, replaced atomically.

It is derived data: where it is missing or of another version it is made again from the counts of the index
and the heads of the suggestions.
"""

from pathlib import Path

from indexer.arrays.derived import DerivedFile, about_array, open_derived, replace_derived
from indexer.arrays.file import AnyArray
from indexer.suggest.head_texts import HeadTexts
from indexer.text.analyse import fingerprint
from indexer.units.choosing import choose_units
from indexer.word_counts import WordCounts

FORMAT = 1
"""Raise it where the same counts would give other arrays."""


def open_units(path: Path) -> DerivedFile | None:
    """The file, mapped into memory; None where there is none, or of another version.

    Raises:
        DamagedFileError: the file is not what was written.
    """
    return open_derived(path, _version())


def write_units(path: Path, counts: WordCounts, heads: HeadTexts, number: int) -> None:
    """Chooses the units, and replaces the file once the new one is on disk."""
    replace_derived(path, unit_arrays(counts, heads, number))


def unit_arrays(counts: WordCounts, heads: HeadTexts, number: int) -> dict[str, AnyArray]:
    """The arrays of the file; ``number`` is the archive's change that counts and heads are up to."""
    return {"about": about_array(number, _version()), **choose_units(counts, heads)}


def _version() -> dict[str, object]:
    return {"format": FORMAT, "analyser": fingerprint()}
