"""How are a record's places of captions converted, when its lists become lines?

A place counts the members of the list of paragraphs as it was given, and belongs to one member of the list of
captions; a member may be empty, have several lines, or repeat another one. A text counts as the list of its
lines.
"""

from collections.abc import Sequence
from itertools import accumulate

from corpus.readers.records.values import parse_lines

Given = tuple[str, object]  # the field's name in the record, and its value


def counted_in_lines(paragraphs: Given, places: Sequence[int]) -> tuple[int, ...]:
    r"""The places, counted in the lines of the paragraphs; an impossible place stays impossible.

    >>> counted_in_lines(("body", ["Một.", "", "Hai.\nBa."]), (1, 2, 3, 4, -1))
    (1, 1, 3, 4, -1)
    """
    above = (0, *accumulate(len(member) for member in _members(paragraphs)))
    beyond = above[-1] - (len(above) - 1)
    return tuple(
        above[place] if 0 <= place < len(above) else place + beyond * (place > 0) for place in places
    )


def placed_captions(captions: Given, places: Sequence[int]) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The distinct captions, and the places of those that have one; surplus places stay.

    >>> placed_captions(("captions", ["Bến đò", "", "Bến đò", "Chợ"]), (0, 1, 1, 2))
    (('Bến đò', 'Chợ'), (0, 2))
    """
    members = _members(captions)
    placed: dict[str, int | None] = {}
    for number, member in enumerate(members):
        for line in member:
            placed.setdefault(line, places[number] if number < len(places) else None)
    known = (place for place in placed.values() if place is not None)
    return tuple(placed), (*known, *places[len(members) :])


def _members(given: Given) -> list[tuple[str, ...]]:
    """The lines of each member of a list; a text is a list of its lines."""
    name, value = given
    if isinstance(value, list):
        return [parse_lines(name, member) for member in value]
    return [(line,) for line in parse_lines(name, value)]
