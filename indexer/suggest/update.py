"""How are the suggestions brought up to the archive? Changed articles are read; then all is computed anew.

The file stores the heads of all articles as numbers, so that an update reads only the articles that changed,
and still gives what a full run would: the same articles give the same file, byte for byte. For 127,000
articles the computation takes some six seconds, reading them all from the archive fifteen more.
"""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from corpus.archive import ArchiveReader
from corpus.archived import Head
from indexer.arrays.disk import report_disk_errors
from indexer.arrays.file import DamagedFileError
from indexer.suggest.file import open_stored, stored_heads, write_stored
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
    number, heads = (0, HeadTexts()) if anew else _known(path, archive.number)
    changed = archive.heads_since(number)
    if changed or not path.exists() or anew:
        last = changed[-1].last_change if changed else number
        new = _read(archive, [head for head in changed if not head.withdrawn], on_progress)
        grown = update_heads(heads, [head.article_id for head in changed], new)
        with report_disk_errors(path):
            write_stored(path, grown, last)
    return len(changed)


def _known(path: Path, number: int) -> tuple[int, HeadTexts]:
    try:
        with report_disk_errors(path, but=DamagedFileError):
            stored = open_stored(path)
    except DamagedFileError:
        stored = None  # derived data: it is made again
    is_ours = stored is not None and stored.number <= number  # one that is further is of another archive
    return (stored.number, stored_heads(stored)) if stored and is_ours else (0, HeadTexts())


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
