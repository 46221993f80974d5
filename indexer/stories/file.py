"""Where are stories stored? In one file of arrays beside the index, replaced atomically.

It holds a row of numbers for each article, the results of all comparisons, and the stories. It is derived
data: where it is missing, damaged or of another version it is made again from the archive. The same archive
gives the same bytes, whatever the file held before.
"""

import unicodedata
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from indexer.arrays.derived import DerivedFile, about_array, open_derived, replace_derived
from indexer.arrays.file import string_arrays, strings
from indexer.result_order import UNDATED_MINUTE
from indexer.stories.clustering import Clustering, TextPair
from indexer.stories.rows import ArticleRows
from indexer.stories.sketch import BANDS
from indexer.story_numbers import ALONE, StoryColumn, StoryNumbers

FORMAT = 1
_COLUMNS = ("changes", "minutes", "lengths", "texts", "titles", "series", "days")


class StoredStories(DerivedFile):
    """The content of a file: rows, comparisons and stories."""

    __slots__ = ()

    def rows(self) -> ArticleRows:
        """A row for each article."""
        columns = {name: self.arrays[name] for name in _COLUMNS}
        ids = [name.decode() for name in strings(self.arrays, "id")]
        return ArticleRows(ids, **columns, bands=self.arrays["bands"].reshape(-1, BANDS))

    def comparisons(self) -> dict[TextPair, bool]:
        """For each pair of texts that was compared, whether they are reprints of each other."""
        pairs = self.arrays["pairs"].reshape(-1, 2).tolist()
        prints = self.arrays["prints"].astype(np.bool_).tolist()
        return {(first, second): is_print for (first, second), is_print in zip(pairs, prints, strict=True)}

    def clusters(self) -> list[list[int]]:
        """For each story its rows, the first published first."""
        every = self.arrays["members"].tolist()
        return [every[start:stop] for start, stop in pairwise(self.arrays["starts"].tolist())]

    def numbers(self) -> StoryNumbers:
        """The story of each version, as engines take it."""
        return StoryNumbers(
            self.arrays["story_changes"],
            self.arrays["story_numbers"],
            self._ranks(),
            len(self.arrays["starts"]) - 1,
            self.number,
        )

    def _ranks(self) -> StoryColumn:
        """The rank of each version among the prints of its story, in the order of their changes."""
        starts, members = self.arrays["starts"].astype(np.int64), self.arrays["members"]
        ranks = np.arange(len(members)) - np.repeat(starts[:-1], np.diff(starts))
        return ranks[np.argsort(self.arrays["changes"][members])].astype(np.int32)

    def all_dated(self, rows: list[int]) -> bool:
        """Whether the date of publication of all of some articles is known."""
        return bool((self.arrays["minutes"][rows] != UNDATED_MINUTE).all())


def open_stories(path: Path) -> StoredStories | None:
    """The file, mapped into memory; None where there is none, or of another version.

    Raises:
        DamagedFileError: the file is not what was written.
    """
    derived = open_derived(path, _version())
    return None if derived is None else StoredStories(derived.number, derived.arrays)


def write_stories(path: Path, rows: ArticleRows, clustering: Clustering, number: int) -> None:
    """Replaces the file, once the new one is on disk."""
    replace_derived(path, story_arrays(rows, clustering, number))


def story_arrays(rows: ArticleRows, clustering: Clustering, number: int) -> dict[str, npt.NDArray[Any]]:
    """The arrays of the file."""
    numbers = np.full(len(rows.ids), ALONE, np.int32)
    for story, members in enumerate(clustering.clusters):
        numbers[members] = story
    in_story = np.flatnonzero(numbers != ALONE)
    by_change = in_story[np.argsort(rows.changes[in_story])]
    pairs = sorted(clustering.comparisons)
    return {
        "about": about_array(number, _version()),
        **string_arrays("id", [name.encode() for name in rows.ids]),
        **{name: getattr(rows, name) for name in _COLUMNS},
        "bands": rows.bands.reshape(-1),
        "pairs": np.array(pairs, np.uint64).reshape(-1),
        "prints": np.array([clustering.comparisons[pair] for pair in pairs], np.uint8),
        "members": np.array([row for members in clustering.clusters for row in members], np.uint32),
        "starts": np.cumsum([0, *map(len, clustering.clusters)]).astype(np.uint32),
        "story_changes": rows.changes[by_change],
        "story_numbers": numbers[by_change],
    }


def _version() -> dict[str, object]:
    return {"format": FORMAT, "unicode": unicodedata.unidata_version}
