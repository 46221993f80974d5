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
    for member in zip_archive.members(file, tally):
        inner = member.name if isinstance(member, SourceFile) else member.file
        inner = inner.removeprefix(f"{file.name}!")
        if isinstance(member, Refusal):
            yield member
        elif not inner.startswith(_CRAWLS):
            tally.pass_over("index of a crawl")
        elif (expected := digests.get(inner)) and expected != _sha256(member, tally):
            message = say(
                "its bytes are not those of its digest {digest}; get the file again", digest=expected
            )
            yield refuse(member, WHOLE, "wrong-digest", message)
        else:
            yield member


def _digests(file: SourceFile, tally: Tally) -> dict[str, str]:
    """The digests in the package file, by path, as "sha256:…"; empty where it cannot be read."""
    try:
        with file.seekable(tally) as stream, zipfile.ZipFile(stream) as archive:
            package = json.loads(archive.read(_PACKAGE))
        resources = package.get("resources", [])
        return {
            resource["path"]: resource["hash"]
            for resource in resources
            if str(resource.get("hash", "")).startswith("sha256:")
        }
    except (zipfile.BadZipFile, ImpossibleValueError, KeyError, ValueError, TypeError, AttributeError):
        return {}


def _sha256(member: SourceFile, tally: Tally) -> str:
    digest = hashlib.sha256()
    with closing(member.stored(tally)) as raw:
        while piece := raw.read(_PIECE_BYTES):
            digest.update(piece)
    return f"sha256:{digest.hexdigest()}"
