"""Which candidates are there for each typed syllable, and what does the error cost that each supposes?

A cost is a natural logarithm: how many times rarer such an error is than correct typing. The figures are
round on purpose; what decides is how much likelier the corrected text is in the corpus. A syllable is
*unknown* if the corpus holds no reading of its letters, or hardly any. If a query has an unknown syllable,
the known ones beside it have no candidates but those from Telex and VNI keys, because most queries have one
error.
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
from search_app.query.correction.typed import TypedSyllable, match_case
from search_app.query.correction.values import CorrectionKind

__all__ = ["RARE", "Candidate", "CandidateFinder", "Group", "occurrences", "share"]

_KEYS, _KEYS_OF_A_KEYED_QUERY, _BARE_D = 2.0, 0.5, 1.0
_OTHER_MARKS, _EXCHANGE, _EDIT, _SPACE = 1.0, 4.0, 5.0, 5.0
_A_MARK = 1.5
_KNOWN_SYLLABLE = 1.0  # added if the corpus knows what was typed
_NO_SYLLABLE = 8.0  # for leaving as typed what has Vietnamese marks and is no syllable

RARE = 1e-6
"""A syllable with a smaller share of the corpus is treated as if the corpus did not hold it."""

_WORD = 1e-5
"""What has a larger share of the corpus is a word, even if it is no syllable ("cp", "facebook")."""

_NEAR_UNKNOWN, _NEAR_KNOWN = 10, 4  # keys one edit away that are tried, the most frequent first
_READINGS = 6  # readings of each of these keys
_MOST_UNKNOWN, _MOST_KNOWN = 24, 8  # candidates of a syllable, the likeliest by themselves
_MANY = 8  # in a query of more syllables, edits are tried for the unknown ones only


@dataclass(frozen=True, slots=True)
class Candidate:
    """What may have been meant by one typed syllable, or by two with a space too many.

    Attributes:
        start, end: offsets of what it replaces in the query, the end exclusive.
        length: number of typed syllables that it replaces.
        replacement: the text in their place.
        groups: for each syllable of the replacement, the terms that it means.
        cost: cost of the error that it supposes.
        kind: kind of the error; None if this is what was typed.
        unknown: whether the corpus does not know the letters that were typed.
        odd_marks: whether the corpus knows these letters, but hardly ever with the marks that were typed.
        follows: whether it stands directly after the typed syllable before it.
    """

    start: int
    end: int
    length: int
    replacement: str
    groups: tuple[Group, ...]
    cost: float
    kind: CorrectionKind | None
    unknown: bool
    odd_marks: bool
    follows: bool


class CandidateFinder:
    """Finds the candidates for the typed syllables of one query.

    Args:
        typed: the typed syllables that may be corrected, in order.
        little: whether the query finds few articles, so that known syllables may be wrong too.

    Attributes:
        has_suspects: whether any typed syllable may be wrong; if not, the candidates are not needed.
    """

    def __init__(self, lexicon: Lexicon, typed: Sequence[TypedSyllable], *, little: bool) -> None:
        self._lexicon = lexicon
        self._total = lexicon.total
        self._groups_of = SyllableGroups(lexicon)
        self._typed = typed
        self._capitals = not any(map(str.islower, "".join(syllable.typed for syllable in typed)))
        self._marked = any(fold(part) != part for syllable in typed for part in syllable.parts)
        self._as_typed = [
            tuple(self._groups_of.of(part, complete=syllable.complete) for part in syllable.parts)
            for syllable in typed
        ]
        self._unknown = [self._is_unknown(place) for place in range(len(typed))]
        self._keyed = any(
            unknown and (_decoded(syllable, telex) or _decoded(syllable, vni))
            for syllable, unknown in zip(typed, self._unknown, strict=True)
        )
        self.has_suspects = little or any(self._unknown)
        self._all_known = not any(self._unknown)
        self._odd_marks = [self._all_known and self._has_odd_marks(place) for place in range(len(typed))]

    def candidates(self) -> list[list[Candidate]]:
        """For each typed syllable, the candidates that begin there; the first is what was typed."""
        candidates = []
        for place in range(len(self._typed)):
            candidates.append(self._at(place))
            charge(Stage.CORRECTION)
        return candidates

    def _at(self, place: int) -> list[Candidate]:
        syllable = self._typed[place]
        as_typed = self._candidate(place, syllable.typed, self._as_typed[place], self._cost_as_typed(place))
        candidates = {syllable.typed: as_typed}
        most = _MOST_UNKNOWN if self._unknown[place] else _MOST_KNOWN
        for other in sorted(self._others(place), key=self._cost_alone)[:most]:
            candidates.setdefault(other.replacement, other)
        return list(candidates.values())

    def _others(self, place: int) -> Iterator[Candidate]:
        syllable, unknown = self._typed[place], self._unknown[place]
        doubted = unknown or (self._all_known and (self._odd_marks[place] or not any(self._odd_marks)))
        if doubted or self._keyed:
            yield from self._from_keys(place)
        if doubted or any(self._unknown[place : place + 2]):
            yield from self._joined(place)
        if len(syllable.parts) > 1 or not syllable.parts[0].isalpha() or not doubted:
            return
        yield from self._other_marks(place)
        if unknown or len(self._typed) <= _MANY:
            yield from self._edited(place)
        if unknown:
            yield from self._split(place)

    def _is_unknown(self, place: int) -> bool:
        """Whether the corpus holds the letters of a syllable hardly or not at all; never so of a number."""
        syllable, groups = self._typed[place], self._as_typed[place]
        rare = RARE * self._total
        if len(syllable.parts) > 1:
            first, second = ([term for term, _ in group] for group in groups[:2])
            return (
                bool(_decoded(syllable, vni))
                and int(self._lexicon.bigram_counts(first, second).sum()) <= rare
            )
        readings = self._lexicon.readings(syllable.parts[0])
        return syllable.parts[0].isalpha() and sum(count for _, count in readings) <= rare

    def _has_odd_marks(self, place: int) -> bool:
        """Whether the letters of a typed syllable are known, but hardly with these marks."""
        groups = self._as_typed[place]
        return len(groups) == 1 and occurrences(groups[0]) <= RARE * self._total

    def _cost_as_typed(self, place: int) -> float:
        """The cost of leaving a syllable as typed."""
        term = "".join(self._typed[place].parts)
        impossible = self._unknown[place] and fold(term) != term and not is_well_formed(term)
        return _NO_SYLLABLE if impossible else 0.0

    def _from_keys(self, place: int) -> Iterator[Candidate]:
        syllable = self._typed[place]
        for kind, decode in ((CorrectionKind.TELEX, telex), (CorrectionKind.VNI, vni)):
            for decoded in _decoded(syllable, decode):
                cost = _KEYS_OF_A_KEYED_QUERY if self._keyed else _KEYS
                if decoded.startswith("đ") and not _types_stroke(syllable):
                    cost += _BARE_D
                if group := self._groups_of.of(decoded, complete=True):
                    yield self._candidate(place, decoded, (group,), cost, kind)

    def _other_marks(self, place: int) -> Iterator[Candidate]:
        """The readings of the letters with other marks; none for letters without marks, which mean all."""
        (typed,) = self._typed[place].parts
        meant = {term for term, _ in self._as_typed[place][0]}
        if fold(typed) == typed:
            return
        for group in self._groups_of.spelt(typed):
            term = group[0][0]
            if term not in meant:
                cost = _OTHER_MARKS + _A_MARK * mark_difference(typed, term)
                yield self._candidate(place, term, (group,), cost, CorrectionKind.MARKS)

    def _edited(self, place: int) -> Iterator[Candidate]:
        (typed,) = self._typed[place].parts
        letters = sorted(fold(typed))
        near = sorted((sorted(key) != letters, -count, key) for key, count in self._lexicon.neighbours(typed))
        for other_letters, _, key in near[: _NEAR_UNKNOWN if self._unknown[place] else _NEAR_KNOWN]:
            slip = _EDIT if other_letters else _EXCHANGE
            readings = (group for group in self._groups_of.spelt(key) if self._is_word(group, RARE))
            groups = list(readings)[:_READINGS]
            if groups and not self._marked:
                together = tuple(term for group in groups for term in group)
                yield self._candidate(place, fold(together[0][0]), (together,), slip, CorrectionKind.EDIT)
                continue
            for group in groups:
                cost = slip + _A_MARK * marks_slipped(typed, group[0][0])
                yield self._candidate(place, group[0][0], (group,), cost, CorrectionKind.EDIT)

    def _split(self, place: int) -> Iterator[Candidate]:
        """The typed syllable as two syllables whose space was left out."""
        (typed,) = self._typed[place].parts
        for cut in range(1, len(typed)):
            halves = typed[:cut], typed[cut:]
            groups = tuple(self._groups_of.of(half, complete=self._typed[place].complete) for half in halves)
            if all(map(self._is_word, groups)):
                yield self._candidate(place, " ".join(halves), groups, _SPACE, CorrectionKind.SPACE)

    def _joined(self, place: int) -> Iterator[Candidate]:
        """The typed syllable and the next one as one syllable with a space too many."""
        both = self._typed[place : place + 2]
        if len(both) == 1 or not both[1].spaced:
            return
        joined = "".join(part for syllable in both for part in syllable.parts)
        group = self._groups_of.of(joined, complete=both[0].complete)
        if joined.isalpha() and self._is_word(group):
            yield self._candidate(place, joined, (group,), _SPACE, CorrectionKind.SPACE, length=2)

    def _is_word(self, group: Group, least: float = _WORD) -> bool:
        """Whether a group has a syllable of Vietnamese, or makes up more than ``least`` of the corpus."""
        if any(is_well_formed(term) for term, _ in group):
            return True
        return occurrences(group) > least * self._total and len(group[0][0]) > 1

    def _candidate(
        self,
        place: int,
        replacement: str,
        groups: tuple[Group, ...],
        cost: float,
        kind: CorrectionKind | None = None,
        *,
        length: int = 1,
    ) -> Candidate:
        first, last = self._typed[place], self._typed[place + length - 1]
        unknown = any(self._unknown[place : place + length])
        if kind is not None:
            replacement = match_case(replacement, first.typed, capitals=self._capitals)
            cost += 0.0 if unknown else _KNOWN_SYLLABLE
        return Candidate(
            start=first.start,
            end=last.end,
            length=length,
            replacement=replacement,
            groups=groups,
            cost=cost,
            kind=kind,
            unknown=unknown,
            odd_marks=self._odd_marks[place],
            follows=first.follows,
        )

    def _cost_alone(self, candidate: Candidate) -> float:
        """The cost of a candidate by itself, without its neighbours: the rarer, the higher."""
        return candidate.cost - math.log(min(share(group, self._total) for group in candidate.groups))


def _types_stroke(syllable: TypedSyllable) -> bool:
    """Whether đ was typed, as a letter or by keys."""
    letters = "".join(syllable.parts)
    return letters.startswith("đ") or letters.count("d") > 1 or "9" in letters


def _decoded(syllable: TypedSyllable, decode: Callable[[str], tuple[str, ...]]) -> tuple[str, ...]:
    return decode("".join(syllable.parts))
