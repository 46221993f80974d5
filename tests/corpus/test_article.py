import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import MAX_FIELD_CHARACTERS, MAX_ID_CHARACTERS, MAX_TEXT_CHARACTERS, Article
from corpus.errors import ImpossibleValueError
from corpus.fields import FIELDS
from corpus.published import Published
from corpus.readers.records.field_map import MODIFIED, FieldMap
from tests.corpus.records import article


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        ({"article_id": ""}, "bad-id"),
        ({"article_id": "hai từ"}, "bad-id"),
        ({"article_id": "dòng\n"}, "bad-id"),
        ({"article_id": "\ud800"}, "bad-id"),
        ({"article_id": "x" * (MAX_ID_CHARACTERS + 1)}, "bad-id"),
        ({"title": " "}, "no-title"),
        ({"lede": " "}, "no-text"),
        ({"title": "x" * (MAX_FIELD_CHARACTERS + 1)}, "field-too-long"),
        ({"tags": ("x" * (MAX_FIELD_CHARACTERS + 1),)}, "field-too-long"),
        ({"paragraphs": ("x" * MAX_TEXT_CHARACTERS,)}, "too-long"),
        ({"captions": ("nửa \udc00 chữ",)}, "lone-surrogate"),
        ({"paragraphs": ("đoạn \0 văn",)}, "nul-character"),
        ({"caption_places": (0,)}, "bad-caption-places"),
        ({"captions": ("Một.",), "caption_places": (9,)}, "bad-caption-places"),
        ({"captions": ("Một.",), "caption_places": (-1,)}, "bad-caption-places"),
        ({"captions": ("Một.", "Hai."), "caption_places": (1, 0)}, "bad-caption-places"),
    ],
)
def test_an_article_that_cannot_be_is_refused_with_its_reason(parts: dict[str, str], reason: str) -> None:
    with pytest.raises(ImpossibleValueError) as refused:
        article(**parts)
    assert reason == refused.value.reason
    assert str(refused.value).encode()


def test_a_body_is_read_with_its_captions_in_place_and_those_without_one_after_it() -> None:
    found = article(
        paragraphs=("Đoạn một.", "Đoạn hai."), captions=("A", "B", "C", "D"), caption_places=(0, 1, 1)
    )
    assert [one.text for one in found.body()] == ["A", "Đoạn một.", "B", "C", "Đoạn hai.", "D"]
    assert [one.is_caption for one in found.body()] == [True, False, True, True, False, True]
    parts = {True: found.captions, False: found.paragraphs}
    assert all(parts[one.is_caption][one.number] == one.text for one in found.body())


def test_places_change_the_digest_and_articles_without_them_keep_theirs() -> None:
    plain, placed = article(captions=("A",)), article(captions=("A",), caption_places=(0,))
    assert plain.digest != placed.digest
    assert "caption_places" not in plain.as_dict()


def test_a_title_and_any_text_make_an_article() -> None:
    assert article(lede="Một câu.").title
    assert article(lede="", paragraphs=("Một câu.",)).title
    assert article(lede="", captions=("Một câu.",)).title


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1))
def test_what_was_printed_is_kept_to_the_character(text: str) -> None:
    assert text == article(paragraphs=(text, "Câu cuối.")).paragraphs[0]


def test_equal_content_has_an_equal_digest_and_other_content_another() -> None:
    dated = article(published=Published("2020-05-01"))
    assert article().digest == article().digest
    assert article().digest != dated.digest
    assert article(lede="hoà").digest != article(lede="hòa").digest


def test_the_table_of_fields_is_that_of_the_article() -> None:
    assert [field.name for field in FIELDS] == [field.name for field in dataclasses.fields(Article)]
    for field in FIELDS:
        value = getattr(Article("a", "Tựa", "Sapo"), field.name)
        assert isinstance(value, tuple) is field.kind.is_several, field.name
    assert {field.name for field in FIELDS} | {MODIFIED} == {ours for ours, _ in FieldMap.known().names}


def test_a_later_field_is_no_part_of_the_digest_where_it_is_empty() -> None:
    """What archives hold was digested without it: no field may be added to these."""
    digested = [
        "id",
        "title",
        "lede",
        "paragraphs",
        "captions",
        "url",
        "source",
        "section",
        "authors",
        "published",
        "tags",
        "related",
    ]
    assert [field.name for field in FIELDS if field.is_digested_empty] == digested
    assert list(Article("a", "Tựa", "Sapo").as_dict()) == digested
