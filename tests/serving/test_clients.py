"""What slow, endless and hostile clients get, and that nobody waits for them."""

import socket
from dataclasses import replace

import pytest

from search_app.serving.limits import Limits
from tests.serving.server import PATIENT, WAIT, get, read_all, refused, served, status_of

SHORT = 0.05
SMALL = replace(PATIENT, head_bytes=2048, body_bytes=100)


def post(body: bytes, *headers: str) -> bytes:
    lines = ["POST / HTTP/1.1", "Host: localhost", *headers, "", ""]
    return "\r\n".join(lines).encode() + body


@pytest.mark.parametrize(
    ("limits", "sent", "status"),
    [
        (replace(PATIENT, head_seconds=SHORT), b"GET / HTTP/1.1\r\nHost: lo", 408),
        (replace(PATIENT, body_seconds=SHORT), post(b"ab", "Content-Length: 3"), 408),
        (SMALL, b"GET /?q=" + b"a" * 100_000, 414),
        (SMALL, b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"X-A: b\r\n" * 20_000, 431),
        (SMALL, get("/?q=" + "a" * 4000), 414),
        (SMALL, post(b"", "Content-Length: 101"), 413),
        (SMALL, post(b"65\r\n" + b"a" * 101, "Transfer-Encoding: chunked"), 413),
        (SMALL, b"no HTTP at all\r\n\r\n", 400),
        (SMALL, b"GET / HTTP/1.1\r\n\r\n", 400),
    ],
)
def test_what_comes_too_slowly_or_is_too_large_is_refused(limits: Limits, sent: bytes, status: int) -> None:
    """At once, where it is too large: no deadline ends here. And the client gets to read why."""
    with served(limits) as server:
        answer = server.ask(sent)
        assert status_of(answer) == status
        assert answer.endswith(refused(status).encode())
        assert not server.app.asked
        assert status_of(server.ask(get("/"))) == 200


def test_a_query_of_a_thousand_vietnamese_letters_is_read() -> None:
    with served() as server:
        assert status_of(server.ask(get("/?q=" + "%E1%BB%87" * 1000))) == 200
        assert len(server.app.asked[0]["QUERY_STRING"]) == 9002


def test_a_connection_that_says_nothing_is_closed_without_a_word() -> None:
    with served(replace(PATIENT, idle_seconds=SHORT)) as server:
        assert read_all(server.connect()) == b""
        kept = server.connect()
        kept.sendall(get("/", ends=False))
        assert read_all(kept).endswith(b"\r\n\r\n/")


def test_neither_who_sends_nor_who_reads_slowly_holds_a_thread() -> None:
    with served(threads=1) as server:
        head, body, idle, stream = (server.connect() for _ in range(4))
        head.sendall(b"GET / HTTP/1.1\r\n")
        body.sendall(post(b"a", "Content-Length: 2"))
        stream.sendall(get("/stream"))
        assert server.app.begun.wait(WAIT)
        assert status_of(server.ask(get("/"))) == 200
        body.sendall(b"b")
        assert body.recv(65_536).endswith(b"\r\n\r\n/ab")
        idle.sendall(get("/"))
        assert read_all(idle).endswith(b"\r\n\r\n/")


def test_a_stream_that_nobody_takes_is_closed() -> None:
    with served(replace(PATIENT, stall_seconds=SHORT)) as server:
        server.connect().sendall(get("/stream"))
        assert server.app.closed.wait(WAIT)


def test_a_stream_whose_client_has_gone_is_closed() -> None:
    with served() as server:
        client = server.connect()
        client.sendall(get("/stream"))
        assert client.recv(10)
        client.close()
        assert server.app.closed.wait(WAIT)


def test_where_there_are_too_many_the_one_that_has_waited_longest_gives_way() -> None:
    with served(replace(PATIENT, connections=2)) as server:
        first, second = server.connect(), server.connect()
        for client in (first, second):
            client.sendall(get("/", ends=False))
            assert client.recv(65_536)
        third = server.connect()
        third.sendall(get("/"))
        assert status_of(read_all(third)) == 200
        with pytest.raises(ConnectionResetError):
            read_all_or_reset(first)
        second.sendall(get("/"))
        assert status_of(read_all(second)) == 200


def read_all_or_reset(client: socket.socket) -> None:
    """A connection that was cut is reset, or ends."""
    if not read_all(client):
        raise ConnectionResetError


def test_where_many_wait_connections_are_given_away() -> None:
    with served(threads=1, most_asked=1) as server:
        clients = [server.connect() for _ in range(3)]
        for client in clients:
            client.sendall(get("/wait", ends=False))
        assert server.app.begun.wait(WAIT)
        # What came later is answered, without a thread: so the others wait for one by now.
        assert status_of(server.ask(b"nonsense\r\n\r\n")) == 400
        server.app.let_go.set()
        answers = [client.recv(65_536) for client in clients]
        assert [status_of(answer) for answer in answers] == [200] * 3
        assert any(b"Connection: close" in answer for answer in answers)
