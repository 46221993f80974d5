"""What is a suggestion, and who makes suggestions?"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Kind(StrEnum):
    """The kinds of suggestions."""

    PHRASE = "phrase"
    HEADLINE = "headline"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A text that may replace what was typed.

    Attributes:
        text: begins with the earlier words that were typed, where the phrase completes only the last ones.
        count: the number of heads (title and lede) with the phrase; 1 for a headline.
        article_id: the article whose headline it is; empty for a phrase.
    """

    text: str
    kind: Kind
    count: int
    article_id: str = ""


class Suggester(Protocol):
    """Makes suggestions."""

    def suggestions(self, typed: str, limit: int) -> tuple[Suggestion, ...]:
        """At most ``limit`` completions of what was typed, the best first.

        Raises:
            OperatorError: they cannot be read.
        """

    def number(self) -> int:
        """The archive's change up to which the suggestions are made; 0 where there are none."""

    def state(self) -> tuple[int, ...]:
        """A value that changes when there are new suggestions."""


class NoSuggestions:
    """A suggester without suggestions."""

    def suggestions(self, typed: str, limit: int) -> tuple[Suggestion, ...]:  # noqa: ARG002 - the protocol has it
        """None."""
        return ()

    def number(self) -> int:
        """Always 0."""
        return 0

    def state(self) -> tuple[int, ...]:
        """Always the same."""
        return ()
