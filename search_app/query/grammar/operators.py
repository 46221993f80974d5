"""Which typed words are operators?

An operator is typed in capitals. So a query in which every word is in capitals, as in a headline, has no
operators: "KHÔNG CÓ GÌ QUÝ HƠN ĐỘC LẬP TỰ DO" is nine words.
"""

import re
from enum import StrEnum

from search_app.query.grammar.spelling import clean_typed


class Operator(StrEnum):
    """An operator of the grammar, by its English name."""

    AND = "AND"
    OR = "OR"
    NOT = "NOT"


OPERATORS = {
    "AND": Operator.AND,
    "VÀ": Operator.AND,
    "OR": Operator.OR,
    "HOẶC": Operator.OR,
    "NOT": Operator.NOT,
    "KHÔNG": Operator.NOT,
}
ENGLISH = frozenset(Operator)
"""Operators that are not Vietnamese words: in a query of capitals they were probably meant as operators."""

_WORD = re.compile(r"[^\W_]+")


def has_operators(text: str) -> bool:
    """Whether operators are read as such in this query: not where all of its letters are capitals.

    >>> has_operators("vàng OR bạc"), has_operators("2013 OR 2014"), has_operators("VÀNG OR BẠC")
    (True, True, False)
    """
    cleaned = clean_typed(text)
    if any(letter.islower() for letter in cleaned):
        return True
    others = "".join(word for word in _WORD.findall(cleaned) if word not in OPERATORS)
    return bool(others) and not any(letter.isupper() for letter in others)
