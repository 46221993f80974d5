"""What has not changed is not sent again, and no answer has the tag of a state that it is not of."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient

from corpus.article import Article, Provenance
from corpus.records import Reading
from indexer.build import build
from indexer.stories.update import update_stories
from indexer.suggest.update import update_suggestions
from indexer.units.update import update_units
from search_app.app import create_app
from search_app.bootstrap import index_writer, open_service, unit_sources, writing
from search_app.settings import Settings
from search_app.web.route import Freshness
from search_app.web.routes import ROUTES
from tests.web.samples import sample_addresses

PATHS = [
    "/",
    "/?q=lao+cai",
    "/article/bsh-2014-002",
    "/api/search?q=lao+cai",
    "/coverage",
    "/search.atom?q=lao",
]


KEPT = {
    Freshness.STATE: ("private, no-cache", "W"),
    Freshness.MINUTE: ("private, max-age=60", '"'),
    Freshness.ALWAYS: (None, ""),
}


@pytest.mark.parametrize("path", PATHS)
def test_a_page_that_is_had_is_not_sent_again(client: FlaskClient, path: str) -> None:
    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (first.status_code, again.status_code, again.data) == (200, 304, b"")
    assert "Last-Modified" not in first.headers


@pytest.mark.parametrize("path", PATHS)
def test_another_language_is_another_page(client: FlaskClient, path: str) -> None:
    first = client.get(path)
    other = "&" if "?" in path else "?"
    again = client.get(f"{path}{other}lang=en", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 200


def test_an_error_is_never_kept(client: FlaskClient, settings: Settings) -> None:
    assert settings.data.is_dir()
    assert "ETag" not in client.get("/?page=abc").headers


def test_every_address_is_as_fresh_as_its_row_says(app: Flask, client: FlaskClient) -> None:
    """Where what stands there can be had at all."""
    addresses = sample_addresses(app)
    tried = set()
    for route in ROUTES:
        for endpoint in {route.endpoint, route.twins_endpoint} & addresses.keys():
            answer = client.get(addresses[endpoint], buffered=True)
            if answer.status_code == 200 and route.freshness is not Freshness.ITS_OWN:
                tried.add(route.freshness)
                kept = answer.headers.get("Cache-Control"), answer.headers.get("ETag", "")[:1]
                assert kept == KEPT[route.freshness], endpoint
    assert tried == set(KEPT)


def test_suggestions_are_not_sent_again(client: FlaskClient) -> None:
    first = client.get("/api/suggest?q=gia+v")
    again = client.get("/api/suggest?q=gia+v", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


STEPS = ("article", "index", "stories", "suggestions", "units")
"""What an import changes, one after the other."""

Change = Callable[[], None]


@pytest.fixture
def growing(tmp_path: Path) -> Settings:
    """A folder with one article."""
    settings = Settings(tmp_path)
    for step in STEPS:
        change(settings, step, "a0")
    return settings


def change(settings: Settings, step: str, article_id: str) -> None:
    """One step of the import of an article."""
    article = Article(article_id, f"Lũ về bản {article_id}", f"Nước lên nhanh ở bản {article_id}.")
    with writing(settings) as archive:
        if step == "article":
            archive.store(
                [Reading(article, Provenance("f", "p", "0" * 64, "jsonl", 1, "2026-01-01T00:00:00Z"))]
            )
        elif step == "index":
            with index_writer(settings) as writer:
                build(archive, writer, lambda _done, _total: None, workers=0)
        elif step == "stories":
            update_stories(archive, settings.stories, lambda _done, _total: None)
        elif step == "suggestions":
            update_suggestions(archive, settings.suggestions, lambda _done, _total: None)
        else:
            with unit_sources(settings) as sources:
                update_units(sources, settings.units, lambda _done, _total: None)


def commits(settings: Settings, step: str) -> Iterator[Change]:
    """Imports of further articles up to a step, one for each call."""
    for number in count(1):

        def commit(article_id: str = f"a{number}") -> None:
            for one in STEPS[: STEPS.index(step) + 1]:
                change(settings, one, article_id)

        yield commit


@pytest.mark.parametrize("path", ["/?q=l%C5%A9", "/search.csv?q=l%C5%A9"])
@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("is_before", [True, False], ids=["before the view", "behind it"])
def test_an_answer_of_two_states_has_no_tag(growing: Settings, path: str, step: str, is_before: bool) -> None:
    """A commit between the tag and the view, or between the view and the tag."""
    app = create_app(open_service(growing), growing)
    pending: list[Change] = []
    commit = commits(growing, step)

    def between() -> None:
        while pending:
            pending.pop()()

    def behind(response: Response) -> Response:
        between()
        return response

    if is_before:
        app.before_request(between)  # is called behind the function that reads the tag, as the later one
    else:
        app.after_request(behind)  # is called before it: Flask calls these last first
    client = app.test_client()
    quiet = client.get(path).headers["ETag"]
    pending.append(next(commit))
    torn = client.get(path)
    assert (torn.status_code, "ETag" in torn.headers) == (200, False)
    after = client.get(path, headers={"If-None-Match": quiet})
    assert (after.status_code, after.headers["ETag"] != quiet) == (200, True)


def test_rows_that_are_still_to_be_sent_are_of_the_state_of_the_tag(growing: Settings) -> None:
    client = create_app(open_service(growing), growing).test_client()
    answer = client.get("/search.csv?q=l%C5%A9&fields=id,title")
    revised = Article("a0", "Lũ rút khỏi bản", "Nước đã rút.")
    with writing(growing) as archive:
        archive.store([Reading(revised, Provenance("g", "p", "1" * 64, "jsonl", 1, "2026-01-02T00:00:00Z"))])
    assert answer.text.splitlines()[1] == "a0,Lũ về bản a0"


def test_what_a_process_reads_once_is_in_its_tags(growing: Settings) -> None:
    """The archive's own names, and what queries mean unless they say otherwise."""
    tags: list[str] = []
    for settings in (growing, replace(growing, expansion=False), growing):
        if len(tags) == 2:
            growing.names.mkdir()
            (growing.names / "thu.tsv").write_text("never\tsource\nlũ\tthử\n", "utf-8")
        tags.append(create_app(open_service(settings), settings).test_client().get("/?q=l").headers["ETag"])
    assert len(set(tags)) == 3
