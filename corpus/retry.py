"""What becomes of refused records when they are read again? Those that are articles now are taken.

The files are read again where they are: a mended file, a right given, a newer reader. Where a file is gone,
its refused record is read from the archive, if all of it was kept.
"""

import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from corpus.archive import Archive
from corpus.archived import StoredRefusal
from corpus.ingest import Progress, Receipt, take
from corpus.moment import now
from corpus.readers.options import ImportOptions
from corpus.readers.source_file import SourceFile
from corpus.records import Reading, Record

_MEMBER = "!"


@dataclass(frozen=True, slots=True)
class Retried:
    """What an import of refused records did.

    Attributes:
        receipt: of the records that were read again.
        open_before: refusals that stood open; taken: of these, now articles.
        gone: files that are neither on disk nor whole in the archive.
    """

    receipt: Receipt
    open_before: int
    taken: int
    gone: tuple[str, ...]


def retry(archive: Archive, *, options: ImportOptions, on_progress: Callable[[Progress], None]) -> Retried:
    """Reads every open refusal again, and says of each that is taken now as which article."""
    standing = list(archive.refusals(open_only=True))
    sources, gone = _sources(standing)
    waiting = {(one.file, one.place): one.number for one in standing}
    taken: dict[int, str] = {}

    def note(batch: Sequence[Record]) -> None:
        for record in batch:
            if isinstance(record, Reading):
                number = waiting.get((record.provenance.file, record.provenance.place))
                if number is not None:
                    taken[number] = record.article.id

    receipt = take(sources, archive, options=options, on_progress=on_progress, on_stored=note)
    archive.resolve(taken)
    return Retried(receipt, len(standing), len(taken), tuple(gone))


def _sources(standing: Iterable[StoredRefusal]) -> tuple[list[SourceFile], list[str]]:
    """The files of refusals, each once: on disk, else what was kept; and the names of those that are gone."""
    sources: dict[str, SourceFile] = {}
    gone: dict[str, None] = {}
    for one in standing:
        path = Path(one.file.partition(_MEMBER)[0])
        if path.is_file():
            sources.setdefault(str(path), SourceFile.on_disk(path, now()))
        elif one.raw and one.is_whole and _MEMBER not in one.file:
            sources[f"{one.file}\n{one.place}"] = _kept(one)
        else:
            gone[one.file] = None
    return list(sources.values()), list(gone)


def _kept(one: StoredRefusal) -> SourceFile:
    """A refused record as a file of its own, under its file's name."""
    return SourceFile(one.file, PurePosixPath(one.file).name, now(), lambda _: io.BytesIO(one.raw))
