"""What is the file of an export called? It says what was asked and how many rows it has, so that one that was
cut off on its way is recognised: it has fewer records than its name says.
"""

import re
from datetime import date

from indexer.text.fold import fold
from indexer.text.normalise import normalise
from search_app.answer.exporting.facts import ResultFacts
from search_app.answer.selection import Selection

_OTHERS = re.compile(r"[^a-z0-9]+")
_LONGEST = 60
"""Characters of a query: systems allow 255 bytes a name."""

ALL, ANY = "all", "any"
"""In place of a query that asks for everything, and of a date that is not limited."""


def export_name(selection: Selection, rows: int, change: int, suffix: str = "csv") -> str:
    """The name of a file of all results; letters without marks, so that every system takes it.

    Args:
        rows: of the file, without its head.
        change: of the archive that the index answered for.

    >>> export_name(Selection('"Lào Cai" OR lũ', first=date(2013, 5, 1)), 12, 70)
    'khobao_lao-cai-or-lu_2013-05-01_any_n12_c70.csv'
    """
    words = _OTHERS.sub("-", fold(normalise(selection.query)).lower()).strip("-")[:_LONGEST].strip("-")
    first, last = (_day(day) for day in (selection.first, selection.last))
    return f"khobao_{words or ALL}_{first}_{last}_n{rows}_c{change}.{suffix}"


def result_name(facts: ResultFacts, suffix: str) -> str:
    """The same of the articles of a result."""
    return export_name(facts.asked, facts.rows, facts.change, suffix)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ANY
