"""When do two records mean the same by a name ("publishedAt", "Published_Date", "ngày đăng", "content.text")?

Names are compared without case, marks and what stands between their letters. A dotted name is the path of a
value in nested objects, as programs flatten them; Solr ends its names with the kind of the value.
"""

import re
import unicodedata
from functools import lru_cache

from corpus.cleaning.lines import comparison_key

WRAPPERS = frozenset(
    {
        "article", "articles", "attributes", "attrs", "baibao", "data", "doc", "document", "entry", "fields",
        "info", "item", "meta", "metadata", "news", "newsarticle", "node", "object", "page", "payload",
        "post", "properties", "record", "result", "root", "source", "story",
    }
)  # fmt: skip
"""Plain names of objects around an article, or around some of its fields; "_source" is Elasticsearch's."""

LONGEST_KEPT = 200
"""Characters of a name that a cache may hold; a longer one is text in the place of a name."""

_SOLR = re.compile(r"(.+?)_(?:ss?|ts?|txts?|txt_[a-z]{2}|text|strs?|dts?|tdts?|pdts?|i|l|en|vi)")
_INDEX = re.compile(r"[0-9]{1,4}")


def plain_name(name: str) -> str:
    """The name by which it is compared.

    >>> plain_name("publishedAt") == plain_name("Published_At"), plain_name("ngày đăng"), plain_name("$")
    (True, 'ngaydang', '$')
    """
    return _kept_plain(name) if len(name) <= LONGEST_KEPT else _plain(name)


def written_name(name: str) -> str:
    """The name without regard to case, hyphens and spaces alone, as release 1.0 compared names.

    >>> written_name("Pub-Date"), written_name("Tiêu đề")
    ('pub_date', 'tiêu_đề')
    """
    return _kept_written(name) if len(name) <= LONGEST_KEPT else _written(name)


@lru_cache(maxsize=4096)
def _kept_plain(name: str) -> str:
    return _plain(name)


@lru_cache(maxsize=4096)
def _kept_written(name: str) -> str:
    return _written(name)


def _written(name: str) -> str:
    return comparison_key(name).casefold().replace("-", "_").replace(" ", "_")


def _plain(name: str) -> str:
    bare = unicodedata.normalize("NFD", name.casefold().replace("đ", "d"))
    return "".join(letter for letter in bare if letter.isalnum()) or name


def inner_paths(name: str) -> tuple[tuple[str, str], ...]:
    """What a dotted name or one of Solr's may mean: a name, and the name of the value in its object or "".

    >>> inner_paths("_source.title.rendered")
    (('title.rendered', ''), ('title', 'rendered'))
    >>> inner_paths("publisher.name"), inner_paths("title_txt_vi"), inner_paths("title")
    ((('publisher.name', ''), ('publisher', 'name')), (('title', ''),), ())
    """
    if "." in name.strip("."):
        parts = [part for part in name.split(".") if part and not _INDEX.fullmatch(part)]
        while len(parts) > 1 and plain_name(parts[0]) in WRAPPERS and not _names_value(parts):
            parts.pop(0)
        around = ((".".join(parts[:-1]), parts[-1]),) if len(parts) > 1 else ()
        return ((".".join(parts), ""), *around)
    solr = _SOLR.fullmatch(name)
    return ((solr[1], ""),) if solr else ()


def _names_value(parts: list[str]) -> bool:
    """Whether the path is a value of a paper's object ("source.name"), and no field of an article in it."""
    return parts[0].casefold() == "source" and plain_name(parts[1]) == "name"
