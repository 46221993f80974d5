"""Which words of a query are bound, never bound, or a name, by the tables of names?

As in a unit of the corpus, marks bind together: where any syllable is typed with a mark, every syllable is
complete, and where none is, all marks are free. Names of one syllable bind nothing, nor do those that the
tables write with a small letter: they are words with an abbreviation ("học sinh, sinh viên": HSSV), no names.
"""

from collections.abc import Iterator, Sequence
from typing import Protocol

from corpus.tones import bears_mark
from indexer.query import Match
from indexer.text.readings import means, reading_key
from indexer.units.unit_cut import Given, Span
from search_app.query.names import Names
from search_app.query.names.tables import MAX_BOUND

SyllableRun = tuple[str, ...]


class BoundRuns(Protocol):
    """The archive's own table of runs of syllables (normalised)."""

    def bound(self) -> Sequence[SyllableRun]:
        """Those that are always one unit."""

    def never_bound(self) -> Sequence[SyllableRun]:
        """Those that are never one unit."""


class SpanFinder:
    """Finds what the tables of names say of the words of a query; safe for threads."""

    def __init__(self, names: Names, bound: BoundRuns) -> None:
        self._names = names
        self._bound = _by_key(bound.bound())
        self._never = _by_key(bound.never_bound())

    def find(self, words: Sequence[Match], *, changes: bool = False) -> Given:
        """The spans of the tables.

        Args:
            changes: whether names that changed are names too. They are ten thousand, of villages most, and
                many are ordinary words; the corpus knows better which of them it means.
        """
        bound: set[Span] = set()
        never: set[Span] = set()
        named: set[Span] = set()
        capitals = not "".join(word.label for word in words).isupper()
        for span, syllables in _spans(words, max(self._names.longest, MAX_BOUND)):
            if _holds(self._never, syllables):
                never.add(span)
            elif _holds(self._bound, syllables):
                bound.add(span)
            elif self._is_name(words, span, syllables, capitals=capitals, changes=changes):
                named.add(span)
        return Given(frozenset(bound), frozenset(never), frozenset(named))

    def _is_name(
        self, words: Sequence[Match], span: Span, syllables: SyllableRun, *, capitals: bool, changes: bool
    ) -> bool:
        known = self._names.look_up(syllables)
        typed = " ".join(word.label for word in words[slice(*span)])
        if any(
            _is_meant(syllables, candidate.form.syllables)
            for candidate in known
            if candidate.form.text[:1].isupper()
            and (not candidate.form.exact or (capitals and typed == candidate.form.text))
        ):
            return True
        return changes and bool(self._names.former(syllables) or self._names.later(syllables))


def _spans(words: Sequence[Match], longest: int) -> Iterator[tuple[Span, SyllableRun]]:
    """Every span of two words or more, with its syllables."""
    for first in range(len(words)):
        syllables: SyllableRun = words[first].syllables
        for last in range(first + 2, len(words) + 1):
            syllables = (*syllables, *words[last - 1].syllables)
            if len(syllables) > longest:
                break
            yield (first, last), syllables


def _by_key(runs: Sequence[SyllableRun]) -> dict[SyllableRun, list[SyllableRun]]:
    keyed: dict[SyllableRun, list[SyllableRun]] = {}
    for run in runs:
        keyed.setdefault(tuple(map(reading_key, run)), []).append(run)
    return keyed


def _holds(runs: dict[SyllableRun, list[SyllableRun]], typed: SyllableRun) -> bool:
    return bool(runs) and any(_is_meant(typed, run) for run in runs.get(tuple(map(reading_key, typed)), ()))


def _is_meant(typed: SyllableRun, run: SyllableRun) -> bool:
    marked = any(map(bears_mark, typed))
    return len(typed) == len(run) and all(
        means(mine, theirs, complete=marked) for mine, theirs in zip(typed, run, strict=True)
    )
