"""Is the page light and still? Bytes, hosts, shifts of what stands there, and paint before any script."""

import gzip

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Route, expect

from tests.web.browser import Opens, Reader
from tests.web.conftest import Get
from tests.web.test_language import PAGES

BUDGET = 60 * 1024
_SENT = "encodedDataLength"
RESULTS, ARTICLE = "/?q=gi%C3%A1", "/article/bsh-2014-002?q=lao+cai"

SHIFTS = """
  window.shifts = [];
  new PerformanceObserver((list) => window.shifts.push(...list.getEntries().map((one) => one.value)))
    .observe({ type: "layout-shift", buffered: true });
"""


PAINTED = """
  new Promise((done) => new PerformanceObserver(done).observe({ type: "paint", buffered: true }))
"""


def loaded_bytes(reader: Reader, path: str) -> int:
    """What the first view loads: files as they were sent, the page itself packed."""
    session = reader.page.context.new_cdp_session(reader.page)
    session.send("Network.enable")
    sizes: dict[str, int] = {}
    kinds: dict[str, str] = {}
    session.on("Network.responseReceived", lambda one: kinds.update({one["requestId"]: one["type"]}))
    session.on(
        "Network.loadingFinished", lambda one: sizes.update({one["requestId"]: one["encodedDataLength"]})
    )
    answer = reader.page.goto(reader.home + path, wait_until="networkidle")
    assert answer is not None
    files = sum(size for number, size in sizes.items() if kinds.get(number) != "Document")
    return files + len(gzip.compress(answer.body()))


@pytest.mark.parametrize("path", [RESULTS, "/", ARTICLE])
def test_a_page_is_small_and_asks_nobody_else(opens: Opens, path: str) -> None:
    with opens() as reader:
        size = loaded_bytes(reader, path)
        assert 20 * 1024 < size < BUDGET
        assert (reader.watch.said, reader.watch.elsewhere) == ([], [])


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_that_stands_there_moves(opens: Opens, width: int) -> None:
    with opens(width=width) as reader:
        page = reader.page
        page.add_init_script(SHIFTS)
        for path in ("/", RESULTS, ARTICLE, "/basket?id=bsh-2014-002", "/style"):
            page.goto(reader.home + path, wait_until="networkidle")
            page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
            assert (path, page.evaluate("window.shifts")) == (path, [])


def test_the_page_is_painted_before_any_script(opens: Opens) -> None:
    with opens() as reader:
        page = reader.page
        held: list[Route] = []
        page.route("**/*.js*", lambda route: held.append(route))  # noqa: PLW0108 - playwright looks at its arguments
        page.goto(reader.home + RESULTS, wait_until="commit")
        expect(page.locator(".hit").first).to_be_visible()
        page.evaluate(PAINTED)
        assert len(held) == 4  # coins.js too: Zotero looks once all scripts have run
        for route in held:
            route.abort()


@pytest.mark.parametrize("path", PAGES)
def test_every_script_waits(page: Get, path: str) -> None:
    scripts = [one.attributes for one in page(path).all("script")]
    assert all("defer" in one for one in scripts if one.get("type") != "application/ld+json")


def test_a_file_named_with_its_digest_is_kept_for_good(client: FlaskClient, page: Get) -> None:
    href = next(one.attributes["href"] for one in page("/").all("link", rel="stylesheet"))
    named, bare = client.get(href), client.get(href.partition("?")[0])
    assert named.data == bare.data
    assert {"public", "immutable", "max-age=31536000"} == set(named.headers["Cache-Control"].split(", "))
    assert bare.headers["Cache-Control"] == "no-cache"
    packed = client.get(href, headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(packed.data) == named.data
    again = client.get(href, headers={"If-None-Match": bare.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_the_fonts_that_are_loaded_early_are_those_of_the_style_sheet(client: FlaskClient, page: Get) -> None:
    early = [one.attributes["href"] for one in page(ARTICLE).all("link", rel="preload")]
    css = client.get("/static/page.css").text
    assert len(early) == 2
    assert all(href.removeprefix("/static/") in css for href in early)
