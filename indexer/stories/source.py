"""How does a server see stories that were found anew? It looks whether the file is another one."""

from bisect import bisect_left
from functools import cached_property
from pathlib import Path

import numpy as np

from indexer.arrays.derived import LatestFile
from indexer.arrays.file import AnyArray
from indexer.stories.file import StoredStories, open_stories
from indexer.stories.story import State, Story
from indexer.story_numbers import ALONE, StoryNumbers


class StorySource:
    """The stories of a file; safe for threads. A replaced file can be read to the end."""

    def __init__(self, path: Path) -> None:
        self._latest = LatestFile(path, _opened)

    def story(self, article_id: str) -> Story | None:
        """The story of an article; None where no other is a print of it."""
        reader = self._latest.current()
        return reader.story(article_id) if reader else None

    def numbers(self) -> StoryNumbers:
        """The story of each version, as engines take it."""
        reader = self._latest.current()
        return reader.stored.numbers() if reader else StoryNumbers()

    def state(self) -> State:
        """Changes whenever there is something new to read."""
        return self._latest.state()


class _Reader:
    """What one file says."""

    def __init__(self, stored: StoredStories) -> None:
        self.stored = stored
        self._arrays = stored.arrays

    def story(self, article_id: str) -> Story | None:
        row = self._row(article_id.encode())
        if row is None or (number := int(self._of_row[row])) == ALONE:
            return None
        start, stop = self._arrays["starts"][number : number + 2].tolist()
        rows = self._arrays["members"][start:stop].tolist()
        minutes = self._arrays["minutes"][rows]
        dated = bool((minutes[0] < minutes[1:]).all()) and self.stored.all_dated(rows)
        return Story(tuple(self._id(one).decode() for one in rows), dated)

    def _row(self, wanted: bytes) -> int | None:
        count = len(self._arrays["id_ends"])
        place = bisect_left(range(count), wanted, key=self._id)
        return place if place < count and self._id(place) == wanted else None

    def _id(self, row: int) -> bytes:
        ends = self._arrays["id_ends"]
        start = int(ends[row - 1]) if row else 0
        return bytes(self._arrays["id_bytes"][start : int(ends[row])])

    @cached_property
    def _of_row(self) -> AnyArray:
        return self.stored.numbers().column(np.asarray(self._arrays["changes"]))


def _opened(path: Path) -> _Reader | None:
    stored = open_stories(path)
    return _Reader(stored) if stored else None
