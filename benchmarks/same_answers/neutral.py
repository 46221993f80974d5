"""Which bytes of an answer say when, by which release or how fast, and not what? They are made the same.

Everything else is compared byte for byte. What is replaced:

- the milliseconds that a search took, in JSON, on the page and in a terminal;
- today's date (citations say when they were read), as ISO and as Vietnamese and English write it;
- the time of an import by the command line, as ISO 8601 in UTC, and its duration;
- the lines of progress of a command, which stand there only where it takes long;
- when a document of OAI-PMH was made, and its resumptionToken, which says when its list was begun;
- when a receipt of an export was made, and its digest of itself, which holds that and the release;
- the number of the release, where the command or the description of the API says it;
- the checkout's own path.
"""

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

_TOOK = re.compile(rb'("took_ms": ?)[0-9.]+')
_MILLISECONDS = re.compile(rb"[0-9][0-9.,]* ms\b")
_UTC_MOMENT = re.compile(rb"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?(?:\+00:00|Z)")
_DURATION = re.compile('("seconds": ?)[0-9.]+|\\b[0-9][0-9.,]* (?:s|giây|seconds?)\\b'.encode())
_PROGRESS = re.compile(rb"^[^\n]*: [0-9.,]+ [^\n]+ / [0-9.,]+ [^\n]+ \([^\n]*/s, [^\n]*\)\n", re.MULTILINE)
_RELEASE = re.compile(rb'("version": ?)"[0-9]+\.[0-9]+\.[0-9]+[^"]*"|(version )[0-9]+\.[0-9]+\.[0-9]+\S*')

_HARVESTED = re.compile(rb"(?<=<responseDate>)[^<]*|(?<=\">)[A-Za-z0-9_-]*(?=</resumptionToken>)")

_RECEIPT = re.compile(rb'("(?:made_at|receipt_sha256|release)": ?)"[^"]*"')

_UNSTEADY = frozenset(
    {"date", "server", "etag", "last-modified", "connection", "content-length", "transfer-encoding"}
)
"""Headers that say when and by whom; a tag and a last change hold the release and the day."""


def neutral_answer(body: bytes, today: date) -> bytes:
    """An answer over HTTP without the time it took, today's date and the release."""
    body = _TOOK.sub(rb"\g<1>0", body)
    body = _MILLISECONDS.sub(b"0 ms", body)
    body = _RELEASE.sub(rb"\1\2RELEASE", body)
    body = _HARVESTED.sub(b"", body)
    body = _RECEIPT.sub(rb"\1null", body)
    return _without_day(body, today)


def neutral_output(output: bytes, checkout: Path, today: date) -> bytes:
    """What a command wrote, without what this module's docstring names."""
    output = output.replace(str(checkout).encode(), b"CHECKOUT")
    output = _PROGRESS.sub(b"", output)
    output = _UTC_MOMENT.sub(b"MOMENT", output)
    output = _DURATION.sub(rb"\g<1>0 s", output)
    return neutral_answer(output, today)


def steady_headers(headers: Mapping[str, str]) -> bytes:
    """The headers that say something of the answer, a line each, sorted; of cookies the name and value."""
    lines = []
    for name, value in headers.items():
        if name.lower() == "set-cookie":
            lines.append(f"{name}: {value.partition(';')[0]}")
        elif name.lower() not in _UNSTEADY:
            lines.append(f"{name}: {value}")
    return "\n".join(sorted(lines)).encode()


def _without_day(body: bytes, today: date) -> bytes:
    ways = (
        today.isoformat(),
        f"{today.day}/{today.month}/{today.year}",
        f"{today:%d/%m/%Y}",
        f"{today:%Y/%m/%d}",
        f"{today.day} tháng {today.month}, {today.year}",
        f"{today.day} {today:%B %Y}",
        f"{today:%B} {today.day}, {today.year}",
    )
    for way in ways:
        body = re.sub(rb"(?<![0-9])" + re.escape(way.encode()) + rb"(?![0-9])", b"TODAY", body)
    return body
