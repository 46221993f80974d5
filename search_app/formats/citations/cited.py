"""What of an article is cited? And how are its dates written?

What has an address is cited by it. Where the archive has none that would hold elsewhere, the article's id and
the archive's name stand there instead.
"""

from dataclasses import dataclass
from datetime import date

from corpus.article import Article
from corpus.published import Precision
from corpus.rights import UNSAID, Rights

LAST_CHANGE = "ngày sửa lần cuối, không phải ngày đăng (date of last change, not of publication)"
"""What a program's note says of such a date; whoever reads it may know one language alone."""

_DAY = 10


@dataclass(frozen=True, slots=True)
class Cited:
    """An article that is cited.

    Attributes:
        permalink: the address where it can be read for good; empty where none is known.
        read_on: the day on which it was read.
        archive: the UUID of its archive; needed where there is no permalink.
        rights: what may be done with it; programs take it along, in citations to be read it has no place.
    """

    article: Article
    permalink: str
    read_on: date
    archive: str = ""
    rights: Rights = UNSAID

    @property
    def date_parts(self) -> tuple[int, ...]:
        """Year, month and day of publication as far as they are known; empty where the year is not."""
        published = self.article.published
        if published.precision is Precision.NONE:
            return ()
        return tuple(int(part) for part in published.plain[:_DAY].split("-"))

    @property
    def is_last_change(self) -> bool:
        """Whether the date is that of the last change, for no day of publication is known."""
        return self.article.published.is_last_change

    @property
    def date_mark(self) -> str:
        """EDTF's mark of a date that is not known as such: "~" of a last change, "?" of an inferred one."""
        published = self.article.published
        return published.text.removeprefix(published.plain)

    @property
    def title(self) -> str:
        """On one line."""
        return " ".join(self.article.title.split())

    @property
    def address(self) -> str:
        """Of the original where it is one of the web, else of the archive; empty: neither is known."""
        url = self.article.url
        return url if url.lower().startswith(("http://", "https://")) else self.permalink

    @property
    def archive_name(self) -> str:
        """Of the archive that has the article."""
        return f"Kho Báo {self.archive}"


def vietnamese_day(parts: tuple[int, ...]) -> str:
    """A date as Vietnamese write it.

    >>> vietnamese_day((2013, 5, 26)), vietnamese_day((2013, 5)), vietnamese_day((2013,))
    ('26/5/2013', '5/2013', '2013')
    """
    return "/".join(str(part) for part in reversed(parts))
