"""Pages are sent packed to who takes that, and are the same pages."""

import gzip
from collections.abc import Callable

import brotli
import pytest
import zstandard
from flask.testing import FlaskClient

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
