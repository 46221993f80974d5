"""Which names and spellings mean the same? Tables that the archive's staff can add to.

The tables that Kho Báo brings stand beside this file; a data folder may hold more of them in its folder
``names``. The columns of a table, named in its first line, say what it holds (see tables).
"""

from search_app.query.names.book import Entry, Form, Known, Names, read_names, written
from search_app.query.names.changes import How, NameChange
from search_app.query.names.tables import Checked, TableFault, check, read_table

__all__ = [
    "NO_NAMES",
    "Checked",
    "Entry",
    "Form",
    "How",
    "Known",
    "NameChange",
    "Names",
    "TableFault",
    "check",
    "read_names",
    "read_table",
    "written",
]

NO_NAMES = Names(())
"""No table at all."""
