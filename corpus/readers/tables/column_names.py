"""How do the columns of a table get distinct names?"""

from collections.abc import Iterable


def distinct(names: Iterable[str]) -> tuple[str, ...]:
    """The names; an empty or repeated one gets a number.

    >>> distinct(["ten", " ten", ""])
    ('ten', 'ten (2)', 'column 3')
    """
    unique: dict[str, None] = {}
    for number, name in enumerate(names, 1):
        plain = name.strip() or f"column {number}"
        unique[plain if plain not in unique else f"{plain} ({number})"] = None
    return tuple(unique)
