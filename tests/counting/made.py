"""What do the tests of counting stand on? A small archive of random texts, and a scan that knows no index."""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple
from unicodedata import normalize

from corpus.article import Article
from corpus.published import Published
from corpus.records import Reading
from indexer.build import build
from indexer.stories.update import update_stories
from search_app.answer.service import Service
from search_app.bootstrap import index_writer, open_service, writing
from search_app.settings import Settings
from tests.corpus.records import reading

WORDS = (
    *("giá", "vàng", "lúa", "Đà", "nẵng", "thu", "hoạch", "tăng"),
    *("giảm", "mạnh", "ở", "Lào", "Cai", "ế", "e", "dầu"),
)
MARKS = [" "] * 4 + [", ", " – ", ". ", "! ", " (", ") ", "… ", " “", "” ", "\u00a0", "  "]
_DATES = ["", "2013", "2013-05", "2013-05-26", "2014-01-02T07:10+07:00"]
_TOKEN = re.compile(r"(?:[^\W_][\u0300-\u036f]*)+")


class PlainHit(NamedTuple):
    """A hit as a scan of the texts finds it.

    Attributes:
        number: which text of the article it stands in.
        begin, end: its characters there; offset: those of all texts before count, too.
        before, after: the syllables on each side, the nearest first.
    """

    article_id: str
    offset: int
    number: int
    begin: int
    end: int
    before: tuple[str, ...]
    after: tuple[str, ...]


def drawn(number: int, chance: random.Random) -> Article:
    """A random article."""

    def text(least: int, most: int) -> str:
        words = chance.choices(WORDS, k=chance.randint(least, most))
        marked = "".join(word + chance.choice(MARKS) for word in words).strip()
        return normalize(chance.choice(("NFC", "NFC", "NFD")), chance.choice(("", "“", "– ")) + marked)

    lede = chance.choice(("", text(3, 12)))
    paragraphs = [text(1, 40) for _ in range(chance.randint(1, 4))]
    if lede and chance.random() < 0.3:
        paragraphs.insert(0, lede)
    return Article(
        f"bài-{number}" if number % 3 else f"B{number}",
        text(2, 8),
        lede=lede,
        paragraphs=tuple(paragraphs),
        captions=tuple(text(1, 6) for _ in range(chance.randint(0, 2))),
        source=chance.choice(("", "Đồng Bằng", "Dọc Đường", "Ế Ẩm", "An Ninh")),
        published=Published.parse(chance.choice(_DATES)),
    )  # fmt: skip


def texts_of(article: Article) -> list[str]:
    """The texts of an article in the order in which offsets count."""
    return [article.title, article.lede, *article.paragraphs, *article.captions]


def syllables(text: str) -> tuple[str, ...]:
    """The syllables of a text in small letters."""
    return tuple(normalize("NFC", word).lower() for word in _TOKEN.findall(text))


def scan(articles: Sequence[Article], phrase: str) -> Iterator[PlainHit]:
    """Every place of a phrase, found by reading each text."""
    wanted = [normalize("NFC", word).lower() for word in phrase.split()]
    for article in articles:
        offset = 0
        for number, text in enumerate(texts_of(article)):
            spans = [found.span() for found in _TOKEN.finditer(text)]
            words = [normalize("NFC", text[begin:end]).lower() for begin, end in spans]
            for at in range(len(words) - len(wanted) + 1):
                stop = at + len(wanted)
                if words[at:stop] == wanted:
                    begin, end = spans[at][0], spans[stop - 1][1]
                    yield PlainHit(
                        article.id,
                        offset + begin,
                        number,
                        begin,
                        end,
                        tuple(words[:at][::-1]),
                        tuple(words[stop:]),
                    )
            offset += len(text) + 1


def store(settings: Settings, articles: Sequence[Article]) -> None:
    """Adds articles to an archive, and indexes them with their stories."""
    with writing(settings) as archive, index_writer(settings) as writer:
        archive.store([_reading(one) for one in articles])
        build(archive, writer, lambda _done, _total: None, workers=0)
        update_stories(archive, settings.stories, lambda _done, _total: None)


def made(folder: Path, articles: Sequence[Article]) -> tuple[Settings, Service]:
    """An archive of articles, and the service over it."""
    settings = Settings(folder)
    store(settings, articles)
    return settings, open_service(settings)


def _reading(one: Article) -> Reading:
    return replace(reading(one.id, one.title), article=one)
