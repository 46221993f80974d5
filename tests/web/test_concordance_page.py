"""The concordance, as people and programs have it: every form says the same; a line leads to its hit."""

import csv
import io
import json
import re
from html import unescape

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from playwright.sync_api import expect

from search_app.cli.commands import khobao
from search_app.settings import Settings
from tests.web.browser import Opens
from tests.web.html import read_html

ASKED = [
    "q=giá",
    "q=giá&sort=left",
    'q="lào cai"&sort=right&context=sentence',
    "q=giá OR lũ&sort=source&left=3&right=0",
    "q=giá&sample=7&seed=a&sort=oldest",
    "q=giá&group=right&beside=vàng",
    "q=tiêu_đề:giá&stories=1&once=1",
    "q=giá&as_of=40",
]
SHOWN = re.compile(
    r'<div class="line" role="row"><div class="l"[^>]*>(.*?)</div>'
    r'<div class="h"[^>]*><a href="([^"]*)"[^>]*>(.*?)</a></div><div class="r"[^>]*>(.*?)</div>'
)
"""A line of the page: its left, its link, its hit, its right."""

EDGES = """() => {
  const begin = (hit) => Math.round(hit.getBoundingClientRect().x * 10);
  const hits = [...document.querySelectorAll(".h a")].map(begin);
  const cut = [];
  for (const side of document.querySelectorAll(".line .l, .line .r")) {
    const frame = side.getBoundingClientRect();
    const range = document.createRange();
    for (const node of [...side.childNodes].map((one) => one.firstChild ?? one)) {
      for (const word of node.data.matchAll(/\\S+/g)) {
        range.setStart(node, word.index);
        range.setEnd(node, word.index + word[0].length);
        const box = range.getBoundingClientRect();
        const inside = box.top >= frame.top - 2 && box.bottom <= frame.bottom + 2;
        const beyond = box.top >= frame.bottom - 2;
        const whole = inside && box.left >= frame.left - 1 && box.right <= frame.right + 1;
        if (!beyond && !whole) cut.push(word[0]);
      }
    }
  }
  return { hits, cut };
}"""
"""Where every hit begins, and the syllables of which a part is seen."""


def pages(client: FlaskClient, path: str, asked: str) -> list[str]:
    """All pages of an address."""
    found = []
    for number in range(1, 100):
        answer = client.get(f"{path}?{asked}&size=20&page={number}")
        assert answer.status_code == 200
        found.append(answer.text)
        total = client.get(f"/concordance.json?{asked}&size=20").get_json()["total"]
        if number * 20 >= total:
            return found
    raise AssertionError("an endless list")


@pytest.mark.parametrize("asked", ASKED)
def test_page_json_and_csv_have_the_same_lines(client: FlaskClient, asked: str) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get(f"/concordance.csv?{asked}").text)))
    answers = [json.loads(page) for page in pages(client, "/concordance.json", asked)]
    lines = [line for answer in answers for line in answer["lines"]]
    shown = [
        tuple(unescape(re.sub("</?i>", "", part)) for part in (left, hit, right))
        for page in pages(client, "/concordance", asked)
        for left, _href, hit, right in SHOWN.findall(page)
    ]
    assert rows
    assert [
        {name: "" if value is None else str(value) for name, value in line.items()} for line in lines
    ] == rows
    assert shown == [(line["left"], line["hit"], line["right"]) for line in lines]
    assert answers[0]["total_lines"] == len(rows) <= answers[0]["hits"]
    assert (
        client.get(f"/api/concordance?{asked}").get_json()
        == client.get(f"/concordance.json?{asked}").get_json()
    )


@pytest.mark.parametrize("asked", ASKED)
def test_the_command_prints_the_same_lines(client: FlaskClient, settings: Settings, asked: str) -> None:
    pairs = dict(pair.split("=", 1) for pair in asked.split("&"))
    options = [
        f"--{name.replace('_', '-')}" + ("" if name in {"stories", "once"} else f"={value}")
        for name, value in pairs.items()
        if name != "q"
    ]
    run = CliRunner().invoke(
        khobao, ["concordance", pairs["q"], "--csv", "--data", str(settings.data), *options]
    )
    assert run.output.splitlines() == client.get(f"/concordance.csv?{asked}").text.splitlines()
    told = CliRunner().invoke(
        khobao, ["concordance", pairs["q"], "--jsonl", "--data", str(settings.data), *options]
    )
    answer = client.get(f"/concordance.json?{asked}&size=100").get_json()
    assert [json.loads(line) for line in told.output.splitlines()][:100] == answer["lines"]


def test_at_a_terminal_hits_stand_in_one_column(settings: Settings) -> None:
    run = CliRunner().invoke(
        khobao, ["concordance", "giá", "--data", str(settings.data), "--left=4"], color=True
    )
    head, *lines = run.output.splitlines()
    assert len({line.index("\x1b[1m") for line in lines}) == 1
    assert re.search(r"\d", head)


def test_a_line_leads_to_the_article_at_that_hit(client: FlaskClient) -> None:
    answer = client.get("/concordance.json?q=giá&size=30&sort=left").get_json()
    hrefs = [
        href
        for _left, href, _hit, _right in SHOWN.findall(
            client.get("/concordance?q=giá&size=30&sort=left").text
        )
    ]
    for line, href in zip(answer["lines"], hrefs, strict=True):
        address, _, fragment = unescape(href).partition("#")
        article = client.get(address).text
        before, _, after = article.partition('<span id="at"></span>')
        assert (fragment, after.startswith(line["hit"])) == ("at", True)
        own = client.get(f"/api/article/{line['id']}").get_json()
        texts = [own["title"], own["lede"] or "", *own["paragraphs"], *own.get("captions", [])]
        assert "\n".join(texts)[line["offset"] :].startswith(line["hit"])
        assert before.endswith('">')


def test_the_numbers_are_out_of_what_is_held(client: FlaskClient) -> None:
    told = client.get("/concordance.json?q=giá&source=Báo Sông Hồng").get_json()
    held = client.get("/concordance.json?q=&source=Báo Sông Hồng").get_json()
    assert (held["hits"], held["articles"]) == (None, told["held_articles"])
    assert told["per_million"] == told["hits"] * 10**6 / told["held_syllables"]
    assert told["zones"] == ["title", "lede", "body", "captions"]
    titles = client.get("/concordance.json?q=tiêu_đề:giá").get_json()
    assert (titles["zones"], {line["zone"] for line in titles["lines"]}) == (["title"], {"title"})
    nothing = client.get("/concordance.json?q=giá&source=Không Có").get_json()
    assert (nothing["held_syllables"], nothing["per_million"]) == (0, None)


def test_results_link_to_the_lines_and_back(client: FlaskClient) -> None:
    results = read_html(client.get("/?q=giá&year=2013&sort=newest").text)
    (href,) = {one for one in results.marked_with("href") if one.startswith("/concordance?")}
    page = read_html(client.get(href).text)
    assert "year=2013" in href
    assert any(one.startswith("/?q=gi%C3%A1") and "year=2013" in one for one in page.marked_with("href"))


def test_a_cited_view_stays_what_it_is(client: FlaskClient) -> None:
    page = client.get("/concordance?q=UBND giá&sort=left&left=3&sample=5")
    (cited,) = {unescape(one) for one in re.findall(r'href="([^"]*as_of=[^"]*)"', page.text)}
    assert all(part in cited for part in ("sort=left", "left=3", "sample=5", "units=0", "widen=1"))
    again = client.get(cited)
    assert SHOWN.findall(again.text)
    assert [one[0::2] for one in SHOWN.findall(again.text)] == [one[0::2] for one in SHOWN.findall(page.text)]


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("left=41", ("left", "41", "40")),
        ("right=x", ("right", "x")),
        ("context=page", ("context", "sentence")),
        ("sort=relevance", ("sort", "newest")),
        ("group=both", ("group", "left")),
        ("unit=phrase", ("unit", "word")),
        ("beside=vàng", ("beside", "group")),
        ("sample=0", ("sample", "0", "1")),
        ("sample=100001", ("sample", "100000")),
        ("size=101", ("size", "100")),
        ("page=0", ("page", "0")),
        ("as_typed=1", ("as_typed",)),
        ("from=x", ("from", "x")),
    ],
)
@pytest.mark.parametrize("path", ["/concordance", "/concordance.json", "/api/concordance"])
def test_an_impossible_value_is_refused_by_name(
    client: FlaskClient, path: str, asked: str, words: tuple[str, ...]
) -> None:
    answer = client.get(f"{path}?q=giá&{asked}", headers={"Cookie": "lang=en"})
    assert answer.status_code == 400
    assert all(word in unescape(answer.text) or json.dumps(word)[1:-1] in answer.text for word in words)


def test_a_page_past_the_end_and_a_query_without_a_hit_say_so(client: FlaskClient) -> None:
    client.set_cookie("lang", "en")
    assert "There is no hit" in client.get("/concordance?q=xyzzy").text
    assert "looks for nothing in the text" in client.get("/concordance?q=").text
    assert "no lines on this page" in client.get("/concordance?q=giá&page=900").text


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("asked", ["", "&context=sentence", "&left=40&right=40", "&sort=left&left=1"])
def test_hits_stand_in_one_column_and_lines_are_cut_at_whole_syllables(
    opens: Opens, width: int, asked: str
) -> None:
    with opens(width=width) as reader:
        page = reader.page
        page.goto(f"{reader.home}/concordance?q=giá OR %22lào cai%22&size=100{asked}")
        reader.shoot("concordance")
        edges = page.evaluate(EDGES)
        assert len(edges["hits"]) > 20
        assert len(set(edges["hits"])) == 1
        assert edges["cut"] == []
        assert not reader.is_wider_than_the_window()
        assert (reader.watch.said, reader.watch.elsewhere) == ([], [])


def test_a_line_is_followed_and_the_form_works_by_keys(opens: Opens) -> None:
    with opens(scripts=False) as reader:
        page = reader.page
        page.goto(f"{reader.home}/concordance?q=giá")
        page.locator("#sort").select_option("left")
        page.locator("#left").fill("3")
        page.locator("#left").press("Enter")
        expect(page.locator("#sort")).to_have_value("left")
        expect(page.locator("#left")).to_have_value("3")
        page.locator(".h a").nth(5).focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**#at")
        expect(page.locator("mark:has(#at)")).to_be_in_viewport()
