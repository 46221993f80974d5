"""What may KHOBAO_URL be, and which hosts are this machine itself?"""

import string
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import UserError
from search_app.public_url import host_of, is_loopback, read_public_url
from tests.journey.command import KHOBAO, environment, khobao
from tests.shared import SAMPLE


@pytest.mark.parametrize(
    ("given_", "address"),
    [
        ("https://baochi.example.vn", "https://baochi.example.vn/"),
        (" https://baochi.example.vn/ ", "https://baochi.example.vn/"),
        ("HTTPS://BaoChi.Example.VN:443/", "https://baochi.example.vn/"),
        ("http://10.0.0.7:8080", "http://10.0.0.7:8080/"),
        ("http://[2001:db8::1]:8080/", "http://[2001:db8::1]:8080/"),
        ("https://example.vn/khobao", "https://example.vn/khobao/"),
        ("https://example.vn/thu-vien/kho_1/", "https://example.vn/thu-vien/kho_1/"),
        ("https://báochí.example", "https://xn--boch-5na9e.example/"),
    ],
)
def test_an_address_is_read(given_: str, address: str) -> None:
    assert str(read_public_url({"KHOBAO_URL": given_})) == address


@pytest.mark.parametrize("given_", [{}, {"KHOBAO_URL": ""}, {"KHOBAO_URL": "  "}])
def test_none_is_none(given_: dict[str, str]) -> None:
    assert read_public_url(given_) is None


@pytest.mark.parametrize(
    "given_",
    [
        *("baochi.example.vn", "//baochi.example.vn/", "ftp://a.vn/", "https://", "https:///a", "https:a.vn"),
        *("https://a.vn/?q=1", "https://a.vn/?", "https://a.vn/#a", "https://a.vn:99999/", "https://a.vn:x/"),
        *("https://a.vn:/", "https://a..vn/", "https://a b.vn/", "https://a.vn/a b", "https://a.vn/../b"),
        *("https://a.vn/a//b", "https://a.vn/%2e", "https://a.vn/sách", "https://[::1/", "https://a.vn\\b/"),
        *("https://me@a.vn/", f"https://{'a' * 300}.vn/"),
    ],
)
def test_a_value_that_cannot_be_is_said_with_the_remedy(given_: str) -> None:
    with pytest.raises(UserError, match=r"KHOBAO_URL is “.*such as https://baochi.example.vn/"):
        read_public_url({"KHOBAO_URL": given_})


def test_a_password_is_not_said_again() -> None:
    with pytest.raises(UserError) as raised:
        read_public_url({"KHOBAO_URL": "https://me:secret@a.vn/"})
    assert "secret" not in str(raised.value)
    assert "…@a.vn/" in str(raised.value)


@given(st.text(max_size=40) | st.from_regex(r"https?://[^\s]{0,30}", fullmatch=True))
def test_whatever_is_set_is_read_or_refused(text: str) -> None:
    """And what is read, read again, is the same; a Host header of its own host is its own."""
    try:
        url = read_public_url({"KHOBAO_URL": text})
    except UserError:
        return
    if url:
        assert read_public_url({"KHOBAO_URL": str(url)}) == url
        assert url.has_host(url.origin.partition("://")[2])


@pytest.mark.parametrize(
    ("host", "loopback"),
    [
        *((one, True) for one in ("localhost", "LOCALHOST:80", "localhost.", "127.0.0.1", "127.9.9.9:1")),
        *((one, True) for one in ("[::1]", "[::1]:8080")),
        *((one, False) for one in ("localhost.evil.example", "evil.example", "0.1.2.3", "128.0.0.1", "")),
        *((one, False) for one in ("me@localhost", "localhost/a", "localhost:x", "127.0.0.1.evil.example")),
        *((one, False) for one in ("[::2]", "127.1", "localhost evil.example", "localhost\\@evil.example")),
    ],
)
def test_loopback_is_told_from_what_looks_like_it(host: str, loopback: bool) -> None:
    assert is_loopback(host) is loopback


@given(st.text(max_size=20))
def test_a_host_that_is_read_holds_nothing_but_a_host(text: str) -> None:
    host = host_of(text)
    if host:
        assert set(host.name) <= set(string.ascii_lowercase + string.digits + "._-:")


def test_serve_refuses_it_before_it_serves(tmp_path: Path) -> None:
    assert khobao(tmp_path, "add", SAMPLE / "tin-mien-nui.jsonl").code == 0
    asked = environment(tmp_path) | {"KHOBAO_URL": "baochi.example.vn"}
    done = subprocess.run(
        [KHOBAO, "serve", "--port", "0"], env=asked, capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "KHOBAO_URL is “baochi.example.vn”" in done.stderr
    assert "Traceback" not in done.stderr
