"""A request as the app sees it, and an answer as the client does."""

import pytest

from tests.serving.server import get, read_all, served, status_of


def test_the_app_sees_the_bytes_that_were_sent() -> None:
    with served() as server:
        asked = get(
            "/b%C3%A0i//x%2Fy?q=%C3%A0&r=1", "X-One: 1", "X-One: 2", "X_One: 3", "Cookie: a", "Cookie: b"
        )
        assert read_all_text(server.ask(asked)) == "/b\xc3\xa0i//x/y"
        environ = server.app.asked[0]
        assert environ["QUERY_STRING"] == "q=%C3%A0&r=1"
        assert environ["RAW_URI"] == "/b%C3%A0i//x%2Fy?q=%C3%A0&r=1"
        assert (environ["HTTP_X_ONE"], environ["HTTP_COOKIE"]) == ("1,2", "a; b")
        assert (environ["REMOTE_ADDR"], environ["SERVER_PORT"]) == ("127.0.0.1", str(server.port))
        assert environ["wsgi.url_scheme"] == "http"


def read_all_text(answer: bytes) -> str:
    return answer.partition(b"\r\n\r\n")[2].decode("latin-1")


def test_a_proxy_on_this_machine_says_that_it_was_asked_by_https() -> None:
    with served() as server:
        server.ask(get("/", "X-Forwarded-Proto: https"))
        assert server.app.asked[0]["wsgi.url_scheme"] == "https"


def test_an_address_as_for_a_proxy_is_understood() -> None:
    with served() as server:
        assert read_all_text(server.ask(get("http://localhost/page?q=1"))) == "/page"
        assert server.app.asked[0]["QUERY_STRING"] == "q=1"


def test_requests_on_one_connection_are_answered_in_their_order() -> None:
    with served() as server:
        answer = server.ask(get("/one", ends=False) + get("/two", ends=False) + get("/three"))
        places = [answer.index(f"\r\n\r\n/{name}".encode()) for name in ("one", "two", "three")]
        assert places == sorted(places)


def test_a_head_alone_has_no_body_and_a_stream_of_it_is_closed() -> None:
    with served() as server:
        answer = server.ask(get("/page").replace(b"GET", b"HEAD"))
        assert b"Content-Length: 5\r\n" in answer
        assert answer.endswith(b"\r\n\r\n")
        assert server.ask(get("/stream").replace(b"GET", b"HEAD")).endswith(b"\r\n\r\n")


def test_an_old_client_gets_a_stream_until_the_connection_ends() -> None:
    with served() as server:
        server.app.let_go.set()
        answer = server.ask(b"GET /stream HTTP/1.0\r\n\r\n")
        assert answer.endswith(b"\r\n\r\nthe end")


def test_a_body_is_asked_for_where_the_client_waits_for_that() -> None:
    with served() as server:
        client = server.connect()
        headers = ("Expect: 100-continue", "Content-Length: 2")
        client.sendall(get("/", *headers).replace(b"GET", b"POST"))
        assert status_of(client.recv(65_536)) == 100
        client.sendall(b"ab")
        assert read_all(client).endswith(b"/ab")


def test_a_fault_of_the_app_is_answered_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    with served() as server:
        assert status_of(server.ask(get("/fail"))) == 500
        assert "ValueError" in caplog.text
        assert "as asked" not in caplog.text  # what fails may quote what was asked, which is private
        assert status_of(server.ask(get("/"))) == 200
