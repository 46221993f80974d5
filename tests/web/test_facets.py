"""Each facet is a row of two tables: where it is read, and what is shown of it. Nothing says it again."""

import re

import pytest
from flask.testing import FlaskClient

from corpus.article import Article
from corpus.published import Published
from indexer.facets import READ, FacetName, read_facets
from search_app.api.parameter_schemas import SearchParameters
from search_app.api.parameters import LEAVE_OUT
from search_app.facets import FACETS
from search_app.formats.dates import facet_value_text
from tests.shared import ROOT

ARTICLE = Article(
    "a",
    "Tựa",
    "Sapo",
    source="Ba\u0301o  Mới",
    published=Published("2013-05"),
    authors=(" Trần B ", "An", "AN", ""),
    tags=("\u200b", ""),
)
NONE = Article("a", "Tựa", "Sapo")


def test_every_facet_is_read_and_shown() -> None:
    assert list(READ) == list(FACETS) == list(FacetName)


@pytest.mark.parametrize("name", FacetName)
def test_a_facet_has_two_parameters_a_page_and_a_place_in_the_documents(
    client: FlaskClient, name: FacetName
) -> None:
    assert {name.value, LEAVE_OUT + name.value} <= SearchParameters().fields.keys()
    assert client.get(f"/facet/{name.value}?q=").status_code == 200
    assert f"`{name.value}`" in (ROOT / "docs" / "programs.md").read_text("utf-8")


@pytest.mark.parametrize("name", FacetName)
def test_an_article_without_a_value_is_counted_as_none_and_that_is_said(name: FacetName) -> None:
    assert read_facets(NONE)[name] == ("",)
    said = facet_value_text(name, "", "en")
    assert said == str(FACETS[name].none)
    assert said != facet_value_text(name, "2013-05", "en")


def test_values_are_read_in_one_form_at_the_precision_that_is_known() -> None:
    values = {
        FacetName.SOURCE: ("Báo Mới",),
        FacetName.YEAR: ("2013",),
        FacetName.MONTH: ("2013-05",),
        FacetName.AUTHOR: ("Trần B", "An"),
        FacetName.TAG: ("",),
    }
    assert values.items() <= read_facets(ARTICLE).items()
    yearly = Article("a", "Tựa", "Sapo", published=Published("2013"))
    assert read_facets(yearly)[FacetName.MONTH] == ("",)


@pytest.mark.parametrize("name", [name for name in FacetName if FACETS[name].form])
def test_a_value_that_cannot_be_is_refused_by_its_own_sentence(client: FlaskClient, name: FacetName) -> None:
    for parameter in (name.value, LEAVE_OUT + name.value):
        answer = client.get(f"/api/search?{parameter}=x&lang=en")
        assert answer.status_code == 400
        assert re.match(f"{name.value} is “x”; give a {name.value}", answer.get_json()["error"]["message"])
