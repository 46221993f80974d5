"""Which names are typed, and what else are they called or were they called?

The longest name first, from the left; names do not overlap. A form that is an ordinary syllable too
(CA, Úc) is meant only where it is typed in these very letters, and not in a query of capitals.
"""

from collections.abc import Iterator
from typing import NamedTuple

from indexer.query import Match
from indexer.text.readings import means
from search_app.query.expansion.runs import Run
from search_app.query.expansion.values import ExpansionKind, Finding, Holds
from search_app.query.names import Form, Known, NameChange, Names

_ASKED = {ExpansionKind.NAME: 1, ExpansionKind.SPELLING: 3}
"""Up to how many syllables the index is asked whether it holds a form: of more, it takes too long."""


class Named(NamedTuple):
    """The leaves ``first`` to ``last`` (exclusive) of a run are a name."""

    first: int
    last: int
    known: tuple[Known, ...]
    former: tuple[NameChange, ...]
    later: tuple[tuple[NameChange, str], ...]


def names_of(run: Run, names: Names, *, capitals: bool) -> Iterator[Named]:
    """The names in a run; ``capitals``: whether capitals say something in this query."""
    first = 0
    while first < len(run.leaves):
        named = next(_longest(run, first, names, capitals=capitals), None)
        if named:
            yield named
        first = named.last if named else first + 1


def _longest(run: Run, first: int, names: Names, *, capitals: bool) -> Iterator[Named]:
    for last in range(min(len(run.leaves), first + names.longest), first, -1):
        syllables = run.syllables(first, last)
        if len(syllables) > names.longest:
            continue
        typed = run.typed(first, last)
        known = tuple(
            one for one in names.of(syllables) if not one.form.exact or (capitals and typed == one.form.text)
        )
        spelt = [syllables, *(form.syllables for one in known for form in one.entry.forms)]
        named = _changed(first, last, known, spelt, names)
        if named.known or named.former or named.later:
            yield named


def with_word_before(run: Run, named: Named, names: Names) -> Named:
    """The name with the word before it, written out: Bộ KH&ĐT is Bộ Kế hoạch và Đầu tư."""
    first = max(named.first - 1, 0)
    before = run.syllables(first, named.first)
    forms = [form for known in named.known if known.entry.short for form in known.entry.forms]
    return _changed(first, named.last, (), [(*before, *form.syllables) for form in forms if before], names)


def _changed(
    first: int, last: int, known: tuple[Known, ...], spelt: list[tuple[str, ...]], names: Names
) -> Named:
    former = dict.fromkeys(one for each in spelt for one in names.former(each))
    later = dict.fromkeys(one for each in spelt for one in names.later(each))
    return Named(first, last, known, tuple(former), tuple(later))


def findings(run: Run, named: Named, holds: Holds) -> Iterator[Finding]:
    """What else a name is called; a short form that no article holds is passed over."""
    seen: set[tuple[str, ...]] = set()
    for known in named.known:
        for form in known.others:
            match = Match(form.text, form.syllables, complete=True)
            if form.syllables in seen or _is_found_anyway(run, named, form):
                continue
            seen.add(form.syllables)
            kind = ExpansionKind.NAME if known.entry.short else ExpansionKind.SPELLING
            if len(form.syllables) > _ASKED[kind] or holds(match):
                yield Finding(named.first, named.last, form.text, kind, (match,))


def _is_found_anyway(run: Run, named: Named, form: Form) -> bool:
    """Whether each typed word finds this form as it is: "dak lak" finds Đắk Lắk."""
    return all(_holds_run(leaf.syllables, form.syllables) for leaf in run.leaves[named.first : named.last])


def _holds_run(typed: tuple[str, ...], syllables: tuple[str, ...]) -> bool:
    return any(
        all(
            means(mine, theirs, complete=False)
            for mine, theirs in zip(typed, syllables[start:], strict=False)
        )
        for start in range(len(syllables) - len(typed) + 1)
    )
