"""Which titles have pages that are no article: errors, accounts, imprints, terms of use, lists?"""

import re
from collections.abc import Iterable
from functools import cache
from importlib import resources

from corpus.cleaning.lines import WHITE_RUN, comparison_key

_PARTS = re.compile(rf"{WHITE_RUN}[|–—»:-]+\s+|[|»]")
_BETWEEN = re.compile(r"[\W_]+")


def kind_of_title(titles: Iterable[str]) -> str:
    """The kind of page that one of the titles says, whole or beside the site's name; empty for none.

    >>> kind_of_title(["404 - Báo Thử"]), kind_of_title(["Báo Thử | Đăng nhập"])
    ('absent', 'account')
    >>> kind_of_title(["Đăng nhập vào lịch sử bằng ba chiếc cúp"])
    ''
    """
    for title in titles:
        parts = [part for part in _PARTS.split(title) if part.strip()]
        for part in (title, *parts[:1], *parts[-1:]):
            if kind := _kinds().get(_plain(part), ""):
                return kind
    return ""


def _plain(title: str) -> str:
    return _BETWEEN.sub(" ", comparison_key(title).casefold()).strip()


@cache
def _kinds() -> dict[str, str]:
    text = resources.files("corpus.readers.html").joinpath("page_titles.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return {_plain(title): kind for kind, *titles in rows for title in titles}
