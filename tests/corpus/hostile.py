"""What is done with a hostile file beside good ones: an import of both, in a child under limits."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.limited import Ended, call
from corpus.archive import Archive
from corpus.ingest import ingest
from corpus.readers.records.options import ImportOptions
from tests.corpus.records import line, quiet

SECONDS = 10  # of processor time for all seven files; what was mended took minutes, or never ended
MEMORY = 1536 * 1024 * 1024
GOOD = 6


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import of one hostile file and six good articles made.

    Attributes:
        good: how many of the good articles are in the archive.
        taken: how many articles of the hostile file are.
        refusals: the reason of each of its refusals, once.
        messages: what the refusals say.
        receipt: the receipt as JSON.
    """

    good: int
    taken: int
    refusals: tuple[str, ...]
    messages: tuple[str, ...]
    receipt: str


def imported(name: str, raw: bytes, **options: object) -> Imported:
    """Imports the file between good ones.

    Raises:
        AssertionError: the import ended with a traceback, or its process died.
    """
    with TemporaryDirectory() as folder:
        ended = ended_import(Path(folder), name, raw, **options)
    assert not ended.problem, ended.problem
    assert isinstance(ended.value, Imported)
    return ended.value


def ended_import(folder: Path, name: str, raw: bytes, **options: object) -> Ended:
    """How the import ends of a file between good ones that are written into the folder."""
    source = folder / "kho"
    source.mkdir()
    (source / name).write_bytes(raw)
    for number in range(GOOD):
        side = "0" if number % 2 else "z"
        article = line(f"good-{number}", f"Chợ phiên lần thứ {number}")
        (source / f"{side}-{number}.jsonl").write_bytes(article)
    return call(_import, source, folder / "kho.db", options, seconds=SECONDS, memory=MEMORY)


def _import(source: Path, kept: Path, options: dict[str, object]) -> Imported:
    with Archive(kept) as archive:
        receipt = ingest([source], archive, options=ImportOptions(**options), on_progress=quiet)  # type: ignore[arg-type] # each test gives options of the right type
        ids = [head.article_id for head in archive.heads_since(0)]
        refused = list(archive.refusals())
    good = sum(one.startswith("good-") for one in ids)
    reasons = tuple(dict.fromkeys(one.reason for one in refused))
    messages = tuple(dict.fromkeys(str(one.message) for one in refused))
    return Imported(good, len(ids) - good, reasons, messages, json.dumps(asdict(receipt)))
