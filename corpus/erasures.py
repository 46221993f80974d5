"""Which erasures has a data folder carried out? A list beside the archive, which outlives the archive.

An archive that is brought back from an older copy does not know of them: the list does, and they are carried
out again. An erasure stands in the list when its bytes are gone from every file of the folder; one that
stands in the archive alone was interrupted, and the next command that writes completes it.
"""

import json
from collections.abc import Iterable
from pathlib import Path

from corpus.archive_errors import report_archive_errors
from corpus.article import check_new_id
from corpus.disk import replace_file
from corpus.erasing import ErasedVersion
from corpus.errors import ImpossibleValueError, UserError
from corpus.message import say

_NAMES = {
    "id": "article_id",
    "version": "version",
    "digest": "digest",
    "raw": "raw_sha256",
    "date": "at",
    "whole": "whole",
}
"""Name in the list to attribute; each erased version is one line of JSON."""


def read_erasures(path: Path) -> list[ErasedVersion]:
    """The erasures of a list; none where there is no file.

    Raises:
        UserError: a line is none of such a list.
        OperatorError: the file cannot be read.
    """
    with report_archive_errors(path):
        try:
            lines = path.read_bytes().split(b"\n")
        except FileNotFoundError:
            return []
    return [_read(path, number, line) for number, line in enumerate(lines, 1) if line.strip()]


def note_erasures(path: Path, erased: Iterable[ErasedVersion]) -> None:
    """Adds erasures to a list; those that are in it stay.

    Raises:
        UserError: the list that is there cannot be understood.
        OperatorError: it cannot be written.
    """
    listed = dict.fromkeys([*read_erasures(path), *erased])
    lines = (json.dumps(_written(one), ensure_ascii=False) + "\n" for one in listed)
    with report_archive_errors(path):
        replace_file(path, "".join(lines).encode())


def _written(one: ErasedVersion) -> dict[str, str | int | bool]:
    return {name: value for name, attribute in _NAMES.items() if (value := getattr(one, attribute))}


def _read(path: Path, number: int, line: bytes) -> ErasedVersion:
    try:
        said = json.loads(line)
        texts = {attribute: str(said.get(name, "")) for name, attribute in _NAMES.items()}
        version, whole = int(texts.pop("version") or 0), texts.pop("whole") == "True"
        check_new_id(said["id"])
        json.dumps(texts, ensure_ascii=False).encode()  # a lone surrogate cannot be kept
    except (ValueError, AttributeError, TypeError, KeyError, RecursionError, ImpossibleValueError) as error:
        raise UserError(
            say(
                "{path}, line {number}: this is no erasure, which is JSON with an id, a digest and a date;"
                " mend the line or remove it: what this archive has erased is listed again by itself",
                path=str(path),
                number=number,
            )
        ) from error
    return ErasedVersion(version=version, whole=whole, **texts)
