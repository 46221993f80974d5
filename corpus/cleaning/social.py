"""Is this line a bar of buttons that share the page?"""

import re
from functools import cache

from corpus.cleaning.lines import comparison_key
from corpus.cleaning.word_list import word_list

_LONGEST_BAR = 120  # characters; keeps long paragraphs out of the search for buttons
_BETWEEN = re.compile(r"[\s|•·/,;:_\-–—]+")


@cache
def _buttons() -> tuple[frozenset[str], int]:
    words = frozenset(_BETWEEN.sub(" ", word) for word in word_list("social_words.txt"))
    return words, max(word.count(" ") + 1 for word in words)


def is_social_bar(line: str) -> bool:
    """Whether the line is nothing but buttons.

    >>> is_social_bar("fb yt zl tw"), is_social_bar("Facebook | Zalo | Copy link"), is_social_bar("Chia sẻ")
    (True, True, True)
    >>> is_social_bar("Facebook"), is_social_bar("Chia sẻ với người nghèo")
    (False, False)
    """
    if len(line) > _LONGEST_BAR:
        return False
    words = _BETWEEN.sub(" ", comparison_key(line).casefold()).strip().split(" ")
    return len(words) > 1 and _all_buttons(words)


def _all_buttons(words: list[str]) -> bool:
    """Whether the words can be cut, from the left and longest first, into buttons."""
    buttons, longest = _buttons()
    while words:
        for count in range(min(longest, len(words)), 0, -1):
            if " ".join(words[:count]) in buttons:
                words = words[count:]
                break
        else:
            return False
    return True
