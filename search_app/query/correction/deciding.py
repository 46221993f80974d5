"""Which results are shown: those of the query as typed, or those of a correction?

The query as typed is shown if any article holds everything that it asks for, together or scattered. Otherwise
the likeliest correction is searched instead, and the page says so and has a link to the query as typed, if an
article holds everything that the correction asks for, and one of these is true:

- The correction replaces a syllable whose letters the corpus does not know, or hardly. As typed it cannot be
  found, so results that lack words do not prevent the correction.
- The correction replaces a syllable that the corpus hardly knows with these marks, and no article holds
  everything with other marks either. If one did, it would already be the first result that lacks words.
- The query as typed has no results at all, not even such as lack words.

If no article holds all of any correction, one that reads Telex or VNI keys is still searched, for its second
tier is worth more than that of the keys; and so is one of other letters that is certain, for no article holds
all of a long query. If nothing is found then and quotes were typed, the words without quotes are searched.

Beside the results of the query as typed one correction is offered at most, and only a certain one: whatever
the query finds, that of search_app.query.correction.likelier; where it finds little, else the likeliest of
all if it stands out as far. Nothing stands beside one that is certain, nor beside one that is searched unless
another is certain: of those that were offered there, one in ten was meant.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Generic, Protocol, TypeVar

from indexer.engine import Lexicon
from search_app.query.correction import (
    Correction,
    CorrectionKind,
    find_corrections,
    find_likelier,
    remove_quotes,
)
from search_app.query.correction.likelier import AHEAD
from search_app.query.correction.phrases import CountPhrase
from search_app.query.correction.typed import find_typed_syllables, is_in_name
from search_app.query.grammar import understand
from search_app.query.grammar.tree import has_alternatives

LITTLE = 3
"""A query that finds fewer articles may have errors in syllables that the corpus knows."""

_STANDS_OUT = 4.0
"""How much likelier the likeliest of all corrections must be to be offered: a natural logarithm."""

_KEYS = frozenset({CorrectionKind.TELEX, CorrectionKind.VNI})


class Countable(Protocol):
    """The numbers of results of a query."""

    @property
    def total(self) -> int:
        """Number of articles that hold everything that is asked for."""

    @property
    def scattered_total(self) -> int:
        """Number of articles that hold every word, but not each unit together."""

    @property
    def partial_total(self) -> int:
        """Number of articles that hold some of the words."""


AnswerT = TypeVar("AnswerT", bound=Countable)


@dataclass(frozen=True, slots=True)
class CorrectedAnswer(Generic[AnswerT]):
    """The answer that is shown.

    Attributes:
        offered: the correction that is offered beside the answer; one at most.
        shown: the correction whose answer it is; None if it is the answer to the query as typed.
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
    count_phrase: CountPhrase,
    everywhere: Callable[[], int] | None = None,
) -> CorrectedAnswer[AnswerT]:
    """The answer to a typed query or to one of its corrections, and the corrections that are offered.

    Args:
        ask: answers the text of a query. Called for the typed query, then for as few corrections as needed.
        exact: whether the query is neither corrected nor corrections are offered.
        count_phrase: counts the articles that hold some syllables in a row.
        everywhere: if the query has filters, counts the articles that it finds without them. A query that
            only its filters keep from finding anything is not corrected.

    Raises:
        corpus.errors.UserError: what ``ask`` raises for the typed query.
    """
    typed = ask(query)
    if exact:
        return CorrectedAnswer(typed)
    certain = find_likelier(query, lexicon, count_phrase)
    little = typed.total < LITTLE
    if not (little or has_alternatives(understand(query).query)):
        return CorrectedAnswer(typed, (certain,) if certain else ())
    corrections = find_corrections(query, lexicon, little=little)
    if certain:
        corrections = (certain, *(other for other in corrections if other.text != certain.text))
    alone = (certain,) if certain else _stands_out(query, corrections)
    stays = _holding_all(typed) or (everywhere is not None and everywhere())
    shown = None
    if not stays:
        shown = _ask_corrections(corrections, alone, typed, ask) or _ask_unquoted(query, typed, ask)
    if shown is None:
        return CorrectedAnswer(typed, alone)
    correction, answer = shown
    return CorrectedAnswer(answer, tuple(other for other in alone if other is not correction), correction)


def _stands_out(query: str, corrections: Sequence[Correction]) -> tuple[Correction, ...]:
    """The likeliest correction if it is far likelier than the query as typed and than the next; else none.

    None for a name whose letters the corpus knows: it is another person's.
    """
    if not corrections or corrections[0].score < _STANDS_OUT:
        return ()
    typed = find_typed_syllables(query)
    if not corrections[0].unknown and any(is_in_name(typed, place) for place in range(len(typed))):
        return ()
    is_alone = len(corrections) == 1 or corrections[0].score - corrections[1].score >= AHEAD
    return (corrections[0],) if is_alone else ()


def _ask_corrections(
    corrections: Sequence[Correction],
    alone: Sequence[Correction],
    typed: AnswerT,
    ask: Callable[[str], AnswerT],
) -> tuple[Correction, AnswerT] | None:
    """The correction that is searched instead of the typed query, with its answer; None if there is none.

    Args:
        alone: the one that is certain, if there is one.
    """
    nothing = typed.partial_total == 0
    has_other_marks = cache(lambda letters: _holding_all(ask(letters)) > 0)
    partial: tuple[Correction, AnswerT] | None = None
    for correction in corrections:
        odd = bool(correction.letters) and CorrectionKind.MARKS not in correction.kinds
        # Other marks share in the ranking of what was typed as it is.
        is_certain = correction in alone and CorrectionKind.MARKS not in correction.kinds
        wanted = nothing or correction.unknown or (odd and not has_other_marks(correction.letters))
        if not (wanted or is_certain):
            continue
        answer = ask(correction.text)
        if wanted and _holding_all(answer):
            return correction, answer
        helps = nothing or is_certain or _KEYS & set(correction.kinds)
        if partial is None and answer.partial_total and helps:
            partial = correction, answer
    return partial


def _ask_unquoted(
    query: str, typed: AnswerT, ask: Callable[[str], AnswerT]
) -> tuple[Correction, AnswerT] | None:
    """The query without its quotes, if with them it has no results at all and without them it has some."""
    correction = None if typed.partial_total else remove_quotes(query)
    if correction is None:
        return None
    answer = ask(correction.text)
    return (correction, answer) if _holding_all(answer) or answer.partial_total else None


def _holding_all(answer: Countable) -> int:
    """The number of articles that hold every word that is asked for, and all that binds."""
    return answer.total + answer.scattered_total
