"""Which articles are measured? Both real corpora, mixed in proportion; past their end, changed copies.

The corpora lie beside the project, in ../shared/corpora. An article of baomoi is followed by five of
vietnews, so that any first N have the mix of the whole. vietnews has neither dates, sources nor
sections: with ``facts`` each such article is given those of a baomoi article that came before it, and
a moment in the years 2008 to 2018, so that dates and facets are asked of the whole corpus.
"""

import json
import lzma
import random
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count, islice
from pathlib import Path

from corpus.archive import ArchiveReader
from corpus.article import Article
from corpus.errors import ImpossibleValueError
from corpus.published import Published
from search_app.settings import Settings

CORPORA = Path(__file__).parent.parent.parent / "shared" / "corpora"
BAOMOI = CORPORA / "baomoi-2013.jsonl.xz"
VIETNEWS = CORPORA / "vietnews-105k.jsonl.xz"
RATIO = 5  # articles of vietnews for each of baomoi: 105,418 to 21,448

QUERIES = (
    "lao cai",
    '"giá vàng"',
    "học sinh",
    "đường OR dương",
    "",
    "tuy*",
    "thời tiết hà nội",
    "tiêu_đề:bóng đá",
)
"""Of every kind, for proofs that compare answers."""

CHANGED = 0.2  # of a copy's words are others
INVENTED = 0.002  # of a copy's words are in no other article, as names and misspellings are
_FIRST_MOMENT = datetime(2008, 1, 1)  # noqa: DTZ001 - the source's own clock, as Published.minute
_MINUTES = 11 * 365 * 24 * 60


def articles(limit: int, *, facts: bool = True) -> Iterator[Article]:
    """The first ``limit`` articles; changed copies once the real ones have ended."""
    return islice(_endless(facts=facts), limit)


def real_articles(*, facts: bool = True) -> Iterator[Article]:
    """Each real article once, the corpora mixed in proportion."""
    mixed = _mixed(_read(BAOMOI), _read(VIETNEWS))
    return _with_facts(mixed) if facts else mixed


def copies(copy: int, *, facts: bool = True) -> Iterator[Article]:
    """Every real article with changed words, under an id of its own."""
    return (_changed(article, copy) for article in real_articles(facts=facts))


def archived(data: Path, most: int) -> Iterator[Article]:
    """At most ``most`` of the articles in the archive of a data folder, evenly drawn, as they are there."""
    with ArchiveReader(Settings(data).archive) as archive:
        heads = [head for head in archive.heads_since(0) if not head.withdrawn]
        for head in islice(heads[:: -(-len(heads) // most)], most):
            if (found := archive.article(head.article_id)) is not None:
                yield found.article


def check_present() -> None:
    """Ends the program with one line where the corpora are not on this machine."""
    for path in (BAOMOI, VIETNEWS):
        if not path.exists():
            sys.exit(f"../shared/corpora/{path.name} is not on this machine: the benchmarks read it")


def _endless(*, facts: bool) -> Iterator[Article]:
    yield from real_articles(facts=facts)
    for copy in count(1):
        yield from copies(copy, facts=facts)


def _mixed(few: Iterator[Article], many: Iterator[Article]) -> Iterator[Article]:
    for article in few:
        yield article
        yield from islice(many, RATIO)
    yield from many


def _read(path: Path) -> Iterator[Article]:
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            try:
                yield _article(json.loads(line))
            except ImpossibleValueError:
                continue


def _article(record: dict[str, str | list[str]]) -> Article:
    def one(name: str) -> str:
        return str(record.get(name) or "")

    def many(name: str) -> tuple[str, ...]:
        return tuple(str(value) for value in record.get(name) or ())

    return Article(
        id=one("id"),
        title=one("title"),
        lede=one("summary"),
        paragraphs=tuple(one("body").split("\n")),
        captions=many("captions"),
        source=one("source"),
        section=one("section"),
        published=Published.parse(one("published")),
        tags=many("tags"),
    )


def _with_facts(articles: Iterable[Article]) -> Iterator[Article]:
    seen: list[tuple[str, str]] = []
    for article in articles:
        if article.source:
            seen.append((article.source, article.section))
            yield article
            continue
        chance = random.Random(article.id)  # noqa: S311 - the same article, the same facts
        source, section = chance.choice(seen)
        moment = _FIRST_MOMENT + timedelta(minutes=chance.randrange(_MINUTES))
        published = Published.parse(moment.isoformat(timespec="minutes"))
        yield replace(article, source=source, section=section, published=published)


def _changed(article: Article, copy: int) -> Article:
    """A copy that shares most words with the article, and is no duplicate of it."""
    chance = random.Random(f"{article.id} {copy}")  # noqa: S311 - the same copy in every run
    words = " ".join((article.title, *article.paragraphs)).split()

    def change(text: str) -> str:
        return " ".join(_word(chance, word, words) for word in text.split())

    return replace(
        article,
        id=f"{article.id}-copy{copy}",
        title=change(article.title),
        lede=change(article.lede),
        paragraphs=tuple(map(change, article.paragraphs)),
        captions=tuple(map(change, article.captions)),
    )


def _word(chance: random.Random, word: str, words: list[str]) -> str:
    if chance.random() < INVENTED:
        return word[:2] + "".join(chance.choices("aăâeêiouôơưyhnmt", k=3))
    return chance.choice(words) if chance.random() < CHANGED else word
