"""What stands where in an article's text?"""

from tests.web.conftest import Get


def test_captions_stand_among_the_paragraphs_as_they_were_printed(page: Get) -> None:
    found = page("/article/bsh-2012-002")
    inside = [one for one in found.elements if one.name in {"p", "figure"}]
    kinds = [one.name for one in inside[[one.attributes.get("class") for one in inside].index("lede") :]][:9]
    assert kinds == ["p", "p", "figure", "p", "figure", "p", "p", "figure", "p"]
    assert "Đập lúa ngay tại ruộng bằng thùng gỗ." in found.all("figure")[1].text
    assert "Chú thích ảnh:" in found.all("figure")[1].text
    assert not found.all("section", class_="captions")


def test_captions_without_a_place_follow_the_text(page: Get) -> None:
    found = page("/article/markup")
    assert "Ảnh <script>" in found.all("section", class_="captions")[0].text
    assert not found.all("figure")


def test_hits_are_counted_down_the_page_through_text_and_captions(page: Get) -> None:
    found = page("/article/bsh-2012-002?q=l%C3%BAa")
    marks = [one.attributes["id"] for one in found.all("mark")]
    places = [int(one.attributes["x"]) for one in found.all("rect") if "x" in one.attributes]
    assert marks == [f"hit-{number}" for number in range(1, len(marks) + 1)]
    assert any("lúa" in one.text for one in found.all("figcaption"))
    assert places == sorted(places)
    assert len(places) == len(marks) > len(found.all("figure"))
