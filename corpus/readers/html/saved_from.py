"""From which address, and when, did a browser save a page? Its programs write both into the page itself."""

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime

_WITHIN = 64 * 1024
_ADDRESS = rb"(https?://[^\s\"'<>]{1,2000})"
_SINGLE_FILE = re.compile(rb"Page saved with SingleFile\s+url:\s*" + _ADDRESS)
_SAVED_DATE = re.compile(rb"saved date:\s*([^\r\n(]{1,60})")
_BROWSER = re.compile(rb"<!--\s*saved from url=\(\d{1,6}\)" + _ADDRESS)
_SAVE_PAGE = (b"savepage-url", b"data-savepage-href")
_SAVE_PAGE_DATE = b"savepage-date"
_VALUE = re.compile(rb"[\"']?\s*+(?:content\s*+)?=\s*+[\"']([^\"']{1,2000})[\"']")


@dataclass(frozen=True, slots=True)
class SavedFrom:
    """The address, and the moment as ISO 8601 in UTC; empty where the page does not say it."""

    url: str = ""
    saved: str = ""


def saved_from(raw: bytes) -> SavedFrom:
    r"""What a page says of its saving.

    >>> page = b"<html><!--\n Page saved with SingleFile \n url: https://bao.example/1 \n saved date: "
    >>> saved_from(page + b"Tue Mar 12 2024 06:10:00 GMT+0700 (ICT)\n-->")
    SavedFrom(url='https://bao.example/1', saved='2024-03-11T23:10:00+00:00')
    >>> saved_from(b"<html><!-- saved from url=(0021)https://bao.example/1 -->").url
    'https://bao.example/1'
    """
    start = raw[:_WITHIN]
    if single := _SINGLE_FILE.search(start):
        day = _SAVED_DATE.search(start, single.end())
        return SavedFrom(_text(single[1]), _moment(_text(day[1])) if day else "")
    if browser := _BROWSER.search(start):
        return SavedFrom(_text(browser[1]))
    url = next((said for name in _SAVE_PAGE if (said := _said(raw, name)).startswith("http")), "")
    return SavedFrom(url, _moment(_said(raw, _SAVE_PAGE_DATE)) if url else "")


def _said(raw: bytes, name: bytes) -> str:
    place = raw.find(name)
    match = _VALUE.match(raw, place + len(name)) if place >= 0 else None
    return _text(match[1]) if match else ""


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "replace").strip().replace("&amp;", "&")


def _moment(text: str) -> str:
    """The moment as browsers write it ("Tue Mar 12 2024 08:10:00 GMT+0700 (…)"); empty where it is none."""
    plain = text.partition("(")[0].strip()
    with suppress(ValueError, OverflowError):
        return datetime.strptime(plain, "%a %b %d %Y %H:%M:%S GMT%z").astimezone(UTC).isoformat()
    with suppress(ValueError, OverflowError):
        return datetime.fromisoformat(plain).astimezone(UTC).isoformat()
    return ""
