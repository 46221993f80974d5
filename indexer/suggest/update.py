"""How are the suggestions brought up to the archive? Changed articles are read; then all is computed anew.

The file stores the heads of all articles as numbers, so that an update reads only the articles that changed,
and still gives what a full run would: the same articles give the same file, byte for byte. For 127,000
articles the computation takes some six seconds, reading them all from the archive fifteen more.
"""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np

from corpus.archive import ArchiveReader
from corpus.archived import Head
from corpus.message import Message, say
from indexer.arrays.damage import DamagedFileError
from indexer.arrays.disk import report_disk_errors
from indexer.suggest.file import open_stored, stored_heads, suggestion_arrays, write_stored
from indexer.suggest.head_texts import HeadText, HeadTexts, update_heads
from indexer.text.words import segmenter

_BATCH = 500

OnProgress = Callable[[int, int], None]
"""Called with articles read and articles in all."""


def update_suggestions(
    archive: ArchiveReader, path: Path, on_progress: OnProgress, *, anew: bool = False
) -> int:
    """Brings the suggestions up to the archive; returns how many articles were read or dropped.

    Call it after the index was built, for the build stores the word boundaries in the archive.

    Args:
        path: the path of the file; its folder exists.
        anew: starts from nothing, whatever the file holds.

    Raises:
        OperatorError: the archive cannot be read, or the file cannot be written.
    """
    last = archive.number
    number, heads = (0, HeadTexts()) if anew else _known(path, last)
    changed = archive.heads_since(number)
    if changed or number < last or not path.exists() or anew:
        new = _read(archive, [head for head in changed if not head.withdrawn], on_progress)
        grown = update_heads(heads, [head.article_id for head in changed], new)
        with report_disk_errors(path):
            write_stored(path, grown, last)
    return len(changed)


def verify_suggestions(archive: ArchiveReader, path: Path, on_progress: OnProgress) -> list[Message]:
    """The faults of the file; it must hold exactly what the archive gives when all is computed anew."""
    try:
        with report_disk_errors(path):
            stored = open_stored(path)
        if stored is not None:
            stored.arrays.prove()
    except DamagedFileError as error:
        return [error.message]
    if stored is None:
        return [
            say("there are no suggestions of this version; make them with: khobao add, or khobao rebuild")
        ]
    if stored.number != archive.number:
        return [
            say(
                "the suggestions hold the archive up to change {held}, the archive is at {number};"
                " catch up with: khobao add, or khobao rebuild",
                held=stored.number,
                number=archive.number,
            )
        ]
    live = [head for head in archive.heads_since(0) if not head.withdrawn]
    right = suggestion_arrays(update_heads(HeadTexts(), (), _read(archive, live, on_progress)), stored.number)
    return [
        say(
            "the suggestions are not those of the archive ({name} differs); mend with: khobao rebuild",
            name=name,
        )
        for name, array in right.items()
        if not np.array_equal(array, stored.arrays[name])
    ]


def _known(path: Path, number: int) -> tuple[int, HeadTexts]:
    """What the file holds, up to which change; nothing where it cannot be used, or is of another archive."""
    try:
        with report_disk_errors(path):
            stored = open_stored(path)
        is_ours = stored is not None and stored.number <= number
        return (stored.number, stored_heads(stored)) if stored and is_ours else (0, HeadTexts())
    except DamagedFileError:
        return 0, HeadTexts()  # derived data: it is made again


def _read(archive: ArchiveReader, live: Sequence[Head], on_progress: OnProgress) -> Iterator[HeadText]:
    """The heads of the articles, in the order given."""
    on_progress(0, len(live))
    for start in range(0, len(live), _BATCH):
        batch = live[start : start + _BATCH]
        articles = archive.articles([head.article_id for head in batch])
        words = archive.words([head.change for head in batch], segmenter())
        for head in batch:
            article = articles[head.article_id].article
            span = article.published.span
            yield HeadText(
                id=article.id,
                change=head.last_change,
                day=span[0].toordinal() if span else 0,
                title=article.title,
                lede=article.lede,
                boundaries=words.get(head.change, b""),
            )
        on_progress(start + len(batch), len(live))
