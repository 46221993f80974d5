"""Which names and spellings mean the same? They are listed in tables, to which an archive's staff can add.

The tables of the project are the ``.tsv`` files beside this module; the folder ``names`` of a data folder may
hold more. The module tables describes their columns.
"""

from search_app.query.names.book import Entry, Form, KnownForm, Names, read_names, spelling_key
from search_app.query.names.changes import NameChange, NameChangeKind
from search_app.query.names.tables import CheckedTable, TableFault, check_table, read_table

__all__ = [
    "NO_NAMES",
    "CheckedTable",
    "Entry",
    "Form",
    "KnownForm",
    "NameChange",
    "NameChangeKind",
    "Names",
    "TableFault",
    "check_table",
    "read_names",
    "read_table",
    "spelling_key",
]

NO_NAMES = Names(())
"""Names of no table, with which no name is expanded."""
