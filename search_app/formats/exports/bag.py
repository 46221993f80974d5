"""How is a BagIt bag (RFC 8493) written into a zip while it is read? Payload first, its digests last.

Libraries keep bags, and have programs of their own that validate them.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping

from search_app.formats.exports.texts import Moment, ZipPieces

_PAYLOAD = "data"
_DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


class Digested:
    """Pieces of bytes that are counted and digested while they are passed on; read once.

    Attributes:
        size: bytes that were passed on.
    """

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = pieces
        self._digest = hashlib.sha256()
        self.size = 0

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._pieces:
            self._digest.update(piece)
            self.size += len(piece)
            yield piece

    @property
    def sha256(self) -> str:
        """The digest (hex) of what was passed on."""
        return self._digest.hexdigest()


class BagPieces:
    """A bag in a zip that is read piece by piece while files are added to it.

    Args:
        folder: the folder in the zip that is the bag.
        moment: of every file in the zip.
        info: what ``bag-info.txt`` says; names and values on one line each.
    """

    def __init__(self, folder: str, moment: Moment, info: Mapping[str, str]) -> None:
        self._zip = ZipPieces(moment)
        self._folder = folder
        self._info = dict(info)
        self._payload: dict[str, Digested] = {}
        self._tags: dict[str, Digested] = {}

    def add(self, name: str, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """Adds a file to the payload, and yields what of the zip is ready."""
        path = f"{_PAYLOAD}/{name}"
        digested = Digested(pieces)
        yield from self._zip.add(f"{self._folder}/{path}", digested)
        self._payload[path] = digested

    def holds(self, name: str) -> bool:
        """Whether a file of the payload was added."""
        return f"{_PAYLOAD}/{name}" in self._payload

    def added(self, name: str) -> Digested:
        """A file of the payload that was added: its size and its digest."""
        return self._payload[f"{_PAYLOAD}/{name}"]

    def end(self) -> Iterator[bytes]:
        """Adds what makes a bag of the files, and ends the zip."""
        size = sum(one.size for one in self._payload.values())
        info = self._info | {"Payload-Oxum": f"{size}.{len(self._payload)}"}
        said = "".join(f"{name}: {' '.join(value.split())}\n" for name, value in info.items())
        yield from self._tag("bagit.txt", _DECLARATION)
        yield from self._tag("bag-info.txt", said)
        yield from self._tag("manifest-sha256.txt", _manifest(self._payload))
        yield from self._tag("tagmanifest-sha256.txt", _manifest(self._tags))
        yield from self._zip.end()

    def _tag(self, name: str, text: str) -> Iterator[bytes]:
        digested = Digested([text.encode()])
        yield from self._zip.add(f"{self._folder}/{name}", digested)
        self._tags[name] = digested


def _manifest(files: Mapping[str, Digested]) -> str:
    return "".join(f"{one.sha256}  {path}\n" for path, one in files.items())
