"""Where does an export go on that broke off? After some rows of the state of a change."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from itertools import islice

from corpus.errors import UserError
from corpus.message import say
from search_app.answer.exporting.facts import ids_digest

_FORM = re.compile(r"(?P<change>[0-9]{1,18})-(?P<rows>[0-9]{1,18})(?:-(?P<digest>[0-9a-f]{16}))?")
_DIGITS = 16


class OtherResultError(UserError):
    """A cursor is of another result than that which is asked for; begin anew, without it."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """After so many rows, at a change of the archive.

    Attributes:
        digest: the first 16 digits of the digest of the ids of those rows; empty: they are not compared.
    """

    change: int
    rows: int
    digest: str = ""

    def __str__(self) -> str:
        return "-".join(filter(None, (str(self.change), str(self.rows), self.digest)))

    @classmethod
    def after(cls, change: int, ids: Collection[str], rows: int) -> "Cursor":
        """The one after the first rows of a result, whose rows are told apart by ``ids``."""
        return cls(change, rows, _digest(ids, rows))

    def check(self, change: int, ids: Collection[str]) -> None:
        """Refuses to go on with another result than the one that broke off.

        Args:
            change: that the result is of.
            ids: of all rows of the result.

        Raises:
            OtherResultError: it is of another change, it has fewer rows, or its first rows are others.
        """
        if change != self.change:
            raise OtherResultError(
                say(
                    "cursor is {cursor}, and as_of is change {number}; leave as_of out",
                    cursor=str(self),
                    number=change,
                )
            )
        if self.rows > len(ids) or (self.digest and self.digest != _digest(ids, self.rows)):
            raise OtherResultError(
                say(
                    "cursor is {cursor}, but the result that begins there is another: something was withdrawn"
                    " since, or the search is another one; export it anew, without cursor",
                    cursor=str(self),
                )
            )


def read_cursor(text: str) -> Cursor | None:
    """The cursor of its text, CHANGE-ROWS or CHANGE-ROWS-DIGEST; None where it is none.

    >>> read_cursor("70-2000"), str(Cursor(70, 2000, "0123456789abcdef"))
    (Cursor(change=70, rows=2000, digest=''), '70-2000-0123456789abcdef')
    """
    found = _FORM.fullmatch(text)
    if found is None:
        return None
    return Cursor(int(found["change"]), int(found["rows"]), found["digest"] or "")


def _digest(ids: Collection[str], rows: int) -> str:
    return ids_digest(islice(ids, rows))[:_DIGITS]
