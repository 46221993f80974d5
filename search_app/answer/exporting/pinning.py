"""Which selection finds the same for ever? The query as understood, at a change of the archive.

What is imported later changes neither how words are cut into units, nor what a query is expanded by, nor what
is corrected. What is withdrawn later is withheld from it all the same.
"""

from collections.abc import Iterable
from dataclasses import replace

from search_app.answer.selection import Selection
from search_app.query.expansion import Expansion
from search_app.query.grammar import MAX_UNDERSTOOD_CHARACTERS, can_be_asked


def pin_down(
    selection: Selection, understood: str, expansions: Iterable[Expansion], change: int, *, expands: bool
) -> Selection:
    """A selection whose answer is known, so that it asks for the same at a change for ever.

    Args:
        understood: its query as understood, or that of the correction that was searched in its place.
        expansions: of that query; those that were not searched too.
        expands: whether it was expanded.
    """
    used = (one.also for one in expansions if one.used)
    return replace(
        selection,
        query=understood,
        units=False,
        not_units=(),
        exact=True,
        expand=expands,
        also=tuple(dict.fromkeys(used)) if expands else None,
        not_also=(),
        as_of=change,
    )


def can_be_pinned(pinned: Selection) -> bool:
    """Whether a selection of ``pin_down`` can be asked for: its query as understood may be too long."""
    return can_be_asked(pinned.query, most=MAX_UNDERSTOOD_CHARACTERS)
