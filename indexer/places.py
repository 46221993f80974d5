"""How is one occurrence of a term written as a number?

A place is 32 bits: the zone of the article, the position of the syllable in that zone, and whether a word
begins and ends with it. Positions count from 0. Between paragraphs they leave a gap of more positions than a
window may have beside its own syllables, so that no phrase or window crosses one.

    zzzz pppppppppppppppppppppppppp b e
    4    26                         1 1   bits
"""

from dataclasses import dataclass
from enum import IntEnum

PARAGRAPH_GAP = 64
MAX_SLOP = 50

ZONE_SHIFT = 28
POSITION_SHIFT = 2
POSITION_MASK = (1 << 26) - 1
BEGINS = 0b10
ENDS = 0b01


class Zone(IntEnum):
    """The zones of an article: the parts that are searched as text."""

    TITLE = 0
    LEDE = 1
    BODY = 2
    CAPTIONS = 3


ZONE_WEIGHTS = {Zone.TITLE: 3.0, Zone.LEDE: 2.0, Zone.BODY: 1.0, Zone.CAPTIONS: 1.0}


@dataclass(frozen=True, slots=True)
class Place:
    """One occurrence of a term, unpacked."""

    zone: int
    position: int
    begins: bool = True
    ends: bool = True


def pack(place: Place) -> int:
    """The 32-bit number of a place.

    >>> unpack(pack(Place(zone=2, position=7, begins=True, ends=False)))
    Place(zone=2, position=7, begins=True, ends=False)
    """
    return (
        place.zone << ZONE_SHIFT
        | place.position << POSITION_SHIFT
        | (BEGINS if place.begins else 0)
        | (ENDS if place.ends else 0)
    )


def unpack(number: int) -> Place:
    """The place of a 32-bit number."""
    return Place(
        zone=number >> ZONE_SHIFT,
        position=number >> POSITION_SHIFT & POSITION_MASK,
        begins=bool(number & BEGINS),
        ends=bool(number & ENDS),
    )
