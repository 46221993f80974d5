"""Which features does underthesea's word model have of a token and its neighbours?

A feature is a span of one, two or three tokens around this one ("T[-1,0]": the one before and this
one), as written or through a function: lower case, digits, a capital first, in the dictionary.
Before and after the text a feature has the values BOS and EOS; a token that is spelt "BOS" gives the same
value, as it does in underthesea. Source: ``features.bin`` of the model, ``featurizers.rs`` of
underthesea_core 3.3.2.
"""

import re
from functools import cache

SPANS = {1: ("-2", "-1", "0", "1", "2"), 2: ("-2,-1", "-1,0", "0,1", "1,2"), 3: ("-2,0", "-1,1", "0,2")}
"""The spans of one, two and three tokens, by the distance of their first token."""

WRITTEN, LOWER, DIGIT, TITLE, IN_DICTIONARY = "", ".lower", ".isdigit", ".istitle", ".is_in_dict"
FUNCTIONS = (WRITTEN, LOWER, DIGIT, TITLE, IN_DICTIONARY)

_INT32 = range(-(2**31), 2**31)
_INTEGER = re.compile(r"([+-]?)0*([0-9]{1,10})")
# Lower case since Unicode 15 to 17: underthesea_core knows it, Python 3.11 does not yet.
_YOUNG_LOWER = re.compile(
    "[\u019b\u0264\u1c8a\ua7cd\ua7cf\ua7d3\ua7d5\ua7db\U00010d70-\U00010d85\U00016ebb-\U00016ed3]"
)


@cache
def feature(span: str, function: str) -> str:
    """The name of a feature, as it stands before "=" in an attribute of the model.

    >>> feature("-1,0", LOWER)
    'T[-1,0].lower'
    """
    return f"T[{span}]{function}"


def is_digit(token: str) -> bool:
    """Whether the token is a number of 32 bits.

    >>> is_digit("2013"), is_digit("9876543210"), is_digit("1.5"), is_digit("٣")
    (True, False, False, False)
    """
    found = _INTEGER.fullmatch(token)
    return found is not None and int(found[1] + found[2]) in _INT32


def is_title(token: str) -> bool:
    """Whether the first character is not lower case: digits and signs count as titles.

    >>> is_title("Đà"), is_title("đà"), is_title("2013")
    (True, False, True)
    """
    return token[0] == token[0].upper() and not _YOUNG_LOWER.match(token)
