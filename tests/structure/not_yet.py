"""What is still named by a retired word, or by one name for two things? Both sets are to become empty.

``tests/structure/test_glossary.py`` asserts that these names are found, and no others: a name that is renamed
is taken out here, and no name may be added. When both sets are empty, this module goes.
"""

NOT_YET: frozenset[str] = frozenset()
"""Names with a retired word."""

NOT_YET_TWICE: frozenset[str] = frozenset(
    {
        "search_app.api.faults.shown",
        "search_app.cli.terminal.shown",
    }
)
"""Public names that several modules of one top package define in different meanings."""
