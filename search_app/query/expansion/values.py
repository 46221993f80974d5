"""What was searched besides what was typed, and what is offered?"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from corpus.message import Message
from indexer.query import Match, Query
from search_app.query.names import written

Holds = Callable[[Match], bool]
"""Whether any article holds a match."""


class ExpansionKind(StrEnum):
    """Why it is the same."""

    NAME = "name"
    SPELLING = "spelling"
    SPACE = "space"
    DATE = "date"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Expansion:
    """What is searched too; ``used`` is False where it is switched off."""

    typed: str
    also: str
    kind: ExpansionKind
    used: bool = True


@dataclass(frozen=True, slots=True)
class Offer:
    """Another name of another time, which is not searched.

    Attributes:
        also: the other name.
        message: how the two hang together, with the date.
        query: what was typed, with the other name in place of the typed one.
    """

    typed: str
    also: str
    message: Message
    query: str


@dataclass(frozen=True, slots=True)
class Off:
    """What is not to be searched besides: everything, or these texts."""

    everything: bool = False
    texts: tuple[str, ...] = ()

    def covers(self, also: str) -> bool:
        """Whether this one is switched off, however it is written there."""
        return any(written(text) == written(also) for text in self.texts)


@dataclass(frozen=True, slots=True)
class ExpandedQuery:
    """A query with what is searched besides it, and what could be, were it not switched off."""

    query: Query
    expansions: tuple[Expansion, ...] = ()
    offers: tuple[Offer, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """What the leaves ``first`` to ``last`` of a run (exclusive) may also be: any of the matches."""

    first: int
    last: int
    also: str
    kind: ExpansionKind
    matches: tuple[Match, ...]
