"""What the tests of the web doors share: the sample corpus, built once, and a client of the app."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser

from corpus.ingest import ingest
from corpus.readers.records.options import ImportOptions
from indexer.build import build
from indexer.stories.update import update_stories
from indexer.suggest.update import update_suggestions
from indexer.units.update import update_units
from search_app.app import create_app
from search_app.bootstrap import index_writer, open_service, unit_sources, writing
from search_app.settings import Settings
from tests.web.articles import readings
from tests.web.browser import Opens, Reader, chromium, reading, serving
from tests.web.html import Page, read_html
from tests.web.withheld import make as make_withheld

Get = Callable[[str], Page]

_SAMPLE = Path(__file__).parents[2] / "corpus" / "sample"


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Where the sample corpus and the odd articles are archived and indexed."""
    made = Settings(tmp_path_factory.mktemp("web"))
    with writing(made) as archive, index_writer(made) as writer:
        paths = sorted(_SAMPLE.glob("*.jsonl"))
        ingest(paths, archive, options=ImportOptions(), on_progress=lambda _: None)
        archive.store(readings())
        archive.withdraw("withdrawn", "thử")
        build(archive, writer, lambda _done, _total: None, workers=0)
        update_stories(archive, made.stories, lambda _done, _total: None)
        update_suggestions(archive, made.suggestions, lambda _done, _total: None)
    with unit_sources(made) as sources:
        update_units(sources, made.units, lambda _done, _total: None)
    return made


@pytest.fixture(scope="session")
def app(settings: Settings) -> Flask:
    made = create_app(open_service(settings), settings)
    made.config["TESTING"] = True
    return made


@pytest.fixture(scope="session")
def withheld(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """An app over articles of which some are withdrawn (tests/web/withheld.py)."""
    made = Settings(tmp_path_factory.mktemp("withheld"))
    make_withheld(made)
    return create_app(open_service(made), made)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="session")
def home(app: Flask) -> Iterator[str]:
    with serving(app) as address:
        yield address


@pytest.fixture
def opens(browser: Browser, home: str, tmp_path: Path) -> Opens:
    def open_window(
        *, width: int = 1280, scripts: bool = True, scheme: str = "light"
    ) -> AbstractContextManager[Reader]:
        return reading(browser, home, tmp_path, width=width, scripts=scripts, scheme=scheme)

    return open_window


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def page(client: FlaskClient) -> Get:
    """Asks for a page and reads it."""

    def get(path: str) -> Page:
        return read_html(client.get(path).text)

    return get
