"""Where do captions stand in the text, by what the page shows?"""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.cleaning.caption_places import caption_places
from corpus.cleaning.page import read_page
from corpus.readers.html.article import PageContext, article_of_html
from corpus.stored import content_of, stored_article
from tests.corpus.records import article, articles, read_bytes


@pytest.mark.parametrize(
    ("page", "captions", "paragraphs", "places"),
    [
        ("a P1 a P2 b", "ab", ("P1", "P2"), (0, 2)),
        ("P1 a x b P2", "ab", ("P1", "P2"), (1, 1)),
        ("P1 P1 a P1 b", "ab", ("P1", "P1", "P1"), (2, 3)),
        ("P1 a P2", "ac", ("P1", "P2"), (1,)),
        ("a P2 P1", "a", ("P1", "P2"), (0,)),
        ("P1", "", ("P1",), ()),
    ],
)
def test_a_caption_stands_after_the_last_paragraph_above_it(
    page: str, captions: str, paragraphs: tuple[str, ...], places: tuple[int, ...]
) -> None:
    assert caption_places(page.split(), list(captions), paragraphs) == places


@given(st.lists(st.sampled_from("abcdPQRS"), max_size=12), st.data())
def test_places_are_what_an_article_takes(page: list[str], data: st.DataObject) -> None:
    captions = tuple(dict.fromkeys(line for line in page if line.islower()))
    kept = [line for line in page if line.isupper() and data.draw(st.booleans())]
    places = caption_places(page, captions, kept)
    found = article(paragraphs=tuple(kept), captions=captions, caption_places=places)
    assert len(places) == len(captions)
    assert stored_article(content_of(found)) == found


def test_a_record_may_say_the_places_and_bad_ones_are_left_out(tmp_path: Path) -> None:
    line = '{"title": "A", "body": ["Một.", "Hai."], "captions": ["B"], "caption_places": %s}\n'
    (found,) = articles(read_bytes(tmp_path, (line % "[1]").encode(), "a.jsonl"))
    assert [one.text for one in found.body()] == ["Một.", "B", "Hai."]
    for bad in ("[9]", "[3]", "[-1]", '["x"]', "{}", "[true]", '"x"', "1.5", "[null]"):
        (found,) = articles(read_bytes(tmp_path, (line % bad).encode(), "b.jsonl"))
        assert (found.captions, found.caption_places) == (("B",), ())


def test_the_line_that_became_the_lede_is_no_paragraph_below() -> None:
    page = read_page("Chợ Tết\nHoa về chợ.\nBến đò.\nBến đò.\nNgười mua đông.\nHoa về chợ.\nTrời nắng.")
    assert (page.lede, page.caption_places) == ("Hoa về chợ.", (0,))


_SENTENCE = "Nước sông lên nhanh suốt đêm qua, dân hai xã ven bờ phải dời lên đồi, phần {} của câu chuyện."
_S0, _S1, _S2 = map(_SENTENCE.format, ("đầu", "giữa", "cuối"))
_CONTENTS = (
    f"<p>{_S0}</p><ul><li><a href='#1'>Lũ rút</a></li><li><a href='#2'>Dân về</a></li></ul>"
    f"<figure><figcaption>Bến đò</figcaption></figure><h2>Lũ rút</h2><p>{_S1}</p>"
    f"<figure><figcaption>Chợ sớm</figcaption></figure><h2>Dân về</h2><p>{_S2}</p>"
)


@pytest.mark.parametrize(
    ("body", "places"),
    [
        (f"<p>{_S0}</p><figure><figcaption>Bến đò</figcaption></figure><p>{_S1}</p><p>{_S0}</p>", (0,)),
        (_CONTENTS, (0, 2)),
    ],
    ids=("lede again", "table of contents"),
)
def test_only_the_text_of_a_page_moves_the_place(body: str, places: tuple[int, ...]) -> None:
    page = f"<html><body><h1>Lũ trên sông Thao</h1><div class='content'>{body}</div></body></html>"
    assert article_of_html(page.encode(), PageContext("trang")).caption_places == places


@pytest.mark.parametrize(
    ("paragraphs", "captions", "given", "shown"),
    [
        (["S1", "", "S2"], ["a"], [2], "S1 a S2"),
        (["S1\nS2", "S3"], ["a"], [1], "S1 S2 a S3"),
        ("S1\n\nS2", ["a"], [1], "S1 a S2"),
        (["S1", "S2"], ["a", "", "b"], [0, 1, 2], "a S1 S2 b"),
        (["S1", "S2"], ["a", "a", "b"], [0, 1, 2], "a S1 S2 b"),
        (["S1", "S2"], ["a\nb", "c"], [1], "S1 a b S2 c"),
    ],
)
def test_places_follow_the_lists_for_which_they_are_given(
    tmp_path: Path, paragraphs: object, captions: object, given: object, shown: str
) -> None:
    record = {"title": "A", "paragraphs": paragraphs, "captions": captions, "caption_places": given}
    (found,) = articles(read_bytes(tmp_path, json.dumps(record).encode(), "a.jsonl"))
    assert " ".join(one.text for one in found.body()) == shown


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ([4], "S1 S2 S3 a b"),
        ([0, 1, 2], "a S1 S2 b S3"),
        ([3, 1], "S1 S2 b S3 a"),
        ([9, 1], "S1 S2 b S3 a"),
        (["x", 0], "b S1 S2 S3 a"),
    ],
)
def test_a_place_that_cannot_be_is_left_out_whatever_the_lists_hold(
    tmp_path: Path, given: object, shown: str
) -> None:
    record = {
        "title": "A",
        "paragraphs": ["S1\nS2", "", "S3"],
        "captions": ["a", "b"],
        "caption_places": given,
    }
    (found,) = articles(read_bytes(tmp_path, json.dumps(record).encode(), "a.jsonl"))
    assert " ".join(one.text for one in found.body()) == shown
