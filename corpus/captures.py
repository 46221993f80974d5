"""Does a newer capture of a page say less than the one before it, and nothing else?

The mobile view of a page, or its entry in a feed, often lacks section, author and captions. Where it says
nothing that the older capture does not say, the older one stays current. Whatever is changed or added makes
the newer one current: a paper's own correction always shows.
"""

from enum import StrEnum

from corpus.article import Article
from corpus.published import Precision, Published

CAPTURING_READERS = frozenset({"html", "warc", "feed"})
"""Readers of what a paper's site shows; records of other readers were put together by somebody."""


class Prefer(StrEnum):
    """Which version is current where the newer is a poorer capture of the same page."""

    RICHER = "richer"
    NEWEST = "newest"


_YEAR = len("2013")
_OFTEN_MISSING = ("section", "authors", "captions")


def lacking(newer: Article, older: Article) -> tuple[str, ...]:
    """Which of section, authors and captions a poorer capture lacks; none where it is no poorer one.

    It is one that lacks some, has the same title, and has nothing that the older has not.
    """
    lacks = tuple(part for part in _OFTEN_MISSING if getattr(older, part) and not getattr(newer, part))
    is_poorer = _words(newer.title) == _words(older.title) and _says_nothing_new(newer, older)
    return lacks if is_poorer else ()


def _says_nothing_new(newer: Article, older: Article) -> bool:
    return (
        _texts(newer) <= _texts(older)
        and set(map(_words, newer.captions)) <= set(map(_words, older.captions))
        and newer.section in {"", older.section}
        and set(newer.authors) <= set(older.authors)
        and _dates_nothing_else(newer.published, older.published)
    )


def _dates_nothing_else(newer: Published, older: Published) -> bool:
    """Whether a newer date is the older one or a part of it: coarser, without its year, or with one inferred.

    An inferred year is what the importer made of the file's place; the capture itself does not say it. The
    day of the last change says nothing beside a date of publication.
    """
    if not newer.text or newer == older:
        return True
    if older.is_last_change or newer.is_last_change:
        return bool(older.text) and not older.is_last_change
    if newer.precision is Precision.NONE or newer.inferred:
        return older.plain[_YEAR:].startswith(newer.plain[_YEAR:])
    return older.plain.startswith(newer.plain) and not older.inferred


def _texts(article: Article) -> set[str]:
    """The paragraphs of lede and body."""
    return {_words(text) for text in (*article.lede.split("\n"), *article.paragraphs) if text.strip()}


def _words(text: str) -> str:
    return " ".join(text.split())
