"""At which address do readers reach this archive? KHOBAO_URL says so; the Host of a request never does.

Whoever asks writes the Host header, and what stands in a citation or a feed is kept for years by people who
never sent it. Loopback is the exception: only this machine reaches it, and its address is what it says.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from typing import NamedTuple
from urllib.parse import SplitResult, urlsplit

from corpus.errors import UserError
from corpus.message import say

VARIABLE = "KHOBAO_URL"
_DEFAULT_PORTS = {"http": 80, "https": 443}
_HOST = re.compile(r"(\[[0-9a-fA-F:.]{2,45}\]|[0-9a-zA-Z._-]{1,253})(?::([0-9]{1,5}))?")
_PATH = re.compile(r"(?:/[0-9a-zA-Z_~-][0-9a-zA-Z._~-]*)*/?")


class Host(NamedTuple):
    """A host as an address or a Host header names it: in small letters, with its port where one is given."""

    name: str
    port: int | None


@dataclass(frozen=True, slots=True)
class PublicUrl:
    """The public address of the app.

    Attributes:
        origin: scheme, host and port, without a slash at its end ("https://baochi.example.vn").
        path: the path under which the app stands there, with a slash before it and none after it; empty: /.
    """

    origin: str
    path: str = ""

    def __str__(self) -> str:
        """The address of the search page."""
        return f"{self.origin}{self.path}/"

    def has_host(self, given: str) -> bool:
        """Whether a Host header names the host of this address; proxies may leave out its port.

        >>> url = PublicUrl("https://bao.vn")
        >>> [url.has_host(one) for one in ("BAO.vn", "bao.vn:443", "bao.vn:80", "x.vn")]
        [True, True, False, False]
        """
        scheme, _, own = self.origin.partition("://")
        ours, theirs = host_of(own), host_of(given)
        if ours is None or theirs is None or ours.name != theirs.name:
            return False
        return theirs.port in {None, ours.port or _DEFAULT_PORTS[scheme]}


def read_public_url(environment: Mapping[str, str] = os.environ) -> PublicUrl | None:
    """The public address from KHOBAO_URL; None where it is not set. Only ``khobao serve`` needs it.

    >>> str(read_public_url({"KHOBAO_URL": "https://BÁO.example:443/kho"}))
    'https://xn--bo-mia.example/kho/'

    Raises:
        UserError: it is no address of http or https, or has a user, a query, a fragment or another path than
            one of letters, digits and ``-._~``.
    """
    given = environment.get(VARIABLE, "").strip()
    if not given:
        return None
    try:
        parts = urlsplit(given)
        origin = _origin(parts)
    except ValueError:  # of which UnicodeError is one
        raise _bad(given) from None
    if {"?", "#", "@", "\\"} & set(given) or not _PATH.fullmatch(parts.path):
        raise _bad(given)
    return PublicUrl(origin, parts.path.rstrip("/"))


def host_of(given: str) -> Host | None:
    """What a Host header, or the host of an address, names; None where it names no host.

    >>> host_of("[::1]:8080"), host_of("Bao.example."), host_of("bao.example/a")
    (Host(name='::1', port=8080), Host(name='bao.example', port=None), None)
    """
    found = _HOST.fullmatch(given)
    if found is None:
        return None
    return Host(found[1].strip("[]").lower().rstrip("."), int(found[2]) if found[2] else None)


def is_loopback(given: str) -> bool:
    """Whether a Host header names this machine itself.

    >>> [is_loopback(one) for one in ("localhost:8080", "127.1.2.3", "[::1]:80", "localhost.example")]
    [True, True, True, False]
    """
    host = host_of(given)
    if host is None or host.name == "localhost":
        return host is not None
    try:
        return ip_address(host.name).is_loopback
    except ValueError:
        return False


def _origin(parts: SplitResult) -> str:
    """Scheme, host and port as an address writes them: ASCII, without the port that goes without saying.

    Raises:
        ValueError: it has none of them, or one that cannot be.
    """
    default, name = _DEFAULT_PORTS.get(parts.scheme), parts.hostname or ""
    plain = name if ":" in name else name.encode("idna").decode()
    host = f"[{plain}]" if ":" in plain else plain
    if default is None or host_of(host) is None or parts.netloc.endswith(":"):
        raise ValueError
    port = "" if parts.port in {None, default} else f":{parts.port}"
    return f"{parts.scheme}://{host}{port}"


def _bad(given: str) -> UserError:
    """The refusal of a value; a password in it is not said again."""
    user, at, rest = given.rpartition("@")
    return UserError(
        say(
            "{name} is “{value}”; give the address at which readers reach the archive, with http:// or"
            " https:// and a host, such as https://baochi.example.vn/ or https://example.vn/khobao/, and"
            " without a user, a query or a fragment; a path may have letters, digits and - . _ ~",
            name=VARIABLE,
            value=f"…@{rest}" if user and at else given,
        )
    )
