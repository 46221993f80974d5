"""Every page that shows data is had as JSON, as CSV and as JSON lines, by the suffix of its address."""

import csv
import io
import json
import re

import pytest
from flask.testing import FlaskClient

from search_app.web.routes import ROUTES
from tests.web.html import read_html

_VERSIONS = (
    "version,change,title,file,place,reader,reader_version,imported_at,raw_sha256,sha256,current,choice"
    ",withdrawn,withdrawn_at,reason"
)
_TIMELINE = (
    "first,last,articles,row,query,part,value,hits,stories,guessed,held_articles,held_syllables,held_stories"
    ",per_million,per_thousand,stories_per_thousand,thin,unit,zones,once,by_story,note"
)
_COLLOCATES = (
    "rank,text,together,held,log_likelihood,log_dice,log_ratio,unit,left,right,hits,window_tokens,held_tokens"
    ",held_articles,segmenter"
)
_KEYWORD = "rank,text,count,rest,per_million,rest_per_million,log_likelihood,log_ratio"
_KEYWORDS = f"{_KEYWORD},unit,tokens,articles,rest_tokens,rest_articles,segmenter"
_COMPARED = f"part,articles,stories,hits,other_hits,search,{_KEYWORD}"
ROWS = [  # the page, the columns of its CSV, rows at the least
    ("/article/bsh-2012-002", "part,number,text", 12),
    ("/why/bsh-2012-002?q=lúa", "label,why,frequency,rarity,share,worth", 1),
    ("/changes/nbpn-2013-001?against=ktcl-2013-001", "kind,first,other", 1),
    ("/changes", "kind,of_versions,first,last,count,at,sources", 1),
    ("/changes?from=2", "mark,id,title,source,published,older,newer,state,reason", 20),
    ("/versions/revised", _VERSIONS, 2),
    ("/facet/source?q=lao+cai", "value,articles,chosen,left_out", 2),
    ("/timeline?q=lao+cai", _TIMELINE, 2),
    ("/collocations?q=gi%C3%A1", _COLLOCATES, 5),
    ("/keywords?q=gi%C3%A1", _KEYWORDS, 20),
    ("/ngrams?length=2", "rank,text,count,per_million,unit,length,runs,articles,segmenter", 20),
    ("/compare?q=gi%C3%A1&other_q=l%C3%BAa", _COMPARED, 5),
    (
        "/concordance?q=giá&sort=left",
        "id,version,change,title,source,published,zone,paragraph,offset,left,hit,right,url", 5,
    ),
    ("/concordance?q=giá&group=right&unit=word", "text,hits,articles", 3),
    ("/basket?id=bsh-2012-001&id=bsh-2012-002", "id,title,source,section,published,authors,url,permalink", 2),
    ("/coverage/undated", "id,title,source,published,characters", 1),
    ("/coverage/short", "id,title,source,published,characters", 1),
    ("/withdrawals", "id,version,state,title,source,published,permalink,reason,at,until", 1),
    ("/coverage/refused", "number,file,place,reason,message,at,taken_as,raw_sha256", 0),
    ("/coverage", "source,day,articles", 20),
    ("/search?q=lao+cai", "rank,id,title,source,section,published,authors,tags,url,lede,score", 5),
]  # fmt: skip
PATHS = [path for path, *_ in ROWS]


def twin(path: str, suffix: str) -> str:
    page, mark, asked = path.partition("?")
    return f"{page}.{suffix}{mark}{asked}"


def rows(client: FlaskClient, path: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(client.get(twin(path, "csv")).text)))


def test_every_page_that_has_a_table_is_tried() -> None:
    """By its row in the table of addresses: as one path, whatever it names."""
    named = {re.sub("<.*>", "", route.rules[0]) for route in ROUTES if route.table}
    tried = {path.partition("?")[0] for path in PATHS}
    assert {one for one in named if not any(path.startswith(one) for path in tried)} == set()


@pytest.mark.parametrize(("path", "columns", "least"), ROWS, ids=PATHS)
def test_a_page_as_csv(client: FlaskClient, path: str, columns: str, least: int) -> None:
    answer = client.get(twin(path, "csv"))
    assert (answer.status_code, answer.mimetype) == (200, "text/csv")
    assert answer.text.splitlines()[0] == columns
    assert len(rows(client, path)) >= least
    assert answer.headers["Content-Disposition"].endswith(".csv")
    assert client.get(twin(path, "csv") + ("&" if "?" in path else "?") + "excel=1").text[0] == "\ufeff"


@pytest.mark.parametrize("path", PATHS)
def test_a_page_as_json(client: FlaskClient, path: str) -> None:
    answer = client.get(twin(path, "json"))
    assert (answer.status_code, answer.mimetype) == (200, "application/json")
    found = answer.get_json()
    if isinstance(found, list):
        told = [{name: "" if value is None else str(value) for name, value in row.items()} for row in found]
        assert told == rows(client, path)


@pytest.mark.parametrize("path", PATHS)
def test_a_page_as_json_lines(client: FlaskClient, path: str) -> None:
    answer = client.get(twin(path, "jsonl"))
    assert (answer.status_code, answer.content_type) == (200, "application/jsonl; charset=utf-8")
    assert answer.headers["Content-Disposition"].endswith(".jsonl")
    found = [json.loads(line) for line in answer.text.splitlines()]
    if not path.startswith("/search"):  # there authors and tags are lists
        told = [{name: "" if value is None else str(value) for name, value in row.items()} for row in found]
        assert told == rows(client, path)
    assert len(found) == len(rows(client, path))


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("suffix", ["json", "csv", "jsonl"])
def test_a_twin_that_is_had_is_not_sent_again(client: FlaskClient, path: str, suffix: str) -> None:
    tag = client.get(twin(path, suffix)).headers["ETag"]
    assert client.get(twin(path, suffix), headers={"If-None-Match": tag}).status_code == 304


def test_the_table_of_an_article_holds_all_of_it_in_reading_order(client: FlaskClient) -> None:
    article = client.get("/api/article/bsh-2012-002").get_json()
    told = rows(client, "/article/bsh-2012-002")
    texts = {
        name: [row["text"] for row in told if row["part"] == name] for name in ("paragraph", "caption", "tag")
    }
    assert list(texts.values()) == [article["paragraphs"], article["captions"], article["tags"]]
    body = [row["part"] for row in told if row["part"] in {"paragraph", "caption"}]
    assert body[:3] == ["paragraph", "caption", "paragraph"]


def test_bars_and_what_is_in_none_add_up_to_the_search(client: FlaskClient) -> None:
    total = client.get("/api/search?q=lao+cai").get_json()["total"]
    assert sum(int(row["articles"] or 0) for row in rows(client, "/timeline?q=lao+cai")) == total


def test_a_facets_table_is_found_among_and_sorted_as_its_page(client: FlaskClient) -> None:
    found = rows(client, "/facet/source?find=song&by=name")
    assert [row["value"] for row in found] == ["Báo Sông Hồng"]
    assert client.get("/facet/nothing.csv").status_code == 404
    assert client.get("/facet/source.csv?by=size").status_code == 400


def test_an_id_that_ends_as_a_suffix_does_is_that_article(client: FlaskClient) -> None:
    assert client.get("/article/b%E1%BA%A3ng.csv").mimetype == "text/html"
    assert client.get("/article/b%E1%BA%A3ng.csv.csv").mimetype == "text/csv"
    assert client.get("/article/b%E1%BA%A3ng.csv.json").get_json()["id"] == "bảng.csv"


@pytest.mark.parametrize("page", ["article", "why", "changes", "versions"])
def test_an_unknown_article_has_no_twin_and_the_answer_says_so(client: FlaskClient, page: str) -> None:
    for suffix in ("json", "csv", "jsonl"):
        assert client.get(f"/{page}/khong-co.{suffix}").status_code == 404
    assert client.get(f"/{page}/khong-co.json").get_json()["error"]["code"]


@pytest.mark.parametrize("path", [*PATHS[:-1], "/?q=lao+cai", "/", "/article/markup?q=th%E1%BB%AD"])
def test_a_page_names_its_twins_and_they_answer(client: FlaskClient, path: str) -> None:
    page = read_html(client.get(path).text)
    kinds = {"application/json", "text/csv"} - ({"application/json"} if path == "/" else set())
    links = [one.attributes for one in page.all("a") if "type" in one.attributes]
    named = {one["type"]: one["href"] for one in links}
    assert kinds <= set(named)
    for kind in kinds:
        answer = client.get(named[kind])
        assert (answer.status_code, answer.mimetype) == (200, kind)
