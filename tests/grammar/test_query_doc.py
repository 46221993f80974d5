"""Does docs/query.md say what the grammar does?"""

import re
from pathlib import Path

import pytest

from indexer.places import MAX_SLOP
from search_app.query.grammar import GRAMMAR, MAX_NESTING, MAX_QUERY_CHARACTERS, MAX_SYLLABLES, understand
from search_app.query.grammar.dates import FIRST_YEAR, LAST_YEAR
from search_app.query.grammar.fields import field_names
from search_app.query.grammar.operators import OPERATORS

DOC = Path(__file__).parents[2].joinpath("docs", "query.md").read_text("utf-8")
EXAMPLES = re.findall(r"^\| `([^`]+)` \| `([^`]+)` \| .+ \|$", DOC, re.MULTILINE)
ROWS = [
    line
    for line in DOC.splitlines()
    if line.startswith("| ") and not line.startswith(("| ---", "| Gõ", "| Typed"))
]


def test_every_row_is_an_example() -> None:
    """None escapes the test below by its form."""
    assert len(ROWS) == len(EXAMPLES)
    assert len(EXAMPLES) > 60


@pytest.mark.parametrize(("typed", "text"), EXAMPLES)
def test_an_example_is_understood_as_the_doc_says(typed: str, text: str) -> None:
    understood = understand(typed)
    assert text == understood.text
    assert understood.problems == ()
    assert understood.query == understand(text).query


@pytest.mark.parametrize(("language", "part"), [*enumerate(DOC.split("\n# The query grammar", 1))])
def test_each_language_states_the_limits(language: int, part: str) -> None:
    figures = [MAX_QUERY_CHARACTERS, MAX_SYLLABLES, MAX_NESTING, MAX_SLOP, FIRST_YEAR, LAST_YEAR]
    assert all(re.search(rf"\b{figure}\b", part) for figure in figures)
    assert f"{('Ngữ pháp', 'Grammar')[language]} {GRAMMAR}" in part


def test_every_operator_and_field_is_in_the_doc() -> None:
    assert all(operator in DOC for operator in OPERATORS)
    assert all(name in DOC for name in field_names().split(", "))
