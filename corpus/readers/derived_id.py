"""What is the id of an article whose record gives none?

The file's name as a slug, "-", and the first twelve hex digits of SHA-256 over the article's URL or,
without one, over its source, title and date. So it stays when the text is corrected, and two
articles of one file that share all three need ids of their own.
"""

import hashlib
import re
import unicodedata

_SLUG_CHARACTERS = 60
_HEX_DIGITS = 12


def derived_id(stem: str, *, url: str, source: str, title: str, published: str) -> str:
    """A stable id without white space.

    >>> derived_id("Báo Tết 2020", url="https://bao.example/1", source="", title="", published="")
    'bao-tet-2020-ed260d13078d'
    """
    key = url or f"{source}\n{title}\n{published}"
    digest = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{_slug(stem)}-{digest[:_HEX_DIGITS]}"


def _slug(stem: str) -> str:
    bare = unicodedata.normalize("NFD", stem.lower().replace("đ", "d"))
    kept = "".join(mark for mark in bare if not unicodedata.combining(mark))
    return re.sub(r"[^a-z0-9]+", "-", kept)[:_SLUG_CHARACTERS].strip("-") or "article"
