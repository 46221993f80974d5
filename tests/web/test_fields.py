"""Each field of an article is a row of two tables: what its value is, and what people see of it."""

import csv
import io

import pytest
from flask.testing import FlaskClient

from corpus.article import Article
from corpus.fields import FIELDS, FieldKind
from corpus.published import Published
from search_app.answer.archive.version_changes import version_changes
from search_app.fields import SHOWN, ShownField, in_order
from search_app.formats.exports.columns import COLUMNS, USUAL

OF_KIND = {
    FieldKind.LINE: "một dòng",
    FieldKind.TEXT: "một bài",
    FieldKind.NAMES: ("An", "Bình"),
    FieldKind.TEXTS: ("một", "hai"),
    FieldKind.DATE: Published("2013-05"),
    FieldKind.NUMBERS: (1,),
}
FULL = {field.name: OF_KIND[field.kind] for field in FIELDS if field.kind is not FieldKind.ID}
"""A value of every field but the id."""

ID = "bsh-2012-002"


def test_every_field_is_shown() -> None:
    assert {field.name for field in SHOWN} == {field.name for field in FIELDS}


@pytest.mark.parametrize("field", [field for field in SHOWN if field.title], ids=lambda field: field.name)
def test_a_field_that_changes_is_among_the_changes_of_versions(field: ShownField) -> None:
    values = FULL | ({"caption_places": ()} if field.name in {"paragraphs", "captions"} else {})
    newer = Article("a", **values)  # type: ignore[arg-type]  # a value of each field
    empty = values[field.name].__class__()
    missing = "khác" if field.name == "title" else empty
    older = Article("a", **values | {field.name: missing})  # type: ignore[arg-type]  # the same
    assert [change.title for change in version_changes(older, newer)] == [field.title]


def test_the_columns_of_the_export_are_those_of_the_table() -> None:
    columns = {field.column for field in SHOWN if field.column}
    assert columns <= COLUMNS.keys()
    assert {field.column for field in SHOWN if field.is_usual} == set(USUAL) - {"rank", "score"}


def test_the_json_and_the_table_of_an_article_hold_every_field(client: FlaskClient) -> None:
    article = client.get(f"/api/article/{ID}").get_json()
    assert list(article)[: len(SHOWN) + 1] == [
        name for field in SHOWN for name in (field.name, *["precision"] * (field.kind is FieldKind.DATE))
    ]
    rows = list(csv.DictReader(io.StringIO(client.get(f"/article/{ID}.csv").text)))
    for field in SHOWN:
        if field.part and article[field.name]:
            assert [row["text"] for row in rows if row["part"] == field.part] == (
                article[field.name] if field.kind.is_several else [article[field.name]]
            )


def test_names_stand_on_one_line_and_texts_on_a_line_each() -> None:
    article = Article("a", **FULL)  # type: ignore[arg-type]  # a value of each field
    cells = {field.name: field.cell(article) for field in in_order("authors", "paragraphs")}
    assert (cells["authors"], cells["paragraphs"], cells["url"]) == ("An; Bình", "một\nhai", "một dòng")
