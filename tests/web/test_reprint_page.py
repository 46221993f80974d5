"""What a reprint changed, on its page: how many passages differ, a line and a jump to each."""

import re

from flask.testing import FlaskClient

from tests.web.html import read_html

PATH = "/changes/nbpn-2013-001"
AGAINST = f"{PATH}?against=ktcl-2013-001"


def test_each_change_has_a_line_that_leads_to_it(client: FlaskClient) -> None:
    text = client.get(AGAINST).text
    passages = client.get(AGAINST.replace("?", ".json?")).get_json()["changes"]
    count = sum(one["kind"] != "same" for one in passages)
    page = read_html(text)
    jumps = [
        one.attributes["href"]
        for one in page.all("a")
        if one.attributes.get("href", "").startswith("#change")
    ]
    assert jumps == [f"#change-{number}" for number in range(1, count + 1)]
    places = [one.attributes["id"] for one in page.all("div", class_="change")]
    assert [f"#{place}" for place in places] == jumps
    assert re.search(rf"{count} đoạn khác nhau", text)
    assert count


def test_a_line_says_what_became_of_the_passage_and_how_it_begins(client: FlaskClient) -> None:
    words = {"changed": "Đổi", "left out": "Bỏ đi", "added": "Thêm"}
    passages = client.get(AGAINST.replace("?", ".json?")).get_json()["changes"]
    kinds = [words[one["kind"]] for one in passages if one["kind"] != "same"]
    listed = re.findall(
        r'<li><a href="#change-\d+">([^:<]+): <span lang="vi">([^<]+)</span>', client.get(AGAINST).text
    )
    assert [kind for kind, _ in listed] == kinds
    assert all(len(text) <= 95 for _, text in listed)
