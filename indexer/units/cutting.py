"""Into which units is a typed query cut? The cut whose units have the largest product of probabilities.

The cut is made in two steps. First words and names: a unit's probability is its share of the corpus's words,
what the typed marks leave open counts as its commonest reading, and every cut at the edges of typed words is
weighed (Viterbi). Then set phrases: two neighbours of this cut that the table holds as a phrase are joined.
So a phrase never takes a syllable out of a word: "đánh giá vàng" is [đánh giá] [vàng].

Capitals are evidence where the query has small letters too: words typed with capitals side by side are more
likely a name, known or not, and a name is less likely where a capital is followed by a small letter.
"""

import math
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from corpus.tones import bears_mark
from indexer.query import Match
from indexer.units.capitals import Capitals
from indexer.units.table import LONGEST, Spelling, UnitEntry, UnitKind, UnitTable
from indexer.units.unit_cut import NOTHING_GIVEN, CutUnit, Given, Span, UnitCut, UnitReason, unit_lengths

UNSEEN = 0.5
"""Occurrences that a syllable is given which is never a word by itself."""

CAPITALS = math.log(30)
"""What capitals add to the logarithm of a known name's probability."""

NO_CAPITALS = math.log(1 / 30)
"""What a capital before small letters adds to that of a name."""

UNKNOWN_NAME, NAME_SYLLABLE = math.log(0.3), math.log(7e-4)
"""The logarithm of the probability of an unknown name among capitals, and of each of its syllables.

A syllable has the less of it the more often it is a word by itself: "Trần Lan Anh" is likelier a name than
"Facebook Google".
"""

SELDOM = 0.02
"""The share of its places that any syllable has in words of several, at least."""

ALONE_WEIGHT = 3
"""The power of that share in the probability that a syllable is in an unknown name."""

LONGEST_NAME = 4
"""Words of an unknown name, at most."""

READ_OTHERWISE = math.log(1 / 20)
"""What it costs to read words typed without marks with marks, where other words of the query have marks."""


BOUND = 1_000.0
"""What a bound unit has for each word after its first, in the place of its probability's logarithm.

So no cut without it is likelier, and of runs that overlap a longer one is bound before a part of it.
"""

NAMED = math.log(1e-4)
"""The logarithm of the probability of a name of the tables of names."""


class _Candidate(NamedTuple):
    """A unit that may begin somewhere, with the logarithm of its probability."""

    score: float
    unit: CutUnit


class _Path(NamedTuple):
    """The units up to a word; the better one is the greater one."""

    score: float
    fewer: int
    units: tuple[CutUnit, ...]


def cut_words(words: Sequence[Match], table: UnitTable, given: Given = NOTHING_GIVEN) -> UnitCut:
    """Cuts typed words, which are loose (no quotes, no star) and stand in typed order, with repeats."""
    query = _Query(words, table, given)
    paths: list[list[_Path]] = [[_Path(0.0, 0, ())], *([] for _ in words)]
    for first in range(len(words)):
        for candidate in query.candidates(first):
            here = paths[first + candidate.unit.words]
            here += [
                _Path(path.score + candidate.score, path.fewer - 1, (*path.units, candidate.unit))
                for path in paths[first]
            ]
        nearest = paths[first + 1]
        nearest.sort(key=_rank, reverse=True)
        del nearest[2:]
    best, *others = paths[-1]
    units = _with_phrases(query, best.units)
    if not others:
        return UnitCut(units)
    other = others[0]
    return UnitCut(units, unit_lengths(other.units), math.exp(min(best.score - other.score, 700)))


def _rank(path: _Path) -> tuple[float, int, tuple[int, ...]]:
    """Of equal scores fewer units come first, then the longer unit at the beginning."""
    return path.score, path.fewer, unit_lengths(path.units)


class _Query:
    """The words of a query as syllables, and what the table has of their runs."""

    def __init__(self, words: Sequence[Match], table: UnitTable, given: Given) -> None:
        self.words = words
        self.table = table
        self.given = given
        self.capitals = Capitals(words)
        self.syllables = [syllable for word in words for syllable in word.syllables]
        self.bounds = [0, *accumulate(len(word.syllables) for word in words)]
        self.reach = max([LONGEST, *(last - first for first, last in given.bound | given.names)])
        self.marked = any(map(bears_mark, self.syllables))
        spans = list(self._spans())
        found = table.find(self.syllables, [(self.bounds[first], self.bounds[last]) for first, last in spans])
        self.entries = {span: entry for span, entry in zip(spans, found, strict=True) if entry}

    def _spans(self) -> Iterator[tuple[int, int]]:
        """The first word of each run of 2 to LONGEST syllables, and the word behind its last."""
        for first, start in enumerate(self.bounds[:-1]):
            for last in range(first + 1, len(self.bounds)):
                if self.bounds[last] - start > LONGEST:
                    break
                if self.bounds[last] - start > 1:
                    yield first, last

    def candidates(self, first: int) -> Iterator[_Candidate]:
        """The units that can begin with a word, without those that may not be one."""
        yield self._single(first)
        for last in range(first + 2, min(first + self.reach, len(self.words)) + 1):
            span = first, last
            if span in self.given.never:
                continue
            if span in self.given.bound:
                score = BOUND * (last - first - 1)
                yield _Candidate(score, CutUnit(last - first, UnitReason.ARCHIVE, self.entries.get(span)))
            elif span in self.given.names:
                entry = self.entries.get(span)
                yield _Candidate(
                    self._score_named(span, entry), CutUnit(last - first, UnitReason.NAMES, entry)
                )
            elif last <= first + LONGEST:
                yield from self._known(first, last)

    def _known(self, first: int, last: int) -> Iterator[_Candidate]:
        """The unit of the table, and the unknown name, that some words can be."""
        entry = self.entries.get((first, last))
        if entry and entry.kind is not UnitKind.PHRASE:
            yield _Candidate(self._score(first, last, entry), CutUnit(last - first, UnitReason.TABLE, entry))
        if last <= first + LONGEST_NAME and self.capitals.make_name(first, last):
            yield _Candidate(self._score_unknown(first, last), CutUnit(last - first, UnitReason.CAPITALS))

    def _score_named(self, span: Span, entry: UnitEntry | None) -> float:
        """The logarithm of the probability of a name of the tables; in small letters, the corpus's own."""
        known = self._score(*span, entry) if entry else NAMED
        return max(known, NAMED) if self.capitals.all(span[0], span[0] + 1) else known

    def _marked(self, first: int, last: int) -> bool:
        return any(map(bears_mark, self.syllables[self.bounds[first] : self.bounds[last]]))

    def _score_unknown(self, first: int, last: int) -> float:
        """The logarithm of the probability of an unknown name: a new one, or a known one with a word more."""
        scores = [UNKNOWN_NAME + sum(map(self._score_in_name, range(first, last)))]
        for start, end, more in ((first, last - 1, last - 1), (first + 1, last, first)):
            entry = self.entries.get((start, end))
            if entry and entry.kind is UnitKind.NAME:
                scores.append(self._score(start, end, entry) + self._score_in_name(more))
        return max(scores)

    def _score_in_name(self, place: int) -> float:
        """The logarithm of the probability that a word is a syllable of an unknown name."""
        readings = [self.table.reading(syllable, complete=True) for syllable in self.words[place].syllables]
        alone = max((reading.count / max(reading.places, 1) for reading in readings if reading), default=0.0)
        return NAME_SYLLABLE + ALONE_WEIGHT * math.log(max(1 - alone, SELDOM))

    def _single(self, place: int) -> _Candidate:
        """A word by itself; one of several syllables (TP.HCM, 13/9) is never cut."""
        known: UnitEntry | None
        if len(self.words[place].syllables) > 1:
            known = self.entries.get((place, place + 1))
            count = max(known.count, UNSEEN) if known else UNSEEN
        else:
            reading, count = self._reading(self.words[place].syllables[0])
            known = (
                UnitEntry((reading.text,), UnitKind.SYLLABLE, reading.count, reading.places)
                if reading
                else None
            )
        return _Candidate(math.log(count / self.table.total), CutUnit(1, UnitReason.ALONE, known))

    def _reading(self, syllable: str) -> tuple[Spelling | None, float]:
        """What a syllable is read as, and how often that is a word by itself."""
        commonest = self.table.reading(syllable)
        level = self.table.reading(syllable, complete=True) if self.marked else None
        if commonest is None:
            return None, UNSEEN
        if level is None or not self.marked:
            return commonest, max(commonest.count, UNSEEN)
        otherwise = commonest.count * math.exp(READ_OTHERWISE)
        return (level, max(level.count, UNSEEN)) if level.count >= otherwise else (commonest, otherwise)

    def _score(self, first: int, last: int, entry: UnitEntry) -> float:
        """The logarithm of a unit's probability, with what capitals and missing marks add to it."""
        score = math.log(entry.count / self.table.total)
        if entry.kind is UnitKind.NAME and self.capitals.telling:
            score += CAPITALS if self.capitals.all(first, last) else 0
            score += NO_CAPITALS if self.capitals.change(first, last) else 0
        typed = self.syllables[self.bounds[first] : self.bounds[last]]
        if self.marked and tuple(typed) != entry.syllables and not self._marked(first, last):
            score += READ_OTHERWISE
        return score


def _with_phrases(query: _Query, units: Sequence[CutUnit]) -> tuple[CutUnit, ...]:
    """The units with set phrases joined; of two that overlap, the one that is in more heads."""
    bounds = [0, *accumulate(unit.words for unit in units)]
    phrases = []
    for place in range(len(units) - 1):
        entry = query.entries.get((bounds[place], bounds[place + 2]))
        first = query.bounds[bounds[place + 1]] - query.bounds[bounds[place]]
        joins = _may_join(units[place]) and _may_join(units[place + 1])
        allowed = joins and (bounds[place], bounds[place + 2]) not in query.given.never
        if entry and entry.kind is UnitKind.PHRASE and entry.first == first and allowed:
            phrases.append((-entry.count, place, entry))
    joined: dict[int, CutUnit] = {}
    taken: set[int] = set()
    for _, place, entry in sorted(phrases, key=lambda phrase: phrase[:2]):
        if not taken & {place, place + 1}:
            taken |= {place, place + 1}
            joined[place] = CutUnit(units[place].words + units[place + 1].words, UnitReason.TABLE, entry)
    return tuple(
        joined.get(place, unit) for place, unit in enumerate(units) if place in joined or place not in taken
    )


def _may_join(unit: CutUnit) -> bool:
    """Whether a set phrase may have a unit: what the tables of names have is a unit of its own."""
    return unit.reason not in (UnitReason.ARCHIVE, UnitReason.NAMES)
