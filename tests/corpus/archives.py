"""Archives in memory for the tests."""

import io
import tarfile
import zipfile
import zlib
from collections.abc import Mapping, Sequence


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


def pdf(pages: Sequence[bytes], forms: Sequence[bytes] = (), fonts: int = 0, letters: bytes = b"") -> bytes:
    """A PDF of these drawings, equal ones as one stream; the forms X0, X1, … may be drawn by each.

    Args:
        fonts: how many names, F0, F1, …, the one font has; letters: its table of letters (/ToUnicode).
    """
    drawings = list(dict.fromkeys((*pages, *forms)))
    first = 3  # the number of the first drawing's object: below stand the catalogue and the tree of pages
    names = b" ".join(b"/X%d %d 0 R" % (n, first + drawings.index(form)) for n, form in enumerate(forms))
    font = 3 + len(drawings) + len(pages)
    all_fonts = b" ".join(b"/F%d %d 0 R" % (n, font) for n in range(fonts))
    resources = b"/Resources << /XObject << %s >> /Font << %s >> >>" % (names, all_fonts)
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    for drawing in drawings:
        packed = zlib.compress(drawing)
        about = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] %s /Filter /FlateDecode /Length %d"
        objects.append(b"<< %s >> stream\n%s\nendstream" % (about % (resources, len(packed)), packed))
    kids = []
    for drawing in pages:
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] %s /Contents %d 0 R >>"
            % (resources, first + drawings.index(drawing))
        )
        kids.append(b"%d 0 R" % len(objects))
    if fonts:
        objects.append(
            b"<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /ToUnicode %d 0 R >>"
            % (font + 1)
        )
        objects.append(b"<< /Length %d >> stream\n%s\nendstream" % (len(letters), letters))
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(kids))
    made, places = bytearray(b"%PDF-1.7\n"), []
    for number, inner in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, inner)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(objects) + 1
    start = b"xref\n0 %d\n0000000000 65535 f \n%s" % (count, table)
    return (
        bytes(made)
        + start
        + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (count, len(made))
    )
