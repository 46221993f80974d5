"""Which titles have pages that are no article: errors, accounts, imprints, terms of use, lists?"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources
from itertools import groupby

from corpus.cleaning.lines import WHITE_RUN, comparison_key

_PARTS = re.compile(rf"{WHITE_RUN}[|–—»:-]+\s+|[|»]")
_BEGINNING = "+"  # marks kinds whose titles may go on, as an article's may
_ALWAYS = "*"  # the same, and no article's does
_NUMBERED = "~"  # marks kinds whose titles may have any numbers where the table has a 1
_NUMBER = "#"  # stands for such numbers
_MOST_WORDS = 8  # of a title in the table
_BETWEEN = re.compile(r"[\W_]+")
_DAYS = ("hôm nay", "hôm qua", "mới nhất", "trực tuyến", "ngày #", "tháng #", "năm #", "#")


def kind_of_title(titles: Iterable[str], *, begins: bool = False, without_day: bool = False) -> str:
    """The kind of page that one of the titles says, whole or beside the site's name; empty for none.

    With ``begins`` a title counts too that begins with one that the table marks with a plus; with
    ``without_day`` what stands before a day ("Lịch chiếu phim hôm nay 4/8").

    >>> kind_of_title(["404 - Báo Thử"]), kind_of_title(["Báo Thử | Đăng nhập"])
    ('absent', 'account')
    >>> title = "Điều khoản sử dụng dịch vụ của Báo Thử"
    >>> kind_of_title([title]), kind_of_title([title], begins=True)
    ('', 'terms')
    """
    for title in titles:
        parts = [part for part in _PARTS.split(title) if part.strip()]
        for part in (title, *parts[:1], *parts[-1:]):
            if not (plain := _plain(part)):
                continue
            for form in _forms(plain, without_day=without_day):
                if kind := _kinds().get(form) or _kind_of_beginning(form, begins=begins):
                    return kind.lstrip(_ALWAYS + _BEGINNING + _NUMBERED)
    return ""


def _kind_of_beginning(title: str, *, begins: bool) -> str:
    marks = (_ALWAYS, _BEGINNING) if begins else (_ALWAYS,)
    words = title.split()
    beginnings = (" ".join(words[:count]) for count in range(min(len(words), _MOST_WORDS), 0, -1))
    kinds = (_kinds().get(beginning, "") for beginning in beginnings)
    return next((kind for kind in kinds if kind.startswith(marks)), "")


def _plain(title: str) -> str:
    return _BETWEEN.sub(" ", comparison_key(title).casefold()).strip()


def _forms(title: str, *, without_day: bool) -> Iterator[str]:
    """The title, the same with any numbers, and without a day behind it."""
    yield title
    yield (unnumbered := _unnumbered(title))
    if without_day:
        yield _without_day(unnumbered)


def _without_day(title: str) -> str:
    while day := next((day for day in _DAYS if title.endswith(f" {day}")), ""):
        title = title[: -len(day) - 1]
    return title


def _unnumbered(title: str) -> str:
    """A title with one sign for each run of numbers."""
    runs = groupby(title.split(), key=str.isdecimal)
    return " ".join(_NUMBER if is_number else " ".join(words) for is_number, words in runs)


@cache
def _kinds() -> dict[str, str]:
    text = resources.files("corpus.readers.html").joinpath("page_titles.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    # A later row counts: a title may stand in two.
    return {
        _unnumbered(_plain(title)) if _NUMBERED in kind else _plain(title): kind
        for kind, *titles in rows
        for title in titles
        if title
    }
