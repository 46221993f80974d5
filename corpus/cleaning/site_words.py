"""Does a text speak for the site (to its readers, of its accounts, prices, rights), as no news does?"""

import re
from dataclasses import dataclass

from corpus.cleaning.lines import comparison_key
from corpus.cleaning.word_list import word_list

_WORD = re.compile(r"\w+")
_LONGEST = 4  # words of a phrase


@dataclass(frozen=True, slots=True)
class SiteWords:
    """How much of a text is the site's own talk.

    Attributes:
        phrases: the different phrases of such talk in it.
        per_hundred: the same to a hundred words of the text.
    """

    phrases: int
    per_hundred: float


def site_words(text: str) -> SiteWords:
    """How much of a text is the site's own talk; different phrases count, however often each is said.

    >>> site_words("Vui lòng bấm vào đường dẫn để đăng nhập.").phrases
    4
    >>> site_words("Chợ sớm họp từ ba giờ, bán đủ thứ rau của vùng bãi.").phrases
    0
    """
    phrases = word_list("site_words.txt")
    words = _WORD.findall(comparison_key(text).casefold())
    found = {
        phrase
        for start in range(len(words))
        for length in range(1, _LONGEST + 1)
        if (phrase := " ".join(words[start : start + length])) in phrases
    }
    return SiteWords(len(found), 100 * len(found) / max(len(words), 1))
