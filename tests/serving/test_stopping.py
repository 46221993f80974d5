"""When a server stops: what was asked is answered, what comes after is refused, and nothing is reset."""

from contextlib import suppress
from dataclasses import replace

from tests.serving.server import PATIENT, WAIT, Served, get, read_all, served, status_of


def refused(server: Served) -> None:
    """Until the server takes no connection any more."""
    with suppress(ConnectionRefusedError):
        while True:
            server.connect().close()


def test_what_is_in_flight_is_answered_also_a_stream() -> None:
    with served() as server:
        waiting, stream, head = (server.connect() for _ in range(3))
        waiting.sendall(get("/wait", ends=False))
        assert server.app.begun.wait(WAIT)
        stream.sendall(get("/stream", ends=False))
        assert stream.recv(10)
        head.sendall(get("/", ends=False)[:-1])
        assert status_of(server.ask(get("/"))) == 200  # so the three are accepted
        server.stop()
        refused(server)
        head.sendall(b"\n")
        assert b"Connection: close" in read_all(head)
        server.app.let_go.set()
        assert read_all(waiting).endswith(b"\r\n\r\n/wait")
        assert read_all(stream).endswith(b"the end\r\n0\r\n\r\n")


def test_kept_connections_answer_what_comes_soon_and_are_closed_without_a_reset() -> None:
    with served(replace(PATIENT, linger_seconds=WAIT)) as server:
        kept = [server.connect() for _ in range(8)]
        for client in kept:
            client.sendall(get("/", ends=False))
            assert client.recv(65_536)
        server.stop()
        refused(server)
        for client in kept:
            client.sendall(get("/last", ends=False))
            assert b"Connection: close" in read_all(client)
    with served() as server:
        idle = server.connect()
        idle.sendall(get("/", ends=False))
        assert idle.recv(65_536)
        server.stop()
        assert read_all(idle) == b""


def test_who_has_connected_and_was_not_accepted_yet_is_answered() -> None:
    with served() as server:
        clients = [server.connect() for _ in range(50)]
        server.stop()
        for client in clients:
            client.sendall(get("/"))
        assert [status_of(read_all(client)) for client in clients] == [200] * 50


def test_what_takes_longer_than_it_may_is_cut() -> None:
    with served(replace(PATIENT, stop_seconds=0.05)) as server:
        client = server.connect()
        client.sendall(get("/stream"))
        assert client.recv(10)
        server.stop()
        server.thread.join(WAIT)
        assert not server.thread.is_alive()
