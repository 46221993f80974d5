"""How are moments written in OAI-PMH? In UTC, to the second or to the day."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from corpus.message import Message, say
from search_app.api.faults import abbreviate
from search_app.web.oai.arguments import FIRST, LAST, ErrorCode, ProtocolError

GRANULARITY = "YYYY-MM-DDThh:mm:ssZ"
"""The finest unit, as the protocol writes it."""

_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(rf"{_DAY.pattern}T[0-9]{{2}}:[0-9]{{2}}:[0-9]{{2}}Z")
_LAST_SECOND = timedelta(days=1) - timedelta(seconds=1)


def written(moment: datetime) -> str:
    """A moment in the protocol's form.

    >>> written(datetime(2026, 11, 30, 7, 5, tzinfo=UTC))
    '2026-11-30T07:05:00Z'
    """
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


def read_span(arguments: Mapping[str, str]) -> tuple[datetime | None, datetime | None]:
    """The first and the last second of what is asked for; None: it has no such bound.

    Raises:
        ProtocolError: a bound is no moment, the two are not alike, or the first is behind the last.
    """
    first, last = (_read(name, arguments[name]) if name in arguments else None for name in (FIRST, LAST))
    texts = {"first": arguments.get(FIRST, ""), "last": arguments.get(LAST, "")}
    if first is not None and last is not None and len(texts["first"]) != len(texts["last"]):
        raise _bad(
            say("from is “{first}” and until “{last}”; give both as days, or both to the second", **texts)
        )
    if last is not None and _DAY.fullmatch(texts["last"]):
        last += _LAST_SECOND
    if first is not None and last is not None and first > last:
        raise _bad(
            say("from is “{first}”, which is after until, “{last}”; give the earlier one first", **texts)
        )
    return first, last


def _read(name: str, text: str) -> datetime:
    if _DAY.fullmatch(text) or _MOMENT.fullmatch(text):
        try:
            return datetime.fromisoformat(text.removesuffix("Z")).replace(tzinfo=UTC)
        except ValueError:  # no such day
            pass
    raise _bad(
        say(
            "{name} is “{value}”; give a day or a second in UTC, such as 2026-11-30 or 2026-11-30T07:05:00Z",
            name=name,
            value=abbreviate(text),
        )
    )


def _bad(message: Message) -> ProtocolError:
    return ProtocolError(ErrorCode.BAD_ARGUMENT, message)
