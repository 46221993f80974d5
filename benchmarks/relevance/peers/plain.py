r"""How good is BM25 without more? One field of the words of all texts; and with half the BM25 of pairs.

A word is ``\w+`` of the text in NFC and lower case: a syllable. Pairs do not cross from text to text.
"""

import itertools
import json
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.relevance.asking import Ask
from benchmarks.relevance.peers.texts import texts_of
from corpus.article import Article

K1, B = 1.2, 0.75
BIGRAMS = 0.5  # of a pair's BM25 counts

_WORD = re.compile(r"\w+")
_WIDTH = 1 << 32  # a pair's key: first * _WIDTH + second
_BREAK = 0  # the number that stands between texts

Array = NDArray[Any]


def words(text: str) -> list[str]:
    """The syllables of a text."""
    return _WORD.findall(unicodedata.normalize("NFC", text).lower())


def fill(folder: Path, articles: Iterable[Article]) -> None:
    """Numbers every word, then sorts words and pairs into postings."""
    vocabulary: dict[str, int] = {}
    ids: list[str] = []
    places: list[Array] = []
    for article in articles:
        ids.append(article.id)
        numbers = [
            (*(vocabulary.setdefault(word, len(vocabulary) + 1) for word in words(text)), _BREAK)
            for text in texts_of(article).values()
        ]
        places.append(np.array(list(itertools.chain(*numbers)), np.int64))
    documents = np.repeat(np.arange(len(ids), dtype=np.int32), [len(one) for one in places])
    terms = np.concatenate(places)
    pairs = np.flatnonzero((terms[:-1] != _BREAK) & (terms[1:] != _BREAK))
    found = terms != _BREAK
    lengths = np.bincount(documents[found], minlength=len(ids))
    _save(folder / "syllables.npz", terms[found], documents[found], lengths)
    _save(folder / "bigrams.npz", terms[pairs] * _WIDTH + terms[pairs + 1], documents[pairs], lengths)
    (folder / "words.json").write_text(json.dumps({"ids": ids, "vocabulary": vocabulary}), "utf-8")


def _save(path: Path, keys: Array, documents: Array, lengths: Array) -> None:
    """The postings of keys: of each its articles, ascending, and how often it stands there."""
    order = np.argsort(keys, kind="stable")
    keys, documents = keys[order], documents[order]
    first = np.flatnonzero((np.diff(keys, prepend=-1) != 0) | (np.diff(documents, prepend=-1) != 0))
    frequencies = np.diff(first, append=len(keys))
    known, starts = np.unique(keys[first], return_index=True)
    np.savez(
        path,
        known=known,
        starts=np.append(starts, len(first)),
        documents=documents[first],
        frequencies=frequencies.astype(np.float32),
        shrink=(K1 * (1 - B + B * lengths / lengths.mean())).astype(np.float32),
    )


@dataclass(frozen=True, slots=True)
class _Postings:
    """Of words, or of pairs."""

    known: Array
    starts: Array
    documents: Array
    frequencies: Array
    shrink: Array

    def add(self, scores: Array, key: int, weight: float) -> None:
        """Adds a key's BM25 to the scores."""
        place = int(np.searchsorted(self.known, key))
        if place == len(self.known) or self.known[place] != key:
            return
        there = slice(self.starts[place], self.starts[place + 1])
        documents, frequencies = self.documents[there], self.frequencies[there]
        idf = np.log1p((len(scores) - len(documents) + 0.5) / (len(documents) + 0.5))
        scores[documents] += weight * idf * frequencies * (K1 + 1) / (frequencies + self.shrink[documents])


def opened(folder: Path, variant: str) -> Ask:
    """Scores of all articles, then the best; ties by the order of the archive."""
    kept = json.loads((folder / "words.json").read_text("utf-8"))
    ids: list[str] = kept["ids"]
    vocabulary: dict[str, int] = kept["vocabulary"]
    syllables = _Postings(**np.load(folder / "syllables.npz"))
    bigrams = _Postings(**np.load(folder / "bigrams.npz")) if variant == "bigrams" else None

    def ask(query: str, depth: int) -> Sequence[str]:
        numbers = [vocabulary.get(word, _BREAK) for word in words(query)]
        scores = np.zeros(len(ids))
        for number in numbers:
            syllables.add(scores, number, 1.0)
        if bigrams is not None:
            for one, other in itertools.pairwise(numbers):
                bigrams.add(scores, one * _WIDTH + other, BIGRAMS)
        return [ids[place] for place in _best(scores, depth)]

    return ask


def _best(scores: Array, depth: int) -> Array:
    """The places of the best that score at all, the first of equals first."""
    least = np.partition(scores, -depth)[-depth] if depth < len(scores) else 0.0
    candidates = np.flatnonzero((scores >= least) & (scores > 0))
    return candidates[np.argsort(-scores[candidates], kind="stable")][:depth]
