"""Which other queries may have been meant by a query that finds few articles?

A correction reads some typed syllables as Telex or VNI keys, with other marks, as one edit away, as two
syllables without their space, or as one with a space in it. The corpus is the language model: a syllable is
as likely as it is frequent, by itself and after the one before it; each kind of typing error has a cost.
Everything else that was typed (operators, quotes, fields and their values, what follows NOT, dates) stays.
The changed tokens are parsed and written again, so that the text of a correction is a query as understood.

A corrected query is offered if it is at least RATIO times as likely as the typed one, costs included. Marks
that are left out are no error: a query without marks is never given any.
"""

import math
from collections.abc import Iterable

from corpus.errors import UserError
from indexer.engine import Lexicon
from indexer.text.fold import fold
from indexer.text.normalise import normalise
from search_app.query.correction.candidates import Candidate, CandidateFinder
from search_app.query.correction.paths import Path, best_paths
from search_app.query.correction.quotes import remove_quotes
from search_app.query.correction.typed import find_typed_syllables
from search_app.query.correction.values import Correction, CorrectionKind
from search_app.query.grammar import can_be_asked, understand

__all__ = ["MOST_SYLLABLES", "Correction", "CorrectionKind", "find_corrections", "remove_quotes"]

MOST_SYLLABLES = 24
"""A query with more syllables is a pasted text, and has no corrections."""

OFFERED = 8
RATIO = 20.0


def find_corrections(query: str, lexicon: Lexicon, *, little: bool) -> tuple[Correction, ...]:
    """The likeliest corrections of a typed query, the best first: OFFERED at most, often none.

    Args:
        little: whether the query finds so few articles that syllables which the corpus knows may be wrong
            too; otherwise only unknown syllables are corrected.

    Raises:
        UserError: the query is past a limit of the grammar.
    """
    typed = find_typed_syllables(query)
    if not 0 < len(typed) <= MOST_SYLLABLES:
        return ()
    finder = CandidateFinder(lexicon, typed, little=little)
    if not finder.has_suspects:
        return ()
    as_typed, *others = best_paths(lexicon, finder.candidates(), OFFERED)
    corrections: dict[str, Correction] = {}
    for path in others:
        if path.score - as_typed.score >= math.log(RATIO):
            correction = _corrected_query(query, path, path.score - as_typed.score)
            if can_be_asked(correction.text):
                corrections.setdefault(correction.text, correction)
    for text in (query, understand(query).text):
        corrections.pop(text, None)
    return tuple(corrections.values())


def _corrected_query(query: str, path: Path, score: float) -> Correction:
    """The query with the replacements of a path, as understood."""
    changed = [candidate for candidate in path.candidates if candidate.kind is not None]
    unmarked = ((candidate, fold(normalise(query[candidate.start : candidate.end]))) for candidate in changed)
    return Correction(
        text=_written(_replace(query, ((candidate, candidate.replacement) for candidate in changed))),
        kinds=tuple(dict.fromkeys(candidate.kind for candidate in changed if candidate.kind)),
        score=score,
        unknown=any(candidate.unknown for candidate in changed),
        letters=_written(_replace(query, unmarked))
        if any(candidate.odd_marks for candidate in changed)
        else "",
    )


def _written(query: str) -> str:
    """A query as understood; as it is where it is past a limit."""
    try:
        return understand(query).text
    except UserError:
        return query


def _replace(query: str, replacements: Iterable[tuple[Candidate, str]]) -> str:
    """The query with a text in the place of each candidate; the candidates stand in ascending order."""
    text, done = "", 0
    for candidate, words in replacements:
        text += query[done : candidate.start] + words
        done = candidate.end
    return text + query[done:]
