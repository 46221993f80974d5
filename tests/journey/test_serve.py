"""The production server: it answers while articles are added, and sees them without a restart."""

import json
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from types import MappingProxyType
from typing import IO
from urllib.error import HTTPError
from urllib.parse import urlsplit

import psutil
import pytest

from tests.journey.command import KHOBAO, environment, khobao
from tests.shared import SAMPLE

PATIENT = """
from search_app.cli.server import run_server
from search_app.serving.limits import Limits
from search_app.settings import read_settings
run_server(read_settings(), "127.0.0.1", 0, 2, str, Limits(head_seconds=60, stop_seconds=60))
"""
"""Starts a server of two processes in which no deadline ends a request that a test has begun."""


@dataclass
class Running:
    """A server that serves; ``errors`` is what it had written to standard error when it was stopped."""

    address: str
    output: IO[str]
    process: subprocess.Popen[str]
    errors: str = ""


@contextmanager
def running(
    data: Path,
    workers: int = 2,
    *,
    host: str = "127.0.0.1",
    variables: Mapping[str, str] = MappingProxyType({}),
    patient: bool = False,
) -> Iterator[Running]:
    """A server over a data folder, with these variables of the environment; stopped when the block ends."""
    options = ["--port", "0", "--workers", str(workers), "--host", host]
    server = subprocess.Popen(
        [sys.executable, "-c", PATIENT] if patient else [KHOBAO, "serve", *options],
        env={**environment(data), **variables},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert server.stdout is not None
    assert server.stderr is not None
    try:
        line = server.stdout.readline()
        address = re.search(r"http://\S+/", line)
        assert address, line + server.stderr.read()
        made = Running(address[0], server.stdout, server)
        yield made
    finally:
        server.send_signal(signal.SIGTERM)
        _, errors = server.communicate(timeout=30)
    made.errors = errors
    assert "Traceback" not in errors
    assert server.returncode == 0


def total(address: str, query: str = "") -> int:
    """The total that the API gives."""
    url = f"{address}api/search?q={query}"
    with urllib.request.urlopen(url, timeout=30) as answer:  # noqa: S310 - our own server's address
        value: int = json.load(answer)["total"]
        return value


@contextmanager
def served(data: Path, workers: int = 2) -> Iterator[str]:
    """The address of a server over a data folder."""
    with running(data, workers) as server:
        yield server.address


@pytest.fixture
def data(tmp_path: Path) -> Path:
    assert khobao(tmp_path / "kho", "add", SAMPLE / "tin-mien-nui.jsonl").code == 0
    return tmp_path / "kho"


def test_a_commit_is_seen_without_a_restart(data: Path) -> None:
    with served(data) as address:
        assert total(address) == 8
        assert khobao(data, "add", SAMPLE / "bao-song-hong.jsonl").code == 0
        assert {total(address) for _ in range(8)} == {20}
        assert khobao(data, "rebuild").code == 0
        assert {total(address) for _ in range(8)} == {20}


def test_readers_get_whole_answers_while_articles_are_added(data: Path) -> None:
    """Every answer is that of one state: the total of one before, of one after, or of a commit between."""
    totals: set[int] = set()
    stop = threading.Event()

    def read(address: str) -> None:
        while not stop.is_set():
            totals.add(total(address))

    with served(data) as address:
        readers = [threading.Thread(target=read, args=(address,)) for _ in range(4)]
        for reader in readers:
            reader.start()
        try:
            for name in ("bao-song-hong", "kinh-te-cuu-long", "nhat-bao-phuong-nam"):
                assert khobao(data, "add", SAMPLE / f"{name}.jsonl").code == 0
        finally:
            stop.set()
            for reader in readers:
                reader.join()
        assert total(address) == 41
    assert totals <= {8, 20, 29, 41}


def test_connections_that_say_nothing_hold_nobody_up(data: Path) -> None:
    """Browsers open some in advance."""
    with served(data, workers=1) as address, ExitStack() as opened:
        place = urlsplit(address)
        for _ in range(8):
            opened.enter_context(socket.create_connection((place.hostname, place.port)))
        connection = opened.enter_context(closing(HTTPConnection(place.netloc, timeout=4)))
        connection.request("GET", "/healthz")
        assert not ended(connection)


def test_a_connection_is_kept_and_under_more_requests_than_threads_some_are_given_away(data: Path) -> None:
    with served(data, workers=1) as address, ExitStack() as opened:
        connections = [
            opened.enter_context(closing(HTTPConnection(urlsplit(address).netloc, timeout=30)))
            for _ in range(24)
        ]
        assert [asked_together(connections[:1]) for _ in range(3)] == [False] * 3
        assert any(asked_together(connections) for _ in range(50))


def test_a_stopped_server_answers_what_was_begun_and_refuses_what_comes_after(data: Path) -> None:
    with running(data, patient=True) as running_server, ExitStack() as opened:
        address, server = running_server.address, running_server.process
        place = urlsplit(address)

        def connect() -> socket.socket:
            return opened.enter_context(socket.create_connection((place.hostname, place.port), timeout=30))

        begun = [connect() for _ in range(8)]
        for client in begun:
            client.sendall(b"GET /search.csv HTTP/1.1\r\nHost: localhost\r\n")
        assert total(address) == 8
        server.send_signal(signal.SIGTERM)
        with suppress(ConnectionRefusedError):
            while True:
                connect().close()
        for client in begun:
            client.sendall(b"\r\n")
            answer = b"".join(iter(lambda: client.recv(65_536), b""))  # noqa: B023 - called at once
            assert answer.startswith(b"HTTP/1.1 200 OK\r\n")
            assert answer.endswith(b"\r\n0\r\n\r\n")
        assert server.wait(30) == 0


def test_a_killed_process_is_replaced(data: Path) -> None:
    with running(data) as running_server:
        address, server = running_server.address, running_server.process
        assert total(address) == 8
        supervisor = psutil.Process(server.pid)
        before = supervisor.children()
        assert len(before) == 2
        before[0].kill()
        while len(now := set(supervisor.children()) - {before[0]}) < 2:
            assert total(address) == 8
        assert before[1] in now
        before[1].kill()
        assert {answered(address) for _ in range(8)} <= {8, None}
        while answered(address) is None:
            pass
        assert total(address) == 8


def answered(address: str) -> int | None:
    """The total, or None where the process died that had taken the request."""
    try:
        return total(address)
    except OSError:
        return None


def test_processes_end_with_the_one_that_started_them(data: Path) -> None:
    with running(data) as running_server:
        address, server = running_server.address, running_server.process
        assert total(address) == 8
        children = psutil.Process(server.pid).children()
        server.kill()
        assert server.wait(30) == -signal.SIGKILL
        psutil.wait_procs(children, 30)
        assert not [child for child in children if child.is_running()]
        server.returncode = 0  # as the end of the block expects


def test_a_data_folder_that_goes_is_said_and_found_again_or_another_in_its_place(data: Path) -> None:
    with served(data) as address:
        assert total(address) == 8
        away = data.rename(data.with_name("away"))
        for path in ("api/search?q=a", "?q=a", "healthz", "search.csv?q=a", "article/a"):
            assert "the archive is gone" in unavailable(address + path)
        away.rename(data)
        assert total(address) == 8
        data.rename(away)
        assert khobao(data, "add", SAMPLE / "bao-song-hong.jsonl").code == 0
        assert {total(address) for _ in range(8)} == {12}
        shutil.rmtree(data)
        assert unavailable(f"{address}api/search?q=a")
        shutil.copytree(away, data)
        assert {total(address) for _ in range(8)} == {8}


def unavailable(url: str) -> str:
    """What is said with status 503."""
    with pytest.raises(HTTPError) as caught:
        urllib.request.urlopen(url, timeout=30)  # noqa: S310 - our own server's address
    with caught.value as answer:
        assert answer.code == 503
        return answer.read().decode()


def asked_together(connections: list[HTTPConnection]) -> bool:
    """Asks on all before any answer is read; whether one of them was given away."""
    for one in connections:
        one.request("GET", "/?q=l%C3%A0o+cai")
    endings = [ended(one) for one in connections]
    return any(endings)


def ended(connection: HTTPConnection) -> bool:
    """Reads a whole answer; whether its connection ends with it."""
    answer = connection.getresponse()
    assert answer.status == 200
    assert answer.read()
    return answer.headers["Connection"] == "close"
