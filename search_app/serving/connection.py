"""How is one connection served? Its requests are read whole within deadlines; then a thread answers each.

A connection holds a thread only while an answer is made, never while its client is waited for. h11 knows the
protocol; the deadlines are here.
"""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass
from email.utils import formatdate
from http import HTTPStatus
from typing import Any, Protocol, TypeVar

import h11

from search_app.serving.limits import CHUNK_BYTES, Limits
from search_app.serving.wsgi import Asked, Wsgi, WsgiAnswer

_LOG = logging.getLogger(__name__)
_READ_BYTES = 64 * 1024
_DRAIN_SECONDS = 1.0
_DRAIN_BYTES = 256 * 1024
_URI_TOO_LONG, _HEAD_TOO_LARGE, _OTHER_VERSION = 414, 431, 505

T = TypeVar("T")


class Process(Protocol):
    """What a connection needs of the process that serves it."""

    app: Wsgi
    limits: Limits

    @property
    def is_stopping(self) -> bool:
        """Whether no further request is waited for."""

    @property
    def is_loaded(self) -> bool:
        """Whether so many requests wait that connections are given away after the response."""

    async def in_thread(self, work: Callable[[], T]) -> T:
        """Works in a thread of the pool."""

    def refuse(self, status: int) -> str:
        """What is said with a status of a request that is refused before the app sees it."""


class RefusedError(Exception):
    """A request is not answered by the app, but refused with a status."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


@dataclass(frozen=True, slots=True)
class Ends:
    """Address and port of both ends of a connection."""

    client: tuple[str, int]
    server: tuple[str, int]


class Connection:
    """One connection of a client.

    Attributes:
        is_idle: whether it waits for the first byte of a request, or is still within a head.
    """

    def __init__(
        self, process: Process, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, ends: Ends
    ) -> None:
        self.is_idle = True
        self._process = process
        self._limits = process.limits
        self._reader = reader
        self._writer = writer
        self._ends = ends
        self._http = h11.Connection(h11.SERVER, max_incomplete_event_size=2 * process.limits.head_bytes)
        self._wait: asyncio.Timeout | None = None

    async def serve(self) -> None:
        """Answers one request after the other, until the connection is to be closed; then closes it."""
        try:
            while await self._exchange():
                self._http.start_next_cycle()
            await self._close()
        except (OSError, TimeoutError):  # the client has gone, or does not take what it asked for
            self._writer.transport.abort()
        except BaseException:
            self._writer.transport.abort()
            raise

    def hurry(self) -> None:
        """The process stops: a request that does not come soon is not waited for."""
        if self._wait is not None:
            soon = asyncio.get_running_loop().time() + self._limits.linger_seconds
            self._wait.reschedule(min(soon, self._wait.when() or soon))

    async def _exchange(self) -> bool:
        """Reads a request and answers it; whether another may follow."""
        try:
            asked = await self._read_request()
            if asked is None:
                return False
            await self._answer(asked)
        except RefusedError as refused:
            await self._refuse(refused.status)
            return False
        except h11.RemoteProtocolError as error:
            await self._refuse(error.error_status_hint)
            return False
        return self._http.our_state is h11.DONE and self._http.their_state is h11.DONE

    async def _read_request(self) -> Asked | None:
        self.is_idle = True
        if not await self._begins():
            return None
        head = await self._within(self._limits.head_seconds, self._read_head())
        if head is None:
            return None
        self.is_idle = False
        if not head.http_version.startswith(b"1."):
            raise RefusedError(_OTHER_VERSION)
        length = dict(head.headers).get(b"content-length", b"0")
        if int(length) > self._limits.body_bytes:
            raise RefusedError(413)
        body = await self._within(self._limits.body_seconds, self._read_body())
        return Asked(
            head.method,
            head.target,
            head.http_version,
            list(head.headers),
            body,
            self._ends.client,
            self._ends.server,
        )

    async def _begins(self) -> bool:
        """Waits for the first byte of a request."""
        if self._http.trailing_data[0]:
            return True
        limits = self._limits
        seconds = limits.linger_seconds if self._process.is_stopping else limits.idle_seconds
        try:
            async with asyncio.timeout(seconds) as self._wait:
                data = await self._reader.read(limits.head_bytes)
        except TimeoutError:
            return False
        finally:
            self._wait = None
        self._http.receive_data(data)
        return bool(data)

    async def _within(self, seconds: float, reading: Coroutine[Any, Any, T]) -> T:
        try:
            async with asyncio.timeout(seconds):
                return await reading
        except TimeoutError:
            raise RefusedError(408) from None

    async def _read_head(self) -> h11.Request | None:
        """A request line with its headers; None where the client has closed the connection."""
        left = self._limits.head_bytes - len(self._http.trailing_data[0])
        while (event := self._http.next_event()) is h11.NEED_DATA:
            if left <= 0:
                is_line = b"\n" not in self._http.trailing_data[0]
                raise RefusedError(_URI_TOO_LONG if is_line else _HEAD_TOO_LARGE)
            data = await self._reader.read(left)
            self._http.receive_data(data)
            left -= len(data)
        return event if isinstance(event, h11.Request) else None

    async def _read_body(self) -> bytes:
        if self._http.they_are_waiting_for_100_continue:
            await self._send(self._encode(h11.InformationalResponse(status_code=100, headers=[])))
        body = bytearray()
        while not isinstance(event := self._http.next_event(), h11.EndOfMessage):
            if isinstance(event, h11.Data):
                body += event.data
            else:
                self._http.receive_data(await self._reader.read(_READ_BYTES))
            if len(body) > self._limits.body_bytes:
                raise RefusedError(413)
        return bytes(body)

    async def _answer(self, asked: Asked) -> None:
        process = self._process
        try:
            answer = await process.in_thread(lambda: WsgiAnswer(process.app, asked))
        except Exception as error:  # noqa: BLE001 - it is the app's, whatever it is
            # Not its message nor what was asked, which are private; the app logs its own faults.
            _LOG.error("the app failed: %s", type(error).__qualname__)
            raise RefusedError(500) from None
        try:
            await self._send_head(answer, is_bare=asked.method == b"HEAD")
            while not answer.is_closed and (piece := await process.in_thread(answer.more)):
                await self._send(self._encode(h11.Data(data=piece)))
            await self._send(self._encode(h11.EndOfMessage()))
        finally:
            if not answer.is_closed:
                await asyncio.shield(process.in_thread(answer.close))

    async def _send_head(self, answer: WsgiAnswer, *, is_bare: bool) -> None:
        headers = [*answer.headers, (b"Date", formatdate(usegmt=True).encode())]
        if self._process.is_stopping or self._process.is_loaded:
            headers.append((b"Connection", b"close"))
        head = self._encode(
            h11.Response(status_code=answer.status, reason=_reason(answer.status), headers=headers)
        )
        begin = b"" if is_bare else answer.begin
        await self._send(head + (self._encode(h11.Data(data=begin)) if begin else b""))

    def _encode(self, event: h11.Event) -> bytes:
        """What is to be sent for an event."""
        return self._http.send(event) or b""

    async def _send(self, data: bytes) -> None:
        """Hands data to the system.

        Raises:
            TimeoutError: the client takes it too slowly.
            OSError: the client has gone.
        """
        for start in range(0, len(data), CHUNK_BYTES):
            self._writer.write(data[start : start + CHUNK_BYTES])
            async with asyncio.timeout(self._limits.stall_seconds):
                await self._writer.drain()

    async def _refuse(self, status: int) -> None:
        if self._http.our_state not in {h11.IDLE, h11.SEND_RESPONSE}:
            return
        text = self._process.refuse(status).encode()
        headers = [
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Length", str(len(text))),
            ("Connection", "close"),
            ("Date", formatdate(usegmt=True)),
        ]
        head = self._encode(h11.Response(status_code=status, reason=_reason(status), headers=headers))
        await self._send(head + self._encode(h11.Data(data=text)) + self._encode(h11.EndOfMessage()))

    async def _close(self) -> None:
        """Closes so that the client gets all that was sent, although it may still be sending itself."""
        with suppress(TimeoutError):
            async with asyncio.timeout(self._limits.stall_seconds):
                self._writer.write_eof()
                await self._writer.drain()
                await self._discard()
                self._writer.close()
                await self._writer.wait_closed()
                return
        self._writer.transport.abort()

    async def _discard(self) -> None:
        """Reads on for a while: what arrives at a closed connection makes the system drop what was sent."""
        left = _DRAIN_BYTES
        with suppress(TimeoutError):
            async with asyncio.timeout(_DRAIN_SECONDS):
                while left > 0 and (data := await self._reader.read(_READ_BYTES)):
                    left -= len(data)


def _reason(status: int) -> bytes:
    """The words beside a status."""
    return HTTPStatus(status).phrase.encode() if status in set(HTTPStatus) else b""
