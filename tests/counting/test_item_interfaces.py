"""Page, JSON, CSV and command say the same of items; over archives with pins, withdrawals and stories."""

import csv
import io
import json
from pathlib import Path
from urllib.parse import urlencode

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from corpus.archive import Archive
from corpus.published import Published
from corpus.records import Reading
from indexer.build import build
from indexer.stories.update import update_stories
from search_app.app import create_app
from search_app.bootstrap import index_writer, open_service
from search_app.cli.commands import khobao
from search_app.settings import Settings
from tests.corpus import records
from tests.web.html import read_html

GOLD = "Giá vàng miếng tăng mạnh trên thị trường, người mua vàng miếng xếp hàng từ sáng sớm."
RICE = "Giá lúa vụ này giảm nhẹ, nông dân chờ thương lái tới mua lúa ngoài đồng."
RAIN = "Mưa lớn kéo dài làm ngập nhiều tuyến đường trong buổi chiều hôm qua."
LONG = " ".join(f"{GOLD} Phiên thứ {number} khép lại trong im lặng." for number in range(9))


def reading(article_id: str, **values: object) -> Reading:
    """Without a lede, which would be the same in all."""
    return records.reading(article_id, **{"title": "", "lede": ""} | values)  # type: ignore[arg-type]  # as there


ARTICLES = [
    *(
        reading(f"vang-{number}", title="Giá vàng", paragraphs=(GOLD,), source="Báo Sông")
        for number in range(6)
    ),
    *(reading(f"lua-{number}", title="Giá lúa", paragraphs=(RICE,), source="Báo Núi") for number in range(5)),
    *(reading(f"mua-{number}", title="Mưa lớn", paragraphs=(RAIN,), source="Báo Núi") for number in range(4)),
    reading(
        "dai-1", title="Chợ vàng", paragraphs=(LONG,), source="Báo Sông", published=Published("2013-05-26")
    ),
    reading(
        "dai-2", title="Chợ vàng", paragraphs=(LONG,), source="Báo Biển", published=Published("2013-05-27")
    ),
]
VIEWS = {
    "collocations": ({"q": '"vàng"', "least": "2"}, "collocates"),
    "keywords": ({"q": '"vàng"', "least": "2"}, "keywords"),
    "ngrams": ({"q": '"vàng"', "length": "2"}, "ngrams"),
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Seventeen articles, two of them prints of one story."""
    settings = Settings(tmp_path_factory.mktemp("items"))
    with Archive(settings.archive) as archive, index_writer(settings) as writer:
        archive.store(ARTICLES)
        build(archive, writer, lambda _done, _total: None, workers=0)
        update_stories(archive, settings.stories, lambda _done, _total: None)
    return settings


@pytest.fixture(scope="module")
def client(made: Settings) -> FlaskClient:
    return create_app(open_service(made), made).test_client()


def had(client: FlaskClient, view: str, **asked: str) -> dict[str, object]:
    answer = client.get(f"/{view}.json?{urlencode(asked)}")
    assert answer.status_code == 200, answer.text
    found: dict[str, object] = answer.get_json()
    return found


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def run(made: Settings, *words: str) -> str:
    answer = CliRunner().invoke(khobao, [*words, "--data", str(made.data)])
    assert answer.exit_code == 0, answer.output
    return answer.output


@pytest.mark.parametrize("view", VIEWS)
def test_page_json_csv_and_command_say_the_same(client: FlaskClient, made: Settings, view: str) -> None:
    asked, name = VIEWS[view]
    found = had(client, view, **asked, size="100")
    listed: list[dict[str, object]] = found[name]  # type: ignore[assignment]  # a list of objects
    assert listed
    assert found["total"] == len(listed)
    table = rows(client.get(f"/{view}.csv?{urlencode(asked)}").text)
    assert [{key: row[key] for key in listed[0]} for row in table] == [
        {key: "" if value is None else str(value) for key, value in one.items()} for one in listed
    ]
    page = read_html(client.get(f"/{view}?{urlencode(asked | {'size': '100'})}").text)
    cells = [one.text.strip() for one in page.all("th") if one.attributes.get("scope") == "row"]
    assert cells == [one["text"] for one in listed]
    options = [word for key, value in asked.items() if key != "q" for word in (f"--{key}", value)]
    told = json.loads(run(made, view, asked["q"], *options, "--size", "100", "--json"))
    assert told == found
    assert rows(run(made, view, asked["q"], *options, "--csv")) == table
    assert str(listed[0]["text"]) in run(made, view, asked["q"], *options)


def test_a_comparison_is_the_same_in_every_interface(client: FlaskClient, made: Settings) -> None:
    asked = {"q": '"vàng"', "other_q": '"giá"', "least": "1"}
    found = had(client, "compare", **asked)
    parts = {name: found[name] for name in ("only_here", "only_there", "both")}
    assert {name: part["articles"] for name, part in parts.items()} == {  # type: ignore[index]  # objects
        "only_here": 0, "only_there": 5, "both": 8,
    }  # fmt: skip
    table = rows(client.get(f"/compare.csv?{urlencode(asked)}").text)
    assert [(row["part"], row["articles"]) for row in table[:3]] == [
        ("only_here", "0"), ("only_there", "5"), ("both", "8")
    ]  # fmt: skip
    assert json.loads(run(made, "compare", '"vàng"', '"giá"', "--least", "1", "--json")) == found
    assert rows(run(made, "compare", '"vàng"', '"giá"', "--least", "1", "--csv")) == table
    page = client.get(f"/compare?{urlencode(asked)}").text
    links = [
        link.attributes["href"]
        for link in read_html(page).all("a")
        if "widen=0" in (link.attributes.get("href") or "")
    ]
    shown = {client.get("/api/search" + (link or "")[1:]).get_json()["total"] for link in links}
    assert {5, 8} <= shown


def test_each_item_leads_to_the_articles_that_hold_it(client: FlaskClient) -> None:
    page = read_html(
        client.get(f"/keywords?{urlencode({'q': chr(34) + 'giá' + chr(34), 'least': '2'})}").text
    )
    links = [one for one in page.all("a") if "widen=0" in (one.attributes.get("href") or "")]
    assert links
    for link in links:
        asked = (link.attributes["href"] or "")[1:]
        assert client.get("/api/search" + asked).get_json()["total"] > 0, link.text


def test_stories_once_and_filters_change_what_is_counted_and_are_said(client: FlaskClient) -> None:
    plain, folded = (had(client, "collocations", q='"phiên"', stories=stories) for stories in "01")
    assert (plain["hits"], folded["hits"]) == (18, 9)
    assert (plain["held_articles"], folded["stories"], plain["stories"]) == (len(ARTICLES), True, False)
    narrow = had(client, "keywords", q='"vàng"', source="Báo Sông")
    assert (narrow["articles"], narrow["rest_articles"], narrow["same_filters"]) == (7, 0, True)
    alone = had(client, "keywords", source="Báo Sông")
    assert (alone["articles"], alone["rest_articles"], alone["same_filters"]) == (7, 10, False)
    assert had(client, "ngrams", q='"vàng"', once="1")["once"] is True


def test_the_link_that_cites_a_view_answers_the_same_after_an_import(tmp_path: Path) -> None:
    """It names the change; what is withdrawn since is gone from it, and nothing else changes."""
    settings = Settings(tmp_path)

    def index(archive: Archive) -> FlaskClient:
        with index_writer(settings) as writer:
            build(archive, writer, lambda _done, _total: None, workers=0)
        return create_app(open_service(settings), settings).test_client()

    with Archive(settings.archive) as archive:
        archive.store(ARTICLES)
        client = index(archive)
        asked = {"q": '"vàng"', "least": "2"}
        before = had(client, "collocations", **asked)
        page = read_html(client.get(f"/collocations?{urlencode(asked)}").text)
        cited = next(
            one.attributes["href"] or ""
            for one in page.all("a")
            if "as_of=" in (one.attributes.get("href") or "")
        )
        archive.store([reading("moi", title="Giá vàng", paragraphs=(GOLD, GOLD))])
        client = index(archive)
        now, then = (
            had(client, "collocations", **asked),
            client.get(cited.replace("?", ".json?", 1)).get_json(),
        )
        assert now["collocates"] != before["collocates"]
        assert (then["collocates"], then["held_tokens"]) == (before["collocates"], before["held_tokens"])
        archive.withdraw("vang-0", "thử")
        client = index(archive)
        after = client.get(cited.replace("?", ".json?", 1)).get_json()
        assert (after["articles"], after["held_articles"]) == (
            then["articles"] - 1, then["held_articles"] - 1
        )  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ("/collocations?q=a&left=21", "left"),
        ("/collocations?q=a&left=0&right=0", "left"),
        ("/collocations?q=a&right=-1", "right"),
        ("/collocations?q=a&unit=letter", "unit"),
        ("/collocations?q=a&by=rank", "by"),
        ("/keywords?q=a&by=log_dice", "by"),
        ("/keywords?q=a&direction=up", "direction"),
        ("/keywords?q=a&least=0", "least"),
        ("/ngrams?length=6", "length"),
        ("/ngrams?length=0", "length"),
        ("/ngrams?size=101", "size"),
        ("/ngrams?page=0", "page"),
        ("/compare?q=a&other_from=x", "x"),
        ("/compare?q=a&other_from=2014&other_to=2013", "2014"),
        ("/compare?q=a&sort=newest", "sort"),
    ],
)
@pytest.mark.parametrize("form", ["", ".json", ".csv"])
def test_what_cannot_be_is_refused_by_name(client: FlaskClient, asked: str, named: str, form: str) -> None:
    path, _, rest = asked.partition("?")
    answer = client.get(f"{path}{form}?{rest}", headers={"Cookie": "lang=en"})
    assert answer.status_code == 400
    assert named in answer.text


@pytest.mark.parametrize("view", [*VIEWS, "compare"])
def test_nothing_found_is_an_answer(client: FlaskClient, made: Settings, view: str) -> None:
    asked = {"q": "xyzzy", "other_q": "plugh"} if view == "compare" else {"q": "xyzzy"}
    for form in ("", ".json", ".csv"):
        assert client.get(f"/{view}{form}?{urlencode(asked)}").status_code == 200
    assert run(made, view, "xyzzy")
