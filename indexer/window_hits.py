"""Which spans are the hits of an unordered window (``~N``) in one article?

A hit begins with a typed syllable, and ends with the nearest syllable up to which every typed syllable has a
place of its own. Hits are taken from left to right, and none begins within the one before it. Positions leave
a gap between paragraphs that is wider than any window.
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet


def window_spans(places: Sequence[Sequence[int]], width: int) -> list[tuple[int, int]]:
    """The spans of the hits, in order, the end exclusive.

    Args:
        places: for each typed syllable the positions that it fits.
        width: syllables of a window, at most.

    >>> window_spans([[0, 9], [2, 3]], 4)
    [(0, 3)]
    """
    fitting: dict[int, set[int]] = {}
    for slot, own in enumerate(places):
        for position in own:
            fitting.setdefault(position, set()).add(slot)
    positions = sorted(fitting)
    spans: list[tuple[int, int]] = []
    for first, begin in enumerate(positions):
        if spans and begin < spans[-1][1]:
            continue
        held: list[set[int]] = []
        fitted: set[int] = set()
        for position in positions[first:]:
            if position - begin >= width:
                break
            held.append(fitting[position])
            fitted |= fitting[position]
            enough = len(held) >= len(places) == len(fitted)  # else a matching need not be looked for
            if enough and has_place_for_each(held, len(places)):
                spans.append((begin, position + 1))
                break
    return spans


def has_place_for_each(meant: Sequence[AbstractSet[int]], count: int) -> bool:
    """Whether each of ``count`` typed syllables can have a place of its own: a matching of a bipartite graph.

    Args:
        meant: for each place, the numbers of the typed syllables that it fits.

    >>> has_place_for_each([{0, 2}, {1}], 3), has_place_for_each([{0, 2}, {1}, {2}], 3)
    (False, True)
    """
    filled_by: dict[int, int] = {}

    def is_found(slot: int, tried: set[int]) -> bool:
        """Finds a place for a syllable, where need be by moving those that have one (Kuhn's algorithm)."""
        for place, fitting in enumerate(meant):
            if slot in fitting and place not in tried:
                tried.add(place)
                if place not in filled_by or is_found(filled_by[place], tried):
                    filled_by[place] = slot
                    return True
        return False

    return all(is_found(slot, set()) for slot in range(count))
