"""What an operator watches a server by, over several processes: metrics, signs of life, its log."""

import json
import os
import signal
import socket
import urllib.request
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlsplit

import psutil
import pytest

from corpus.archive import Archive
from tests.corpus.records import reading
from tests.journey.command import khobao
from tests.journey.test_serve import Running, running
from tests.shared import SAMPLE
from tests.web.test_metrics import Samples, samples, value

ASKED = "bimat"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    assert khobao(tmp_path / "kho", "add", SAMPLE / "tin-mien-nui.jsonl").code == 0
    return tmp_path / "kho"


def ask(server: Running, path: str) -> tuple[int, str]:
    """The status and the text of an answer, over a connection of its own."""
    try:
        with urllib.request.urlopen(server.address + path, timeout=30) as answer:  # noqa: S310 - our own server's
            return answer.status, answer.read().decode()
    except HTTPError as error:
        with error:
            return error.code, error.read().decode()


def ask_logged(server: Running, path: str) -> dict[str, object]:
    """The line that the server logs of a request; by then the request is counted, too."""
    ask(server, path)
    line: dict[str, object] = json.loads(server.output.readline())
    return line


def workers(found: Samples) -> set[int]:
    """The processes whose memory the metrics tell."""
    name = "khobao_worker_resident_memory_bytes"
    return {int(dict(labels)["pid"]) for metric, labels in found if metric == name}


def counted(found: Samples) -> float:
    return value(found, "khobao_requests_total", route="api.search", status="2xx")


def test_metrics_add_up_what_all_processes_counted_also_one_that_was_killed(data: Path) -> None:
    with running(data, variables={"KHOBAO_LOG": "1"}) as server:
        asked_of: list[object] = []
        while len(set(asked_of)) < 2:
            asked_of.append(ask_logged(server, "api/search?q=l%C3%A0o")["pid"])
            assert len(asked_of) < 1_000, "one process gets every request"
        for _ in range(4):  # whichever process is asked
            found = samples(ask(server, "metrics")[1])
            assert counted(found) == len(asked_of)
            assert workers(found) == set(asked_of)
            assert all(
                size > 10_000_000
                for (name, _), size in found.items()
                if name == "khobao_worker_resident_memory_bytes"
            )
        killed = asked_of[0]
        assert isinstance(killed, int)
        os.kill(killed, signal.SIGKILL)
        tries = 0
        while killed in workers(found := samples(ask(server, "metrics")[1])):
            tries += 1
            assert tries < 1_000
        assert counted(found) == len(asked_of)
        assert value(found, "khobao_worker_start_time_seconds", pid=str(killed)) == 0


def test_the_folder_of_counts_is_there_while_it_serves_and_gone_afterwards(
    data: Path, tmp_path: Path
) -> None:
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    with running(data, variables={"TMPDIR": str(temporary)}) as server:
        assert ask(server, "metrics")[0] == 200
        assert len(list(temporary.glob("khobao-metrics-*"))) == 1
    assert list(temporary.glob("khobao-metrics-*")) == []


def own_addresses() -> Iterator[str]:
    """The addresses by which this machine is reached from others."""
    for told in psutil.net_if_addrs().values():
        for one in told:
            if one.family is socket.AF_INET and not one.address.startswith("127."):
                yield one.address


def test_metrics_are_not_for_other_machines_and_the_line_before_says_what_is(data: Path) -> None:
    others = next(own_addresses(), None)
    if others is None:
        pytest.skip("this machine has no address but its own")
    with running(data, host="0.0.0.0") as server:  # noqa: S104 - what is tested
        port = urlsplit(server.address).port
        connection = HTTPConnection(others, port, timeout=30)
        connection.request("GET", "/metrics", headers={"X-Forwarded-For": "127.0.0.1"})
        assert connection.getresponse().status == 403
        connection.close()
        assert ask(server, "metrics")[0] == 200
    warned = [line for line in server.errors.splitlines() if "whoever reaches its port" in line]
    assert len(warned) == 1
    with running(data) as server:
        pass
    assert "whoever reaches its port" not in server.errors


def test_ready_is_told_from_alive_and_the_named_remedy_makes_it_ready(data: Path) -> None:
    with running(data) as server:
        assert ask(server, "healthz/ready")[0] == ask(server, "healthz/live")[0] == 200
        with Archive(data / "archive.sqlite") as archive:
            archive.store([reading("moi", "Chợ nổi Cái Răng")])
        status, told = ask(server, "healthz/ready?lang=en")
        error = json.loads(told)["error"]
        assert (status, error["code"]) == (503, "index-behind")
        assert "change 8 of 9" in error["message"]
        assert error["message"].endswith("khobao rebuild")
        assert ask(server, "healthz")[0] == ask(server, "healthz/live")[0] == 200
        assert khobao(data, "rebuild").code == 0
        assert ask(server, "healthz/ready")[0] == 200


RAW = [
    f"GET /?q={ASKED} HTTP/9.9\r\n\r\n",
    f"GET /?q={ASKED} two words HTTP/1.1\r\n\r\n",
    f"GET /?q={ASKED} HTTP/1.1\r\nHost: a\r\nBad Header {ASKED}\r\n\r\n",
    f"GET /?q={ASKED} HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: {ASKED}\r\n\r\n",
    f"{ASKED}\r\n\r\n",
    f"GET /search.csv?q={ASKED} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
]


def send_raw(server: Running, text: str) -> None:
    """Sends bytes, and waits until the server closes the connection."""
    place = urlsplit(server.address)
    with socket.create_connection((place.hostname, place.port), timeout=30) as connection:
        connection.sendall(text.encode())
        while connection.recv(65_536):
            pass


@pytest.mark.parametrize("asked_for", [False, True])
def test_no_log_has_a_query_or_a_client_unless_asked_for(data: Path, asked_for: bool) -> None:
    """Also where the request is too long, or cannot be read at all."""
    with running(data, variables={"KHOBAO_LOG": "1", "KHOBAO_LOG_QUERIES": "1"[: int(asked_for)]}) as server:
        lines = [
            ask_logged(server, path)
            for path in (
                f"?q={ASKED}",
                f"article/{ASKED}?q={ASKED}",
                f"?q={ASKED}&page={ASKED}",
                f"?q={ASKED}{'a' * 33_000}",
                f"search.csv?q={ASKED}",
            )
        ]
        for text in RAW:
            send_raw(server, text)
        lines += [json.loads(server.output.readline()) for _ in RAW]  # the last one is a request
    assert [line["status"] for line in lines] == [200, 404, 400, 414, 200, 505, 400, 400, 501, 400, 200]
    told = json.dumps(lines)
    assert (ASKED in told) == ("127.0.0.1" in told) == asked_for
    assert ASKED not in server.errors
    assert "=127.0.0.1" not in server.errors
