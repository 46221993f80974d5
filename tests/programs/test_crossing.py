"""Every interface and every parameter of ours: each is honoured, or refused by name.

The table is made of the one table of addresses, so a later page is in it without being listed. Honoured means
that the answer differs from the one without the parameter, for a value chosen to make a difference.
"""

import re
from datetime import date
from urllib.parse import urlencode

import pytest
from flask import Flask
from flask.testing import FlaskClient

from benchmarks.same_answers.neutral import neutral_answer
from indexer.facets import FacetName
from search_app.cli.commands import khobao
from search_app.cli.selecting import NAMES
from search_app.web.route import Route
from search_app.web.routes import ROUTES
from tests.shared import ROOT
from tests.web.samples import sample_addresses

Pairs = list[tuple[str, str]]

SOURCE, EXPANDED = "Báo Sông Hồng", "thành phố Hồ Chí Minh"
BROAD = "và OR các OR của OR vàng OR giá OR một OR là OR bản"
"""What most articles hold: what is asked for everything has no hits, so that its lines cannot differ."""
HEADERS = [("verb", "ListIdentifiers"), ("metadataPrefix", "oai_dc")]
"""A list of OAI-PMH."""
DIFFERENCES: dict[str, tuple[Pairs, Pairs]] = {
    "q": ([], [("q", "vàng")]),
    "widen": ([("q", EXPANDED)], [("widen", "0")]),
    "also": ([("q", EXPANDED)], [("also", "")]),
    "not_also": ([("q", EXPANDED)], [("not_also", "TP.HCM")]),
    "as_of": ([("q", "giá")], [("as_of", "1")]),
    "as_typed": ([("q", "laof cai")], [("as_typed", "1")]),
    "with": ([("q", "giá")], [("with", "vàng")]),
    "count": ([("q", "giá")], [("count", "hits")]),
    "scale": ([("q", "giá")], [("scale", "relative")]),
    "split": ([("q", "giá")], [("split", "source")]),
    "stories": ([("q", "giá")], [("stories", "1")]),
    "page": ([("q", ""), ("size", "3")], [("page", "2")]),
    "size": ([("q", "giá"), ("other_q", "lúa")], [("size", "3")]),
    "sort": ([("q", "giá")], [("sort", "oldest")]),
    "from": ([("q", ""), *HEADERS], [("from", "2014")]),
    "to": ([("q", "")], [("to", "2013")]),
    "undated": ([("q", "")], [("undated", "1")]),
    "source": ([("q", "")], [("source", SOURCE)]),
    "not_source": ([("q", "")], [("not_source", SOURCE)]),
    "section": ([("q", "")], [("section", "Kinh tế")]),
    "not_section": ([("q", "")], [("not_section", "Kinh tế")]),
    "year": ([("q", "")], [("year", "2013")]),
    "not_year": ([("q", "")], [("not_year", "2013")]),
    "month": ([("q", "")], [("month", "2013-05")]),
    "not_month": ([("q", "")], [("not_month", "2013-05")]),
    "g": ([], [("g", "1")]),
    "units": ([("q", "giao thông"), ("least", "1")], [("units", "0")]),
    "not_unit": ([("q", "giao thông"), ("least", "1")], [("not_unit", "giao thông")]),
    "author": ([("q", "")], [("author", "Thào Mí Sò")]),
    "not_author": ([("q", "")], [("not_author", "Thào Mí Sò")]),
    "tag": ([("q", "")], [("tag", "Sa Pa")]),
    "not_tag": ([("q", "")], [("not_tag", "Sa Pa")]),
    "fields": ([], [("fields", "id,body")]),
    "excel": ([], [("excel", "1")]),
    "form": ([], [("form", "jsonl")]),
    "cursor": ([("q", "giá")], [("cursor", "20-2")]),
    "rows": ([("q", "giá"), ("least", "1")], [("rows", "1")]),
    "find": ([], [("find", "song")]),
    "by": ([], [("by", "name")]),
    "id": ([], [("id", "bsh-2012-001")]),
    "as": ([], [("as", "file")]),
    "version": ([("id", "bsh-2012-001")], [("version", "1")]),
    "exact": ([("id", "bsh-2012-001")], [("exact", "1")]),
    "older": ([], [("older", "1")]),
    "newer": ([], [("newer", "1")]),
    "against": ([], [("against", "bsh-2014-002")]),
    "before": ([], [("before", "3")]),
    "reason": ([], [("reason", "no-title")]),
    "v": ([], [("v", "0")]),
    "once": ([("q", "giá")], [("once", "1")]),
    "unit": ([("q", "giá"), ("other_q", "lúa"), ("group", "left")], [("unit", "syllable")]),
    "least": ([("q", "giá"), ("other_q", "lúa")], [("least", "2")]),
    "left": ([("q", "giá")], [("left", "1")]),
    "right": ([("q", "giá")], [("right", "1")]),
    "direction": ([("q", "giá")], [("direction", "asc")]),
    "length": ([], [("length", "2")]),
    "other_q": ([("q", "giá")], [("other_q", "lúa")]),
    "other_from": ([("q", "giá")], [("other_from", "2013")]),
    "other_to": ([("q", "giá")], [("other_to", "2013")]),
    "at": ([("q", "giá")], [("at", "0")]),
    "context": ([("q", "giá")], [("context", "sentence")]),
    "group": ([("q", "giá")], [("group", "left")]),
    "beside": ([("q", "giá"), ("group", "left")], [("beside", "¶")]),
    "sample": ([("q", "giá")], [("sample", "3")]),
    "seed": ([("q", "giá"), ("sample", "5")], [("seed", "2")]),
    "verb": ([], [("verb", "Identify")]),
    "identifier": ([("verb", "ListMetadataFormats")], [("identifier", "tag:a")]),
    "metadataPrefix": (HEADERS[:1], HEADERS[1:]),
    "until": (HEADERS, [("until", "2014-01-01")]),
    "set": (HEADERS, [("set", "bao_song_hong")]),
    "resumptionToken": ([("verb", "ListSets")], [("resumptionToken", "a")]),
}
"""For each parameter: what is asked, and what is added, so that whoever honours it answers otherwise."""

UNSEEN = {
    ("web.static", "", "v"): "it decides how long a file may be kept, not what is in it",
    ("web.timeline", "json", "count"): "it decides what a chart draws, and which values are split off",
    ("web.timeline", "csv", "count"): "the same",
    ("web.timeline", "json", "scale"): "it decides what a chart draws",
    ("web.timeline", "csv", "scale"): "the same",
    ("coverage.refused", "json", "reason"): "the sample has no refusal",
    ("coverage.refused", "csv", "reason"): "the same",
    ("web.versions", "", "older"): "the sample's article has one version",
    ("web.versions", "", "newer"): "the same",
    ("web.concordance", "csv", "once"): "no body of the sample repeats its lede; page and JSON say it",
    ("web.concordance", "json", "unit"): "its unit is the syllable where none is said",
    ("web.concordance", "csv", "unit"): "the same",
    ("api.concordance", "", "unit"): "the same",
    ("web.keywords", "csv", "month"): "so little was printed in that month that no word has to stand there",
    ("web.keywords", "csv", "not_month"): "the same",
    **{
        (route.endpoint, form, "once"): "it counts hits otherwise, and results show none"
        for route in ROUTES
        for form in route.forms
        if "concordance" not in route.endpoint
    },
}
"""What is honoured without a difference that the sample shows."""
UNSEEN |= {(endpoint, "jsonl", name): "as in CSV" for endpoint, form, name in UNSEEN if form == "csv"}

OF_HITS = {"web.concordance", "api.concordance", "web.collocations", "api.collocations"}
"""Addresses of hits."""

CROSSED = [(route, form) for route in ROUTES for form in route.forms]
DOC = (ROOT / "docs" / "programs.md").read_text("utf-8")


def address(app: Flask, route: Route, form: str) -> str:
    """A sample address of a form."""
    made = sample_addresses(app) | {"web.citations": "/cite/csv"}
    if not form:
        return made[route.endpoint]
    if route.twins_endpoint in made:
        return re.sub(r"\.csv$", f".{form}", made[route.twins_endpoint])
    return f"{made[route.endpoint]}.{form}"


def asked(client: FlaskClient, at: str, pairs: Pairs) -> tuple[int, bytes]:
    answer = client.get(f"{at}?{urlencode(pairs)}", buffered=True)
    return answer.status_code, neutral_answer(answer.data, date.today())  # noqa: DTZ011 - the server's day


def test_every_parameter_has_a_value_that_makes_a_difference() -> None:
    assert {name for route, form in CROSSED for name in route.honoured(form)} == set(DIFFERENCES)


@pytest.mark.parametrize(
    ("route", "form"), CROSSED, ids=[f"{route.endpoint} {form}" for route, form in CROSSED]
)
def test_each_parameter_is_honoured_or_refused_by_name(
    app: Flask, client: FlaskClient, route: Route, form: str
) -> None:
    at = address(app, route, form)
    answers: dict[str, tuple[int, bytes]] = {}

    def answer(pairs: Pairs) -> tuple[int, bytes]:
        typed = urlencode(pairs)
        if typed not in answers:
            answers[typed] = asked(client, at, pairs)
        return answers[typed]

    for name, (base, added) in DIFFERENCES.items():
        if name in route.honoured(form):
            kept = [pair for pair in base if pair[0] in route.honoured(form)]
            if route.endpoint in OF_HITS:
                kept = [(key, value or BROAD) for key, value in kept]
            if (route.endpoint, form, name) not in UNSEEN:
                assert answer(kept) != answer(kept + added), f"{name} makes no difference"
        elif route.has_own_errors:
            status, body = answer([("verb", "Identify"), *added])
            assert (status, b"badArgument" in body, name.encode() in body) == (200, True, True), name
        else:
            status, body = answer(added)
            assert status == 400, name
            assert re.search(rf"\b{name}\b".encode(), body), name


@pytest.mark.parametrize(
    ("route", "form"), CROSSED, ids=[f"{route.endpoint} {form}" for route, form in CROSSED]
)
def test_a_parameter_of_others_is_ignored(app: Flask, client: FlaskClient, route: Route, form: str) -> None:
    at = address(app, route, form)
    plain, foreign = (client.get(at + more, buffered=True) for more in ("", "?utm_source=a&fbclid=b"))
    assert plain.status_code == foreign.status_code


def test_the_language_is_taken_everywhere(app: Flask, client: FlaskClient) -> None:
    for route, form in CROSSED:
        at = address(app, route, form)
        assert client.get(at + "?lang=en").status_code == client.get(at).status_code, route.endpoint


def test_a_refusal_says_what_the_address_takes(client: FlaskClient) -> None:
    answer = client.get("/search.csv?q=lao&page=2", headers={"Cookie": "lang=en"})
    assert (answer.status_code, "page" in answer.text, "fields" in answer.text) == (400, True, True)
    told = client.get("/facet/source.json?stories=1").get_json()["error"]
    assert (told["code"], "stories" in told["message"]) == ("bad-parameter", True)
    assert client.get("/cite/ris?id=bsh-2012-001&excel=1").status_code == 400


def test_the_options_of_a_selection_are_the_parameters_of_an_address() -> None:
    """What else an address takes of a search, the command has too: its page and its size.

    A command reads a query by the newest grammar.
    """
    search = next(route for route in ROUTES if route.endpoint == "api.search")
    assert set(NAMES) | {"page", "size", "g"} == search.honoured()
    for command in ("search", "batch"):
        options = {one.name for one in khobao.commands[command].params}
        assert set(NAMES) - {"q"} <= options


def test_the_table_of_the_documentation_is_the_table_of_addresses() -> None:
    expected = table()
    assert expected in DOC, f"docs/programs.md needs this table:\n\n{expected}"


def table() -> str:
    """Interfaces and parameters, as docs/programs.md has them; a group has the name that it has there."""
    lines = ["| address | honours |", "| --- | --- |"]
    for route, form in CROSSED:
        paths = " ".join(f"`{_path(rule, form)}`" for rule in route.rules)
        lines.append(f"| {paths} | {_said(route.honoured(form)) or '–'} |")
    lines.append(f"| `khobao search`, `khobao batch` | {_said(frozenset(NAMES))} |")
    return "\n".join(lines)


def _path(rule: str, form: str) -> str:
    named = re.sub(r"<(?:[^:<>]+:)?([^<>]+)>", lambda found: WRITTEN.get(found[1], found[1].upper()), rule)
    return f"{named}.{form}" if form else named


WRITTEN = {"article_id": "ID", "filename": "NAME"}
FILTERS = frozenset(
    {
        "from",
        "to",
        "undated",
        *(sign + name.value for sign in ("", "not_") for name in FacetName),
    }
)
GROUPS = [
    ("query", frozenset({"q", "g", "units", "not_unit", "widen", "also", "not_also"})),
    ("filters", FILTERS),
    ("window", frozenset({"page", "size"})),
]


def _said(names: frozenset[str]) -> str:
    said = []
    for group, members in GROUPS:
        if members <= names:
            said.append(f"*{group}*")
            names = names - members
    return ", ".join([*said, *(f"`{name}`" for name in sorted(names))])
