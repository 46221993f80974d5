"""What does underthesea's word model know of a token, a pair, a triple?

A feature of the model is a run of one, two or three tokens at a fixed distance ("T[-1,0]": the token
before and this one), as written, lower-cased, or asked a question: digits? a capital first? in the
dictionary? All that matters of a feature is its difference, what it speaks for a word that begins
here (B-W) less what it speaks for one that goes on (I-W). So the model is a few tables: a run's
number leads to the differences it adds, one a distance. Outside the text stand the strings BOS and EOS,
which are features too; a token spelt "BOS" is the same feature, as it is for underthesea.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from indexer.text.crfsuite import CrfModel

UNKNOWN, BEGIN, END = 0, 1, 2  # numbers of what no table names, of BOS and EOS
BITS = 20  # of a number in a run's key: three fit into int64
SPANS = {1: ("-2", "-1", "0", "1", "2"), 2: ("-2,-1", "-1,0", "0,1", "1,2"), 3: ("-2,0", "-1,1", "0,2")}
"""The distances of the runs of one, two and three tokens."""

_INT32 = range(-(2**31), 2**31)
_INTEGER = re.compile(r"[+-]?[0-9]+")
# Lower case since Unicode 15 to 17, which underthesea_core knows and Python 3.11 does not.
_YOUNG_LOWER = re.compile("[\u019b\u0264\u1c8a\ua7cd\ua7cf\ua7d3\ua7d5\ua7db\U00010d70-\U00010d85\U00016ebb-\U00016ed3]")

Differences = npt.NDArray[np.float64]
Keys = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows by key: ``keys`` (K,) ascending; ``rows`` (K + 1, D), the last for keys not in the table."""

    keys: Keys
    rows: Differences

    def find(self, keys: Keys) -> Differences:
        """The rows of keys (N,): (N, D)."""
        places = np.searchsorted(self.keys, keys)
        places[self.keys[np.minimum(places, len(self.keys) - 1)] != keys] = len(self.keys)
        return self.rows[places]


@dataclass(frozen=True, slots=True)
class Runs:
    """What the model knows of runs of W tokens, at D distances.

    Args:
        written: by the key of the tokens as written, and of the text's edges.
        lowered: by the key of the tokens in lower case; whether the dictionary holds them is added in.
        titled: float64 (3, D): some token has no capital first, all have, the run crosses an edge.
    """

    written: Table
    lowered: Table
    titled: Differences


class WordModel:
    """The tables of a model, and the numbers of the tokens they name."""

    def __init__(self, model: CrfModel, dictionary: Iterable[str]) -> None:
        self._weights = _differences(model)
        self._dictionary = frozenset(dictionary)
        self.written = _numbers(self._values(""))
        self.lowered = _numbers([*self._values(".lower"), *self._dictionary])
        self.pairs = self._runs(2)
        self.triples = self._runs(3)
        begin = model.labels.index("B-W")
        self.transitions = model.transitions if begin == 0 else model.transitions[::-1, ::-1]

    def single(self, token: str) -> list[float]:
        """What a token speaks for each distance of ``SPANS[1]``."""
        lowered = token.lower()
        answers = {
            "": token,
            ".lower": lowered,
            ".isdigit": str(is_digit(token)),
            ".istitle": str(is_title(token)),
            ".is_in_dict": str(lowered in self._dictionary),
        }
        return self._sums(1, answers)

    def edge(self, sign: str) -> list[float]:
        """The same for an edge of the text: "BOS" or "EOS"."""
        return self._sums(1, dict.fromkeys(("", ".lower", ".isdigit", ".istitle", ".is_in_dict"), sign))

    def _runs(self, width: int) -> Runs:
        functions = ("", ".lower", ".istitle", ".is_in_dict")
        edges = {sign: self._sums(width, dict.fromkeys(functions, sign)) for sign in ("BOS", "EOS")}
        titled = [self._sums(width, {".istitle": answer}) for answer in ("False", "True")]
        return Runs(
            self._table(width, self.written, {"": None}, edges),
            self._table(width, self.lowered, {".lower": None, ".is_in_dict": self._dictionary}, {}),
            np.array([*titled, [0.0] * len(SPANS[width])]),
        )

    def _sums(self, width: int, answers: Mapping[str, str]) -> list[float]:
        return [
            sum(self._weights.get(f"T[{span}]{function}", {}).get(value, 0.0) for function, value in answers.items())
            for span in SPANS[width]
        ]
