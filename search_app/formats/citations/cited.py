"""What of an article is cited? And how are its dates written?

What has an address is cited by it. Where the archive has none that would hold elsewhere, the article's id and
the archive's name stand there instead.
"""

from dataclasses import dataclass
from datetime import date

from corpus.article import Article
from corpus.published import Precision
from corpus.rights import UNSAID, Rights
from indexer.places import Zone

LAST_CHANGE = "ngày sửa lần cuối, không phải ngày đăng (date of last change, not of publication)"
"""What a program's note says of such a date; whoever reads it may know one language alone."""

_DAY = 10
_INNER = str.maketrans('“”„"', "‘’‚'")
"""Quotation marks of what stands in quotation marks."""
_STOPS = frozenset(".?!…")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@dataclass(frozen=True, slots=True)
class Quoted:
    """A passage of an article that is quoted.

    Attributes:
        words: as they stand there; a line break between two paragraphs.
        zone: the part of the article.
        first, last: the numbers of the texts of this zone in which it begins and ends, from 1.
        start, stop: its first character and the one behind it, in all searched texts laid end to end.
    """

    words: str
    zone: Zone
    first: int
    last: int
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Exact:
    """The one version that is cited, so that anybody can tell whether another copy is the same.

    Attributes:
        change: the archive's change as of which the archive shows it.
        digest: SHA-256 (hex) of its content (corpus.article.Article.digest).
        identifier: the URI of the version, which holds for ever.
        link: the address that shows it, and the passage in it; empty where no public address is known.
    """

    version: int
    change: int
    digest: str
    identifier: str
    link: str
    quoted: Quoted | None = None


@dataclass(frozen=True, slots=True)
class Cited:
    """An article that is cited.

    Attributes:
        permalink: the address where it can be read for good; empty where none is known.
        read_on: the day on which it was read.
        archive: the UUID of its archive; needed where there is no permalink.
        rights: what may be done with it; programs take it along, in citations to be read it has no place.
        identifier: the URI of the article, which holds for ever; empty: it is not told.
        exact: the one version that is cited; None: the article, whatever its version. Needs ``archive``.
    """

    article: Article
    permalink: str
    read_on: date
    archive: str = ""
    rights: Rights = UNSAID
    identifier: str = ""
    exact: Exact | None = None

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
        return _line(self.article.title)

    @property
    def authors(self) -> tuple[str, ...]:
        """Each on one line."""
        return tuple(filter(None, map(_line, self.article.authors)))

    @property
    def source(self) -> str:
        """On one line."""
        return _line(self.article.source)

    @property
    def key(self) -> str:
        """By what a program keeps it apart: an article, one version of it, and each passage of that."""
        if self.exact is None:
            return self.article.id
        version = f"{self.article.id}@{self.exact.version}"
        quoted = self.exact.quoted
        return f"{version}:{quoted.start}-{quoted.stop}" if quoted else version

    @property
    def address(self) -> str:
        """Of the original where it is one of the web, else of the archive; empty: neither is known."""
        return self.original or self.permalink

    @property
    def original(self) -> str:
        """The address of the original where it is one of the web; else empty."""
        url = self.article.url
        return url if url.lower().startswith(("http://", "https://")) else ""

    @property
    def link(self) -> str:
        """Where a program finds what is cited: the version where it is exact, else as ``address``."""
        return (self.exact.link or self.original) if self.exact else self.address

    @property
    def archive_name(self) -> str:
        """Of the archive that has the article."""
        return f"Kho Báo {self.archive}"


def _line(text: str) -> str:
    return " ".join(text.split())


def in_quotes(text: str) -> str:
    r"""A text on one line between quotation marks; its own become single ones.

    >>> in_quotes('Ai nói "giá\n“tăng”"?')
    "“Ai nói 'giá ‘tăng’'?”"
    """
    return f"“{_line(text).translate(_INNER)}”"


def in_quotes_with_stop(text: str) -> str:
    """The same as Americans write what ends there: the stop stands within.

    >>> in_quotes_with_stop("Giá tăng"), in_quotes_with_stop("Giá tăng?")
    ('“Giá tăng.”', '“Giá tăng?”')
    """
    quoted = in_quotes(text)
    return quoted if quoted[-2] in _STOPS else f"{quoted[:-1]}.”"


def english_day(parts: tuple[int, ...]) -> str:
    """A date as Americans write it; empty where nothing is known.

    >>> english_day((2013, 5, 26)), english_day((2013, 5)), english_day((2013,))
    ('May 26, 2013', 'May 2013', '2013')
    """
    if not parts:
        return ""
    year, rest = str(parts[0]), [str(day) for day in parts[2:]]
    month = " ".join([_MONTHS[parts[1] - 1], *rest]) if parts[1:] else ""
    return f"{month}{',' if rest else ''} {year}".strip()


def english_month(number: int) -> str:
    """The name of a month, from 1."""
    return _MONTHS[number - 1]


def vietnamese_day(parts: tuple[int, ...]) -> str:
    """A date as Vietnamese write it.

    >>> vietnamese_day((2013, 5, 26)), vietnamese_day((2013, 5)), vietnamese_day((2013,))
    ('26/5/2013', '5/2013', '2013')
    """
    return "/".join(str(part) for part in reversed(parts))
