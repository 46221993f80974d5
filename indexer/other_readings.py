"""Which other readings has a typed match: the same letters with other marks?

A typed word with marks, "đường", matches đường. All readings of its letters (duong, dương, …) share in the
ranking and let an article into the last tier. Quotes, fields and segmented words have no other readings.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from indexer.fields import Field
from indexer.query import Match, Typed
from indexer.text.fold import fold
from indexer.text.readings import same_spelling


@lru_cache(maxsize=1 << 12)
def with_all_readings(match: Match) -> Match | None:
    """The match without marks, which means all readings of its letters; None where it has none, or they bind.

    >>> with_all_readings(Match("đường", ("đường",))).syllables, with_all_readings(Match("duong", ("duong",)))
    (('duong',), None)
    """
    if match.complete or match.as_word or match.slop or match.field is not Field.TEXT:
        return None
    folded = tuple(map(fold, match.syllables))
    if folded == match.syllables and not match.level:
        return None
    return replace(match, syllables=folded, level=False)


def widest_match(match: Match, *, expanded: bool) -> Match:
    """The widest form of a match that is scored: an article with it is in the last tier."""
    return (with_all_readings(match) if expanded else None) or match


def other_reading_of(match: Match, *, expanded: bool) -> Typed | None:
    """The typed syllable without its marks, for other readings of it; None where it has none."""
    readings = widest_match(match, expanded=expanded)
    return readings.typed[0] if readings != match and len(readings.typed) == 1 else None


def named_readings(words: Mapping[str, int], terms: Mapping[str, int]) -> dict[str, int]:
    """The counts of words, each under its most frequent spelling.

    Args:
        words: numbers of articles by word (readings.same_spelling of its terms).
        terms: numbers of articles by term.

    >>> named_readings({"hòa": 3, "hoa": 1}, {"hoà": 2, "hòa": 1, "hoa": 1})
    {'hoà': 3, 'hoa': 1}
    """
    names: dict[str, str] = {}
    for term in sorted(terms, key=lambda spelling: (-terms[spelling], spelling)):
        names.setdefault(one_spelling(term), term)
    counts = {names[word]: count for word, count in words.items()}
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def one_spelling(reading: str) -> str:
    """A reading, of one syllable or of several with spaces between, in the one spelling of its word.

    >>> one_spelling("hoà bình")
    'hòa bình'
    """
    return " ".join(map(same_spelling, reading.split(" ")))
