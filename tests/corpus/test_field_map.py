import json
from pathlib import Path

import pytest

from corpus.errors import UserError
from corpus.readers.records import field_map, record_names
from corpus.readers.records.field_map import FieldMap
from tests.corpus.records import articles, read


def test_the_first_name_that_holds_something_is_taken() -> None:
    found = FieldMap.known().sort({"summary": "", "sapo": None, "description": "Mưa.", "Body": "Lũ."})
    assert found.taken["lede"] == ("description", "Mưa.")
    assert found.taken["paragraphs"] == ("Body", "Lũ.")
    assert found.unused == ()


def test_what_is_said_replaces_what_is_known(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    record = {"ten_bai": "Lũ về", "title": "không dùng", "content": "Sapo.", "body": "Thân.", "tags": 5}
    path.write_text(json.dumps(record), "utf-8")
    (found,) = articles(read(path, FieldMap.parse(["title=ten_bai", "lede=content", "tags="])))
    assert (found.title, found.lede, found.paragraphs) == ("Lũ về", "Sapo.", ("Thân.",))


@pytest.mark.parametrize(
    ("option", "said"), [("tieude=ten", "its fields are id, title, lede"), ("title", "OURS=THEIRS")]
)
def test_a_field_that_an_article_has_not_is_the_users_to_mend(option: str, said: str) -> None:
    with pytest.raises(UserError, match=said):
        FieldMap.parse([option])


def test_no_cache_keeps_a_long_name() -> None:
    caches = (record_names._kept_plain, record_names._kept_written, field_map._kept_order)
    for length in (10, 100_000):
        before = [cache.cache_info().currsize for cache in caches]
        name = "ten bai " + "x" * length
        assert FieldMap.known().sort({name: "Lũ về", "title": "Chợ"}).unused == (name,)
        kept = [cache.cache_info().currsize - size for cache, size in zip(caches, before, strict=True)]
        assert any(kept) == (length == 10)
