"""What does the JSON hold? The names that others build on."""

import pytest
from flask.testing import FlaskClient

from tests.web.articles import MARKUP


def test_the_shape_of_a_search(client: FlaskClient) -> None:
    answer = client.get("/api/search?q=lao+cai+(&size=1&source=B%C3%A1o+S%C3%B4ng+H%E1%BB%93ng").get_json()

    assert set(answer) == {
        "query", "understood", "total", "partial_total", "took_ms", "page", "size", "pages", "sort",
        "problems", "facets", "hits", "archive_number", "widens", "widenings", "offers",
        "repaired", "repairs", "mixed", "readings", "stories", "partial_stories", "by_story",
        "excluded_undated", "stories_number", "corrected", "corrections", "expands", "expansions",
        "grammar", "units", "scattered_total", "scattered_stories", "facet_sizes", "date_offers", "pin",
        "hits_total",
    }  # fmt: skip
    assert tuple(answer[key] for key in ("query", "understood", "total", "page", "size")) == (
        "lao cai (",
        "lao_cai",
        5,
        1,
        1,
    )
    assert set(answer["facets"]) == {"source", "section", "year", "month", "author", "tag"}
    assert answer["facet_sizes"] == {name: len(values) for name, values in answer["facets"].items()}
    assert {"value": "Báo Sông Hồng", "count": 5, "chosen": True, "left_out": False} in answer["facets"][
        "source"
    ]
    assert all(set(problem) == {"code", "message", "start", "end"} for problem in answer["problems"])
    assert [problem["start"] for problem in answer["problems"]] == [8] * len(answer["problems"])


def test_the_shape_of_a_hit(client: FlaskClient) -> None:
    hit = client.get("/api/search?q=lao+cai&size=1&page=2").get_json()["hits"][0]

    assert set(hit) == {
        "rank", "id", "title", "title_parts", "source", "section", "published", "precision", "url", "score",
        "lacks", "instead", "scattered", "snippet", "others", "first",
    }  # fmt: skip
    assert hit["rank"] == 2
    assert "".join(part["text"] for part in hit["title_parts"]) == hit["title"]
    assert {"text": "Lào Cai", "hit": True} in hit["snippet"]


def test_vietnamese_is_written_as_it_is(client: FlaskClient) -> None:
    raw = client.get("/api/search?q=lao+cai").data
    assert "Lào Cai".encode() in raw
    assert b"\\u" not in raw


def test_the_shape_of_an_article(client: FlaskClient) -> None:
    plain = client.get("/api/article/markup").get_json()
    marked = client.get("/api/article/markup?q=th%E1%BB%AD").get_json()

    assert set(plain) == {
        "id", "title", "lede", "paragraphs", "captions", "caption_places", "related", "source", "section",
        "authors", "published", "precision", "tags", "url", "version", "versions", "withdrawn", "provenance",
        "query", "understood", "problems", "hit_count", "story", "rights", "licence",
    }  # fmt: skip
    assert set(marked) == set(plain) | {"marked"}
    assert marked["title"] == plain["title"] == f"Thử {MARKUP} & nghiệm"
    assert marked["marked"]["title"][0] == {"text": "Thử", "hit": True}
    assert [len(marked["marked"][zone]) for zone in ("paragraphs", "captions")] == [1, 1]
    assert plain["provenance"]["file"] == "<tệp>.jsonl"
    assert tuple(plain[key] for key in ("published", "precision", "withdrawn", "version")) == (
        "2013",
        "year",
        False,
        1,
    )


@pytest.mark.parametrize("stories", ["0", "1"])
def test_the_same_parameters_find_the_same_through_both_doors(client: FlaskClient, stories: str) -> None:
    asked = f"?q=gi%C3%A1&section=Kinh+t%E1%BA%BF&sort=oldest&size=3&page=2&stories={stories}"
    hits = client.get("/api/search" + asked).get_json()["hits"]
    html = client.get("/" + asked).text

    assert hits
    assert [html.index(f"/article/{hit['id']}") for hit in hits] == sorted(
        html.index(f"/article/{hit['id']}") for hit in hits
    )


def test_health_counts(client: FlaskClient) -> None:
    health = client.get("/healthz").get_json()
    assert (health["status"], health["articles"], health["indexed"]) == ("ok", 68, 68)


def test_the_shape_of_a_receipt(client: FlaskClient) -> None:
    receipt = client.get("/api/receipt?q=lao+cai&fields=id,hits").get_json()
    of_a_view = client.get("/concordance.receipt.json?q=lao+cai&form=jsonl").get_json()

    assert set(receipt) == set(of_a_view) | {"ids"} == {
        "receipt", "archive", "made_at", "view", "query", "corrected", "understood", "grammar", "expansions",
        "parameters", "change", "changed_at", "release", "index_format", "analyser", "segmenter", "ranking",
        "rows", "articles", "stories", "hits", "stories_number", "excluded_undated", "ids_sha256",
        "sorted_sha256", "ids", "rows_sha256", "file", "receipt_sha256",
    }  # fmt: skip
    assert set(receipt["file"]) == {"name", "form", "columns", "spreadsheet", "size", "sha256", "address"}
    assert all(set(one) == {"name", "value"} for one in receipt["parameters"])
    assert (receipt["view"], of_a_view["view"]) == ("articles", "concordance")
    assert (receipt["rows_sha256"], of_a_view["ids_sha256"]) == (None, None)
    assert (receipt["file"]["form"], of_a_view["file"]["form"]) == ("csv", "jsonl")
    assert (receipt["file"]["columns"], receipt["rows"]) == (["id", "hits"], 6)
