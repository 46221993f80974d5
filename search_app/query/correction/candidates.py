"""What may each typed syllable have been? Candidates, each with the cost of the slip it supposes.

A cost is a natural logarithm: how many times rarer such a slip is than typing rightly. The figures are
round on purpose; what decides is how much likelier the corpus finds the corrected text. Where a syllable is
unknown, the known ones beside it are taken as they are, but for keys: one slip a query is the rule. A
syllable is unknown where no reading of its letters is known; else its marks may be wrong, which wider
readings find as well.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from indexer.budget import Stage, charge
from indexer.engine import Lexicon
from indexer.text.fold import fold
from indexer.text.keys import is_well_formed, telex, vni
from search_app.query.correction.syllable_groups import (
    Group,
    SyllableGroups,
    mark_difference,
    marks_slipped,
    occurrences,
    share,
)
from search_app.query.correction.typed import Spot, cased
from search_app.query.correction.values import CorrectionKind

__all__ = ["Candidate", "Group", "Maker", "occurrences", "share"]

_KEYS, _KEYS_OF_A_KEYED_QUERY, _BARE_D = 2.0, 0.5, 1.0
_OTHER_MARKS, _EXCHANGE, _EDIT, _SPACE = 1.0, 4.0, 5.0, 5.0
_A_MARK = 1.5
_KNOWN_SYLLABLE = 1.0  # more, where the corpus knows what was typed
_NO_SYLLABLE = 8.0  # for leaving what has Vietnamese marks and yet is no syllable

_RARE = 1e-6
"""A syllable that makes up less of the corpus is weighed against corrections, as if it stood nowhere."""

_WORD = 1e-5
"""One that makes up more of it is a word, also where it is no syllable ("cp", "facebook")."""

_NEAR_UNKNOWN, _NEAR_KNOWN = 10, 4  # keys one edit away, the most frequent
_READINGS = 6  # of each
_MOST_UNKNOWN, _MOST_KNOWN = 24, 8  # candidates of a syllable, the likeliest by themselves
_MANY = 8  # syllables of a query whose known ones are not looked at for edits


@dataclass(frozen=True, slots=True)
class Candidate:
    """What may stand in place of some spots.

    Attributes:
        start, end: what it replaces in the query.
        spots: how many it stands for.
        put: what is put there.
        groups: what each of its syllables means.
        cost: of the slip it supposes.
        kind: what was corrected; None where it is as typed.
        unknown: whether the letters of what it corrects are unknown.
        odd: whether those are known, but hardly with the marks that were typed.
        follows: whether it stands right after what is before it.
    """

    start: int
    end: int
    spots: int
    put: str
    groups: tuple[Group, ...]
    cost: float
    kind: CorrectionKind | None
    unknown: bool
    odd: bool
    follows: bool


class Maker:
    """Makes the candidates of a query's spots."""

    def __init__(self, lexicon: Lexicon, spots: Sequence[Spot], *, little: bool) -> None:
        self._lexicon = lexicon
        self._total = lexicon.total
        self._groups_of = SyllableGroups(lexicon)
        self._spots = spots
        self._capitals = not any(map(str.islower, "".join(spot.typed for spot in spots)))
        self._marked = any(fold(part) != part for spot in spots for part in spot.parts)
        self._as_typed = [
            tuple(self._groups_of.of(part, complete=spot.complete) for part in spot.parts) for spot in spots
        ]
        self._unknown = [self._is_unknown(place) for place in range(len(spots))]
        self._keyed = any(
            unknown and (_decoded(spot, telex) or _decoded(spot, vni))
            for spot, unknown in zip(spots, self._unknown, strict=True)
        )
        self.mends = little or any(self._unknown)
        self._all_known = not any(self._unknown)
        self._odd = [self._all_known and self._is_odd(place) for place in range(len(spots))]

    def candidates(self) -> list[list[Candidate]]:
        """For each spot, what may begin there: first as typed."""
        found = []
        for place in range(len(self._spots)):
            found.append(self._at(place))
            charge(Stage.CORRECTION)
        return found

    def _at(self, place: int) -> list[Candidate]:
        spot = self._spots[place]
        found = {spot.typed: self._candidate(place, spot.typed, self._as_typed[place], self._leaving(place))}
        most = _MOST_UNKNOWN if self._unknown[place] else _MOST_KNOWN
        for one in sorted(self._others(place), key=self._alone)[:most]:
            found.setdefault(one.put, one)
        return list(found.values())

    def _others(self, place: int) -> Iterator[Candidate]:
        spot, unknown = self._spots[place], self._unknown[place]
        doubted = unknown or (self._all_known and (self._odd[place] or not any(self._odd)))
        if doubted or self._keyed:
            yield from self._from_keys(place)
        if doubted or any(self._unknown[place : place + 2]):
            yield from self._joined(place)
        if len(spot.parts) > 1 or not spot.parts[0].isalpha() or not doubted:
            return
        yield from self._other_marks(place)
        if unknown or len(self._spots) <= _MANY:
            yield from self._edited(place)
        if unknown:
            yield from self._split(place)

    def _is_unknown(self, place: int) -> bool:
        """Whether the corpus does not hold, or hardly, the letters of a spot; numbers are never unknown."""
        spot, groups = self._spots[place], self._as_typed[place]
        rare = _RARE * self._total
        if len(spot.parts) > 1:
            first, second = ([term for term, _ in group] for group in groups[:2])
            return bool(_decoded(spot, vni)) and int(self._lexicon.bigram_counts(first, second).sum()) <= rare
        held = self._lexicon.readings(spot.parts[0])
        return spot.parts[0].isalpha() and sum(count for _, count in held) <= rare

    def _is_odd(self, place: int) -> bool:
        """Whether the letters of a spot are known, but hardly so with these marks."""
        groups = self._as_typed[place]
        return len(groups) == 1 and occurrences(groups[0]) <= _RARE * self._total

    def _leaving(self, place: int) -> float:
        """What it costs to leave a spot as typed."""
        term = "".join(self._spots[place].parts)
        impossible = self._unknown[place] and fold(term) != term and not is_well_formed(term)
        return _NO_SYLLABLE if impossible else 0.0

    def _from_keys(self, place: int) -> Iterator[Candidate]:
        spot = self._spots[place]
        for kind, decode in ((CorrectionKind.TELEX, telex), (CorrectionKind.VNI, vni)):
            for syllable in _decoded(spot, decode):
                cost = _KEYS_OF_A_KEYED_QUERY if self._keyed else _KEYS
                if syllable.startswith("đ") and not _types_stroke(spot):
                    cost += _BARE_D
                if group := self._groups_of.of(syllable, complete=True):
                    yield self._candidate(place, syllable, (group,), cost, kind)

    def _other_marks(self, place: int) -> Iterator[Candidate]:
        """The readings of the same letters that were not meant; what has no mark means them all."""
        (typed,) = self._spots[place].parts
        meant = {term for term, _ in self._as_typed[place][0]}
        if fold(typed) == typed:
            return
        for group in self._groups_of.spelt(typed):
            term = group[0][0]
            if term not in meant:
                cost = _OTHER_MARKS + _A_MARK * mark_difference(typed, term)
                yield self._candidate(place, term, (group,), cost, CorrectionKind.MARKS)

    def _edited(self, place: int) -> Iterator[Candidate]:
        (typed,) = self._spots[place].parts
        letters = sorted(fold(typed))
        near = sorted((sorted(key) != letters, -count, key) for key, count in self._lexicon.neighbours(typed))
        for other_letters, _, key in near[: _NEAR_UNKNOWN if self._unknown[place] else _NEAR_KNOWN]:
            slip = _EDIT if other_letters else _EXCHANGE
            groups = [one for one in self._groups_of.spelt(key) if self._is_word(one, _RARE)][:_READINGS]
            if groups and not self._marked:
                together = tuple(one for group in groups for one in group)
                yield self._candidate(place, fold(together[0][0]), (together,), slip, CorrectionKind.EDIT)
                continue
            for group in groups:
                cost = slip + _A_MARK * marks_slipped(typed, group[0][0])
                yield self._candidate(place, group[0][0], (group,), cost, CorrectionKind.EDIT)

    def _split(self, place: int) -> Iterator[Candidate]:
        """As two syllables without the space between."""
        (typed,) = self._spots[place].parts
        for cut in range(1, len(typed)):
            halves = typed[:cut], typed[cut:]
            groups = tuple(self._groups_of.of(half, complete=self._spots[place].complete) for half in halves)
            if all(map(self._is_word, groups)):
                yield self._candidate(place, " ".join(halves), groups, _SPACE, CorrectionKind.SPACE)

    def _joined(self, place: int) -> Iterator[Candidate]:
        """As one syllable with a space in it."""
        both = self._spots[place : place + 2]
        if len(both) == 1 or not both[1].spaced:
            return
        syllable = "".join(part for spot in both for part in spot.parts)
        group = self._groups_of.of(syllable, complete=both[0].complete)
        if syllable.isalpha() and self._is_word(group):
            yield self._candidate(place, syllable, (group,), _SPACE, CorrectionKind.SPACE, over=2)

    def _is_word(self, group: Group, least: float = _WORD) -> bool:
        """Whether any of it is a syllable of Vietnamese; or a word with that share at least."""
        if any(is_well_formed(term) for term, _ in group):
            return True
        return occurrences(group) > least * self._total and len(group[0][0]) > 1

    def _candidate(
        self,
        place: int,
        put: str,
        groups: tuple[Group, ...],
        cost: float,
        kind: CorrectionKind | None = None,
        *,
        over: int = 1,
    ) -> Candidate:
        first, last = self._spots[place], self._spots[place + over - 1]
        unknown = any(self._unknown[place : place + over])
        if kind is not None:
            put = cased(put, first.typed, capitals=self._capitals)
            cost += 0.0 if unknown else _KNOWN_SYLLABLE
        odd = self._odd[place]
        return Candidate(first.start, last.end, over, put, groups, cost, kind, unknown, odd, first.follows)

    def _alone(self, one: Candidate) -> float:
        """What it costs where nothing stands beside it: the rarer, the more."""
        return one.cost - math.log(min(share(group, self._total) for group in one.groups))


def _types_stroke(spot: Spot) -> bool:
    """Whether a đ was typed, as a letter or by keys."""
    letters = "".join(spot.parts)
    return letters.startswith("đ") or letters.count("d") > 1 or "9" in letters


def _decoded(spot: Spot, decode: Callable[[str], tuple[str, ...]]) -> tuple[str, ...]:
    return decode("".join(spot.parts))
