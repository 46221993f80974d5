"""What is said of a request that cannot be answered: by the server before the app sees it, or by the app?"""

from collections.abc import Mapping
from typing import NamedTuple

from corpus.message import Message, say


class Refusal(NamedTuple):
    """What is said; ``code`` is a stable name, for programs."""

    code: str
    message: Message


UNREADABLE = Refusal("bad-request", say("The request cannot be read; start from the search page"))
TOO_LARGE = Refusal("too-large", say("The request is too long; shorten the query or choose fewer filters"))
BROKEN = Refusal("internal-error", say("Something in Kho Báo is broken; the log of the server says what"))

_REFUSALS: Mapping[int, Refusal] = {
    408: Refusal("too-slow", say("The request came too slowly; send it again")),
    413: TOO_LARGE,
    414: TOO_LARGE,
    431: TOO_LARGE,
    500: BROKEN,
}


def refusal_of(status: int) -> Refusal:
    """What is said with a status where the app is not asked."""
    return _REFUSALS.get(status, UNREADABLE)
