"""Which candidates make the likeliest query? A beam over the spots, weighed by what follows what.

The likelihood of a syllable after another is FOLLOWING times its share of what follows that one, and the
rest its share of the corpus. Where a candidate means several terms, they are counted together.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from indexer.budget import Stage, charge
from indexer.engine import Counts, Lexicon
from search_app.query.correction.candidates import Candidate, Group, occurrences, share

FOLLOWING = 0.8
_BEAM = 12

_Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Path:
    """Candidates side by side; the score is a natural logarithm."""

    score: float
    candidates: tuple[Candidate, ...] = ()

    def longer(self, one: Candidate, score: float) -> "Path":
        """With a candidate at its end."""
        return Path(score, (*self.candidates, one))


def best_paths(lexicon: Lexicon, candidates: Sequence[Sequence[Candidate]], count: int) -> list[Path]:
    """The query as typed, then the ``count`` likeliest others, the best first.

    Args:
        candidates: for each spot, what may begin there, as typed first.
    """
    ending: list[list[Path]] = [[Path(0.0)], *([] for _ in candidates)]
    as_typed = Path(0.0)
    for place, beginning in enumerate(candidates):
        paths = sorted(ending[place], key=_likeliest)[:_BEAM]
        scores = _scores(lexicon, [as_typed, *paths], beginning)
        as_typed = as_typed.longer(beginning[0], float(scores[0, 0]))
        for row, column in _best(scores[1:], beginning):
            one = beginning[column]
            ending[place + one.spots].append(paths[row].longer(one, float(scores[row + 1, column])))
        charge(Stage.CORRECTION)
    best = sorted(ending[-1], key=_likeliest)[: count + 1]
    return [as_typed, *(path for path in best if path.candidates != as_typed.candidates)][: count + 1]


def _likeliest(path: Path) -> float:
    return -path.score


def _best(scores: _Matrix, candidates: Sequence[Candidate]) -> list[tuple[int, int]]:
    """Rows and columns of the best scores, as many as the beam holds of those that end in one place."""
    found: list[tuple[int, int]] = []
    for spots in {one.spots for one in candidates}:
        columns = [column for column, one in enumerate(candidates) if one.spots == spots]
        flat = np.argsort(-scores[:, columns], axis=None, kind="stable")[:_BEAM]
        rows, chosen = np.divmod(flat, len(columns))
        found += [(row, columns[one]) for row, one in zip(rows.tolist(), chosen.tolist(), strict=True)]
    return found


def _scores(lexicon: Lexicon, paths: Sequence[Path], candidates: Sequence[Candidate]) -> _Matrix:
    """The score of each path (N) with each candidate (M) at its end."""
    before: list[Group] = [path.candidates[-1].groups[-1] if path.candidates else () for path in paths]
    firsts = [one.groups[0] for one in candidates]
    if candidates[0].follows:
        together = _together(lexicon, before, firsts)
    else:
        together = np.zeros((len(paths), len(candidates)), np.int64)
    own = [_own(lexicon, one) - one.cost for one in candidates]
    so_far = np.array([path.score for path in paths])
    scores: _Matrix = so_far[:, None] + _likelihoods(lexicon, before, firsts, together) + np.array(own)
    return scores


def _own(lexicon: Lexicon, one: Candidate) -> float:
    """What the syllables of a candidate make of each other."""
    return sum(
        float(_likelihoods(lexicon, [first], [second], _together(lexicon, [first], [second]))[0, 0])
        for first, second in pairwise(one.groups)
    )


def _likelihoods(
    lexicon: Lexicon, before: Sequence[Group], after: Sequence[Group], together: Counts
) -> _Matrix:
    """The logarithms of how likely each group (M) is after each (N)."""
    counts = np.array([max(occurrences(group), 1) for group in before], np.float64)
    alone = np.array([share(group, lexicon.total) for group in after])
    found: _Matrix = np.log((1 - FOLLOWING) * alone + FOLLOWING * together / counts[:, None])
    return found


def _together(lexicon: Lexicon, firsts: Sequence[Group], seconds: Sequence[Group]) -> Counts:
    """How often a term of each second group (M) follows one of each first (N)."""
    first_terms = list(dict.fromkeys(term for group in firsts for term, _ in group))
    second_terms = list(dict.fromkeys(term for group in seconds for term, _ in group))
    pairs = lexicon.bigram_counts(first_terms, second_terms)
    return _members(firsts, first_terms) @ pairs @ _members(seconds, second_terms).T


def _members(groups: Sequence[Group], terms: Sequence[str]) -> Counts:
    """1 where a group (N) has a term (M)."""
    places = {term: place for place, term in enumerate(terms)}
    found = np.zeros((len(groups), len(terms)), np.int64)
    for row, group in enumerate(groups):
        found[row, [places[term] for term, _ in group]] = 1
    return found
