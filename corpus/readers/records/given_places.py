"""How are a record's places of captions converted, when its lists become lines?

A place counts the members of the list of paragraphs as it was given, and belongs to one member of the list of
captions; a member may be empty, have several lines, or repeat another one. A text counts as the list of its
lines.
"""

from collections.abc import Sequence
from itertools import accumulate

from corpus.readers.records.values import parse_lines

Given = tuple[str, object]  # the field's name in the record, and its value


def counted_in_lines(paragraphs: Given, places: Sequence[int | None]) -> tuple[int | None, ...]:
    r"""The places, counted in the lines of the paragraphs; None for one that is beyond them.

    >>> counted_in_lines(("body", ["Một.", "", "Hai.\nBa."]), (1, 2, 3, 4, None))
    (1, 1, 3, None, None)
    """
    above = (0, *accumulate(len(member) for member in _members(paragraphs)))
    return tuple(None if place is None or place >= len(above) else above[place] for place in places)


def placed_captions(captions: Given, places: Sequence[int | None]) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The distinct captions, those with a place first in the order of the text, and these places.

    >>> placed_captions(("captions", ["Bến đò", "", "Bến đò", "Chợ", "Hoa"]), (0, 1, 1, None, 2))
    (('Bến đò', 'Hoa', 'Chợ'), (0, 2))
    """
    placed: dict[str, int | None] = {}
    for number, member in enumerate(_members(captions)):
        for line in member:
            placed.setdefault(line, places[number] if number < len(places) else None)
    known = sorted((place, number) for number, place in enumerate(placed.values()) if place is not None)
    lines_ = tuple(placed)
    first = tuple(lines_[number] for _, number in known)
    return (*first, *(line for line in lines_ if placed[line] is None)), tuple(place for place, _ in known)


def _members(given: Given) -> list[tuple[str, ...]]:
    """The lines of each member of a list; a text is a list of its lines."""
    name, value = given
    if isinstance(value, list):
        return [parse_lines(name, member) for member in value]
    return [(line,) for line in parse_lines(name, value)]
