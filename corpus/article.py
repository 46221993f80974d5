"""What is an article, and which values cannot be one?

Articles are frozen and hold the original characters: nothing here normalises. One that cannot be (without
title or text, with white space in its id, with a lone surrogate) raises an error when it is made.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from corpus.errors import ImpossibleValueError
from corpus.fields import FIELDS, LONG, SHORT, TEXTUAL, ArticleField
from corpus.message import say
from corpus.normal_form import LONGEST_MARKS, long_marks
from corpus.published import Published

MAX_ID_CHARACTERS = 200
MAX_FIELD_CHARACTERS = 2_000
MAX_TEXT_CHARACTERS = 1_000_000

_SURROGATE = re.compile("[\ud800-\udfff]")
_UNDIGESTED_EMPTY = tuple(field.name for field in FIELDS if not field.is_digested_empty)
_BAD_IN_ID = re.compile(r"[\s\x00-\x1f\x7f]")


class BodyText(NamedTuple):
    """A paragraph or a caption, with its number among its kind, from 0."""

    text: str
    number: int
    is_caption: bool


@dataclass(frozen=True, slots=True)
class Article:
    """One published article, in the original characters.

    Attributes:
        id: a stable name within the archive, without white space.
        lede: the summary above the text ("sapo"); may be empty.
        paragraphs: the body.
        captions: the distinct captions of pictures.
        caption_places: for the first captions, how many paragraphs are above each; ascending. The places of
            further captions are not known: they follow the text.
        related: teasers and page furniture that came with the article; stored, but never searched.
        tags: the newspaper's own tags.
    """

    id: str
    title: str
    lede: str = ""
    paragraphs: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    caption_places: tuple[int, ...] = ()
    url: str = ""
    source: str = ""
    section: str = ""
    authors: tuple[str, ...] = ()
    published: Published = field(default_factory=Published)
    tags: tuple[str, ...] = ()
    related: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _check_id(self.id)
        if not self.title.strip():
            raise ImpossibleValueError(
                "no-title", say("the article {id} has no title; give it one", id=self.id)
            )
        if not any(part.strip() for part in (self.lede, *self.paragraphs, *self.captions)):
            raise ImpossibleValueError(
                "no-text",
                say("the article {id} has a title but no text; give it a lede or a body", id=self.id),
            )
        _check_places(self)
        _check_lengths(self)
        _check_characters(self)

    def as_dict(self) -> dict[str, object]:
        """The content as plain values, the date as its text; lists are tuples.

        Fields added later are left out where they are empty, so that digests equal those from before they
        were stored.
        """
        content = {part: getattr(self, part) for part in self.__slots__} | {"published": self.published.text}
        for name in _UNDIGESTED_EMPTY:
            if not content[name]:
                del content[name]
        return content

    def body(self) -> Iterator[BodyText]:
        """The paragraphs and the captions in reading order."""
        places = iter(self.caption_places)
        place, caption = next(places, None), 0
        for number in range(len(self.paragraphs) + 1):
            while place == number:
                yield BodyText(self.captions[caption], caption, is_caption=True)
                place, caption = next(places, None), caption + 1
            if number < len(self.paragraphs):
                yield BodyText(self.paragraphs[number], number, is_caption=False)
        for number in range(caption, len(self.captions)):
            yield BodyText(self.captions[number], number, is_caption=True)

    @property
    def digest(self) -> str:
        """SHA-256 (hex) of the content as canonical JSON; equal contents have equal digests."""
        return digest_of_content(self.as_dict())


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a version of an article came from.

    Attributes:
        file: the path as given on the command line, with POSIX separators; a member of an archive follows
            "!".
        place: the place in the file ("line 17", "item 3", "whole file").
        raw_sha256: hex digest of the raw record's bytes.
        reader, reader_version: the reader that read it ("jsonl", 1).
        imported_at: UTC, ISO 8601 to the second.
    """

    file: str
    place: str
    raw_sha256: str
    reader: str
    reader_version: int
    imported_at: str


def digest_of_content(content: Mapping[str, object]) -> str:
    """The digest of an article with this content, as ``Article.as_dict`` gives it."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def check_new_id(value: str) -> None:
    """Refuses an id that cannot be a path in an address; archives of earlier versions may have such ids.

    Raises:
        ImpossibleValueError: "bad-id": it has . or .. between slashes, which browsers resolve.
    """
    if not {".", ".."}.isdisjoint(value.split("/")):
        raise _bad_id(value)


def is_possible_id(value: str) -> bool:
    """Whether an article can have the id: 1 to 200 characters, without white space."""
    bad = _BAD_IN_ID.search(value) or _SURROGATE.search(value)
    return 0 < len(value) <= MAX_ID_CHARACTERS and not bad


def is_possible_text(value: str) -> bool:
    """Whether an article can have the text, whatever its length."""
    return _is_unicode(value) and "\0" not in value and next(long_marks(value), None) is None


def _check_id(value: str) -> None:
    if not is_possible_id(value):
        raise _bad_id(value)


def _bad_id(value: str) -> ImpossibleValueError:
    return ImpossibleValueError(
        "bad-id",
        say(
            "the id {value} cannot be; give 1 to {limit} characters without white space, and no . or .."
            " between slashes",
            value=ascii(value[:60]),
            limit=MAX_ID_CHARACTERS,
        ),
    )


def _check_places(article: Article) -> None:
    places = article.caption_places
    bounded = [0, *places, len(article.paragraphs)]
    if places and (
        len(places) > len(article.captions) or any(before > after for before, after in pairwise(bounded))
    ):
        raise ImpossibleValueError(
            "bad-caption-places",
            say(
                "the article {id} says that {places} paragraphs stand above its {captions} captions; give for"
                " each caption a number from 0 to {count}, in ascending order, or leave them out",
                id=article.id,
                places=", ".join(map(str, places[:20])),
                captions=len(article.captions),
                count=len(article.paragraphs),
            ),
        )


def _texts(article: Article, fields: tuple[ArticleField, ...]) -> list[str]:
    """The values of some fields, each text by itself."""
    found: list[str] = []
    for field_ in fields:
        value = getattr(article, field_.name)
        found.extend(value if field_.kind.is_several else (value,))
    return found


def _check_lengths(article: Article) -> None:
    short = _texts(article, SHORT)
    if longest := max((part for part in short if len(part) > MAX_FIELD_CHARACTERS), key=len, default=""):
        raise ImpossibleValueError(
            "field-too-long",
            say(
                "the article {id} has a title, url, source, section, author or tag of {count} characters;"
                " the limit is {limit}: shorten it",
                id=article.id,
                count=len(longest),
                limit=MAX_FIELD_CHARACTERS,
            ),
        )
    count = sum(map(len, _texts(article, LONG)))
    if count > MAX_TEXT_CHARACTERS:
        raise ImpossibleValueError(
            "too-long",
            say(
                "the article {id} has {count} characters; the limit is {limit}: split it into articles",
                id=article.id,
                count=count,
                limit=MAX_TEXT_CHARACTERS,
            ),
        )


def _check_characters(article: Article) -> None:
    """Refuses texts that no page could show, or that cannot be written as UTF-8.

    Almost every article is checked as one joined text; its texts are checked singly only to say which is bad.
    """
    texts = _texts(article, TEXTUAL)
    joined = "".join(texts)
    _check_marks(article.id, joined)
    if not _is_unicode(joined) or "\0" in joined:
        for text in texts:
            _check_text(article.id, text)


def _check_marks(article_id: str, text: str) -> None:
    if marks := next(long_marks(text), None):
        raise ImpossibleValueError(
            "too-many-marks",
            say(
                "the article {id} holds {count} combining marks in a row, and no text has more than {limit};"
                " take them out",
                id=article_id,
                count=marks[1] - marks[0],
                limit=LONGEST_MARKS,
            ),
        )


def _check_text(article_id: str, text: str) -> None:
    """Refuses a text with a lone surrogate or U+0000."""
    if surrogate := _SURROGATE.search(text):
        raise ImpossibleValueError(
            "lone-surrogate",
            say(
                "the article {id} holds half a character (U+{code}, a lone surrogate) at position {place}"
                " of {text}; export it again as UTF-8",
                id=article_id,
                code=f"{ord(surrogate[0]):04X}",
                place=surrogate.start(),
                text=ascii(text[:40]),
            ),
        )
    if "\0" in text:
        raise ImpossibleValueError(
            "nul-character",
            say(
                "the article {id} holds the character U+0000 at position {place} of {text}, which no text"
                " holds; export it again as UTF-8",
                id=article_id,
                place=text.index("\0"),
                text=ascii(text[:40]),
            ),
        )


def _is_unicode(text: str) -> bool:
    """Whether the text can be written as UTF-8; a lone surrogate cannot."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
