"""Which sources has the archive, and what may be done with the articles of each?

A source is a publisher (corpus.publishers), so that two spellings of one paper are one source. Articles
that name no source count by their host; those without either are one row without a name.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import chain
from typing import NamedTuple

from corpus.archive_reader import IS_SHOWN, ArchiveReader
from corpus.errors import UserError
from corpus.message import say
from corpus.publishers import Publication, named_publisher
from corpus.rights import UNSAID, Rights, rights_by_key
from corpus.value_folding import tidy_value

_NAMELESS = Publication("", "")
_NEAREST = 3
_DAYS = "CASE WHEN length(f.day) = 10 AND f.day NOT LIKE 'XXXX%' THEN f.day END"
_LIVE = "FROM facts f JOIN heads h ON h.article_id = f.article_id"
_NAMED = (
    f"SELECT f.source, '', count(*), min({_DAYS}), max({_DAYS}) {_LIVE}"
    f" WHERE {IS_SHOWN} AND f.source != '' GROUP BY f.source"
)
_UNNAMED = (
    f"SELECT '', json_extract(v.content, '$.url'), 1, {_DAYS}, {_DAYS} {_LIVE}"
    f" JOIN versions v ON v.change = h.change WHERE {IS_SHOWN} AND f.source = ''"
)


@dataclass(frozen=True, slots=True)
class Source:
    """A source of the archive.

    Attributes:
        name: as it is most often written; empty: of articles that say neither source nor address.
        articles: that are not withdrawn.
        first, last: the first and the last day, ISO 8601, that an article is dated by; empty: none is.
    """

    name: str
    articles: int
    first: str
    last: str
    rights: Rights


class _Spelling(NamedTuple):
    """The numbers of one spelling of a source."""

    name: str
    articles: int
    first: str
    last: str


def sources(archive: ArchiveReader) -> list[Source]:
    """Every source, the largest first.

    Raises:
        OperatorError: the archive cannot be read.
    """
    spellings = _by_publisher(archive)
    rights = rights_by_key(archive, sorted(spellings))
    found = [_source(of_one, rights.get(key, UNSAID)) for key, of_one in spellings.items()]
    return sorted(found, key=lambda one: (-one.articles, one.name))


def source_named(archive: ArchiveReader, name: str) -> Publication:
    """The publisher of a name, as the archive calls it, where the archive has or had articles of it.

    Raises:
        UserError: it has none.
    """
    wanted = named_publisher(name)
    rows = archive.rows("SELECT key, name FROM publishers WHERE key != '' AND key NOT LIKE 'folder:%'")
    known = dict(rows) | {key: _usual_name(of_one) for key, of_one in _by_publisher(archive).items() if key}
    if wanted is not None and wanted.key in known:
        return Publication(wanted.key, known[wanted.key])
    near = get_close_matches(wanted.key if wanted else "", known, _NEAREST)
    if near:
        raise UserError(
            say(
                "{name}: the archive has no such source; near it are {names}. List all with: khobao sources",
                name=name,
                names="; ".join(known[key] for key in near),
            )
        )
    raise UserError(say("{name}: the archive has no such source; list all with: khobao sources", name=name))


def _source(spellings: list[_Spelling], rights: Rights) -> Source:
    return Source(
        _usual_name(spellings),
        sum(one.articles for one in spellings),
        min((one.first for one in spellings if one.first), default=""),
        max(one.last for one in spellings),
        rights,
    )


def _usual_name(spellings: list[_Spelling]) -> str:
    """The spelling of most articles; of several with as many the first."""
    names: Counter[str] = Counter()
    for one in spellings:
        names[one.name] += one.articles
    return min(names, key=lambda name: (-names[name], name))


def _by_publisher(archive: ArchiveReader) -> dict[str, list[_Spelling]]:
    """The spellings of each publisher, by its key."""
    found: defaultdict[str, list[_Spelling]] = defaultdict(list)
    for publisher, spelling in _spellings(archive):
        found[publisher.key].append(spelling)
    return found


def _spellings(archive: ArchiveReader) -> Iterator[tuple[Publication, _Spelling]]:
    """Each spelling of a source, and each article that names none, with its publisher."""
    shown = [archive.come_back()]
    rows = chain(archive.rows(_NAMED, shown), archive.rows(_UNNAMED, shown))
    for source, url, articles, first, last in rows:
        publisher = named_publisher(source, url or "") or _NAMELESS
        yield publisher, _Spelling(tidy_value(source) or publisher.name, articles, first or "", last or "")
