"""Which article of the archive is a record? It is known by who published it and by its id there.

A record whose bytes the archive holds already is the article that was made of them, and one whose content it
holds under the same id is that article, whatever its publisher is called now. Any other record of another
publication is an article of its own: where its id is taken, its publisher stands before the id. Which of two
is the second hangs on the order of the files; that both are found does not.
"""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from corpus.article import MAX_ID_CHARACTERS, Article
from corpus.context import Context
from corpus.digests import digest_of
from corpus.publishers import Publication, given_folder, publication_of
from corpus.records import Reading
from corpus.stored import stored_article, stored_context

_ID_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Identity:
    """Which article a record is.

    Attributes:
        article_id: its id in the archive.
        is_held: whether the archive has this article.
    """

    article_id: str
    is_held: bool


class Identities:
    """The tables of publishers and identities, within one transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._numbers: dict[str, int] = {}

    def identify(self, reading: Reading) -> Identity:
        """The article that a record is, with its id noted for its publication."""
        file = reading.provenance.file
        publication = publication_of(reading.article, file)
        known = (
            self._by_bytes(reading, publication)
            or self._by_publication(reading.article.id, publication)
            or (publication.is_folder and self._by_publication(reading.article.id, given_folder(file)))
            or self._by_content(reading.article)
        )
        article_id = known or self._new_id(reading.article.id, publication)
        self.note(article_id, reading.article.id, publication)
        return Identity(article_id, bool(known))

    def note(self, article_id: str, local_id: str, publication: Publication) -> None:
        """Notes that an id of a publication is this article, if it is not another one already."""
        number = self._number(publication)
        self._connection.execute(
            "INSERT OR IGNORE INTO identities (publisher, local_id, article_id, digest) VALUES (?, ?, ?, ?)",
            (number, local_id, article_id, digest_of("identities", (number, local_id, article_id))),
        )

    def _by_bytes(self, reading: Reading, publication: Publication) -> str | None:
        """The article that was made of the same bytes, its own id first; None where there is none.

        The same bytes at two addresses are two articles. So are those that an archive of format 2 took for an
        earlier version of another publication's article: nobody could find them.
        """
        if not reading.raw:
            return None
        rows = self._connection.execute(
            "SELECT article_id, content, file, context FROM versions WHERE raw_sha256 = ?"
            " AND content != '' ORDER BY article_id != ?, change DESC",
            (reading.provenance.raw_sha256, reading.article.id),
        )
        for article_id, content, file, context in rows:
            if not _is_of_one_address(reading.context, stored_context(context)):
                continue
            keys = self._publications(article_id)
            if publication.key in keys or not keys.isdisjoint(_keys(stored_article(content), file)):
                return str(article_id)
        return None

    def _by_publication(self, local_id: str, publication: Publication) -> str | None:
        """The article of this id of a publication."""
        row = self._connection.execute(
            "SELECT article_id FROM identities WHERE local_id = ? AND publisher ="
            " (SELECT number FROM publishers WHERE key = ?)",
            (local_id, publication.key),
        ).fetchone()
        return str(row[0]) if row else None

    def _by_content(self, article: Article) -> str | None:
        """The article that has this content under this id, but for what its publisher is called."""
        rows = self._connection.execute(
            "SELECT v.article_id, v.content, v.file FROM versions v WHERE v.article_id IN"
            " (SELECT article_id FROM identities WHERE local_id = ?) AND v.content != ''"
            " ORDER BY v.change DESC",
            (article.id,),
        )
        said = _said(article)
        for article_id, content, file in rows:
            held = stored_article(content)
            if _said(held) == said and not self._publications(article_id).isdisjoint(_keys(held, file)):
                return str(article_id)
        return None

    def _publications(self, article_id: str) -> set[str]:
        return {
            row[0]
            for row in self._connection.execute(
                "SELECT p.key FROM identities i JOIN publishers p ON p.number = i.publisher"
                " WHERE i.article_id = ?",
                (article_id,),
            )
        }

    def _new_id(self, local_id: str, publication: Publication) -> str:
        return next(one for one in _ids(local_id, publication.prefix) if not self._is_taken(one))

    def _is_taken(self, article_id: str) -> bool:
        found = self._connection.execute("SELECT 1 FROM heads WHERE article_id = ?", (article_id,))
        return found.fetchone() is not None

    def _number(self, publication: Publication) -> int:
        """The number of a publisher, which is added where it is new."""
        number = self._numbers.get(publication.key)
        if number is None:
            number = publisher_number(self._connection, publication)
            self._numbers[publication.key] = number
        return number


def publisher_number(connection: sqlite3.Connection, publication: Publication) -> int:
    """The number of a publisher in its table, to which it is added where it is new."""
    row = connection.execute("SELECT number FROM publishers WHERE key = ?", (publication.key,)).fetchone()
    if row is not None:
        return int(row[0])
    number = int(connection.execute("SELECT coalesce(max(number), 0) + 1 FROM publishers").fetchone()[0])
    columns = (number, publication.key, publication.name)
    connection.execute(
        "INSERT INTO publishers (number, key, name, digest) VALUES (?, ?, ?, ?)",
        (*columns, digest_of("publishers", columns)),
    )
    return number


def make_identities(connection: sqlite3.Connection) -> None:
    """Notes the identity of each article that has none, from its current version and those of the same text.

    A version of another publication and another text gets none: it was taken for one by its id alone, and is
    told apart when its record is imported again.
    """
    identities = Identities(connection)
    rows = connection.execute(
        "SELECT h.article_id, c.content, c.file, v.content, v.file FROM heads h"
        " JOIN versions c ON c.change = h.change JOIN versions v ON v.article_id = h.article_id"
        " WHERE h.article_id NOT IN (SELECT article_id FROM identities)"
        " AND c.content != '' AND v.content != ''"
    )
    for article_id, current_content, current_file, content, file in rows:
        current = stored_article(current_content)
        article = current if content == current_content else stored_article(content)
        for publication in (
            _as_given(current, current_file),
            *([_as_given(article, file)] if article is not current and _are_one(article, current) else []),
        ):
            identities.note(article_id, article_id, publication)


def _as_given(article: Article, file: str) -> Publication:
    """The publication of an archived article; nobody knows in which folder its file's name was given."""
    publication = publication_of(article, file)
    return given_folder(file) if publication.is_folder else publication


def _keys(article: Article, file: str) -> Iterator[str]:
    yield publication_of(article, file).key
    yield _as_given(article, file).key


def _are_one(article: Article, other: Article) -> bool:
    """Whether two texts are versions of one article: they share the title or a paragraph."""
    return article.title.split() == other.title.split() or not set(article.paragraphs).isdisjoint(
        other.paragraphs
    )


def _is_of_one_address(context: Context, other: Context) -> bool:
    return not context.url or not other.url or context.url == other.url


def _said(article: Article) -> dict[str, object]:
    """What an article says, but for its ids, its address and its publisher's name."""
    own = {"id", "url", "source", "related"}
    return {name: value for name, value in article.as_dict().items() if name not in own}


def _ids(local_id: str, prefix: str) -> Iterator[str]:
    """The ids that an article may get: its own, its publisher before it, and so on with a number."""
    yield local_id
    told_apart = f"{prefix}-{local_id}"
    if len(told_apart) > MAX_ID_CHARACTERS:
        told_apart = f"{prefix}-{sha256(local_id.encode()).hexdigest()[:_ID_DIGITS]}"
    yield told_apart
    number = 2
    while True:
        yield f"{told_apart}-{number}"
        number += 1
