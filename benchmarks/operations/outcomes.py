"""What does a data folder hold and answer? Compared after kills, losses and faults."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from corpus.archive import ArchiveReader
from corpus.errors import OperatorError
from corpus.fixity import check
from indexer.stories.file import open_stories
from indexer.suggest.file import open_stored
from indexer.units.file import open_units
from indexer.verify import verify
from search_app.api.receipts import read_receipt
from search_app.bootstrap import index_holder
from search_app.cli.export_files import RECEIPT
from search_app.settings import Settings

EXPORTED = "exported"
"""The folder beside a data folder that exports are written to."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """All that users get from a data folder, but for moments and names of files.

    Attributes:
        versions: id, version and article, for each version in the archive.
        indexed: what the index holds: id to change and checksum of all places.
        derived: arrays of stories, suggestions and units.
        exported: the files of exports, each with whether its receipt proves it.
    """

    versions: tuple[tuple[str, int, str], ...]
    indexed: dict[str, tuple[int, int]]
    derived: tuple[tuple[str, bytes], ...]
    exported: tuple[tuple[bytes, bool], ...] = ()


def outcome(data: Path) -> Outcome:
    """What a data folder holds and answers.

    Raises:
        OperatorError: some of it cannot be read.
    """
    settings = Settings(data)
    with index_holder(settings).lend() as reader:
        indexed = dict(reader.contents())
    return Outcome(versions(data), indexed, _derived(settings), tuple(_exported(data.parent / EXPORTED)))


def _exported(folder: Path) -> Iterator[tuple[bytes, bool]]:
    for path in sorted(folder.glob("*.csv")):
        receipt, data = path.with_name(path.name + RECEIPT), path.read_bytes()
        told = read_receipt(receipt.read_text("utf-8"), receipt.name) if receipt.exists() else None
        yield data, told is not None and told.file.sha256 == sha256(data).hexdigest()


def versions(data: Path) -> tuple[tuple[str, int, str], ...]:
    """Id, version and article of every version, in order; none where there is no archive."""
    path = Settings(data).archive
    if not path.exists():
        return ()
    with ArchiveReader(path) as archive:
        ids = sorted(head.article_id for head in archive.heads_since(0))
        every = [version for article_id in ids for version in archive.versions(article_id)]
        return tuple((one.article.id, one.version, repr(one.article)) for one in every)


def faults(data: Path) -> list[str]:
    """What ``khobao verify`` finds wrong, but that articles wait to be indexed.

    Raises:
        OperatorError: the archive or the index cannot be read.
    """
    settings = Settings(data)
    with ArchiveReader(settings.archive) as archive, index_holder(settings).lend() as reader:
        found = verify(archive, reader, lambda _done, _total: None)
        if found.index_number > archive.number:
            return [f"the index is at change {found.index_number}, the archive at {archive.number}"]
    return list(map(str, found.faults))


def archive_faults(data: Path) -> list[str]:
    """What is wrong with the archive alone."""
    with ArchiveReader(Settings(data).archive) as archive:
        return list(map(str, check(archive).faults))


def numbers(data: Path) -> tuple[int, int]:
    """Up to which change the archive goes, and the index; -1 where there is none, or it cannot be read."""
    settings = Settings(data)
    try:
        with ArchiveReader(settings.archive) as archive:
            number = archive.number
    except OperatorError:
        return -1, -1
    try:
        with index_holder(settings).lend() as reader:
            return number, reader.manifest.archive_number
    except OperatorError:
        return number, -1


def _derived(settings: Settings) -> tuple[tuple[str, bytes], ...]:
    files = [
        open_stories(settings.stories),
        open_stored(settings.suggestions),
        open_units(settings.units),
    ]
    return tuple(
        (name, array.tobytes()) for file in files if file for name, array in sorted(file.arrays.items())
    )


class Proven(Protocol):
    """What came of one case of a proof: what was said, with how often, and what must not be."""

    sentences: Counter[str]
    wrong: list[str]


def print_end(results: Iterable[Proven], seconds: float) -> int:
    """Prints what was said over all cases, and how much was wrong; the exit code."""
    cases = list(results)
    for sentence, count in sum((case.sentences for case in cases), Counter[str]()).most_common():
        print(f"{count:,} times: {sentence}")
    wrong = sum(len(case.wrong) for case in cases)
    print(f"{wrong} wrong, {seconds:.0f} s")
    return 1 if wrong else 0
