"""Which weights has underthesea's word model for a token, a bigram, a trigram of tokens?

Of a feature's two weights only the difference matters: its weight for a word that begins here (B-W) less its
weight for a word that goes on (I-W). Tokens get numbers; the numbers of an n-gram make one key, and the key
leads to a row of differences, one for each span of that width.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from indexer.text.crfsuite import CrfModel
from indexer.text.word_features import (
    FUNCTIONS,
    IN_DICTIONARY,
    LOWER,
    SPANS,
    TITLE,
    WRITTEN,
    feature,
    is_digit,
    is_title,
)

UNKNOWN = 0  # the number of a token that no table names
BEFORE, AFTER = -2, -1  # keys of n-grams that cross the beginning or the end of the text
BITS = 20  # of a token's number in a key: three fit into int64

FeatureRows = npt.NDArray[np.float64]
Keys = npt.NDArray[np.int64]
Weights = dict[str, dict[str, float]]
"""Feature name to feature value to difference."""


@dataclass(frozen=True, slots=True)
class FeatureTable:
    """Rows by key: ``keys`` int64 (K,) ascending; ``rows`` float64 (K + 1, D), the last for all others."""

    keys: Keys
    rows: FeatureRows

    def find(self, keys: Keys) -> FeatureRows:
        """The rows (N, D) of keys (N,)."""
        places = np.searchsorted(self.keys, keys)
        is_known = self.keys[np.minimum(places, len(self.keys) - 1)] == keys
        return self.rows[np.where(is_known, places, len(self.keys))]


@dataclass(frozen=True, slots=True)
class NGramTables:
    """The differences for n-grams of W tokens, over the D spans of that width.

    Args:
        written: by the key of the tokens as written; n-grams that cross an edge of the text are here.
        lowered: by the key of the tokens in lower case, in the dictionary or not.
        titled: float64 (3, D): for n-grams of which some token is no title, of which all are, and that
            cross an edge.
    """

    written: FeatureTable
    lowered: FeatureTable
    titled: FeatureRows


class WordModel:
    """The tables of a model, and the numbers of the tokens they name.

    Args:
        model: labels B-W and I-W, in this order.
        dictionary: what ``is_in_dict`` asks for, in lower case, syllables parted by a space.
    """

    def __init__(self, model: CrfModel, dictionary: frozenset[str]) -> None:
        if model.labels != ["B-W", "I-W"]:
            raise ValueError(f"the word model's labels are {model.labels}, not B-W and I-W")
        self.transitions = model.transitions
        self._dictionary = dictionary
        self._weights = _differences(model)
        self._single_weights = [
            [self._weights[feature(span, function)] for function in FUNCTIONS] for span in SPANS[1]
        ]
        words = {width: frozenset(filter(_is_run(width), self._dictionary)) for width in (2, 3)}
        self.written = self._numbers(WRITTEN, frozenset())
        self.lowered = self._numbers(LOWER, words[2] | words[3])
        self.pairs = self._runs(2, words[2])
        self.triples = self._runs(3, words[3])

    def single(self, token: str) -> list[float]:
        """The differences of a token, over the spans of one token."""
        lowered = token.lower()
        digit, title, known = str(is_digit(token)), str(is_title(token)), str(lowered in self._dictionary)
        return [
            as_written.get(token, 0.0)
            + in_lower.get(lowered, 0.0)
            + for_digit.get(digit, 0.0)
            + for_title.get(title, 0.0)
            + for_known.get(known, 0.0)
            for as_written, in_lower, for_digit, for_title, for_known in self._single_weights
        ]

    def edge(self, sign: str, width: int = 1) -> list[float]:
        """The differences of an n-gram that crosses an edge of the text ("BOS" or "EOS")."""
        return self._row(width, dict.fromkeys(FUNCTIONS, sign))

    def _row(self, width: int, answers: dict[str, str]) -> list[float]:
        return [
            sum(
                self._weights[feature(span, function)].get(answer, 0.0)
                for function, answer in answers.items()
            )
            for span in SPANS[width]
        ]

    def _runs(self, width: int, words: frozenset[str]) -> NGramTables:
        nothing = np.zeros((2, len(SPANS[width])))
        edges = np.array([self.edge("BOS", width), self.edge("EOS", width)])
        titled = np.array([self._row(width, {TITLE: answer}) for answer in ("False", "True")])
        known = np.array([self._row(width, {IN_DICTIONARY: answer}) for answer in ("False", "True")])
        return NGramTables(
            self._table(width, WRITTEN, frozenset(), nothing, edges),
            self._table(width, LOWER, words, known, nothing),
            np.concatenate([titled, nothing[:1]]),
        )

    def _table(
        self, width: int, function: str, words: frozenset[str], answers: FeatureRows, edges: FeatureRows
    ) -> FeatureTable:
        """A row for each n-gram that is a value of a feature, or one of the words.

        Args:
            answers: float64 (2, D); the differences of an n-gram that is not, or is, among the words.
            edges: float64 (2, D); those of an n-gram that crosses the beginning or the end.
        """
        columns = [self._weights[feature(span, function)] for span in SPANS[width]]
        runs = list(filter(_is_run(width), words.union(*columns)))
        rows = answers[np.array([run in words for run in runs], np.intp)]
        for place, column in enumerate(columns):
            rows[:, place] += [column.get(run, 0.0) for run in runs]
        keys = _keys(self.lowered if function == LOWER else self.written, runs, width)
        order = np.argsort(keys)
        return FeatureTable(
            np.concatenate([[BEFORE, AFTER], keys[order]]), np.concatenate([edges, rows[order], answers[:1]])
        )

    def _numbers(self, function: str, words: frozenset[str]) -> dict[str, int]:
        """Numbers from 1 for the tokens of all n-grams that are values of features, or words."""
        runs = words.union(*(self._weights[feature(span, function)] for span in SPANS[2] + SPANS[3]))
        tokens = set(" ".join(runs).split(" "))
        return {token: number for number, token in enumerate(tokens, UNKNOWN + 1)}


def _differences(model: CrfModel) -> Weights:
    weights: Weights = defaultdict(dict)
    differences = model.states[:, 0] - model.states[:, 1]
    for attribute, difference in zip(model.attributes, differences.tolist(), strict=True):
        name, answer = attribute.split("=", 1)
        weights[name][answer] = difference
    return weights


def _is_run(width: int) -> Callable[[str], object]:
    """A test whether a string has exactly so many tokens; "BOS" and words with double spaces have not."""
    return re.compile(" ".join(["[^ ]+"] * width)).fullmatch


def _keys(numbers: dict[str, int], runs: list[str], width: int) -> Keys:
    """The key of each n-gram: (N,)."""
    tokens = " ".join(runs).split(" ")
    columns = np.array([numbers[token] for token in tokens], np.int64).reshape(-1, width).T
    return join_keys(list(columns))


def join_keys(columns: Sequence[Keys]) -> Keys:
    """Keys (N,) of n-grams whose first, second, third tokens have these numbers (each (N,))."""
    keys = columns[0]
    for column in columns[1:]:
        keys = keys << BITS | column
    return keys
