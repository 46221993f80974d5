"""When was the page published? The date of the head, compared with the one that readers see.

A date counts only in certain places: in the head, between the lines around the headline and the first line of
the text, or right below the text. The date of a teaser, or the clock at the top of an old page, does not
count.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date, datetime
from urllib.parse import urlsplit

from corpus.cleaning.dates import date_in, date_line, parse_date
from corpus.cleaning.notices import notice_of
from corpus.errors import ImpossibleValueError
from corpus.published import Precision, Published, last_change
from corpus.publishers import host, newspaper
from corpus.readers.html.blocks import Block
from corpus.readers.html.metadata import Metadata
from corpus.readers.html.region import Region, ancestors

_ABOVE_TITLE = 5  # lines above the headline that belong to it
_BELOW_TEXT = 4
_LONGEST = 120
_VIETNAM = "+07:00"  # since 1975 the one time zone of the country
_CLOCK = len("2005-09-13T07:30")
_IN_PATH = re.compile(r"/((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?=[/-])")


def published(region: Region | None, head: Metadata, latest: date | None = None) -> Published:
    """The date of the page; that of its last change where it has no other, and empty where it has none.

    A date after the ``latest`` day that is possible is not that of its publication.
    """
    in_head = _until(latest, (parse_date(text, not_after=latest) for text in head.published))
    on_page = _until(latest, _on_page(region, latest)) if region is not None else []
    zone = _clock(head.url) or next(
        (printed.text[_CLOCK:] for printed in on_page if len(printed.text) > _CLOCK), ""
    )
    for known in sorted((*in_head, *on_page), key=lambda printed: printed.precision is not Precision.MINUTE):
        return _on_the_papers_clock(known, on_page, zone)
    changed = _until(latest, (parse_date(text, not_after=latest) for text in head.modified))
    return next((day for day in (_in_path(head.url), *map(last_change, changed)) if day.text), Published())


def _until(latest: date | None, dates: Iterable[Published]) -> list[Published]:
    """The dates of a known year that begin on a day or before."""
    return [day for day in dates if (span := day.span) and (latest is None or span[0] <= latest)]


def _on_page(region: Region, latest: date | None) -> Iterator[Published]:
    """The dates around the article, those with a time of day first."""
    start = max(0, (region.title_at if region.title_at >= 0 else region.numbers[0]) - _ABOVE_TITLE)
    blocks = region.page.blocks
    last = region.numbers[-1]
    near = [
        n
        for n in (*range(start, region.first_text + 1), *range(last - 1, last + 1 + _BELOW_TEXT))
        if 0 <= n < len(blocks)
    ]
    dates = [
        day
        for n in dict.fromkeys(near)
        if n not in region.page.teasers
        and notice_of(blocks[n].text) != "imprint"  # a press licence's day
        and (day := _of_block(blocks[n], latest)).span
    ]
    yield from sorted(dates, key=lambda day: day.precision is not Precision.MINUTE)


def _of_block(block: Block, latest: date | None) -> Published:
    for element in ancestors(block):
        stated = parse_date(element.get("datetime", "") if element.tag == "time" else "", not_after=latest)
        if stated.span:
            return stated
        if element.tag in {"body", "article", "main"}:
            break
    if len(block.text) > _LONGEST:
        return Published()
    of_line = date_line(block.text)
    if latest is not None and of_line.span and of_line.span[0] > latest:
        return parse_date(block.text, not_after=latest)  # the month may stand first
    return of_line if of_line.span else date_in(block.text)


def _on_the_papers_clock(date: Published, on_page: list[Published], zone: str) -> Published:
    """The date in the time zone of the paper's country.

    Templates write "Z" or nothing after local time: where the page shows the same time, it is local time.
    """
    if date.precision is not Precision.MINUTE or not zone:
        return date
    moment = datetime.fromisoformat(date.text)
    bare = moment.replace(tzinfo=None).isoformat(timespec="minutes")
    shown = [printed.text[:_CLOCK] for printed in on_page if printed.precision is Precision.MINUTE]
    if moment.tzinfo is None or bare in shown:
        return Published.parse(bare + zone)
    if moment.utcoffset() == datetime.fromisoformat(f"2000-01-01T00:00{zone}").utcoffset():
        return date
    return Published.parse(
        moment.astimezone(datetime.fromisoformat(f"2000-01-01T00:00{zone}").tzinfo).isoformat()
    )


def _in_path(url: str) -> Published:
    """The day in the address ("/2005/09/13/"); empty where there is none."""
    with suppress(ImpossibleValueError, ValueError):
        if match := _IN_PATH.search(urlsplit(url).path):
            return Published.parse(f"{match[1]}-{match[2]:0>2}-{match[3]:0>2}")
    return Published()


def _clock(url: str) -> str:
    """The paper's offset from UTC; empty where the address does not tell its country."""
    return _VIETNAM if newspaper(url) or host(url).endswith(".vn") else ""
