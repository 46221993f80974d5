"""docs/programs.md says under which name a thing stands on the page, in JSON, CSV, addresses and commands."""

import re
from collections.abc import Iterator

import click
import pytest
from marshmallow import Schema, fields

from search_app.cli.commands import khobao
from search_app.formats.answers.article import ArticleAnswer
from search_app.formats.answers.search import SearchAnswer
from search_app.formats.exports.columns import COLUMNS
from search_app.language import translator
from search_app.web.routes import ROUTES
from tests.programs.test_twins import ROWS as TWINS
from tests.shared import ROOT

_SECTION = (
    (ROOT / "docs" / "programs.md")
    .read_text("utf-8")
    .partition("## One thing, one name")[2]
    .partition("\n## ")[0]
)
TABLE = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in _SECTION.splitlines()
    if line.startswith("| ") and not line.startswith(("| ---", "| thing"))
]


def keys(schema: type[Schema]) -> Iterator[str]:
    """Every key of an answer and of what it holds."""
    for name, field in schema._declared_fields.items():
        yield name
        inner = field.inner if isinstance(field, fields.List) else field
        if isinstance(inner, fields.Mapping) and isinstance(inner.value_field, fields.List):
            inner = inner.value_field.inner
        if isinstance(inner, fields.Nested) and isinstance(inner.nested, type):
            yield from keys(inner.nested)


JSON = {*keys(SearchAnswer), *keys(ArticleAnswer)}
CSV = {*COLUMNS, *(name for _, columns, _ in TWINS for name in columns.split(","))}
PARAMETERS = {name for route in ROUTES for form in route.forms for name in route.honoured(form)}
OPTIONS = {
    option
    for command in khobao.commands.values()
    for one in command.params
    if isinstance(one, click.Option)
    for option in one.opts
}


def named(cell: str) -> list[str]:
    return re.findall("`([^`]+)`", cell)


@pytest.mark.parametrize("row", TABLE, ids=[row[0] for row in TABLE])
def test_a_thing_has_the_names_that_the_table_says(row: list[str]) -> None:
    _, page, json, csv, parameters, options = row
    for cell, known in ((json, JSON), (csv, CSV), (parameters, PARAMETERS), (options, OPTIONS)):
        assert set(named(cell)) <= known, cell
    if page != "–":
        vietnamese, english = page.split(" · ")
        assert translator("vi")(english) == vietnamese


def test_what_is_a_key_and_a_column_has_one_name_in_both() -> None:
    """Beside each other in the table."""
    for _, _, json, csv, _, _ in TABLE:
        assert set(named(csv)) <= set(named(json))


def test_no_description_uses_a_word_that_the_field_has_another_for() -> None:
    said = [
        str(field.metadata.get("description", ""))
        for schema in (SearchAnswer, ArticleAnswer)
        for field in schema._declared_fields.values()
    ]
    assert [text for text in said if re.search(r"\b(repair|widen|mend)", text)] == []
