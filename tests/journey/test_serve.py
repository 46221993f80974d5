"""The production server: it answers while articles are added, and sees them without a restart."""

import json
import re
import signal
import socket
import subprocess
import threading
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from types import MappingProxyType
from typing import IO
from urllib.parse import urlsplit

import pytest

from tests.journey.command import KHOBAO, environment, khobao
from tests.shared import SAMPLE


@dataclass
class Running:
    """A server that serves; ``errors`` is what it had written to standard error when it was stopped."""

    address: str
    output: IO[str]
    errors: str = ""


@contextmanager
def served(data: Path, workers: int = 2) -> Iterator[str]:
    """The address of a server over a data folder."""
    with running(data, workers) as server:
        yield server.address


@contextmanager
def running(
    data: Path,
    workers: int = 2,
    *,
    host: str = "127.0.0.1",
    variables: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[Running]:
    """A server over a data folder, with these variables of the environment."""
    server = subprocess.Popen(
        [KHOBAO, "serve", "--port", "0", "--workers", str(workers), "--host", host],
        env=environment(data) | {"PYTHONWARNINGS": "default", **variables},  # gunicorn leaves a socket open
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
        made = Running(address[0], server.stdout)
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
    """Browsers open some in advance; gunicorn's own threads would wait five seconds for each."""
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
