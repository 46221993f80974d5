"""How many paragraphs are above each caption of a text?"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence

from corpus.cleaning.lines import comparison_key


def caption_places(
    page: Iterable[str], captions: Sequence[str], paragraphs: Sequence[str], opening: Sequence[str] = ()
) -> tuple[int, ...]:
    """For each caption, how many of the paragraphs are above it on the page.

    Args:
        page: all lines of the page in order; some are captions, some paragraphs, some neither.
        captions: distinct, in the order of the page; places are returned for the first ones that are on it.
        paragraphs: as they are printed.
        opening: printed lines above the paragraphs that became the headline or the lede.

    >>> page = ["Lũ về.", "Bến đò.", "Dân chạy lũ.", "Chợ sớm."]
    >>> caption_places(page, ["Bến đò.", "Chợ sớm."], ["Dân chạy lũ."])
    (0, 1)
    >>> caption_places(["Lũ về.", "Bến đò.", "Lũ về."], ["Bến đò."], ["Lũ về."], ["Lũ về."])
    (0,)
    """
    numbers: defaultdict[str, list[int]] = defaultdict(list)
    for number, paragraph in enumerate((*opening, *paragraphs)):
        numbers[comparison_key(paragraph)].append(number)
    awaited = iter(map(comparison_key, captions))
    caption = next(awaited, None)
    places: list[int] = []
    above = 0
    for line in page:
        key = comparison_key(line)
        same = numbers.get(key, ())
        if key == caption:
            places.append(max(0, above - len(opening)))
            caption = next(awaited, None)
        elif (place := bisect_left(same, above)) < len(same):
            above = same[place] + 1
    return tuple(places)


def places_after_split(places: Sequence[int], before: int, after: int) -> tuple[int, ...]:
    """The places after ``before`` paragraphs were split into ``after``; only a single one is ever split.

    >>> places_after_split((0, 1), 1, 4), places_after_split((0, 2), 3, 3)
    ((0, 4), (0, 2))
    """
    return tuple(place if before == after or not place else after for place in places)
