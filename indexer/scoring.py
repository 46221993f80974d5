"""How is a match scored? By BM25F over one weighted field.

With tf the weighted count of a match in an article (title 3, lede 2, body and captions 1), L the
article's weighted length, A the mean of L, N the articles and n those that match:

    idf    = ln(1 + (N - n + 0.5) / (n + 0.5))
    weight = idf · tf · (k1 + 1) / (tf + k1 · (1 - b + b · L / A))

An article's score is the sum over the query's matches, in the order they were typed. Sources:
Robertson & Zaragoza 2009 (BM25F as one weighted field); the idf is Lucene's BM25Similarity's.
"""

import math
from typing import TypeVar

import numpy as np
import numpy.typing as npt

RANKING = "1"
"""Which rules order results by relevance: raised when the same index would give another order."""

K1 = 1.2
B = 0.75

Number = TypeVar("Number", float, npt.NDArray[np.float64])


def inverse_document_frequency(articles: int, matching: int) -> float:
    """The idf of a match with a document frequency of ``matching`` among ``articles``.

    >>> round(inverse_document_frequency(1000, 10), 3)
    4.557
    """
    return math.log(1 + (articles - matching + 0.5) / (matching + 0.5))


def norm(length: Number, mean_length: float) -> Number:
    """The length norm of an article: the second term of the divisor; the mean is 0 where all are empty."""
    return K1 * (1 - B + B * length / (mean_length or 1.0))


def weight(idf: float, frequency: Number, norms: Number) -> Number:
    """The weight that one match adds to a score: for one article, or for arrays of shape (articles,).

    >>> round(weight(2.0, 1.0, norm(100.0, 100.0)), 3)
    2.0
    """
    return idf * frequency * (K1 + 1) / (frequency + norms)
