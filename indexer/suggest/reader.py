"""Which completions are offered for what was typed? Phrases of the corpus by frequency, then headlines.

The longest tail of whole syllables that has completions is completed, and the text before it stays. Typed
marks bind, marks left out are free (:mod:`indexer.text.readings`); the last syllable is a prefix unless a
space follows it. Nothing is offered after a punctuation mark.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache, partial
from itertools import chain

import numpy as np

from indexer.arrays.derived import DerivedFile
from indexer.arrays.file import AnyArray
from indexer.suggest.head_texts import FORM, JOINT, JOINT_SHIFT, JOINTS, Int64Array
from indexer.suggest.prefix_index import PrefixIndex, TypedSyllable
from indexer.suggest.suggestion import Kind, Suggestion
from indexer.text.fold import fold
from indexer.text.normalise import normalise
from indexer.text.readings import begins, means
from indexer.text.syllables import Syllable, syllables

MAX_TAIL_SYLLABLES = 24
"""At most so many syllables are looked at: the last ones."""

_HEADLINES_FROM = 3
"""From so many syllables on, a quarter of the offers is reserved for headlines."""

_SHORTEST_TAIL = 2
"""Least number of letters of a tail that is a single syllable, where more was typed before it."""


class SuggestionReader:
    """Reads a file of suggestions; safe for threads."""

    def __init__(self, stored: DerivedFile) -> None:
        arrays = stored.arrays
        self.number = stored.number
        self._forms = _Strings(arrays["form_bytes"], arrays["form_ends"])
        self._ids = _Strings(arrays["id_bytes"], arrays["id_ends"])
        self._titles = _Strings(arrays["title_bytes"], arrays["title_ends"])
        self._folded = arrays["folded"]
        self._articles = arrays["phrase_articles"]
        self._rows = arrays["headline_rows"]
        self._days = arrays["days"]
        tokens = arrays["tokens"]
        self._phrases = PrefixIndex(tokens, self._folded, arrays["phrase_at"], arrays["phrase_lengths"])
        self._headlines = PrefixIndex(tokens, self._folded, arrays["headline_at"], arrays["headline_lengths"])
        self._fits = lru_cache(maxsize=1 << 16)(self._find_fitting)

    def suggestions(self, typed: str, limit: int) -> tuple[Suggestion, ...]:
        """At most ``limit`` completions of what was typed, the best first; none of them is what was typed."""
        tail, open_ended = _tail(typed)
        whole = bool(tail) and not typed[: tail[0].start].strip()
        for first in range(len(tail)):
            here = tail[first:]
            if (first or not whole) and len(here) == 1 and len(here[0].term) < _SHORTEST_TAIL:
                break
            wanted = self._typed_syllables(here, open_ended=open_ended)
            kept = typed[: here[0].start].lstrip()
            headlines = wanted if whole and not first else []
            found = _distinct(self._offered(wanted, headlines, kept, limit), typed, limit)
            if found:
                return found
        return ()

    def _offered(
        self, wanted: Sequence[TypedSyllable], whole: Sequence[TypedSyllable], kept: str, limit: int
    ) -> Iterator[Suggestion]:
        """The candidates in order, maybe more than ``limit``: phrases first, except in headlines' places."""
        headlines = self._best_headlines(whole, limit)
        places = len(headlines[: limit // 4]) if len(wanted) >= _HEADLINES_FROM else 0
        phrases = self._best_phrases(wanted, kept, limit)
        cut = max(limit - places, 0)
        yield from chain(phrases[:cut], headlines[:places], phrases[cut:], headlines[places:])

    def _typed_syllables(self, tail: Sequence[Syllable], *, open_ended: bool) -> list[TypedSyllable]:
        last = len(tail) - 1
        return [
            self._typed_syllable(syllable.term, is_prefix=open_ended and place == last)
            for place, syllable in enumerate(tail)
        ]

    def _typed_syllable(self, term: str, *, is_prefix: bool) -> TypedSyllable:
        plain = fold(term)
        numbers = range(len(self._forms))
        first = bisect_left(numbers, plain, key=self._plain)
        last = bisect_left(numbers, plain + ("\U0010ffff" if is_prefix else "\0"), lo=first, key=self._plain)
        here = range(first, last)
        span = (int(self._folded[first]), int(self._folded[last - 1]) + 1) if here else (0, 0)
        return TypedSyllable(*span, None if plain == term else partial(self._fits, term, is_prefix))

    def _find_fitting(self, term: str, is_prefix: bool, form: int) -> bool:
        """Whether the marks of a form, whose letters are those of a typed syllable, fit that syllable."""
        fitting = begins if is_prefix else means
        return fitting(term, normalise(self._forms[form]), complete=False)

    def _plain(self, form: int) -> str:
        return fold(normalise(self._forms[form]))

    def _best_phrases(self, wanted: Sequence[TypedSyllable], kept: str, limit: int) -> list[Suggestion]:
        """The best by count, then the shorter; twice as many as asked for: duplicates are dropped later."""
        found = self._phrases.starting_with(wanted)
        rank = self._articles[found].astype(np.int64) * 8 - self._phrases.lengths[found]
        return [
            Suggestion(kept + self._phrase(run), Kind.PHRASE, int(self._articles[run]))
            for run in _best(found, rank, 2 * limit)
        ]

    def _best_headlines(self, wanted: Sequence[TypedSyllable], limit: int) -> list[Suggestion]:
        """The newest first; twice as many as asked for."""
        found = self._headlines.starting_with(wanted)
        rows = self._rows[found].astype(np.int64)
        return [
            Suggestion(self._titles[row], Kind.HEADLINE, 1, self._ids[row])
            for row in _best(rows, self._days[rows], 2 * limit)
        ]

    def _phrase(self, run: int) -> str:
        """The printed form of a phrase."""
        start = int(self._phrases.at[run])
        tokens = self._phrases.tokens[start : start + int(self._phrases.lengths[run])].tolist()
        pieces = [JOINTS[token >> JOINT_SHIFT & JOINT] + self._forms[token & FORM] for token in tokens[1:]]
        return self._forms[tokens[0] & FORM] + "".join(pieces)


class _Strings:
    """Strings that lie end to end in a file, decoded one by one."""

    def __init__(self, data: AnyArray, ends: AnyArray) -> None:
        self._data, self._ends = data, ends

    def __len__(self) -> int:
        return len(self._ends)

    def __getitem__(self, number: int) -> str:
        start = int(self._ends[number - 1]) if number else 0
        return self._data[start : int(self._ends[number])].tobytes().decode()


def _tail(typed: str) -> tuple[list[Syllable], bool]:
    """The last syllables that only joints separate, and whether the last one is still being typed."""
    found = list(syllables(typed))
    if not found:
        return [], False
    after = typed[found[-1].end :]
    if after.strip():
        return [], False
    first = len(found) - 1
    while first and _joins(typed[found[first - 1].end : found[first].start]):
        first -= 1
    return found[max(first, len(found) - MAX_TAIL_SYLLABLES) :], not after


def _joins(gap: str) -> bool:
    return gap in JOINTS or gap.isspace()


def _best(found: Int64Array, rank: Int64Array, count: int) -> list[int]:
    """The ``count`` of highest rank; of equal ranks the first."""
    if len(found) > 4 * count:
        least = np.partition(rank, len(rank) - count)[len(rank) - count]
        keep = np.flatnonzero(rank >= least)
        found, rank = found[keep], rank[keep]
    best: list[int] = found[np.argsort(-rank, kind="stable")[:count]].tolist()
    return best


def _distinct(offered: Iterator[Suggestion], typed: str, limit: int) -> tuple[Suggestion, ...]:
    """The offers without what was typed, and without repetitions in other capitals or spacing."""
    seen = {" ".join(normalise(typed).split())}
    found: list[Suggestion] = []
    for one in offered:
        words = " ".join(normalise(one.text).split())
        if words not in seen:
            seen.add(words)
            found.append(one)
    return tuple(found[:limit])
