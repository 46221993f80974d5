"""How is a checkout asked? Its own command serves a data folder, and answers over loopback."""

import json
import os
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, RemoteDisconnected
from pathlib import Path
from typing import Any

_HOST = "khobao.example"
"""Links to the server itself are written with this name, whatever the port."""
_PATIENCE_S = 300


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Server:
    """A running server; one connection, used by one thread."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._connection = HTTPConnection("127.0.0.1", port, timeout=_PATIENCE_S)

    def get(self, path: str) -> Answer:
        """The answer of an address, in Vietnamese unless the address says otherwise."""
        try:
            return self._get(path)
        except (RemoteDisconnected, ConnectionError):  # the server lets an idle connection go after 5 s
            self._connection.close()
            return self._get(path)

    def _get(self, path: str) -> Answer:
        self._connection.request("GET", path, headers={"Host": _HOST, "Accept-Encoding": "identity"})
        response = self._connection.getresponse()
        return Answer(response.status, dict(response.getheaders()), response.read())

    def json(self, path: str) -> Any:
        """The JSON of an address that must be there.

        Raises:
            RuntimeError: it is not.
        """
        answer = self.get(path)
        if answer.status != 200:
            raise RuntimeError(f"{path} answered {answer.status}: {answer.body[:500]!r}")
        return json.loads(answer.body)


def command_of(checkout: Path) -> Path:
    """The command of a checkout.

    Raises:
        SystemExit: it is not installed there.
    """
    command = checkout / ".venv" / "bin" / "khobao"
    if not command.exists():
        raise SystemExit(f"{command}: is not there; set the checkout up with: make -C {checkout} .venv/.run")
    return command


def environment(data: Path, language: str = "vi") -> dict[str, str]:
    """The variables that a command sees; none of the caller's that would change an answer."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("KHOBAO_", "PYTHON"))}
    return kept | {
        "KHOBAO_DATA": str(data),
        "KHOBAO_LANG": language,
        "KHOBAO_URL": f"http://{_HOST}/",
        "PYTHONHASHSEED": "0",
        "COLUMNS": "100",
        "TZ": "UTC",
    }


@contextmanager
def serving(checkout: Path, data: Path, workers: int = 1) -> Iterator[Server]:
    """A server of the checkout over the data folder, until the block ends."""
    command = [str(command_of(checkout)), "serve", "--port", "0", "--data", str(data)]
    command += ["--workers", str(workers)]
    with (
        tempfile.TemporaryFile() as complaints,
        subprocess.Popen(
            command, cwd=checkout, env=environment(data), stdout=subprocess.PIPE, stderr=complaints, text=True
        ) as child,
    ):
        try:
            assert child.stdout is not None
            said = child.stdout.readline()
            if "http://" not in said:
                complaints.seek(0)
                raise SystemExit(f"khobao serve did not say where: {said}{complaints.read().decode()}")
            yield Server(int(said.split("http://")[1].split("/")[0].rsplit(":", 1)[1]))
        finally:
            child.send_signal(signal.SIGTERM)
