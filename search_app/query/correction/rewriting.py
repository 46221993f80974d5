"""What is the text of a query in which some typed syllables are replaced?

The changed tokens are parsed and written again, so that the text of a correction is a query as understood.
"""

from collections.abc import Iterable, Sequence

from corpus.errors import UserError
from indexer.text.fold import fold
from indexer.text.normalise import normalise
from search_app.query.correction.candidates import Candidate
from search_app.query.correction.values import Correction
from search_app.query.grammar import understand


def corrected_query(query: str, candidates: Sequence[Candidate], score: float) -> Correction:
    """The query with the replacements of some candidates, in ascending order, as understood."""
    changed = [candidate for candidate in candidates if candidate.kind is not None]
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
