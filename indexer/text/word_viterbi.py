"""Where do words begin, by underthesea's word model? For many texts at once, on arrays.

Of the two labels' scores only the difference d matters (B-W less I-W: above 0 a word begins). With it
Viterbi's forward step is ``d[t] = score[t] + clip(turn - d[t - 1], low, high)``. Where the clip takes a
bound, d[t] does not depend on what came before, so the differences of all texts settle after a few sweeps.
Where they never reach the bounds, as in a row of ``[[[[``, a sweep settles one token: after ``SWEEPS`` sweeps
the rest is computed token by token. In backtracking, a difference outside two thresholds decides its label
alone; between them the label is the opposite of the next one.

underthesea sums the scores themselves, and in another order: after k tokens the two sums together may be off
by some 1e-14 k² (4k additions of scores up to 15k). A decision that is nearer to its threshold than
``TOO_CLOSE`` k² is reported, so that word_exact decides it as underthesea does.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from indexer.text.word_scores import Scores

TOO_CLOSE = 1e-13
SWEEPS = 40  # prose settles within twenty

Flags = npt.NDArray[np.bool_]
Indices = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Transitions:
    """The transition weights between two labels of which a change is likelier than a repetition.

    Args:
        turn: the forward step subtracts the difference before from it.
        low, high: bounds of what the difference before contributes.
        after_word: below it, the token before a word's beginning is itself inside a word.
        inside_word: below it, the token before a token inside a word is inside it too.
    """

    turn: float
    low: float
    high: float
    after_word: float
    inside_word: float


def transitions_of(transitions: npt.NDArray[np.float64]) -> Transitions:
    """The bounds and thresholds of transition weights float64 (2, 2), from B-W and I-W (rows) to B-W and I-W.

    Raises:
        ValueError: a repetition is likelier than a change: backtracking would need another rule.
    """
    (begin_begin, begin_inside), (inside_begin, inside_inside) = transitions.tolist()
    made = Transitions(
        turn=inside_begin - begin_inside,
        low=begin_begin - begin_inside,
        high=inside_begin - inside_inside,
        after_word=inside_begin - begin_begin,
        inside_word=inside_inside - begin_inside,
    )
    if made.inside_word > made.after_word:
        raise ValueError(f"transitions {transitions.tolist()}: these labels would rather stay")
    return made


def forward(scores: Scores, first: Flags, transitions: Transitions) -> Scores:
    """The best score of all labels up to a token if a word begins there, less the best if not.

    Args:
        scores: float64 (N,).
        first: bool (N,); the tokens with none before them.

    Returns:
        float64 (N,).
    """
    found = scores.copy()
    follows = np.append(~first, False)
    moved = np.flatnonzero(follows)
    for _ in range(SWEEPS):
        if not len(moved):
            return found
        said = np.clip(transitions.turn - found[moved - 1], transitions.low, transitions.high)
        settled = scores[moved] + said
        changed = settled != found[moved]
        found[moved] = settled
        after = moved[changed] + 1
        moved = after[follows[after]]
    return _walk_on(found, scores, moved, follows, transitions)


def _walk_on(
    found: Scores, scores: Scores, moved: Indices, follows: Flags, transitions: Transitions
) -> Scores:
    """Settles token by token what the sweeps have not settled.

    Args:
        found: float64 (N,), settled but behind ``moved``.
        scores: float64 (N,).
        moved: intp (M,), ascending; the tokens behind one whose difference changed last.
        follows: bool (N + 1,); the tokens with one before them.
    """
    differences, settled = found.tolist(), 0
    for start in moved.tolist():
        token = max(start, settled)
        while follows[token]:
            said = min(max(transitions.turn - differences[token - 1], transitions.low), transitions.high)
            difference = float(scores[token]) + said
            if difference == differences[token]:
                break
            differences[token] = difference
            token += 1
        settled = max(token, settled)
    return np.array(differences)


def backtrack(
    differences: Scores, first: Flags, last: Flags, transitions: Transitions
) -> tuple[Flags, Flags]:
    """Where a word begins, and which decisions are too close to be sure: both bool (N,).

    Args:
        differences: float64 (N,), settled.
        first: bool (N,); the tokens with none before them. The first token of all is one.
        last: bool (N,); the tokens with none after them. The last token of all is one.
    """
    above = np.where(last, 0.0, transitions.after_word)
    below = np.where(last, 0.0, transitions.inside_word)
    begins = differences >= above
    places = np.arange(len(differences))
    decided = np.where(begins | (differences < below), places, len(differences))
    deciding = np.minimum.accumulate(decided[::-1])[::-1]
    turned = (deciding - places) % 2 == 1
    found = begins[deciding] ^ turned
    asked = np.where(np.append(found[1:], True), above, below)
    count = 1 + places - np.maximum.accumulate(np.where(first, places, 0))
    return found, abs(differences - asked) < TOO_CLOSE * count**2
