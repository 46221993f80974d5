"""Which results are shown: those of the query as typed, or of what may have been meant?

As typed, wherever that finds an article that holds everything asked for. Where none does, a repair may
take its place, always said, always with a way back, where it finds such an article; and

- it mends a syllable whose letters the corpus does not know, or hardly: what was typed can find parts only,
  so a second tier of what holds some of the words does not keep the repair away;
- or it mends a slip in a syllable that the corpus hardly knows with these marks, and no article holds
  everything with other marks either: where one does, it leads the second tier already;
- or the query as typed finds nothing at all, not even parts.

Of several repairs the likeliest that finds something is shown. Where none finds all of it, one that reads
keys as syllables still is, for parts of what was meant are worth more than parts of its keys. Where still
nothing is found, and quotes were typed, what their words find without them is shown. Everything else is
offered, and nothing is put in place.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Generic, Protocol, TypeVar

from indexer.engine import Lexicon
from search_app.query.correction import Kind, Repair, repairs, unquoted

LITTLE = 3
"""Fewer articles than this are little."""

OFFERED = 3
"""Repairs that are offered, at most."""

_ALTERNATIVES = re.compile(r"\b(?:OR|HOẶC)\b")
_KEYS = frozenset({Kind.TELEX, Kind.VNI})


class Found(Protocol):
    """What a query finds."""

    @property
    def total(self) -> int:
        """Articles that hold everything asked for."""

    @property
    def partial_total(self) -> int:
        """Articles that hold some of it."""


Answer = TypeVar("Answer", bound=Found)


@dataclass(frozen=True, slots=True)
class Mended(Generic[Answer]):
    """The answer that is shown.

    Attributes:
        offered: what else may have been meant.
        shown: the repair whose answer it is; None where it is the typed query's.
    """

    answer: Answer
    offered: tuple[Repair, ...] = ()
    shown: Repair | None = None


def mended(
    query: str,
    ask: Callable[[str], Answer],
    lexicon: Lexicon,
    *,
    exact: bool,
    everywhere: Callable[[], int] | None = None,
) -> Mended[Answer]:
    """The answer to a typed query or to its repair, and what is offered beside it.

    Args:
        ask: answers a query.
        exact: nothing is repaired, nor offered.
        everywhere: how many articles the typed query finds without any filter, where there are filters: what
            they took away is no slip of the pen.

    Raises:
        corpus.errors.UserError: what ``ask`` raises for the typed query.
    """
    typed = ask(query)
    little = typed.total < LITTLE
    if exact or not (little or _ALTERNATIVES.search(query)):
        return Mended(typed)
    found = repairs(query, lexicon, little=little)
    stays = typed.total or (everywhere is not None and everywhere())
    shown = None if stays else _shown(found, typed, ask) or _loose(query, typed, ask)
    if shown is None:
        return Mended(typed, found[:OFFERED])
    repair, answer = shown
    return Mended(answer, tuple(one for one in found if one is not repair)[:OFFERED], repair)


def _shown(
    found: Sequence[Repair], typed: Answer, ask: Callable[[str], Answer]
) -> tuple[Repair, Answer] | None:
    """The repair that takes the typed query's place, which finds nothing whole."""
    nothing = typed.partial_total == 0
    read_otherwise = cache(lambda letters: ask(letters).total > 0)
    parts: tuple[Repair, Answer] | None = None
    for repair in found:
        odd = bool(repair.letters) and Kind.MARKS not in repair.kinds
        if not (nothing or repair.unknown or (odd and not read_otherwise(repair.letters))):
            continue
        answer = ask(repair.text)
        if answer.total:
            return repair, answer
        if parts is None and answer.partial_total and (nothing or _KEYS & set(repair.kinds)):
            parts = repair, answer
    return parts


def _loose(query: str, typed: Answer, ask: Callable[[str], Answer]) -> tuple[Repair, Answer] | None:
    """The query without its quotes, where it finds nothing at all and its words do."""
    repair = None if typed.partial_total else unquoted(query)
    if repair is None:
        return None
    answer = ask(repair.text)
    return (repair, answer) if answer.total or answer.partial_total else None
