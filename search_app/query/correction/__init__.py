"""Which other queries may have been meant by a query that finds few articles?

A correction reads some typed syllables as Telex or VNI keys, with other marks, as one edit away, as two
syllables without their space, or as one with a space in it. The corpus is the language model: a syllable is
as likely as it is frequent, by itself and after the one before it; each kind of typing error has a cost.
Everything else that was typed (operators, quotes, fields and their values, what follows NOT, dates) stays.

A corrected query is offered if it is at least RATIO times as likely as the typed one, costs included. Marks
that are left out are no error: a query without marks is never given any.
"""

import math

from indexer.engine import Lexicon
from search_app.query.correction.candidates import CandidateFinder
from search_app.query.correction.likelier import find_likelier
from search_app.query.correction.paths import best_paths
from search_app.query.correction.quotes import remove_quotes
from search_app.query.correction.rewriting import corrected_query
from search_app.query.correction.typed import find_typed_syllables
from search_app.query.correction.values import Correction, CorrectionKind
from search_app.query.grammar import can_be_asked, understand

__all__ = [
    "MOST_SYLLABLES",
    "Correction",
    "CorrectionKind",
    "find_corrections",
    "find_likelier",
    "remove_quotes",
]

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
            correction = corrected_query(query, path.candidates, path.score - as_typed.score)
            if can_be_asked(correction.text):
                corrections.setdefault(correction.text, correction)
    for text in (query, understand(query).text):
        corrections.pop(text, None)
    return tuple(corrections.values())
