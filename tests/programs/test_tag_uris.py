"""Ids of articles and searches for ever: tag: URIs of the archive's own UUID, whatever the address."""

import re
import sqlite3
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from corpus.errors import OperatorError
from search_app.bootstrap import open_reading, writing
from search_app.settings import Settings
from search_app.web.address import Address
from search_app.web.paths import Paths
from search_app.web.tag_uris import article_tag, search_tag

PCHAR = r"(?:[A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-F]{2})"
TAG_URI = re.compile(  # RFC 4151, section 2.1
    rf"tag:[A-Za-z0-9]+(?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9]+(?:[A-Za-z0-9-]*[A-Za-z0-9])?)*"
    rf",[0-9]{{4}}(?:-[0-9]{{2}}(?:-[0-9]{{2}})?)?:(?:{PCHAR}|[/?])*"
)
UUID = "7d444840-9dc0-11d1-b245-5ffdce74fad2"
VALUES = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
IDS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zs"]), min_size=1, max_size=30)


@given(IDS)
def test_the_id_of_an_entry_is_a_tag_uri_and_has_the_articles_id(article_id: str) -> None:
    tag = article_tag(UUID, article_id)
    assert TAG_URI.fullmatch(tag)
    assert unquote(tag.partition(f"{UUID}/article/")[2]) == article_id


@given(IDS, IDS)
def test_two_articles_have_two_ids(one: str, other: str) -> None:
    assert (article_tag(UUID, one) == article_tag(UUID, other)) == (one == other)


@given(st.lists(st.tuples(st.sampled_from(["q", "source", "page", "sort"]), VALUES), max_size=5))
def test_the_id_of_a_feed_is_a_tag_uri_whatever_is_asked(pairs: list[tuple[str, str]]) -> None:
    address = Address.of(MultiDict(pairs), Paths("/", "/article/", "/why/", "/static/"))
    assert TAG_URI.fullmatch(search_tag(UUID, address))
    assert search_tag(UUID, address) == search_tag(UUID, address.setting("page", "7"))


def test_a_damaged_uuid_is_said_and_not_used(tmp_path: Path) -> None:
    settings = Settings(tmp_path)
    with writing(settings):
        pass
    uuid = open_reading(settings).uuid
    with sqlite3.connect(settings.archive) as connection:
        connection.execute("UPDATE archive SET uuid = ?", [UUID])
    connection.close()
    assert uuid != UUID
    with pytest.raises(OperatorError, match="does not fit its digest"):
        _ = open_reading(settings).uuid
