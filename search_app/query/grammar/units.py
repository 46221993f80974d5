"""How do words typed side by side become units?

A unit is one word, or several that must stand in a row. Words that were typed with "_" between them are bound
by hand; the others are cut by a ``Cut``, which knows the corpus. In a unit where one syllable bears a mark,
the others mean the level tone: they were left without a mark on purpose ("sinh viên").
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby, islice

from indexer.query import Match
from indexer.text.syllables import terms

Cut = Callable[[Sequence[Match]], Sequence[int]]
"""Cuts words typed side by side, in typed order: gives the number of words of each unit."""

Unit = tuple[Match, ...]
"""The words of a unit, in typed order; at least one."""


def cut_nothing(words: Sequence[Match]) -> Sequence[int]:
    """The cut in which each word is a unit."""
    return (1,) * len(words)


def cut_into_units(words: Sequence[Match], cut: Cut) -> Iterator[Unit]:
    """The units of words typed side by side; those that were bound by hand stay as they are."""
    for by_hand, run in groupby(words, is_bound):
        if by_hand:
            yield from map(as_unit, run)
        else:
            loose = list(run)
            following = iter(loose)
            yield from (make_unit(tuple(islice(following, count))) for count in cut(loose))


def is_bound(word: Match) -> bool:
    """Whether a word without quotes was bound by hand: "_" between syllables is a space of its label."""
    return " " in word.label


def as_unit(match: Match) -> Unit:
    """The unit that a match is: its words where it was bound by hand, else the match alone.

    >>> [word.label for word in as_unit(Match("TP.HCM mới", ("tp", "hcm", "mới")))]
    ['TP.HCM', 'mới']
    """
    if not is_bound(match):
        return (match,)
    labels = match.label.split(" ")
    return make_unit(tuple(Match(label, tuple(terms(label)), match.field) for label in labels))


def make_unit(words: Unit) -> Unit:
    """Words as one unit: where a syllable of several words bears a mark, those without are level."""
    level = len(words) > 1 and any(word.is_marked for word in words)
    return tuple(word if word.level is level else replace(word, level=level) for word in words)
