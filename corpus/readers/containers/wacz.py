"""Which crawls does a WACZ hold? Those in its ``archive`` folder that fit the digests of its package."""

import hashlib
import json
import zipfile
from collections.abc import Iterator
from contextlib import closing

from corpus.errors import ImpossibleValueError
from corpus.message import say
from corpus.readers.containers import zip as zip_archive
from corpus.readers.input.look import Look
from corpus.readers.input.refusing import refuse
from corpus.readers.input.source_file import SourceFile, Tally
from corpus.records import WHOLE, Refusal

NAME = "wacz"
SUFFIXES = frozenset({".wacz"})

_CRAWLS = "archive/"
_PACKAGE = "datapackage.json"
_PIECE_BYTES = 64 * 1024


def knows(look: Look) -> bool:
    """Whether the content is a zip with the name of a WACZ."""
    return look.suffix in SUFFIXES and zip_archive.knows(look)


def members(file: SourceFile, tally: Tally) -> Iterator[SourceFile | Refusal]:
    """The crawls in it; indexes and lists of pages are skipped.

    Raises:
        DamagedError: its directory cannot be read.
    """
    digests = _digests(file, tally)
    for found in zip_archive.members(file, tally):
        inner = found.name if isinstance(found, SourceFile) else found.file
        inner = inner.removeprefix(f"{file.name}!")
        if isinstance(found, Refusal):
            yield found
        elif not inner.startswith(_CRAWLS):
            tally.pass_over("index of a crawl")
        elif (said := digests.get(inner)) and said != _sha256(found, tally):
            message = say("its bytes are not those of its digest {digest}; get the file again", digest=said)
            yield refuse(found, WHOLE, "wrong-digest", message)
        else:
            yield found


def _digests(file: SourceFile, tally: Tally) -> dict[str, str]:
    """The digests in the package file, by path, as "sha256:…"; empty where it cannot be read."""
    try:
        with file.seekable(tally) as stream, zipfile.ZipFile(stream) as archive:
            package = json.loads(archive.read(_PACKAGE))
        resources = package.get("resources", [])
        return {
            one["path"]: one["hash"] for one in resources if str(one.get("hash", "")).startswith("sha256:")
        }
    except (zipfile.BadZipFile, ImpossibleValueError, KeyError, ValueError, TypeError, AttributeError):
        return {}


def _sha256(member: SourceFile, tally: Tally) -> str:
    found = hashlib.sha256()
    with closing(member.stored(tally)) as raw:
        while piece := raw.read(_PIECE_BYTES):
            found.update(piece)
    return f"sha256:{found.hexdigest()}"
