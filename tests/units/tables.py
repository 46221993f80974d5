"""Small tables of units for tests: packed from entries, by the layout that indexer.units.table describes."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np

from indexer.arrays.file import string_arrays
from indexer.query import Match
from indexer.text.readings import reading_key
from indexer.text.syllables import terms
from indexer.units.table import FIRST_SHIFT, KINDS, UnitEntry, UnitKind, UnitTable, hash_keys

HERE = Path(__file__).parent
TOTAL = 50_000_000
ARTICLES = 20_000

Singles = Mapping[str, tuple[int, int]]
"""Syllables, with how often each is a word by itself and how often it stands anywhere."""


class Lent:
    """Lends one table."""

    def __init__(self, table: UnitTable | None) -> None:
        self._table = table

    def table(self) -> UnitTable | None:
        return self._table


def make_table(entries: Iterable[UnitEntry], singles: Singles, articles: int = ARTICLES) -> UnitTable:
    """A table of these units and syllables."""
    units = list(entries)
    used = {syllable for entry in units for syllable in entry.syllables} | set(singles)
    spellings = sorted(used, key=lambda syllable: (reading_key(syllable), syllable))
    numbers = {syllable: number for number, syllable in enumerate(spellings)}
    keys = sorted(set(map(reading_key, spellings)))
    key_numbers = {key: number for number, key in enumerate(keys)}
    units.sort(key=lambda entry: _hash(entry, key_numbers))
    flat = [numbers[syllable] for entry in units for syllable in entry.syllables]
    firsts = [reading_key(spelling) for spelling in spellings]
    return UnitTable(
        {
            "unit_total": np.array([TOTAL, articles], np.int64),
            **string_arrays("spelling", [spelling.encode() for spelling in spellings]),
            "spelling_counts": np.array([singles.get(each, (0, 0))[0] for each in spellings], np.uint32),
            "spelling_places": np.array([singles.get(each, (0, 0))[1] for each in spellings], np.uint32),
            **string_arrays("unit_key", [key.encode() for key in keys]),
            "key_spellings": np.array([*(firsts.index(key) for key in keys), len(firsts)], np.uint32),
            "run_hashes": np.array([_hash(entry, key_numbers) for entry in units], np.uint64),
            "run_ends": np.cumsum([len(entry.syllables) for entry in units]).astype(np.uint32),
            "run_spellings": np.array(flat, np.uint32),
            "run_counts": np.array([entry.count for entry in units], np.uint32),
            "run_places": np.array([entry.places for entry in units], np.uint32),
            "run_kinds": np.array(
                [KINDS.index(entry.kind) | entry.first << FIRST_SHIFT for entry in units], np.uint8
            ),
        }
    )


def news_entries() -> list[list[str]]:
    """The lines of ``entries.tsv``: kind, text, count, places."""
    lines = (HERE / "entries.tsv").read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")][1:]


def news_table() -> UnitTable:
    """The table of ``entries.tsv``."""
    entries: list[UnitEntry] = []
    singles: dict[str, tuple[int, int]] = {}
    for kind, text, count, places in news_entries():
        parts = [tuple(part.split()) for part in text.split(" + ")]
        if kind == "syllable":
            singles[text] = int(count), int(places)
        else:
            first = len(parts[0]) if len(parts) > 1 else 0
            run = tuple(syllable for part in parts for syllable in part)
            entries.append(UnitEntry(run, UnitKind(kind), int(count), int(places), first))
    return make_table(entries, singles)


def loose(text: str) -> list[Match]:
    """Typed words, as the grammar gives them to be cut."""
    return [Match(word, tuple(terms(word))) for word in text.split()]


def bracketed(text: str, lengths: Iterable[int]) -> str:
    """A text with its units in brackets.

    >>> bracketed("giá vàng tăng", (2, 1))
    '[giá vàng] [tăng]'
    """
    words = text.split()
    units = []
    for length in lengths:
        units.append(f"[{' '.join(words[:length])}]")
        words = words[length:]
    return " ".join(units)


def _hash(entry: UnitEntry, key_numbers: Mapping[str, int]) -> int:
    return hash_keys([key_numbers[reading_key(syllable)] for syllable in entry.syllables])
