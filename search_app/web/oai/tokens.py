"""What is in a resumptionToken? All that a list needs to go on, for nothing of it is kept here.

A token is text and a digest of it, of the archive's UUID and of its history up to the list's change. So one
that was changed on its way is refused, and so is one of another archive, or of changes that a restored backup
does not have. It does not become too old: a list goes on as the archive stood when it was begun.
"""

import binascii
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from corpus.harvest_walks import HarvestList
from corpus.message import say
from search_app.web.oai.arguments import ErrorCode, ProtocolError, Verb

_DIGEST_LENGTH = 16
_MOST = 2**63 - 1  # SQLite's greatest number
_EPOCH = datetime.fromtimestamp(0, UTC)


@dataclass(frozen=True, slots=True)
class Resumption:
    """Where a list goes on.

    Attributes:
        after: the place behind which it does.
        cursor: how many articles are before that.
        total: how many the list had when it was begun.
    """

    verb: Verb
    asked: HarvestList
    after: int
    cursor: int
    total: int


class Tokens:
    """Writes and reads the tokens of an archive.

    Args:
        uuid: the archive's.
        mark: by what the archive's history up to a change is known; None where it has no such change.
    """

    def __init__(self, uuid: str, mark: Callable[[int], str | None]) -> None:
        self._uuid = uuid
        self._mark = mark

    def write(self, one: Resumption) -> str:
        """The token of a place in a list."""
        asked = one.asked
        moments = [moment and int(moment.timestamp()) for moment in (asked.moment, asked.first, asked.last)]
        values = [one.verb, asked.number, *moments, asked.publisher, one.after, one.cursor, one.total]
        text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
        body = urlsafe_b64encode(text.encode()).decode().rstrip("=")
        return body + self._digest(body, self._mark(asked.number) or "")

    def read(self, verb: Verb, token: str) -> Resumption:
        """The place in a list that a token stands for.

        Raises:
            ProtocolError: the token is not of this verb and this archive, or was changed.
        """
        body, digest = token[:-_DIGEST_LENGTH], token[-_DIGEST_LENGTH:]
        try:
            found = _resumption(json.loads(urlsafe_b64decode(body + "=" * (-len(body) % 4))))
        except (binascii.Error, ValueError, TypeError, OverflowError, RecursionError):
            raise _refusal() from None
        mark = self._mark(found.asked.number)
        if mark is None or digest != self._digest(body, mark) or found.verb is not verb:
            raise _refusal()
        return found

    def _digest(self, body: str, mark: str) -> str:
        return sha256(f"{self._uuid} {mark} {body}".encode()).hexdigest()[:_DIGEST_LENGTH]


def _resumption(values: Any) -> Resumption:
    """What the values of a token say.

    Raises:
        ValueError, TypeError, OverflowError: they are not those of a token.
    """
    verb, number, moment, first, last, publisher, after, cursor, total = values
    numbers = (number, moment, after, cursor, total)
    if not all(isinstance(one, int) and 0 <= one <= _MOST for one in numbers):
        raise ValueError
    if not (publisher is None or isinstance(publisher, str)):
        raise TypeError
    began = _moment(moment)
    if began is None:
        raise ValueError
    asked = HarvestList(number, began, publisher, _moment(first), _moment(last))
    return Resumption(Verb(verb), asked, after, cursor, total)


def _moment(seconds: int | None) -> datetime | None:
    return None if seconds is None else _EPOCH + timedelta(seconds=seconds)


def _refusal() -> ProtocolError:
    return ProtocolError(
        ErrorCode.BAD_TOKEN,
        say(
            "This resumptionToken is of no list of this archive by this verb, or was changed on its way;"
            " begin the list again without it"
        ),
    )
