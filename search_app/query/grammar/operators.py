"""Which typed words join others, and when are they only words?

Capitals make an operator, so a query that is capitals throughout, as a headline often is, has none:
"KHÔNG CÓ GÌ QUÝ HƠN ĐỘC LẬP TỰ DO" is nine words.
"""

import re
from enum import StrEnum

from search_app.query.grammar.spelling import clean_typed


class Operator(StrEnum):
    """How two parts are joined, or one is left out."""

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
"""No Vietnamese words: in a query of capitals they may still have been meant as operators."""

_WORD = re.compile(r"[^\W_]+")


def operators_live(text: str) -> bool:
    """Whether operators are understood in this query: not where it is capitals throughout.

    >>> operators_live("vàng OR bạc"), operators_live("2013 OR 2014"), operators_live("VÀNG OR BẠC")
    (True, True, False)
    """
    cleaned = clean_typed(text)
    if any(letter.islower() for letter in cleaned):
        return True
    others = "".join(word for word in _WORD.findall(cleaned) if word not in OPERATORS)
    return bool(others) and not any(letter.isupper() for letter in others)
