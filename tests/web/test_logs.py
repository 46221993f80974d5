"""What stands in the logs? Facts of each request, and what is searched for only where that is asked for."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Response
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from search_app.app import create_app
from search_app.bootstrap import open_service
from search_app.settings import Settings
from search_app.web import logs
from search_app.web.logs import request_line, traceback_lines
from search_app.web.observing import BrokenStreamError, ObservedRequest

SECRET, MESSAGE = "bimat", "thông báo"


def client_of(settings: Settings, **changed: bool) -> FlaskClient:
    made = replace(settings, logs_requests=True, **changed)  # type: ignore[arg-type]
    return create_app(open_service(made), made).test_client()


def lines(capfd: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capfd.readouterr().out.splitlines()]


ADDRESSES = [
    (f"/?q={SECRET}", "web.search", 200, None),
    (f"/api/search?q={SECRET}&lang=en", "api.search", 200, None),
    (f"/article/{SECRET}", "web.article", 404, "unknown-article"),
    (f"/?q={SECRET}&page=x{SECRET}", "web.search", 400, "bad-parameter"),
    (f"/?q={SECRET}" + "a" * 33_000, "web.search", 414, "too-large"),
    (f"/{SECRET}", "unknown", 404, "not-found"),
    (f"/search.csv?q={SECRET}", "export.results", 200, None),
]


@pytest.mark.parametrize(("path", "route", "status", "fault"), ADDRESSES)
def test_a_line_has_the_facts_and_no_query(
    settings: Settings,
    capfd: pytest.CaptureFixture[str],
    path: str,
    route: str,
    status: int,
    fault: str | None,
) -> None:
    answer = client_of(settings).get(path, buffered=True, headers={"Referer": SECRET})

    (line,) = lines(capfd)
    assert (line["route"], line["status"], line.get("fault")) == (route, status, fault)
    assert line["bytes"] == len(answer.data)
    assert line["lang"] == ("en" if "lang=en" in path else "vi")
    assert {"time", "ms", "pid"} < line.keys()
    assert SECRET not in json.dumps(line)
    assert "client" not in line


def test_a_line_has_query_and_client_where_that_is_asked_for(
    settings: Settings, capfd: pytest.CaptureFixture[str]
) -> None:
    client_of(settings, logs_queries=True).get("/?q=gi%C3%A1+v%C3%A0ng", buffered=True)
    (line,) = lines(capfd)
    assert (line["client"], line["target"]) == ("127.0.0.1", "/?q=gi%C3%A1+v%C3%A0ng")


def test_nothing_is_written_unless_asked_for(client: FlaskClient, capfd: pytest.CaptureFixture[str]) -> None:
    client.get("/?q=a", buffered=True)
    assert capfd.readouterr() == ("", "")


@given(st.text(st.characters(max_codepoint=255), max_size=9_000))
def test_a_line_is_written_at_once_whatever_was_asked(target: str) -> None:
    """A pipe takes 4,096 bytes at once: lines of two processes do not mix."""
    observed = ObservedRequest("discovery.sitemap_index", 200, 1e5, 10**12, "vi", "f" * 40, target, "f" * 45)
    line = request_line(observed, logs_queries=True)
    assert len(line.encode()) + 1 <= 4_096
    assert "\n" not in line
    assert json.loads(line)["status"] == 200


@pytest.mark.parametrize("logs_queries", [False, True])
def test_a_fault_keeps_its_traceback_and_quotes_no_query(
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    logs_queries: bool,
) -> None:
    def broken(asked: object) -> None:
        try:
            _refuse()
        except KeyError as error:
            raise ValueError(f"{SECRET} is asked by {asked}") from error

    made = replace(settings, logs_queries=logs_queries)
    service = open_service(made)
    monkeypatch.setattr(service.searching, "page", broken)
    answer = create_app(service, made).test_client().get(f"/api/search?q={SECRET}")

    assert answer.status_code == 500
    written = caplog.text
    assert "api.search" in written
    assert "builtins.ValueError" in written or "ValueError: " in written
    assert "KeyError" in written
    assert "in broken" in written
    assert (SECRET in written) == logs_queries


def test_a_fault_in_the_midst_of_a_stream_is_logged_without_the_query(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    """Its server is told by an error that quotes nothing either: a server logs what it gets."""
    app = create_app(open_service(settings), settings)

    @app.get("/stream")
    def stream() -> Response:
        return Response(f"{1 / (1 - number)}{SECRET}" for number in range(3))

    answer = app.test_client().get(f"/stream?q={SECRET}")
    pieces = answer.iter_encoded()
    assert next(pieces) == f"1.0{SECRET}".encode()
    with pytest.raises(BrokenStreamError, match=r"^stream$") as told:
        next(pieces)
    assert told.value.__suppress_context__
    assert "builtins.ZeroDivisionError" in caplog.text
    assert "division by zero" not in caplog.text
    assert "q=" not in caplog.text


def _refuse() -> None:
    raise KeyError(MESSAGE)


def test_a_chain_of_errors_is_written_from_its_beginning() -> None:
    try:
        try:
            _refuse()
        except KeyError:
            raise OSError(MESSAGE)  # noqa: B904 - an error while another is handled
    except OSError as error:
        text = "".join(traceback_lines(error))
    assert text.index("builtins.KeyError") < text.index("Then came") < text.index("builtins.OSError")
    assert MESSAGE not in text


def test_a_log_that_takes_no_more_keeps_nobody_from_answers(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Path("/dev/full").open("wb") as full:
        monkeypatch.setattr(logs, "_OUTPUT", full.fileno())
        answer = client_of(settings).get("/?q=a", buffered=True)
    assert answer.status_code == 200
