"""Words that only ask are ranked, but need not stand in a match, are never said to be lacking, nor marked."""

from urllib.parse import quote_plus

from flask.testing import FlaskClient

from indexer.text.fold import fold
from search_app.answer.lit_matches import lit_matches
from search_app.query.grammar import understand
from tests.web.conftest import Get

ASKED = "giá vàng bao nhiêu"


def lit(typed: str) -> list[str]:
    """What is marked for a query."""
    return [match.label for match in lit_matches(understand(typed).query).matches]


def test_the_words_that_ask_are_those_of_a_question_with_something_to_look_for() -> None:
    assert lit(ASKED) == ["giá", "vàng"]
    assert lit("vàng là gì") == ["vàng", "là", "gì"]  # few words: each is meant
    assert lit("là gì ở đâu") == ["là", "gì", "ở", "đâu"]  # nothing else is asked for
    assert lit('giá vàng tăng "là gì"') == ["giá", "vàng", "tăng", "là gì"]


def test_a_unit_is_marked_before_its_words() -> None:
    assert lit("ca_sĩ Mỹ") == ["ca sĩ", "ca", "sĩ", "Mỹ"]


def test_no_hit_lacks_or_marks_a_word_that_only_asks(client: FlaskClient, page: Get) -> None:
    found = client.get("/api/search", query_string={"q": ASKED, "size": 50, "units": "0"}).get_json()
    plain = client.get("/api/search", query_string={"q": "giá vàng", "units": "0"}).get_json()
    assert found["total"] == plain["total"] > 0
    assert {word for hit in found["hits"] for word in hit["lacks"]} <= {"giá", "vàng"}
    assert all(len(hit["instead"]) == len(hit["lacks"]) for hit in found["hits"])
    marked = {
        part["text"].lower()
        for hit in found["hits"]
        for parts in (hit["snippet"], hit["title_parts"])
        for part in parts
        if part["hit"]
    }
    assert marked
    assert {fold(word) for text in marked for word in text.split()} <= {"gia", "vang"}
    article = page(f"/article/{found['hits'][0]['id']}?q={quote_plus(ASKED)}")
    assert {one.text.lower() for one in article.all("mark")}.isdisjoint({"bao", "nhiêu"})


def test_the_tiers_by_date_stay_apart_where_only_asking_words_are_lacking(client: FlaskClient) -> None:
    """An article that lacks nothing but them is among those that hold everything asked for."""
    asked = {"q": ASKED, "sort": "newest", "size": 50, "units": "0"}
    found = client.get("/api/search", query_string=asked).get_json()
    shown = client.get(f"/?q={quote_plus(ASKED)}&sort=newest&size=50&units=0&stories=0").text
    matching = sum(not hit["lacks"] for hit in found["hits"])
    assert matching == found["total"]
    before, _, after = shown.partition('class="second-tier"')
    assert before.count('<li class="hit">') == matching
    assert after.count('<li class="hit">') == len(found["hits"]) - matching
