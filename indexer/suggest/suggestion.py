"""What is offered to a person who is typing?"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Kind(StrEnum):
    """What a suggestion is."""

    PHRASE = "phrase"
    HEADLINE = "headline"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A text that may stand in the box in place of what was typed.

    Attributes:
        text: with the earlier words that were typed, where the phrase completes the last ones only.
        count: in how many heads (title and lede) the phrase stands; 1 of a headline.
        article_id: whose headline it is; empty of a phrase.
    """

    text: str
    kind: Kind
    count: int
    article_id: str = ""


class Suggester(Protocol):
    """Where suggestions come from."""

    def suggestions(self, typed: str, limit: int) -> tuple[Suggestion, ...]:
        """At most ``limit`` completions of what was typed, the best first.

        Raises:
            OperatorError: they cannot be read.
        """


class NoSuggestions:
    """Where nothing was learnt."""

    def suggestions(self, typed: str, limit: int) -> tuple[Suggestion, ...]:  # noqa: ARG002 - whatever is typed
        """None."""
        return ()
