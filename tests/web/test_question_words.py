"""Words that only ask are searched and ranked, but never said to be lacking, nor marked."""

from urllib.parse import quote_plus

from flask.testing import FlaskClient

from indexer.query import Match, Words
from indexer.text.fold import fold
from search_app.answer.questions import asking_words, highlighted_matches
from search_app.query.grammar import understand
from tests.web.conftest import Get

ASKED = "giá vàng bao nhiêu"


def labels(typed: str) -> tuple[list[str], list[str]]:
    """The words that only ask, and those that are marked."""
    query = understand(typed).query
    asking, marked = asking_words(query), [match.label for match in highlighted_matches(query)]
    return sorted(match.label for match in asking), marked


def test_the_words_that_ask_are_those_of_a_question_with_something_to_look_for() -> None:
    assert labels(ASKED) == (["bao", "nhiêu"], ["giá", "vàng"])
    assert labels("vàng là gì") == ([], ["vàng", "là", "gì"])  # few words: each is meant
    assert labels("là gì ở đâu") == ([], ["là", "gì", "ở", "đâu"])  # nothing else is asked for
    assert labels('giá vàng tăng "là gì"')[1] == ["giá", "vàng", "tăng", "là gì"]
    assert not asking_words(Words((Match("vàng", ("vàng",)), Match("gì", ("gì",)))))


def test_no_hit_lacks_or_marks_a_word_that_only_asks(client: FlaskClient, page: Get) -> None:
    found = client.get("/api/search", query_string={"q": ASKED, "size": 50}).get_json()
    assert any(hit["is_partial"] and not hit["lacks"] for hit in found["hits"])
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
    """An article that lacks nothing but them is not among those that hold everything asked for."""
    asked = {"q": ASKED, "sort": "newest", "size": 50}
    found = client.get("/api/search", query_string=asked).get_json()
    shown = client.get(f"/?q={quote_plus(ASKED)}&sort=newest&size=50").text
    matching = sum(not hit["is_partial"] for hit in found["hits"])
    assert matching == found["total"]
    assert sum(hit["is_partial"] for hit in found["hits"]) == min(50 - matching, found["partial_total"])
    before, _, after = shown.partition('class="second-tier"')
    assert before.count('<li class="hit">') == matching
    assert after.count('<li class="hit">') == sum(hit["is_partial"] for hit in found["hits"])
