"""What is a story? Two or more articles with one text, and which of them was printed first."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from indexer.story_numbers import StoryNumbers


@dataclass(frozen=True, slots=True)
class Story:
    """Two or more articles of one text.

    Attributes:
        ids: the ids of its articles, the first published first; where dates are equal or unknown, the longer
            text comes first, then the lower id.
        dated: whether the first is known to be the earliest: all are dated, and no other is as early.
    """

    ids: tuple[str, ...]
    dated: bool

    @property
    def first(self) -> str:
        """The id of the article that all others are reprints of."""
        return self.ids[0]


State = tuple[int, ...]
"""A value that changes with the stories."""


class StoryLookup(Protocol):
    """Looks up stories."""

    def story(self, article_id: str) -> Story | None:
        """The story of an article; None where no other article is a reprint of it.

        Raises:
            OperatorError: the stories cannot be read.
        """

    def stories(self, article_ids: Iterable[str]) -> dict[str, Story]:
        """The stories of some articles in one state, by article; without those that are in none.

        Raises:
            OperatorError: the stories cannot be read.
        """

    def numbers(self) -> StoryNumbers:
        """The story numbers of versions, as engines take them.

        Raises:
            OperatorError: the stories cannot be read.
        """

    def state(self) -> State:
        """A value that changes when there are new stories."""


class NoStories:
    """A look-up without stories."""

    def story(self, article_id: str) -> Story | None:  # noqa: ARG002 - the protocol has it
        """None."""
        return None

    def stories(self, article_ids: Iterable[str]) -> dict[str, Story]:  # noqa: ARG002 - the protocol has it
        """None."""
        return {}

    def numbers(self) -> StoryNumbers:
        """None."""
        return StoryNumbers()

    def state(self) -> State:
        """Always the same."""
        return ()
