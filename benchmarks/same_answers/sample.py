"""Which articles are queries drawn from? Some, from all over an archive, read over HTTP."""

import random
import re
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote, urlencode

from benchmarks.queries import SEED
from benchmarks.same_answers.server import Server

_PAGE = 20
_TOKEN = re.compile(r"[^\W\d_]+")
_OURS = {"nguồn": "source", "chuyên_mục": "section"}


@dataclass(frozen=True, slots=True)
class Sampled:
    """An article as queries are drawn from it.

    Attributes:
        texts: words of its headline, lede, paragraphs and captions, in small letters.
        day: of publication, as an ordinal; 0 where it is not known.
        published: as the API gives it; empty where it is not known.
        facts: values by the name of the field in a query.
    """

    id: str
    title: str
    texts: tuple[list[str], ...]
    day: int
    published: str
    facts: dict[str, str]


def sample(server: Server, count: int) -> list[Sampled]:
    """At most ``count`` articles, by seed, of the archive that is served; the newest among them."""
    total = server.json("/api/search?size=1")["total"]
    pages = max(1, -(-total // _PAGE))
    chance = random.Random(SEED)  # noqa: S311 - the same articles in every run
    wanted = min(pages, -(-count // _PAGE))
    chosen = sorted({1, pages, *chance.sample(range(1, pages + 1), wanted)})[: wanted + 1]
    ids = [
        hit["id"]
        for page in chosen
        for hit in server.json(f"/api/search?{urlencode({'sort': 'newest', 'size': _PAGE, 'page': page})}")[
            "hits"
        ]
    ]
    return [_sampled(server.json(f"/api/article/{quote(one, safe='')}")) for one in ids]


def _sampled(article: dict[str, Any]) -> Sampled:
    published = article["published"] or ""
    texts = (article["title"], article["lede"], *article["paragraphs"], *article["captions"])
    facts = {name: article[ours] for name, ours in _OURS.items()}
    facts["tác_giả"] = (article["authors"] or [""])[0]
    facts["thẻ"] = (article["tags"] or [""])[0]
    return Sampled(
        article["id"],
        article["title"],
        tuple(found for text in texts if (found := _TOKEN.findall(text.lower()))),
        date.fromisoformat(published[:10]).toordinal() if re.match(r"\d{4}-\d\d-\d\d", published) else 0,
        published,
        facts,
    )
