"""What may have been meant by a query that finds little? The typed words corrected, the likeliest first.

Each syllable may be read as Telex or VNI keys, with other marks, as one slip of the finger away, as two
syllables without their space, or as one with a space too many. Which of it was meant is weighed by the
corpus itself: how often a syllable stands in it, and how often after the one before. What else was typed
(operators, quotes, fields and their values, what is left out, dates) stays as it is.

A corrected query is offered where it is RATIO times as likely as the typed one, the rarity of slips counted
in. Marks that are left out are no slip: a query without marks is never given them.
"""

import math
from collections.abc import Iterable

from indexer.engine import Lexicon
from indexer.text.fold import fold
from indexer.text.normalise import normalise
from search_app.query.correction.candidates import Candidate, Maker
from search_app.query.correction.paths import Path, best_paths
from search_app.query.correction.quotes import unquoted
from search_app.query.correction.typed import spots
from search_app.query.correction.values import Correction, CorrectionKind

__all__ = ["MOST_SYLLABLES", "Correction", "CorrectionKind", "corrections", "unquoted"]

MOST_SYLLABLES = 24
"""A query of more is a pasted text: nothing is offered."""

OFFERED = 8
RATIO = 20.0


def corrections(query: str, lexicon: Lexicon, *, little: bool) -> tuple[Correction, ...]:
    """The likeliest corrections of a typed query, the best first: OFFERED at most, often none.

    Args:
        little: the query finds little, so that known syllables may be wrong too; else only those the
            corpus does not know are corrected.
    """
    typed = spots(query)
    if not 0 < len(typed) <= MOST_SYLLABLES:
        return ()
    maker = Maker(lexicon, typed, little=little)
    if not maker.mends:
        return ()
    as_typed, *others = best_paths(lexicon, maker.candidates(), OFFERED)
    found: dict[str, Correction] = {}
    for path in others:
        if path.score - as_typed.score >= math.log(RATIO):
            correction = _corrected_query(query, path, path.score - as_typed.score)
            found.setdefault(correction.text, correction)
    found.pop(query, None)
    return tuple(found.values())


def _corrected_query(query: str, path: Path, score: float) -> Correction:
    """The query with what a path puts in place."""
    changed = [one for one in path.candidates if one.kind is not None]
    kinds = tuple(dict.fromkeys(one.kind for one in changed if one.kind))
    odd = any(one.odd for one in changed)
    return Correction(
        _with(query, ((one, one.put) for one in changed)),
        kinds,
        score,
        any(one.unknown for one in changed),
        _with(query, ((one, fold(normalise(query[one.start : one.end]))) for one in changed)) if odd else "",
    )


def _with(query: str, put: Iterable[tuple[Candidate, str]]) -> str:
    """The query with these texts in the places of the candidates, which ascend."""
    text, done = "", 0
    for one, words in put:
        text += query[done : one.start] + words
        done = one.end
    return text + query[done:]
