"""What does the head of a record say? Its kind, address, date and length."""

import re
from dataclasses import dataclass, field
from io import BytesIO

from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeadersParser, StatusAndHeadersParserException

_VERSIONS = ["WARC/1.1", "WARC/1.0", "WARC/0.17", "WARC/0.18"]
_ARC = re.compile(
    rb"(?P<url>\S+) (?P<ip>\S+) (?P<date>\d{8,17}) (?P<type>\S*)(?: .*?)? (?P<length>\d{1,19})\s*"
)
_MOST_DIGITS = 19  # of a length: 8 EB; Python refuses to parse thousands of digits
_ARC_DATE = re.compile(r"(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?")


@dataclass(frozen=True, slots=True)
class RecordHead:
    """The head of a record.

    Attributes:
        kind: "response", "request", "warcinfo", …; "arc-header" of an ARC's first record.
        url: the address; empty where there is none.
        date: when it was fetched, UTC, ISO 8601.
        length: the bytes of its block.
        media: the block's media type, in lower case.
        digests: the digests of the block and of the payload, as written ("sha1:…").
        truncated: why the crawler truncated it; empty where it did not.
    """

    kind: str
    url: str
    date: str
    length: int
    media: str = ""
    digests: dict[str, str] = field(default_factory=dict)
    truncated: str = ""


def warc_head(raw: bytes) -> RecordHead | None:
    """Parses the head of a WARC record, from its version to its blank line; None where it is none."""
    try:
        headers = StatusAndHeadersParser(_VERSIONS).parse(BytesIO(raw))
    except (StatusAndHeadersParserException, ArchiveLoadFailed, EOFError, ValueError, IndexError):
        return None

    def said(name: str) -> str:
        return (headers.get_header(name) or "").strip()

    length, kind = said("Content-Length"), said("WARC-Type").lower()
    if not length.isdecimal() or len(length) > _MOST_DIGITS or not (kind.isascii() and kind.isalpha()):
        return None
    return RecordHead(
        kind,
        said("WARC-Target-URI").strip("<>"),
        said("WARC-Date"),
        int(length),
        said("Content-Type").partition(";")[0].strip().lower(),
        {part: said(f"WARC-{part.title()}-Digest") for part in ("block", "payload")},
        said("WARC-Truncated"),
    )


def arc_head(line: bytes) -> RecordHead | None:
    """Parses the head of an ARC record, which is one line; None where it is none."""
    match = _ARC.fullmatch(line)
    if not match:
        return None
    url = match["url"].decode("utf-8", "replace")
    kind = "arc-header" if url.startswith("filedesc://") else "response"
    media = match["type"].decode("latin-1").lower()
    return RecordHead(kind, url, _iso(match["date"].decode()), int(match["length"]), media)


def _iso(date: str) -> str:
    """The fourteen digits of an ARC's date as ISO 8601; empty where it is no date."""
    match = _ARC_DATE.match(date)
    if not match:
        return ""
    day = "-".join(match.group(1, 2, 3))
    return f"{day}T{match[4] or '00'}:{match[5] or '00'}:{match[6] or '00'}Z"
