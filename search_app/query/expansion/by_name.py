"""Which names of the tables are typed, and which other forms do these names have?

Names are found from the left, at each place the longest, and do not overlap. A form that is an ordinary
syllable too (CA, Úc) is recognised only if it is typed in exactly these letters, and never in a query that is
all in capitals.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from indexer.query import Match, Typed
from indexer.text.readings import fits
from search_app.query.expansion.values import ExpansionKind, OtherForms
from search_app.query.grammar.runs import Run
from search_app.query.held_matches import Holds
from search_app.query.names import Form, KnownForm, NameChange, Names

_ASKED = {ExpansionKind.NAME: 1, ExpansionKind.SPELLING: 3}
"""Forms up to this many syllables are searched only if an article holds them. To ask this of a longer form
takes
too long, so it is always searched."""


class TypedName(NamedTuple):
    """A name that was typed.

    Attributes:
        first, last: the leaves of the run that are the name, the last exclusive.
        known: the entries of the tables with this form.
        former: changes by which this name went out of use.
        later: changes by which this name took the place of another, each with the name as written there.
    """

    first: int
    last: int
    known: tuple[KnownForm, ...]
    former: tuple[NameChange, ...]
    later: tuple[tuple[NameChange, str], ...]


def find_names(run: Run, names: Names, *, capitals: bool) -> Iterator[TypedName]:
    """The names in a run.

    Args:
        capitals: whether capitals tell names from words in this query.
    """
    first = 0
    while first < len(run.leaves):
        named = next(_longest(run, first, names, capitals=capitals), None)
        if named:
            yield named
        first = named.last if named else first + 1


def _longest(run: Run, first: int, names: Names, *, capitals: bool) -> Iterator[TypedName]:
    for last in range(min(len(run.leaves), first + names.longest), first, -1):
        syllables = run.syllables(first, last)
        if len(syllables) > names.longest:
            continue
        typed = run.typed(first, last)
        known = tuple(
            candidate
            for candidate in names.look_up(syllables)
            if not candidate.form.exact or (capitals and typed == candidate.form.text)
        )
        spelt = [syllables, *(form.syllables for each in known for form in each.entry.forms)]
        named = _changed(first, last, known, spelt, names)
        if named.known or named.former or named.later:
            yield named


def with_word_before(run: Run, named: TypedName, names: Names) -> TypedName:
    """The name together with the word before it, where abbreviations are written out.

    So the changes of "Bộ Kế hoạch và Đầu tư" are found for "Bộ KH&ĐT".
    """
    first = max(named.first - 1, 0)
    before = run.syllables(first, named.first)
    forms = [form for known in named.known if known.entry.has_abbreviations for form in known.entry.forms]
    return _changed(first, named.last, (), [(*before, *form.syllables) for form in forms if before], names)


def _changed(
    first: int, last: int, known: tuple[KnownForm, ...], spelt: list[tuple[str, ...]], names: Names
) -> TypedName:
    former = dict.fromkeys(change for syllables in spelt for change in names.former(syllables))
    later = dict.fromkeys(change for syllables in spelt for change in names.later(syllables))
    return TypedName(first, last, known, tuple(former), tuple(later))


def find_other_forms(run: Run, named: TypedName, holds: Holds) -> Iterator[OtherForms]:
    """The other forms of a name, without the short ones that no article holds."""
    seen: set[tuple[str, ...]] = set()
    for known in named.known:
        for form in known.others:
            match = Match(form.text, form.syllables, complete=True)
            if form.syllables in seen or _is_found_anyway(run, named, form):
                continue
            seen.add(form.syllables)
            kind = ExpansionKind.NAME if known.entry.has_abbreviations else ExpansionKind.SPELLING
            if len(form.syllables) > _ASKED[kind] or holds(match):
                yield OtherForms(named.first, named.last, form.text, kind, (match,))


def _is_found_anyway(run: Run, named: TypedName, form: Form) -> bool:
    """Whether the typed words match this form without an expansion, as "dak lak" matches Đắk Lắk."""
    return all(_holds_run(leaf.typed, form.syllables) for leaf in run.leaves[named.first : named.last])


def _holds_run(typed: Sequence[Typed], syllables: Sequence[str]) -> bool:
    """Whether the typed syllables stand in a row among others."""
    return any(
        all(fits(mine, theirs) for mine, theirs in zip(typed, syllables[start:], strict=False))
        for start in range(len(syllables) - len(typed) + 1)
    )
