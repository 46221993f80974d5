"""How does a server notice new stories? It compares inode, time and size of the file at each request."""

from bisect import bisect_left
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

import numpy as np

from indexer.arrays.derived import LatestFile
from indexer.arrays.file import AnyArray
from indexer.stories.file import StoredStories, open_stories
from indexer.stories.story import State, Story
from indexer.story_numbers import ALONE, StoryNumbers

_READ = ("changes", "id_bytes", "id_ends", "members", "minutes", "starts", "story_changes", "story_numbers")


class StorySource:
    """The stories of a file that may be replaced; safe for threads. A mapped old file stays readable."""

    def __init__(self, path: Path) -> None:
        self._latest = LatestFile(path, _opened)

    def story(self, article_id: str) -> Story | None:
        """The story of an article; None where no other article is a reprint of it."""
        return self.stories([article_id]).get(article_id)

    def stories(self, article_ids: Iterable[str]) -> dict[str, Story]:
        """The stories of some articles in one state of the file, by article; without those in none."""
        reader = self._latest.current()
        found = {each: reader.story(each) for each in article_ids} if reader else {}
        return {each: story for each, story in found.items() if story is not None}

    def numbers(self) -> StoryNumbers:
        """The story numbers of versions, as engines take them."""
        reader = self._latest.current()
        return reader.stored.numbers() if reader else StoryNumbers()

    def state(self) -> State:
        """A value that changes with the file."""
        return self._latest.state()


class _Reader:
    """Reads one file."""

    def __init__(self, stored: StoredStories) -> None:
        self.stored = stored
        # All that is read here is proven now, so that a damaged file is found when it is opened.
        self._arrays = {name: stored.arrays[name] for name in _READ}
        # A page looks ten ids up, each in some seventeen steps, which are slower in arrays.
        self._id_bytes, self._id_ends = self._arrays["id_bytes"].data, self._arrays["id_ends"].data

    def story(self, article_id: str) -> Story | None:
        row = self._row(article_id.encode())
        if row is None or (number := int(self._of_row[row])) == ALONE:
            return None
        start, stop = self._arrays["starts"][number : number + 2].tolist()
        rows = self._arrays["members"][start:stop].tolist()
        minutes = self._arrays["minutes"][rows]
        dated = bool((minutes[0] < minutes[1:]).all()) and self.stored.all_dated(rows)
        return Story(tuple(self._id(story_row).decode() for story_row in rows), dated)

    def _row(self, wanted: bytes) -> int | None:
        count = len(self._id_ends)
        place = bisect_left(range(count), wanted, key=self._id)
        return place if place < count and self._id(place) == wanted else None

    def _id(self, row: int) -> bytes:
        start = self._id_ends[row - 1] if row else 0
        return bytes(self._id_bytes[start : self._id_ends[row]])

    @cached_property
    def _of_row(self) -> AnyArray:
        return self.stored.numbers().column(np.asarray(self._arrays["changes"]))


def _opened(path: Path) -> _Reader | None:
    stored = open_stories(path)
    return _Reader(stored) if stored else None
