"""What does a page wear? Its files, read once, packed once, each at an address that names what is in it.

An address with the file's digest can be kept for good: another file has another address.
"""

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from flask import Response, abort, request

FOLDER = Path(__file__).with_name("static")

_KINDS = {
    ".woff2": "font/woff2",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml; charset=utf-8",
}
_PACKED_ALREADY = {".woff2"}
_YEAR = 365 * 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class StaticFile:
    """A file as it is sent."""

    data: bytes
    packed: bytes
    kind: str
    digest: str


def static(filename: str) -> Response:
    """One file; where its address names what is in it, to be kept for good."""
    file = static_files().get(filename)
    if file is None:
        abort(404)
    packs = bool(file.packed) and request.accept_encodings["gzip"] > 0
    answer = Response(file.packed if packs else file.data, content_type=file.kind)
    if packs:
        answer.content_encoding = "gzip"
    answer.vary.add("Accept-Encoding")
    answer.set_etag(file.digest + ("-gzip" if packs else ""))
    if request.args.get("v") == file.digest:
        answer.cache_control.public = True
        answer.cache_control.max_age = _YEAR
        answer.cache_control.immutable = True
    else:
        answer.cache_control.no_cache = True
    answer.make_conditional(request)
    return answer


@cache
def static_files() -> dict[str, StaticFile]:
    """Every file by its name; a changed file is seen after a restart."""
    paths = (path for path in FOLDER.rglob("*") if path.is_file())
    return {path.relative_to(FOLDER).as_posix(): _static_file(path) for path in paths}


def versioned(name: str) -> str:
    """A file's name with its digest.

    >>> versioned("page.css").startswith("page.css?v=")
    True
    """
    return f"{name}?v={static_files()[name].digest}"


def _static_file(path: Path) -> StaticFile:
    data = _sent(path)
    packed = b"" if path.suffix in _PACKED_ALREADY else gzip.compress(data, mtime=0)
    guessed = f"{mimetypes.types_map.get(path.suffix, 'text/plain')}; charset=utf-8"
    return StaticFile(data, packed, _KINDS.get(path.suffix, guessed), hashlib.sha256(data).hexdigest()[:12])


def _sent(path: Path) -> bytes:
    """A file; in a style sheet the fonts have their digests, so that they are those that were preloaded."""
    data = path.read_bytes()
    if path.suffix != ".css":
        return data
    for font in sorted(FOLDER.glob("fonts/*.woff2")):
        digest = hashlib.sha256(font.read_bytes()).hexdigest()[:12]
        name = f"fonts/{font.name}".encode()
        data = data.replace(name + b'"', name + f'?v={digest}"'.encode())
    return data
