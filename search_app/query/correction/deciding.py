"""Which results are shown: those of the query as typed, or of what may have been meant?

As typed, wherever that finds an article that holds everything asked for. Where none does, a correction may
take its place, always said, always with a way back, where it finds such an article; and

- it corrects a syllable whose letters the corpus hardly knows, if at all: as typed it can find parts only,
  so a second tier of what holds some of the words does not keep the correction away;
- or it corrects a slip in a syllable that the corpus hardly knows with these marks, and no article holds
  everything with other marks either: where one does, it leads the second tier already;
- or the query as typed finds nothing at all, not even parts.

Of several corrections the likeliest that finds something is shown. Where none finds all of it, one that reads
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
from search_app.query.correction import Correction, CorrectionKind, corrections, unquoted

LITTLE = 3
"""Fewer articles than this are little."""

OFFERED = 3
"""Corrections that are offered, at most."""

_ALTERNATIVES = re.compile(r"\b(?:OR|HOẶC)\b")
_KEYS = frozenset({CorrectionKind.TELEX, CorrectionKind.VNI})


class Countable(Protocol):
    """What a query finds."""

    @property
    def total(self) -> int:
        """Articles that hold everything asked for."""

    @property
    def partial_total(self) -> int:
        """Articles that hold some of it."""


AnswerT = TypeVar("AnswerT", bound=Countable)


@dataclass(frozen=True, slots=True)
class CorrectedAnswer(Generic[AnswerT]):
    """The answer that is shown.

    Attributes:
        offered: what else may have been meant.
        shown: the correction whose answer it is; None where it is the typed query's.
    """

    answer: AnswerT
    offered: tuple[Correction, ...] = ()
    shown: Correction | None = None


def correct(
    query: str,
    ask: Callable[[str], AnswerT],
    lexicon: Lexicon,
    *,
    exact: bool,
    everywhere: Callable[[], int] | None = None,
) -> CorrectedAnswer[AnswerT]:
    """The answer to a typed query or to its correction, and what is offered beside it.

    Args:
        ask: answers a query.
        exact: nothing is corrected, nor offered.
        everywhere: how many articles the typed query finds without any filter, where there are filters: what
            they took away is no slip of the pen.

    Raises:
        corpus.errors.UserError: what ``ask`` raises for the typed query.
    """
    typed = ask(query)
    little = typed.total < LITTLE
    if exact or not (little or _ALTERNATIVES.search(query)):
        return CorrectedAnswer(typed)
    found = corrections(query, lexicon, little=little)
    stays = typed.total or (everywhere is not None and everywhere())
    shown = None if stays else _shown(found, typed, ask) or _loose(query, typed, ask)
    if shown is None:
        return CorrectedAnswer(typed, found[:OFFERED])
    correction, answer = shown
    return CorrectedAnswer(answer, tuple(one for one in found if one is not correction)[:OFFERED], correction)


def _shown(
    found: Sequence[Correction], typed: AnswerT, ask: Callable[[str], AnswerT]
) -> tuple[Correction, AnswerT] | None:
    """The correction that takes the typed query's place, which finds nothing whole."""
    nothing = typed.partial_total == 0
    read_otherwise = cache(lambda letters: ask(letters).total > 0)
    parts: tuple[Correction, AnswerT] | None = None
    for correction in found:
        odd = bool(correction.letters) and CorrectionKind.MARKS not in correction.kinds
        if not (nothing or correction.unknown or (odd and not read_otherwise(correction.letters))):
            continue
        answer = ask(correction.text)
        if answer.total:
            return correction, answer
        if parts is None and answer.partial_total and (nothing or _KEYS & set(correction.kinds)):
            parts = correction, answer
    return parts


def _loose(query: str, typed: AnswerT, ask: Callable[[str], AnswerT]) -> tuple[Correction, AnswerT] | None:
    """The query without its quotes, where it finds nothing at all and its words do."""
    correction = None if typed.partial_total else unquoted(query)
    if correction is None:
        return None
    answer = ask(correction.text)
    return (correction, answer) if answer.total or answer.partial_total else None
