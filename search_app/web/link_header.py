"""What belongs to an answer? The header Link (RFC 8288). What is too long for proxies is left out."""

from collections.abc import Iterable
from typing import NamedTuple

NEXT, PROOF, PROVEN = "next", "describedby", "describes"
_LONGEST = 2_000
"""Bytes of all addresses in it: nginx takes 4,096 of all headers unless it is told otherwise."""


class Link(NamedTuple):
    """An address, and what it is to the answer."""

    href: str
    relation: str


def link_header(links: Iterable[Link]) -> dict[str, str]:
    """The header; none where there is no link that fits."""
    said, left = [], _LONGEST
    for href, relation in links:
        if len(href) <= left:
            said.append(f'<{href}>; rel="{relation}"')
            left -= len(href)
    return {"Link": ", ".join(said)} if said else {}
