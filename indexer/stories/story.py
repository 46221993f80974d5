"""What is known of a story? Its articles, and who printed it first."""

from dataclasses import dataclass
from typing import Protocol

from indexer.story_numbers import StoryNumbers


@dataclass(frozen=True, slots=True)
class Story:
    """Two or more articles of one text.

    Attributes:
        ids: of its articles, the first published first; where dates are equal or unknown the longer
            text stands first, then the id.
        dated: whether it is known that the first was published first: no other is as early, or undated.
    """

    ids: tuple[str, ...]
    dated: bool

    @property
    def first(self) -> str:
        """The article that all others are prints of."""
        return self.ids[0]


State = tuple[int, ...]
"""What changes with the stories."""


class StoryLookup(Protocol):
    """Where stories come from."""

    def story(self, article_id: str) -> Story | None:
        """The story of an article; None where no other is a print of it.

        Raises:
            OperatorError: the stories cannot be read.
        """

    def numbers(self) -> StoryNumbers:
        """The story of each version, as engines take it.

        Raises:
            OperatorError: the stories cannot be read.
        """

    def state(self) -> State:
        """Changes whenever there is something new to read."""


class NoStories:
    """Where none were looked for."""

    def story(self, article_id: str) -> Story | None:  # noqa: ARG002 - whatever is asked
        """None."""
        return None

    def numbers(self) -> StoryNumbers:
        """None."""
        return StoryNumbers()

    def state(self) -> State:
        """Always the same."""
        return ()
