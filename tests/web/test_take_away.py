"""The page from which a result is taken away: what it says, its files, and long ones in parts."""

import re
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Locator, expect

from tests.web.browser import Opens, Reader
from tests.web.conftest import Get
from tests.web.html import read_html

ASKED = "/export?q=gi%C3%A1&from=2011"
VIEWS = [
    "/timeline?q=gi%C3%A1",
    "/concordance?q=gi%C3%A1&group=left&size=3&page=2",
    "/collocations?q=gi%C3%A1&page=2&size=5",
    "/keywords?q=gi%C3%A1",
    "/ngrams?length=2",
    "/compare?q=gi%C3%A1&other_q=l%C3%BAa",
    "/facet/source?q=gi%C3%A1&by=name",
]
ENDS = (".csv", ".jsonl", ".zip", ".ris", ".bib", ".json")


def hrefs(client: FlaskClient, path: str) -> list[str]:
    found = read_html(client.get(path).text).marked_with("href")
    return [
        one
        for one in found
        if urlsplit(one).path.endswith((".csv", ".jsonl", ".zip", ".ris", ".bib", ".json"))
    ]


@pytest.mark.parametrize("path", ["/?q=gi%C3%A1&from=2011", *VIEWS])
def test_a_page_leads_there_and_from_there_back(client: FlaskClient, path: str) -> None:
    pages = [one for one in read_html(client.get(path).text).marked_with("href") if one.startswith("/export")]
    (there,) = set(pages)
    answer = client.get(there)
    assert answer.status_code == 200
    back = read_html(answer.text).all("a")
    assert urlsplit(path).path in {urlsplit(one.attributes.get("href") or "").path for one in back}


@pytest.mark.parametrize(
    "path",
    [ASKED, f"{ASKED}&stories=1", "/export/timeline?q=gi%C3%A1", "/export/facet/source"],
)
def test_every_file_that_it_offers_is_of_the_state_that_it_says(client: FlaskClient, path: str) -> None:
    change = str(client.get("/api/search").get_json()["archive_number"])
    offered = hrefs(client, path)
    assert len(offered) > 5
    for href in offered:
        answer = client.get(href, buffered=True)
        assert (answer.status_code, f"as_of={change}" in href) == (200, True)
        assert answer.headers["X-Archive-Number"] == change


def test_it_says_how_many_rows_and_what_they_are_of(client: FlaskClient, page: Get) -> None:
    for path in (ASKED, f"{ASKED}&stories=1"):
        texts = " ".join(text for text, _ in page(path).texts)
        rows = client.get(path.replace("/export", "/search.csv")).headers["X-Total-Count"]
        found = client.get(path.replace("/export", "/api/search")).get_json()
        assert f"{rows} dòng" in texts
        for count in (found["total"], found["stories"], found["hits_total"], found["excluded_undated"]):
            assert str(count) in texts


def test_columns_are_chosen_without_a_script(opens: Opens, client: FlaskClient) -> None:
    for width in (1280, 390):
        with opens(width=width, scripts=False) as reader:
            page = reader.page
            page.goto(reader.home + ASKED)
            for name in ("rank", "score", "url", "lede", "tags", "authors", "section", "published", "source"):
                page.locator(f"#column-{name}").uncheck()
            page.get_by_label("Số chỗ khớp hits").check()
            reader.shoot(f"columns-{width}")
            expect(page.locator("[data-parts]")).to_have_count(0)
            with page.expect_download() as taken:
                page.get_by_role("button", name="JSON, mỗi dòng một đối tượng").click()
            assert not reader.is_wider_than_the_window()
            had = taken.value.path().read_bytes()
        name = taken.value.suggested_filename
        assert re.fullmatch(r"khobao_gia_2011-01-01_any_n\d+_c\d+\.jsonl", name)
        file = client.get(f"{ASKED.replace('/export', '/search.jsonl')}&fields=id,title,hits")
        assert had == file.data


@pytest.fixture
def in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files of more than three rows are long, and a part has two."""
    monkeypatch.setattr("search_app.web.take_away.LONG", 3)
    monkeypatch.setattr("search_app.web.take_away.PART_ROWS", 2)


@pytest.mark.usefixtures("in_parts")
@pytest.mark.parametrize("form", ["csv", "jsonl", "ris", "bib", "csl.json"])
def test_a_long_file_comes_in_parts_and_is_whole(opens: Opens, client: FlaskClient, form: str) -> None:
    whole = client.get(f"/search.{form}?q=gi%C3%A1&from=2011")
    with opens() as reader:
        begin(reader, form)
        with reader.page.expect_download() as taken:
            pass
        expect(status(reader)).to_contain_text(f"Đã nhận đủ {whole.headers['X-Total-Count']} dòng")
        home = reader.home.encode()  # another host than that of the client
        assert taken.value.path().read_bytes().replace(home, b"http://localhost") == whole.data
        assert taken.value.suggested_filename.endswith(f".{form}")
        assert (reader.watch.said, reader.watch.elsewhere) == ([], [])


@pytest.mark.usefixtures("in_parts")
def test_one_that_is_cancelled_or_breaks_off_goes_on(opens: Opens, client: FlaskClient) -> None:
    whole = client.get("/search.jsonl?q=gi%C3%A1&from=2011").data
    with opens(width=390) as reader:
        page, third = reader.page, re.compile("cursor=[0-9]+-4")
        page.route(third, lambda _route: None)  # never answered
        begin(reader, "jsonl")
        expect(status(reader)).to_contain_text("4 trên")
        page.get_by_role("button", name="Dừng").click()
        expect(status(reader)).to_contain_text("Đã dừng sau 4")
        reader.shoot("cancelled")
        page.unroute(third)
        page.route(third, lambda route: route.abort())
        page.get_by_role("button", name="Tiếp tục").click()
        expect(status(reader)).to_contain_text("Đứt sau 4")
        page.unroute(third)
        with page.expect_download() as taken:
            page.get_by_role("button", name="Tiếp tục").click()
        assert taken.value.path().read_bytes() == whole
        reader.shoot("whole")


def begin(reader: Reader, form: str) -> None:
    """Begins to fetch a file in parts."""
    reader.page.goto(reader.home + ASKED)
    places = reader.page.locator(f'[data-parts^="/search.{form}"]')
    places.last.click()


def status(reader: Reader) -> Locator:
    return reader.page.locator("#parts [role='status']")
