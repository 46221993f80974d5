"""Archives in memory for the tests."""

import io
import tarfile
import zipfile
from collections.abc import Mapping


def zipped(files: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", method) as archive:
        for name, raw in files.items():
            archive.writestr(name, raw)
    return held.getvalue()


def tarred(files: Mapping[str, bytes]) -> bytes:
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w") as archive:
        for name, raw in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(raw)
            archive.addfile(info, io.BytesIO(raw))
    return held.getvalue()


def tar_header(name: str, size: int, kind: bytes = tarfile.REGTYPE, magic: bytes = b"ustar  \0") -> bytes:
    """The header of a tar's member that claims any size, below zero too."""
    field = b"%011o\0" % size if 0 <= size < 8**11 else (size % 256**12 | 1 << 95).to_bytes(12, "big")
    start = name.encode().ljust(100, b"\0") + b"0000644\0" + b"0000000\0" * 2 + field + b"00000000000\0"
    block = bytearray((start + b" " * 8 + kind).ljust(257, b"\0") + magic).ljust(512, b"\0")
    block[482] = kind == b"S"  # the list of its holes goes on in the next block
    block[148:156] = b"%06o\0 " % sum(block)
    return bytes(block)


def tar_member(name: str, raw: bytes, kind: bytes = tarfile.REGTYPE, magic: bytes = b"ustar  \0") -> bytes:
    """A whole member of a tar."""
    return tar_header(name, len(raw), kind, magic) + raw + b"\0" * (-len(raw) % 512)


def pax(key: str, value: str) -> bytes:
    """A record of a tar's extended header."""
    length = len(f" {key}={value}\n")
    while len(f"{length} {key}={value}\n") != length:
        length = len(f"{length} {key}={value}\n")
    return f"{length} {key}={value}\n".encode()
