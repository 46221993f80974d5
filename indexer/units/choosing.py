"""Which runs of syllables are units of a corpus? Words as it was cut, names as it prints them, set phrases.

The words come from what was cut (:mod:`corpus_words`), names and set phrases from the heads of the articles
(:mod:`names`, :mod:`phrases`). A run that is two of these is listed once, a name before a word and a word
before a phrase. The arrays depend on the counts and on the set of heads, never on the order of the articles.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

from indexer.arrays.file import string_arrays
from indexer.row_order import Int64Array, order_rows
from indexer.suggest.head_texts import HeadTexts
from indexer.units.corpus_words import LEAST_COUNT, CorpusWords, Runs, choose_words, read_words
from indexer.units.head_words import read_heads
from indexer.units.names import NameRows, choose_names
from indexer.units.phrases import PhraseRows, choose_set_phrases
from indexer.units.spellings import look_up_rows
from indexer.units.table import FIRST_SHIFT, KINDS, LONGEST, UnitKind, hash_rows
from indexer.word_counts import WordCounts

_NAME, _WORD, _PHRASE = (KINDS.index(kind) for kind in (UnitKind.NAME, UnitKind.WORD, UnitKind.PHRASE))
_MOST = np.iinfo(np.uint32).max


def choose_units(counts: WordCounts, heads: HeadTexts) -> dict[str, npt.NDArray[Any]]:
    """The arrays of the table of units (see indexer.units.table)."""
    corpus = read_words(counts)
    syllables = read_heads(heads, corpus.spellings)
    words, names = choose_words(corpus), choose_names(corpus, syllables)
    phrases = choose_set_phrases(corpus, syllables)
    levels = [
        _level(corpus, length, words.get(length), names.get(length), phrases.get(length))
        for length in range(2, LONGEST + 1)
    ]
    return _arrays(corpus, len(heads.ids), [level for level in levels if len(level[0])])


_Level = tuple[Int64Array, Int64Array, Int64Array, Int64Array]
"""Rows (N, L), with the counts, places and kinds of each (N,)."""


def _level(
    corpus: CorpusWords, length: int, words: Runs | None, names: NameRows | None, phrases: PhraseRows | None
) -> _Level:
    """The units of one length, each once: a name as often as it was cut as a word, if that is more."""
    empty = Runs(np.zeros((0, length), np.int64), np.zeros(0, np.int64), np.zeros(0, np.int64))
    words = words or empty
    parts: list[_Level] = []
    if names is not None and len(names.rows):
        cut = corpus.words.get(length, empty)
        counted = np.maximum(look_up_rows(cut.rows, cut.counts, names.rows), names.heads)
        places = np.maximum(look_up_rows(cut.rows, cut.places, names.rows), counted)
        parts.append((names.rows, counted, places, np.full(len(counted), _NAME)))
    parts.append((words.rows, words.counts, words.places, np.full(len(words.counts), _WORD)))
    if phrases is not None and len(phrases.rows):
        kinds = _PHRASE | phrases.firsts << FIRST_SHIFT
        parts.append((phrases.rows, phrases.heads, phrases.both, kinds))
    rows, counts, places, kinds = (np.concatenate(column) for column in zip(*parts, strict=True))
    order, opens = order_rows(rows)
    first = order[opens]
    return rows[first], counts[first], places[first], kinds[first]


def _arrays(corpus: CorpusWords, articles: int, levels: list[_Level]) -> dict[str, npt.NDArray[Any]]:
    """The arrays, with the spellings that are a unit by themselves often enough, or are in a run."""
    used = corpus.single >= LEAST_COUNT
    for rows, *_ in levels:
        used[rows.ravel()] = True
    kept = np.flatnonzero(used)
    numbers = np.cumsum(used) - 1
    keys = [corpus.spellings.keys[spelling] for spelling in kept.tolist()]
    distinct = sorted(set(keys))
    key_of = np.searchsorted(np.array(distinct, object), np.array(keys, object)) if keys else kept
    return {
        "unit_total": np.array([corpus.total, articles], np.int64),
        **string_arrays("spelling", [corpus.forms[spelling].encode() for spelling in kept.tolist()]),
        "spelling_counts": _narrow(corpus.single[kept]),
        "spelling_places": _narrow(corpus.places[kept]),
        **string_arrays("unit_key", [key.encode() for key in distinct]),
        "key_spellings": np.searchsorted(key_of, np.arange(len(distinct) + 1)).astype(np.uint32),
        **_runs([(numbers[level[0]], *level[1:]) for level in levels], key_of),
    }


def _runs(levels: list[_Level], key_of: Int64Array) -> dict[str, npt.NDArray[Any]]:
    """The arrays of the runs: sorted by the hash of their keys, then by length and spellings."""
    hashes = [hash_rows(key_of[rows]) for rows, *_ in levels]
    lengths = np.concatenate([np.full(len(rows), rows.shape[1]) for rows, *_ in levels] or [np.zeros(0, int)])
    order = np.argsort(np.concatenate(hashes or [np.zeros(0, np.uint64)]), kind="stable")
    starts = np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths)])[:-1]
    flat = np.concatenate([rows.ravel() for rows, *_ in levels] or [np.zeros(0, np.int64)])
    ends = np.cumsum(lengths[order])
    at = np.repeat(starts[order] - (ends - lengths[order]), lengths[order]) + np.arange(len(flat))
    counts, places, kinds = (
        np.concatenate([level[column] for level in levels] or [np.zeros(0, np.int64)])[order]
        for column in (1, 2, 3)
    )
    return {
        "run_hashes": np.concatenate(hashes or [np.zeros(0, np.uint64)])[order],
        "run_ends": ends.astype(np.uint32),
        "run_spellings": flat[at].astype(np.uint32),
        "run_counts": _narrow(counts),
        "run_places": _narrow(places),
        "run_kinds": kinds.astype(np.uint8),
    }


def _narrow(counts: Int64Array) -> npt.NDArray[np.uint32]:
    return np.minimum(counts, _MOST).astype(np.uint32)
