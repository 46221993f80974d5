"""Which names and spellings mean the same? Tables that the archive's staff can add to.

The tables that Kho Báo brings stand beside this file; a data folder may hold more of them in its folder
``names``. The columns of a table, named in its first line, say what it holds (see tables).
"""

from search_app.query.names.book import Entry, Form, Known, Names, read_names, written
from search_app.query.names.changes import Change, How
from search_app.query.names.tables import Checked, Fault, check, read_table

__all__ = [
    "NO_NAMES",
    "Change",
    "Checked",
    "Entry",
    "Fault",
    "Form",
    "How",
    "Known",
    "Names",
    "check",
    "read_names",
    "read_table",
    "written",
]

NO_NAMES = Names(())
"""No table at all."""
