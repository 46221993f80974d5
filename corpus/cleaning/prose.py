"""Does a text look like an article? It has a headline, and below it sentences rather than a list."""

import re
from collections.abc import Sequence

from corpus.cleaning.lines import nfc

_MAX_HEADLINE_CHARACTERS = 400
_SENTENCE_ENDS = re.compile(r"[.!?…:;][\"'”’»)\]]*$")
_LETTER = re.compile(r"[^\W\d_]")
_WORDS = 2  # a line, in the mean; fewer are keys, not sentences
_PAIR = re.compile(r"[^\s#|=\t]{1,20}[#|=\t]\S")


def is_prose(title: str, text: Sequence[str]) -> bool:
    """Whether the title is a headline, and at least half of the text is sentences.

    >>> is_prose("Cầu mới", ["Xe đã qua cầu sáng nay."])
    True
    >>> is_prose("ubnd#ủy ban nhân dân", ["htx#hợp tác xã", "tw#trung ương"])
    False
    """
    if len(title) > _MAX_HEADLINE_CHARACTERS or not _LETTER.search(title) or _PAIR.match(nfc(title)):
        return False
    characters = sum(map(len, text))
    sentences = [line for line in text if _SENTENCE_ENDS.search(line)]
    words = sum(len(line.split()) for line in sentences)
    return 2 * sum(map(len, sentences)) >= characters > 0 and words >= _WORDS * len(sentences)
