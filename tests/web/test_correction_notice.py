"""What the page and the API say where a query may have been mistyped."""

from flask.testing import FlaskClient

TELEX = "/?q=laof+cai"


def test_what_is_shown_instead_is_said_with_a_way_back(client: FlaskClient) -> None:
    clean = client.get("/api/search?q=l%C3%A0o+cai").json
    found = client.get("/api/search?q=laof+cai").json
    assert clean is not None
    assert found is not None
    assert (found["query"], found["understood"]) == ("laof cai", "lào_cai")
    assert (found["repaired"]["query"], found["repaired"]["kinds"]) == ("lào cai", ["telex"])
    assert [hit["id"] for hit in found["hits"]] == [hit["id"] for hit in clean["hits"]]
    assert found["total"] == clean["total"] > 0
    html = client.get(TELEX + "&lang=vi").text
    assert "Không bài nào có đủ mọi điều như đã gõ." in html
    assert 'value="laof cai"' in html
    assert 'href="/?q=laof+cai&amp;g=2&amp;as_typed=1"' in html
    assert 'href="/?q=l%C3%A0o+cai&amp;g=2"' in html


def test_as_typed_finds_what_was_typed(client: FlaskClient) -> None:
    found = client.get("/api/search?q=laof+cai&as_typed=1").json
    assert found is not None
    assert (found["total"], found["repaired"], found["repairs"]) == (0, None, [])
    html = client.get(TELEX + "&as_typed=1&lang=vi").text
    assert "Không bài nào có đủ mọi điều" not in html
    assert 'name="as_typed"' not in html.partition("</form>")[0]


def test_articles_are_opened_with_what_was_searched(client: FlaskClient) -> None:
    """So that its words are marked there."""
    assert "?q=l%C3%A0o+cai" in client.get(TELEX).text.partition('class="hits"')[2]


def test_what_is_only_offered_is_a_link(client: FlaskClient) -> None:
    found = client.get("/api/search?q=laof+cai+OR+l%C3%A0o+cai").json
    assert found is not None
    assert found["repaired"] is None
    assert found["total"] > 0
    assert [one["query"] for one in found["repairs"]][:1] == ["lào AND cai"]
    html = client.get("/?q=laof+cai+OR+l%C3%A0o+cai&lang=vi").text
    assert "Ý bạn là:" in html


def test_another_value_than_0_or_1_is_refused(client: FlaskClient) -> None:
    assert client.get("/api/search?q=laof&as_typed=yes").status_code == 400
