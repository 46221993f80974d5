"""What of an article is cited? And how are its dates written?"""

from dataclasses import dataclass
from datetime import date

from corpus.article import Article
from corpus.published import Precision

_DAY = 10


@dataclass(frozen=True, slots=True)
class Cited:
    """An article, the address where it can be read for good, and the day on which it was read."""

    article: Article
    permalink: str
    read_on: date

    @property
    def date_parts(self) -> tuple[int, ...]:
        """Year, month and day of publication as far as they are known; empty where the year is not."""
        published = self.article.published
        if published.precision is Precision.NONE:
            return ()
        return tuple(int(part) for part in published.plain[:_DAY].split("-"))

    @property
    def title(self) -> str:
        """On one line."""
        return " ".join(self.article.title.split())

    @property
    def address(self) -> str:
        """Of the original where the archive has one of the web, else of the archive."""
        url = self.article.url
        return url if url.lower().startswith(("http://", "https://")) else self.permalink


def vietnamese_day(parts: tuple[int, ...]) -> str:
    """A date as Vietnamese write it.

    >>> vietnamese_day((2013, 5, 26)), vietnamese_day((2013, 5)), vietnamese_day((2013,))
    ('26/5/2013', '5/2013', '2013')
    """
    return "/".join(str(part) for part in reversed(parts))
