"""What cannot be counted is null, what is found is held, and what would take gigabytes is refused first."""

from urllib.parse import parse_qs, urlencode, urlsplit

import numpy as np
import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from corpus.article import Article
from corpus.errors import UserError
from corpus.published import Published
from indexer.counting import ArticleCounts
from search_app.answer.counting.limits import (
    LEAST_OF_MANY,
    MOST_BESIDE,
    MOST_HITS,
    MOST_READ,
    MOST_SYLLABLES,
    check_hits,
    check_read,
    keeps_all_runs,
)
from search_app.answer.service import Service
from search_app.app import create_app
from search_app.cli.commands import khobao
from search_app.settings import Settings
from tests.counting.made import made
from tests.web.html import read_html

TEXT = "Chợ đầu mối mở cửa từ bốn giờ sáng, xe tải nối đuôi nhau trên đường dẫn vào bãi. "
STORY = TEXT + " ".join(f"Lượt xe thứ {number} chở rau và cá về thành phố." for number in range(30))


def written(article_id: str, day: str, title: str, text: str) -> Article:
    return Article(article_id, title, paragraphs=(text,), source="Báo Sông", published=Published(day))


ARTICLES = [
    written("in-1", "2013-05-10", "Chợ sáng", STORY),
    written("in-2", "2013-06-10", "Chợ sáng kimcương", STORY),
    written("thang-4", "2013-04-02", "Đá quý", "Một viên kimcương được bán đấu giá ở thành phố."),
    written("thang-7", "2013-07-02", "Đá quý", "Người mua kimcương hỏi giấy kiểm định."),
]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> tuple[Settings, Service]:
    return made(tmp_path_factory.mktemp("limits"), ARTICLES)


@pytest.fixture(scope="module")
def client(archive: tuple[Settings, Service]) -> FlaskClient:
    client = create_app(archive[1], archive[0]).test_client()
    client.set_cookie("lang", "en")
    return client


def had(client: FlaskClient, view: str, **asked: str) -> dict[str, object]:
    answer = client.get(f"/api/{view}?{urlencode(asked)}")
    assert answer.status_code == 200, answer.text
    found: dict[str, object] = answer.get_json()
    return found


@pytest.mark.parametrize("stories", ["", "1"])
@pytest.mark.parametrize("query", ["kimcương", "tiêu_đề:kimcương", '"chợ sáng"', "rau OR kimcương"])
def test_what_is_found_is_a_part_of_what_is_held(client: FlaskClient, query: str, stories: str) -> None:
    """Of a story the print that is counted is the one that is held."""
    lines = had(client, "concordance", q=query, stories=stories)
    near = had(client, "collocations", q=query, stories=stories, unit="syllable", least="1")
    for answer in (lines, near):
        assert 0 < answer["articles"] <= answer["held_articles"]  # type: ignore[operator]  # numbers
    assert lines["held_syllables"] == near["held_tokens"]


def test_of_a_story_that_print_is_held_which_is_counted(client: FlaskClient) -> None:
    """The second print has one syllable more than the first, which does not match."""
    first, second = (
        had(client, "concordance", q=f'tiêu_đề:"{title}"', stories="1") for title in ("chợ sáng", "kimcương")
    )
    assert second["held_syllables"] == first["held_syllables"] + 1  # type: ignore[operator]  # numbers


WORDLESS = ["", "-vàng", "ngày:2013"]


@pytest.mark.parametrize("query", WORDLESS)
def test_a_query_without_words_has_null_hits(client: FlaskClient, query: str) -> None:
    lines = had(client, "concordance", q=query)
    assert (lines["hits"], lines["per_million"], lines["lines"]) == (None, None, [])
    assert lines["articles"] == len(ARTICLES)
    near = had(client, "collocations", q=query)
    assert (near["hits"], near["collocates"]) == (None, [])
    sides = had(client, "compare", q=query, other_q="kimcương", least="1")
    assert sides["here"]["hits"] is None  # type: ignore[index]  # an object
    assert sides["there"]["hits"] == 3  # type: ignore[index]  # the same
    assert sides["both"]["hits"] is None  # type: ignore[index]  # the same
    assert sides["both"]["other_hits"] == 3  # type: ignore[index]  # the same


@pytest.mark.parametrize("query", WORDLESS)
@pytest.mark.parametrize("view", ["concordance", "collocations", "compare"])
def test_a_page_says_that_a_query_has_no_words(client: FlaskClient, view: str, query: str) -> None:
    asked = urlencode({"q": query, **({"other_q": "kimcương"} if view == "compare" else {})})
    page = client.get(f"/{view}?{asked}")
    assert page.status_code == 200
    assert "has no words" in page.text
    assert "0 hits" not in page.text


def having(hits: int) -> ArticleCounts:
    """An article with so many hits."""
    columns = {name: np.zeros(1, np.int64) for name in ArticleCounts.__slots__}
    return ArticleCounts(**columns | {"guessed": np.zeros(1, np.bool_), "hits": np.array([hits])})


def test_limits_are_refused_with_the_value_and_a_remedy() -> None:
    check_hits(having(MOST_HITS))
    check_hits(having(MOST_BESIDE), MOST_BESIDE)
    check_read(MOST_READ)
    with pytest.raises(UserError, match=f"{MOST_HITS + 1}.*narrow"):
        check_hits(having(MOST_HITS + 1))
    with pytest.raises(UserError, match=f"{MOST_BESIDE + 1}.*sort by date"):
        check_hits(having(MOST_BESIDE + 1), MOST_BESIDE)
    with pytest.raises(UserError, match=f"{MOST_READ + 1}.*raise least"):
        check_read(MOST_READ + 1)
    with pytest.raises(UserError, match=f"least is 1; in {MOST_SYLLABLES + 1}.*least={LEAST_OF_MANY}"):
        keeps_all_runs(MOST_SYLLABLES + 1, 3, 1)


def test_runs_are_all_told_apart_where_they_are_few() -> None:
    assert keeps_all_runs(MOST_SYLLABLES, 5, 1)
    assert keeps_all_runs(MOST_SYLLABLES + 1, 2, 1)
    assert not keeps_all_runs(MOST_SYLLABLES + 1, 3, LEAST_OF_MANY)


BESIDE = [
    ("concordance", {"sort": "left"}),
    ("concordance", {"sort": "right"}),
    ("concordance", {"group": "left"}),
    ("concordance", {"group": "right", "beside": "và"}),
    ("collocations", {}),
]


@pytest.mark.parametrize("form", ["", ".json", ".csv"])
@pytest.mark.parametrize(("view", "asked"), BESIDE)
def test_views_of_what_stands_beside_hits_have_a_limit(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, view: str, asked: dict[str, str], form: str
) -> None:
    address = f"/{view}{form}?{urlencode({'q': 'kimcương', **asked})}"
    assert client.get(address).status_code == 200
    for module in ("concordance", "collocations"):
        monkeypatch.setattr(f"search_app.answer.counting.{module}.MOST_BESIDE", 2)
    answer = client.get(address)
    assert answer.status_code == 400
    assert "3 hits" in answer.text


@pytest.mark.parametrize("asked", [{"sort": "newest"}, {"sort": "source"}, {"sort": "left", "sample": "2"}])
def test_what_reads_nothing_beside_hits_goes_on(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, asked: dict[str, str]
) -> None:
    monkeypatch.setattr("search_app.answer.counting.concordance.MOST_BESIDE", 2)
    assert had(client, "concordance", q="kimcương", **asked)["hits"] == 3


def test_runs_that_stand_seldom_are_refused_in_a_large_text(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = {"q": '"chợ sáng"', "length": "3", "unit": "syllable"}
    whole, floored = (had(client, "ngrams", **asked, least=least) for least in ("1", "5"))
    monkeypatch.setattr("search_app.answer.counting.limits.MOST_SYLLABLES", 9)
    assert client.get(f"/api/ngrams?{urlencode(asked | {'least': '1'})}").status_code == 400
    assert had(client, "ngrams", **asked, least="5") == floored | {"distinct": None}
    assert (floored["distinct"], floored["runs"]) == (whole["distinct"], whole["runs"])
    page = client.get(f"/ngrams?{urlencode(asked)}")
    assert (page.status_code, "different ones" in page.text) == (200, False)


def test_a_list_that_ties_in_too_many_items_is_refused(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search_app.answer.counting.limits.MOST_READ", 3)
    answer = client.get("/ngrams.csv?least=1")
    assert (answer.status_code, "raise least" in answer.text) == (400, True)


@pytest.mark.parametrize("view", ["collocations", "keywords", "ngrams"])
@pytest.mark.parametrize("widen", ["0", "1"])
def test_the_link_that_cites_a_view_says_whether_the_query_was_widened(
    client: FlaskClient, view: str, widen: str
) -> None:
    page = read_html(client.get(f"/{view}?{urlencode({'q': 'chợ', 'widen': widen})}").text)
    (cited,) = (href for one in page.all("a") if "as_of=" in (href := one.attributes.get("href") or ""))
    assert f"widen={widen}" in cited
    page = read_html(client.get(f"/{view}?q=chợ").text)
    (cited,) = (href for one in page.all("a") if "as_of=" in (href := one.attributes.get("href") or ""))
    assert "widen=1" in cited


def test_the_link_of_a_collocate_finds_articles_that_hold_it_as_a_word(client: FlaskClient) -> None:
    page = read_html(client.get("/collocations?q=kimcương&least=1&unit=word").text)
    links = [one.attributes["href"] or "" for one in page.all("a") if "widen=0" in str(one.attributes)]
    assert links
    for link in links:
        (query,) = parse_qs(urlsplit(link).query)["q"]
        assert "từ:" in query
        assert client.get(f"/api/search?{urlsplit(link).query}").get_json()["total"] > 0
    page = read_html(client.get("/collocations?q=tiêu_đề:kimcương&least=1").text)
    assert not [one for one in page.all("a") if "widen=0" in str(one.attributes)]


COMMANDS = ["collocations", "keywords", "ngrams", "compare", "concordance"]


@pytest.mark.parametrize("command", COMMANDS)
def test_an_answer_in_two_forms_is_refused(archive: tuple[Settings, Service], command: str) -> None:
    told = CliRunner().invoke(khobao, [command, "chợ", "--json", "--csv", "--data", str(archive[0].data)])
    assert isinstance(told.exception, UserError)
    assert "--json --csv" in str(told.exception)


def test_a_rest_that_is_empty_is_said_in_place_of_a_table(archive: tuple[Settings, Service]) -> None:
    told = CliRunner().invoke(khobao, ["keywords", "", "--data", str(archive[0].data)])
    assert told.exit_code == 0
    assert len(told.output.splitlines()) == 3


def test_no_window_at_all_is_refused_by_name(client: FlaskClient) -> None:
    answer = client.get("/api/collocations?q=a&left=0&right=0")
    assert (answer.status_code, "left" in answer.text and "right" in answer.text) == (400, True)
    assert had(client, "collocations", q="chợ", left="0")["left"] == 0
