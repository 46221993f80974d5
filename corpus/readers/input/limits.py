"""How much may one given file contain? Limits that stop decompression bombs, but no real archives."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

from corpus.errors import UserError
from corpus.message import Message, say

_MOST_DIGITS = 18  # of a limit: more than any disk has
_SHOWN = 80  # characters of a bad option in a message

FREE_BYTES = 256 * 1024 * 1024  # up to here any ratio is allowed: a small bomb does no harm


class TooMuchError(Exception):
    """A given file exceeds a limit: the rest of it is not read. ``reason`` is a stable code."""

    def __init__(self, reason: str, message: Message) -> None:
        super().__init__(reason, str(message))
        self.reason = reason
        self.message = message


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of a given file; each can be set with ``--limit``.

    Attributes:
        ratio: unpacked bytes per byte on disk, beyond the first ``FREE_BYTES``.
        bytes: unpacked bytes in all; what is packed twice counts twice.
        members: files in all its archives.
        depth: levels of archives inside archives; 1 is an archive of files.
    """

    ratio: int = 200
    bytes: int = 1024**4
    members: int = 2_000_000
    depth: int = 4

    @classmethod
    def parse(cls, options: Sequence[str]) -> "Limits":
        """The default limits, overridden by options ``NAME=NUMBER``.

        >>> Limits.parse(["ratio=5000"]).ratio
        5000

        Raises:
            UserError: there is no such limit, or it is no whole number above zero.
        """
        return replace(cls(), **dict(_option(option) for option in options))

    def check_unpacked(self, unpacked: int, size: int) -> None:
        """Refuses more unpacked bytes than ``size`` bytes on disk may contain.

        Raises:
            TooMuchError: "bomb".
        """
        if unpacked > self.bytes:
            raise _bomb("bytes", self.bytes, unpacked, size)
        if unpacked > FREE_BYTES and unpacked > self.ratio * max(size, 1):
            raise _bomb("ratio", self.ratio, unpacked, size)

    def check_members(self, members: int) -> None:
        """Refuses more files than the limit.

        Raises:
            TooMuchError: "too-many-members".
        """
        if members > self.members:
            raise TooMuchError(
                "too-many-members",
                say(
                    "the file holds more than {limit} files; unpack it, or raise the limit:"
                    " --limit members={more}",
                    limit=self.members,
                    more=self.members * 10,
                ),
            )


def _bomb(name: str, limit: int, unpacked: int, size: int) -> TooMuchError:
    message = say(
        "the file has {size} bytes and gave more than {unpacked}: it looks like a bomb, and the rest is not"
        " read; if you know it, raise the limit: --limit {name}={more}",
        size=size,
        unpacked=unpacked,
        name=name,
        more=limit * 10,
    )
    return TooMuchError("bomb", message)


def _option(option: str) -> tuple[str, int]:
    name, _, number = option.partition("=")
    known = [field.name for field in fields(Limits)]
    if name not in known or not number.isdecimal() or len(number) > _MOST_DIGITS or not int(number):
        raise UserError(
            say(
                "--limit {option}: write it as NAME=NUMBER, as in ratio=1000; the names are {names}",
                option=option[:_SHOWN],
                names=", ".join(known),
            )
        )
    return name, int(number)
