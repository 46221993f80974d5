"""Which single other syllable makes what was typed far likelier, however much the query finds?

"giá săng dầu" finds articles, and so does "nghĩ lễ"; the corpus prints "xăng dầu" and "nghỉ lễ" a hundred
times as often. A syllable is doubted where it and a neighbour hardly stand side by side in the corpus; where
every pair of a query is known, nothing more is looked up. For a doubted syllable the readings of its letters,
and of what sounds like them, are weighed with both neighbours; what is one edit away only where the corpus
holds one of the pairs nowhere, for what people confuse is printed now and then, and slips hardly. They are
weighed by the ratio of the likelihoods (the model of search_app.query.correction.paths) and the error's cost;
the likeliest also by how many articles hold the three syllables that they make with their neighbours.

What is found is certain: likelier than what was typed by CERTAIN, and than every other candidate by AHEAD, on
the evidence of LEAST occurrences. It may stand alone. Left alone are queries without any mark, syllables in
quotes, whose form is meant, names by their capitals, and the readings that a syllable without a tone has.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from corpus.tones import bears_mark
from indexer.budget import Stage, charge
from indexer.engine import Lexicon
from indexer.text.edits import MAX_LETTERS
from indexer.text.fold import fold
from indexer.text.normalise import normalise
from indexer.text.readings import reading_key, same_spelling
from search_app.query.correction.candidates import RARE, Candidate
from search_app.query.correction.errors import error_cost, sounding_alike
from search_app.query.correction.paths import FOLLOWING
from search_app.query.correction.phrases import CountPhrase, phrase_gain
from search_app.query.correction.rewriting import corrected_query
from search_app.query.correction.syllable_groups import (
    Group,
    SyllableGroups,
    mark_difference,
    occurrences,
)
from search_app.query.correction.typed import (
    TypedSyllable,
    find_typed_syllables,
    is_in_name,
    match_case,
)
from search_app.query.correction.values import Correction, CorrectionKind
from search_app.query.grammar import can_be_asked, understand

CERTAIN = 4.0
"""How much likelier than what was typed, costs included: a natural logarithm, as the next one."""

AHEAD = 2.0

LEAST = 5
"""A candidate stands beside one of its neighbours so many times in the corpus."""

MOST = 5
"""A query of more syllables is found by the others, and its words seldom stand as a text has them."""

_KNOWN = 1.5e-7
"""A pair of syllables with a larger share of the corpus is known."""

_HALF = 0.5  # occurrences of what the corpus does not hold: a foreign name is no error for being rare

_FIRST_READINGS = 3  # of a syllable without a tone

_NEAR = 20  # keys one edit away that are tried, the most frequent first

_COUNTED = 6  # candidates whose phrases are counted, the likeliest first

_MARKS = 2  # marks in which a reading of other letters may differ


@dataclass(frozen=True, slots=True)
class _Neighbour:
    """What stands before or after a typed syllable: its terms, and how often the two stand together."""

    group: Group
    together: int


@dataclass(frozen=True, slots=True)
class _Likelier:
    """A reading of other letters or marks at one place, and how much likelier it is, costs included."""

    place: int
    group: Group
    score: float


def _score(found: _Likelier) -> float:
    return found.score


def find_likelier(query: str, lexicon: Lexicon, count_phrase: CountPhrase) -> Correction | None:
    """The certain correction of one typed syllable; None if there is none.

    Raises:
        UserError: the query is past a limit of the grammar.
    """
    if not bears_mark(normalise(query)):  # half of all queries: nothing is read
        return None
    typed = find_typed_syllables(query)
    if not 1 < len(typed) <= MOST or not any(bears_mark(part) for each in typed for part in each.parts):
        return None
    weighed = sorted(_Likelihoods(lexicon, typed).likelier(), key=_score, reverse=True)[:_COUNTED]
    likelier = [found for found in weighed if found.score > 0]
    ranked = sorted(_by_phrases(likelier, typed, count_phrase), key=_score, reverse=True)
    if not ranked or ranked[0].score < CERTAIN:
        return None
    best = ranked[0]
    if len(ranked) > 1 and best.score - ranked[1].score < AHEAD:
        return None
    correction = corrected_query(query, [_candidate(lexicon, typed, best)], best.score)
    is_new = correction.text not in (query, understand(query).text)
    return correction if is_new and can_be_asked(correction.text) else None


def _by_phrases(
    likelier: Sequence[_Likelier], typed: Sequence[TypedSyllable], count_phrase: CountPhrase
) -> Iterator[_Likelier]:
    """Candidates, weighed by the phrases of three syllables that they make too."""
    count = cache(count_phrase)
    for found in likelier:
        yield replace(found, score=found.score + phrase_gain(typed, found.place, found.group[0][0], count))


def _candidate(lexicon: Lexicon, typed: Sequence[TypedSyllable], best: _Likelier) -> Candidate:
    """What replaces the typed syllable."""
    syllable, term = typed[best.place], best.group[0][0]
    capitals = not any(map(str.islower, "".join(each.typed for each in typed)))
    same_letters = reading_key(syllable.parts[0]) == reading_key(term)
    return Candidate(
        start=syllable.start,
        end=syllable.end,
        length=1,
        replacement=match_case(term, syllable.typed, capitals=capitals),
        groups=(best.group,),
        cost=error_cost(syllable.parts[0], term),
        kind=CorrectionKind.MARKS if same_letters else CorrectionKind.EDIT,
        unknown=sum(count for _, count in lexicon.readings(syllable.parts[0])) <= RARE * lexicon.total,
        odd_marks=False,
        follows=syllable.follows,
    )


class _Likelihoods:
    """Weighs the syllables of one query; looks up pairs first, and candidates only of doubted syllables."""

    def __init__(self, lexicon: Lexicon, typed: Sequence[TypedSyllable]) -> None:
        self._lexicon = lexicon
        self._total = lexicon.total
        self._groups_of = SyllableGroups(lexicon)
        self._typed = typed
        self._groups: list[Group] = [
            self._groups_of.of(each.parts[0], complete=each.complete) if len(each.parts) == 1 else ()
            for each in typed
        ]

    def likelier(self) -> Iterator[_Likelier]:
        """The candidates of all doubted syllables that have evidence."""
        together = [self._together(place) for place in range(1, len(self._typed))]
        charge(Stage.CORRECTION)
        for place, syllable in enumerate(self._typed):
            pairs = (together[at] if 0 <= at < len(together) else None for at in (place - 1, place))
            before, after = pairs
            is_odd = self._is_odd(before) or self._is_odd(after)
            if is_odd and self._may_be_wrong(syllable) and not is_in_name(self._typed, place):
                yield from self._weighed(
                    place,
                    None if before is None else _Neighbour(self._groups[place - 1], before),
                    None if after is None else _Neighbour(self._groups[place + 1], after),
                )
                charge(Stage.CORRECTION)

    def _together(self, place: int) -> int | None:
        """How often a typed syllable follows the one before it; None if it is not the next word typed."""
        before, after = self._groups[place - 1 : place + 1]
        if not self._typed[place].spaced or len(self._typed[place].parts) > 1:
            return None
        # The commonest readings settle most pairs; all twelve of both cost ten times as much.
        together = 0
        for most in (1, _FIRST_READINGS, None):
            firsts, seconds = _terms(before)[:most], _terms(after)[:most]
            together = int(self._lexicon.bigram_counts(firsts, seconds).sum())
            if not self._is_odd(together) or (most and max(len(before), len(after)) <= most):
                break
        return together

    def _is_odd(self, together: int | None) -> bool:
        return together is not None and together <= _KNOWN * self._total

    def _may_be_wrong(self, syllable: TypedSyllable) -> bool:
        (first, *more) = syllable.parts
        is_word = first.isalpha() and 1 < len(first) <= MAX_LETTERS
        return not more and not syllable.complete and is_word

    def _weighed(
        self, place: int, before: _Neighbour | None, after: _Neighbour | None
    ) -> Iterator[_Likelier]:
        typed, own = self._typed[place].parts[0], self._groups[place]
        is_unseen = any(side is not None and not side.together for side in (before, after))
        groups = self._others(typed, own, edited=is_unseen)
        firsts = self._beside(groups, before, is_before=True)
        seconds = self._beside(groups, after, is_before=False)
        as_typed = self._log_likelihood(own, before, after)
        for group, first, second in zip(groups, firsts, seconds, strict=True):
            if max(first, second) >= LEAST:
                changed = self._log_likelihood(
                    group,
                    before and _Neighbour(before.group, first),
                    after and _Neighbour(after.group, second),
                )
                cost = error_cost(typed, group[0][0])
                yield _Likelier(place, group, changed - as_typed - cost)

    def _others(self, typed: str, own: Group, *, edited: bool) -> list[Group]:
        """What else may have been meant, without the readings that the syllable has anyway, and rare ones.

        Args:
            edited: whether a slip of the finger is supposed too; it costs most of the time.
        """
        meant = {same_spelling(term) for term, _ in own}
        neighbours = self._lexicon.neighbours(typed)[:_NEAR] if edited else ()
        near = [key for key, count in neighbours if count >= LEAST]
        keys = dict.fromkeys([*near, *map(reading_key, sounding_alike(fold(typed)))])
        others = list(self._groups_of.spelt(typed))
        others += [
            group
            for key in keys
            for group in self._groups_of.spelt(key)
            if mark_difference(typed, group[0][0]) <= _MARKS
        ]
        return [
            group
            for group in others
            if occurrences(group) >= LEAST and same_spelling(group[0][0]) not in meant
        ]

    def _beside(self, groups: Sequence[Group], neighbour: _Neighbour | None, *, is_before: bool) -> list[int]:
        """For each group, how often it stands beside a neighbour, which comes before it or after it."""
        if neighbour is None or not groups:
            return [0] * len(groups)
        terms, there = [term for group in groups for term, _ in group], _terms(neighbour.group)
        counts = (
            self._lexicon.bigram_counts(there, terms).sum(axis=0)
            if is_before
            else self._lexicon.bigram_counts(terms, there).sum(axis=1)
        )
        starts = np.cumsum([0, *(len(group) for group in groups[:-1])])
        added: list[int] = np.add.reduceat(counts, starts).tolist()
        return added

    def _log_likelihood(self, group: Group, before: _Neighbour | None, after: _Neighbour | None) -> float:
        """The natural logarithm of the probability of a syllable between its neighbours."""
        alone = self._share(group)
        following = before.together / max(occurrences(before.group), 1) if before else 0.0
        likelihood = math.log((1 - FOLLOWING) * alone + FOLLOWING * following)
        if after:
            followed = after.together / max(occurrences(group), 1)
            likelihood += math.log((1 - FOLLOWING) * self._share(after.group) + FOLLOWING * followed)
        return likelihood

    def _share(self, group: Group) -> float:
        """The share of the corpus; of a syllable that it does not hold, as if it held half of one."""
        return max(occurrences(group), _HALF) / self._total


def _terms(group: Group) -> list[str]:
    return [term for term, _ in group]
