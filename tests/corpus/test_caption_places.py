"""Where do captions stand in the text, by what the page shows?"""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.cleaning.caption_places import caption_places
from corpus.stored import article_of, content_of
from tests.corpus.records import article, articles, read_bytes, refusals


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
    assert article_of(content_of(found)) == found


def test_a_record_may_say_the_places_and_bad_ones_are_refused(tmp_path: Path) -> None:
    line = '{"title": "A", "body": ["Một.", "Hai."], "captions": ["B"], "caption_places": %s}\n'
    (found,) = articles(read_bytes(tmp_path, (line % "[1]").encode(), "a.jsonl"))
    assert [one.text for one in found.body()] == ["Một.", "B", "Hai."]
    for bad, reason in (("[3]", "bad-caption-places"), ('["x"]', "wrong-type"), ("{}", "wrong-type")):
        (refused,) = refusals(read_bytes(tmp_path, (line % bad).encode(), "b.jsonl"))
        assert refused.reason == reason
