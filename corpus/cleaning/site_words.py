"""Does a text speak for the site (to its readers, of its accounts, prices, rights), as no news does?"""

import re
from dataclasses import dataclass
from functools import cache

from corpus.cleaning.lines import comparison_key
from corpus.cleaning.word_list import word_list

_WORD = re.compile(r"\w+")
_LONGEST = 4  # words of a phrase
_OWN = "+ "  # marks the phrases that only a site has


@dataclass(frozen=True, slots=True)
class SiteWords:
    """How much of a text is the site's own talk.

    Attributes:
        phrases: the different phrases of such talk in it.
        per_hundred: the same to a hundred words of the text.
        own: those of the phrases that only a site has; others also stand in advice and in news of fraud.
    """

    phrases: int
    per_hundred: float
    own: int


def site_words(text: str) -> SiteWords:
    """How much of a text is the site's own talk; different phrases count, however often each is said.

    >>> site_words("Vui lòng bấm vào đường dẫn để đăng nhập.").phrases
    4
    >>> site_words("Chợ sớm họp từ ba giờ, bán đủ thứ rau của vùng bãi.").phrases
    0
    """
    phrases, own = _phrases()
    words = _WORD.findall(comparison_key(text).casefold())
    found = {
        phrase
        for start in range(len(words))
        for length in range(1, _LONGEST + 1)
        if (phrase := " ".join(words[start : start + length])) in phrases
    }
    return SiteWords(len(found), 100 * len(found) / max(len(words), 1), len(found & own))


@cache
def _phrases() -> tuple[frozenset[str], frozenset[str]]:
    """All phrases, and those that only a site has."""
    entries = word_list("site_words.txt")
    own = frozenset(entry.removeprefix(_OWN) for entry in entries if entry.startswith(_OWN))
    return frozenset(entry.removeprefix(_OWN) for entry in entries), own
