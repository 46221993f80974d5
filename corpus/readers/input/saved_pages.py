"""Which files belong to a page that a browser saved "complete"? Those in the folder of its parts, beside it.

``Bài báo.html`` has its pictures and scripts in ``Bài báo_files``. They are part of the page: no articles, no
refusals. A folder of that name without its page is a folder like any other.
"""

import re
from collections.abc import Iterable
from functools import cache
from importlib import resources

from corpus.normal_form import normalised

PART = "file of a saved page"
"""The kind under which a receipt counts them."""

_PAGE = re.compile(r"(.+)\.(?:html?|xhtml|shtml|aspx)", re.IGNORECASE | re.DOTALL)


def part_folders(names: Iterable[str]) -> frozenset[str]:
    """The paths, folded, of the folders that hold the parts of pages, by the paths of the pages.

    >>> sorted(part_folders(["2013/Bài.html", "a.json"]))[:2]
    ['2013/bài-dateien', '2013/bài-filer']
    """
    pages = (match[1] for name in names if (match := _PAGE.fullmatch(name)))
    return frozenset(_folded(page + ending) for page in pages for ending in _endings())


def is_part_folder(path: str, folders: frozenset[str]) -> bool:
    """Whether a folder is one of them."""
    return _folded(path) in folders


def is_part(path: str, folders: frozenset[str]) -> bool:
    """Whether a file lies in one of the folders, at any depth."""
    places = [place for place, letter in enumerate(path) if letter == "/"]
    return any(_folded(path[:place]) in folders for place in places)


def _folded(path: str) -> str:
    return normalised("NFC", path).casefold()


@cache
def _endings() -> tuple[str, ...]:
    text = resources.files("corpus.readers.input").joinpath("saved_page_endings.txt").read_text("utf-8")
    return tuple(_folded(line) for line in text.splitlines() if line and not line.startswith("#"))
