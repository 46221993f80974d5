"""Pages are sent packed to who takes that, and are the same pages."""

import gzip
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import brotli
import pytest
import zstandard
from flask import Flask
from flask.testing import FlaskClient

from search_app.serving.wsgi import Asked, WsgiAnswer

PATHS = [
    "/",
    "/?q=lao+cai",
    "/article/bsh-2014-002",
    "/api/search?q=lao+cai",
    "/search.atom?q=lao",
    "/sitemap-1.xml",
]
UNPACKED: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.decompress,
    "br": brotli.decompress,
    "zstd": lambda data: zstandard.ZstdDecompressor().decompressobj().decompress(data),
}


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("packing", UNPACKED)
def test_a_packed_page_is_smaller_and_kept_by_the_same_tag(
    client: FlaskClient, path: str, packing: str
) -> None:
    plain = client.get(path)
    packed = client.get(path, headers={"Accept-Encoding": packing})
    assert packed.headers["Content-Encoding"] == packing
    assert len(packed.data) < len(plain.data) / 2
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert packed.headers["ETag"] == plain.headers["ETag"]
    headers = {"Accept-Encoding": packing, "If-None-Match": packed.headers["ETag"]}
    assert client.get(path, headers=headers).status_code == 304


@pytest.mark.parametrize("packing", UNPACKED)
def test_an_export_of_many_rows_is_packed_as_it_is_written(client: FlaskClient, packing: str) -> None:
    path = "/search.csv?q=&fields=id,body" if packing != "gzip" else "/article/bsh-2014-002"
    plain = client.get(path)
    packed = client.get(path, headers={"Accept-Encoding": packing})
    assert UNPACKED[packing](packed.data) == plain.data
    assert len(packed.data) < len(plain.data) / 2


Made = TypeVar("Made")


@pytest.mark.parametrize("packing", [*UNPACKED, "identity"])
@pytest.mark.parametrize(
    "path", ["/search.csv?q=&fields=id,body", "/concordance.jsonl?q=v%C3%A0+OR+c%C3%A1c"]
)
def test_pieces_are_packed_in_whichever_thread_makes_them(
    app: Flask, client: FlaskClient, packing: str, path: str
) -> None:
    headers = [(b"host", b"localhost"), (b"accept-encoding", packing.encode())]
    here = ("127.0.0.1", 80)
    asked = Asked(b"GET", path.encode(), b"1.1", headers, b"", here, here)

    def elsewhere(work: Callable[[], Made]) -> Made:
        with ThreadPoolExecutor(1) as thread:
            return thread.submit(work).result()

    answer = elsewhere(lambda: WsgiAnswer(app, asked))
    data = answer.begin
    while piece := elsewhere(answer.more):
        data += piece
    answer.close()
    unpacked = UNPACKED.get(packing, bytes)(data)
    assert unpacked == client.get(path).data
    assert len(unpacked) > 10_000
