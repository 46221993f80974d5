"""Below which paragraph of a text does each of its captions stand?"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence

from corpus.cleaning.lines import comparison_key


def caption_places(
    page: Iterable[str], captions: Sequence[str], paragraphs: Sequence[str], opening: Sequence[str] = ()
) -> tuple[int, ...]:
    """For each caption, how many of the paragraphs stand above it on its page.

    Args:
        page: all lines of the page in order; some became captions, some paragraphs, some neither.
        captions: each once, in the order of the page; the places are those of the first that are on it.
        paragraphs: as they are printed.
        opening: lines above them that became something else, the headline or the lede, as they are printed.

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
        elif (found := bisect_left(same, above)) < len(same):
            above = same[found] + 1
    return tuple(places)


def places_after_split(places: Sequence[int], before: int, after: int) -> tuple[int, ...]:
    """The places where a body of ``before`` paragraphs became one of ``after``: one alone may be split.

    >>> places_after_split((0, 1), 1, 4), places_after_split((0, 2), 3, 3)
    ((0, 4), (0, 2))
    """
    return tuple(place if before == after or not place else after for place in places)
