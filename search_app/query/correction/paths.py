"""Which candidates together make the likeliest query? A beam search with a bigram model of the corpus.

The probability of a syllable after another is interpolated: FOLLOWING times its share of what follows that
syllable in the corpus, plus 1 - FOLLOWING times its share of the corpus. If a candidate means several terms,
their counts are added. The beam has _BEAM paths for each number of syllables read.
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
    """Candidates in a row; the score is the natural logarithm of their likelihood."""

    score: float
    candidates: tuple[Candidate, ...] = ()

    def extend(self, candidate: Candidate, score: float) -> "Path":
        """The path with one candidate more at its end, and the score of the whole."""
        return Path(score, (*self.candidates, candidate))


def best_paths(lexicon: Lexicon, candidates: Sequence[Sequence[Candidate]], count: int) -> list[Path]:
    """The query as typed, then the ``count`` likeliest other queries at most, the best first.

    Args:
        candidates: for each typed syllable, the candidates that begin there, first what was typed.
    """
    ending: list[list[Path]] = [[Path(0.0)], *([] for _ in candidates)]
    as_typed = Path(0.0)
    for place, beginning in enumerate(candidates):
        paths = sorted(ending[place], key=_likeliest)[:_BEAM]
        scores = _scores(lexicon, [as_typed, *paths], beginning)
        as_typed = as_typed.extend(beginning[0], float(scores[0, 0]))
        for row, column in _best(scores[1:], beginning):
            candidate = beginning[column]
            extended = paths[row].extend(candidate, float(scores[row + 1, column]))
            ending[place + candidate.length].append(extended)
        charge(Stage.CORRECTION)
    best = sorted(ending[-1], key=_likeliest)[: count + 1]
    return [as_typed, *(path for path in best if path.candidates != as_typed.candidates)][: count + 1]


def _likeliest(path: Path) -> float:
    return -path.score


def _best(scores: _Matrix, candidates: Sequence[Candidate]) -> list[tuple[int, int]]:
    """The rows and columns of the best scores: _BEAM of them for each length of a candidate."""
    best: list[tuple[int, int]] = []
    for length in {candidate.length for candidate in candidates}:
        columns = [column for column, candidate in enumerate(candidates) if candidate.length == length]
        flat = np.argsort(-scores[:, columns], axis=None, kind="stable")[:_BEAM]
        rows, chosen = np.divmod(flat, len(columns))
        best += [(row, columns[place]) for row, place in zip(rows.tolist(), chosen.tolist(), strict=True)]
    return best


def _scores(lexicon: Lexicon, paths: Sequence[Path], candidates: Sequence[Candidate]) -> _Matrix:
    """The scores of each of N paths with each of M candidates at its end; shape (N, M)."""
    before: list[Group] = [path.candidates[-1].groups[-1] if path.candidates else () for path in paths]
    firsts = [candidate.groups[0] for candidate in candidates]
    if candidates[0].follows:
        together = _together(lexicon, before, firsts)
    else:
        together = np.zeros((len(paths), len(candidates)), np.int64)
    own = [_inner_score(lexicon, candidate) - candidate.cost for candidate in candidates]
    so_far = np.array([path.score for path in paths])
    scores: _Matrix = so_far[:, None] + _likelihoods(lexicon, before, firsts, together) + np.array(own)
    return scores


def _inner_score(lexicon: Lexicon, candidate: Candidate) -> float:
    """The score of the syllables of a candidate after each other; 0 for a single one."""
    return sum(
        float(_likelihoods(lexicon, [first], [second], _together(lexicon, [first], [second]))[0, 0])
        for first, second in pairwise(candidate.groups)
    )


def _likelihoods(
    lexicon: Lexicon, before: Sequence[Group], after: Sequence[Group], together: Counts
) -> _Matrix:
    """The natural logarithms of the probability of each of M groups after each of N; shape (N, M).

    Args:
        together: how often each of the M groups follows each of the N; shape (N, M).
    """
    counts = np.array([max(occurrences(group), 1) for group in before], np.float64)
    alone = np.array([share(group, lexicon.total) for group in after])
    likelihoods: _Matrix = np.log((1 - FOLLOWING) * alone + FOLLOWING * together / counts[:, None])
    return likelihoods


def _together(lexicon: Lexicon, firsts: Sequence[Group], seconds: Sequence[Group]) -> Counts:
    """How often a term of each of M second groups follows a term of each of N first groups; shape (N, M)."""
    first_terms = list(dict.fromkeys(term for group in firsts for term, _ in group))
    second_terms = list(dict.fromkeys(term for group in seconds for term, _ in group))
    pairs = lexicon.bigram_counts(first_terms, second_terms)
    return _members(firsts, first_terms) @ pairs @ _members(seconds, second_terms).T


def _members(groups: Sequence[Group], terms: Sequence[str]) -> Counts:
    """1 where one of N groups has one of M terms, else 0; shape (N, M)."""
    places = {term: place for place, term in enumerate(terms)}
    members = np.zeros((len(groups), len(terms)), np.int64)
    for row, group in enumerate(groups):
        members[row, [places[term] for term, _ in group]] = 1
    return members
