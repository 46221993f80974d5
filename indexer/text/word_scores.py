"""How much speaks for a word to begin at each token? The sum of all features' differences, on arrays.

The row of an n-gram is looked up once, at its first token, for all spans of its width; then each span's
difference is added to the token that the span is about, some places to the left or right.
"""

import numpy as np
import numpy.typing as npt

from indexer.text.word_model import AFTER, BEFORE, FeatureRows, Keys, NGramTables, WordModel, join_keys
from indexer.text.word_tokens import BEGIN, END, MARGIN, TokenNumbers, Tokens

Scores = npt.NDArray[np.float64]
CROSSES_EDGE = 2  # the row of NGramTables.titled


def scores(numbers: TokenNumbers, tokens: Tokens, model: WordModel) -> Scores:
    """The difference B-W less I-W of each token (N,) without its neighbours' labels; float64 (N,).

    The values at the margins (BEGIN, END) have no meaning.
    """
    written, lowered, title = tokens.known(numbers)
    total = np.zeros(len(numbers))
    _add(total, tokens.singles(numbers))
    for width, runs in ((2, model.pairs), (3, model.triples)):
        edge = _edges(numbers, width)
        _add(total, runs.written.find(_keys(written, width, edge)))
        _add(total, runs.lowered.find(_keys(lowered, width, edge)))
        _add(total, _titled(title, width, edge, runs))
    return total


def _add(total: Scores, rows: FeatureRows) -> None:
    """Adds rows (N or fewer, D), each at its n-gram's first token, to the tokens they are about.

    The first column is about the token two places on, the next about the one before that.
    """
    inner = total[MARGIN:-MARGIN]
    for place, column in enumerate(rows.T):
        inner += column[place : place + len(inner)]


def _edges(numbers: TokenNumbers, width: int) -> Keys:
    """For each n-gram (N - width + 1,): BEFORE or AFTER where it crosses an edge of its text, else 0."""
    count = len(numbers) - width + 1
    after = np.where(numbers[width - 1 :] == END, AFTER, 0)
    return np.where(numbers[:count] == BEGIN, BEFORE, after)


def _keys(numbers: TokenNumbers, width: int, edge: Keys) -> Keys:
    """The key of each n-gram (N - width + 1,)."""
    keys = join_keys([numbers[place : place + len(edge)] for place in range(width)])
    return np.where(edge == 0, keys, edge)


def _titled(title: TokenNumbers, width: int, edge: Keys, runs: NGramTables) -> FeatureRows:
    """The differences of each n-gram for all its tokens being titles, or not: float64 (N - width + 1, D)."""
    all_titles = np.bitwise_and.reduce([title[place : place + len(edge)] for place in range(width)])
    return runs.titled[np.where(edge == 0, all_titles, CROSSES_EDGE)]
