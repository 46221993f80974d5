"""What does a peer get of an article? The texts that Kho Báo searches: title, lede, body; and some facts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple
from unicodedata import normalize

from corpus.archive_reader import ArchiveReader
from corpus.article import Article
from search_app.settings import Settings

_AT_ONCE = 500


class Row(NamedTuple):
    """An article as a peer holds it; letters are composed (NFC), for analysers split at combining marks."""

    id: str
    source: str
    section: str
    published: str
    url: str
    title: str
    lede: str
    body: str

    @property
    def text(self) -> str:
        """Lede and body, for a peer with one field of text."""
        return f"{self.lede}\n{self.body}"


def row_of(article: Article) -> Row:
    """The row of an article."""
    body = "\n".join(text for text, _, _ in article.body())
    texts = (normalize("NFC", text) for text in (article.title, article.lede, body))
    return Row(article.id, article.source, article.section, article.published.plain, article.url, *texts)


@dataclass(frozen=True, slots=True)
class Articles:
    """The articles of a data folder's archive, read as they are iterated; no index is read."""

    data: Path

    def __iter__(self) -> Iterator[Article]:
        with ArchiveReader(Settings(self.data).archive) as archive:
            ids = [head.article_id for head in archive.heads_since(0) if not head.withdrawn]
            for start in range(0, len(ids), _AT_ONCE):
                found = archive.texts(ids[start : start + _AT_ONCE])
                yield from (found[article_id].article for article_id in ids[start : start + _AT_ONCE])

    def count(self) -> int:
        """How many there are."""
        with ArchiveReader(Settings(self.data).archive) as archive:
            return archive.counts().articles


_TOTAL = re.compile(r"data-total=\"(\d+)\"")


def total_of(page: str) -> int:
    """The total that the shared template says."""
    found = _TOTAL.search(page)
    assert found is not None, page[:2000]
    return int(found[1])
