"""Are the bytes those that the crawler fetched? By the digests in the record."""

import base64
import hashlib
from collections.abc import Iterable

_OTHER_NAMES = {"sha-1": "sha1", "sha-256": "sha256", "sha-512": "sha512"}


def agrees(written: str, candidates: Iterable[bytes]) -> bool:
    """Whether the digest is that of one of the candidates; a digest of an unknown algorithm agrees with all.

    Some crawlers compute a payload's digest with its chunks and compression, others without.

    >>> agrees("sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ", [b""]), agrees("sha1:AAAA", [b""])
    (True, False)
    """
    algorithm, _, value = written.partition(":")
    name = _OTHER_NAMES.get(algorithm.strip().lower(), algorithm.strip().lower())
    if not value or name not in hashlib.algorithms_guaranteed or name.startswith("shake"):
        return True
    wanted = value.strip().rstrip("=")
    return any(
        wanted in _written(hashlib.new(name, raw, usedforsecurity=False).digest(), wanted)
        for raw in candidates
    )


def _written(digest: bytes, wanted: str) -> set[str]:
    """The forms of a digest (hex, base32), in the case of the wanted one where case does not matter."""
    case = str.lower if wanted == wanted.lower() else str.upper
    plain = {case(digest.hex()), case(base64.b32encode(digest).decode().rstrip("="))}
    exact = {base64.b64encode(digest).decode(), base64.urlsafe_b64encode(digest).decode()}
    return plain | {text.rstrip("=") for text in exact}
