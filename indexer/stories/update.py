"""How are the stories brought up to the archive? Changed articles are read, and all are clustered anew.

The file stores a row of numbers for each article and the result of each comparison, so that an update reads
only the articles that changed and their new candidates; clustering takes seconds. The file is replaced after
every 32,768 articles: an update that is killed at any moment is continued by the next.
"""

import os
from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from pathlib import Path

import numpy as np

from corpus.archive import ArchiveReader
from corpus.archived import Head
from corpus.article import Article
from corpus.message import Message, say
from indexer.arrays.damage import DamagedFileError
from indexer.arrays.disk import report_disk_errors
from indexer.stories.clustering import TextPair, cluster
from indexer.stories.file import open_stories, story_arrays, write_stories
from indexer.stories.resemblance import compare
from indexer.stories.rows import ArticleRow, ArticleRows, make_row, update_rows
from indexer.stories.shingles import ShingledText, shingle
from indexer.worker_pool import pool_map

WRITE_ARTICLES = 32_768
_BATCH = 64
_POOL_FROM = 1_000  # below so many articles, starting processes costs more than it saves
_TEXTS_KEPT = 2_048  # shingled texts in the LRU cache

OnProgress = Callable[[int, int], None]
"""Called with articles read and articles in all."""


def update_stories(archive: ArchiveReader, path: Path, on_progress: OnProgress, *, anew: bool = False) -> int:
    """Brings the stories up to the archive; returns how many articles were read or dropped.

    Args:
        path: the path of the file; its folder exists.
        anew: starts from nothing, whatever the file holds.

    Raises:
        OperatorError: the archive cannot be read, or the file cannot be written.
    """
    last = archive.number
    stored = None if anew else _known(path, last)
    number, rows, comparisons = stored or (0, ArticleRows(), {})
    changed = archive.heads_since(number)
    if stored and number == last and not changed:
        return 0
    for start in range(0, max(len(changed), 1), WRITE_ARTICLES):
        heads = changed[start : start + WRITE_ARTICLES]
        is_last = start + WRITE_ARTICLES >= len(changed)
        new = _read(archive, heads, partial(_further, on_progress, start, len(changed)))
        rows = update_rows(rows, [head.article_id for head in heads], new)
        clustering = cluster(rows, comparisons, _TextComparer(archive, rows.ids))
        comparisons = clustering.comparisons
        with report_disk_errors(path):
            write_stories(path, rows, clustering, last if is_last else heads[-1].last_change)
    return len(changed)


def verify_stories(archive: ArchiveReader, path: Path, on_progress: OnProgress) -> list[Message]:
    """The faults of the file; it must hold exactly what a new clustering of the archive gives."""
    try:
        with report_disk_errors(path):
            stored = open_stories(path)
        if stored is not None:
            stored.arrays.prove()
    except DamagedFileError as error:
        return [error.message]
    if stored is None:
        return [say("there are no stories of this version; make them with: khobao add, or khobao rebuild")]
    if stored.number != archive.number:
        return [
            say(
                "the stories hold the archive up to change {held}, the archive is at {number};"
                " catch up with: khobao add, or khobao rebuild",
                held=stored.number,
                number=archive.number,
            )
        ]
    heads = archive.heads_since(0)
    rows = update_rows(
        ArticleRows(), (), _read(archive, heads, partial(_further, on_progress, 0, len(heads)))
    )
    right = story_arrays(rows, cluster(rows, {}, _TextComparer(archive, rows.ids)), stored.number)
    return [
        say("the stories are not those of the archive ({name} differs); mend with: khobao rebuild", name=name)
        for name, array in right.items()
        if not np.array_equal(array, stored.arrays[name])
    ]


def _known(path: Path, number: int) -> tuple[int, ArticleRows, dict[TextPair, bool]] | None:
    """What the file holds: up to which change, rows and comparisons; None where it cannot be used.

    One that is further than the archive is of another archive.
    """
    try:
        with report_disk_errors(path):
            stored = open_stories(path)
        if stored is None or stored.number > number:
            return None
        return stored.number, stored.rows(), stored.comparisons()
    except DamagedFileError:
        return None  # derived data: it is made again


def _further(on_progress: OnProgress, before: int, total: int, done: int) -> None:
    on_progress(before + done, total)


def _read(archive: ArchiveReader, heads: Sequence[Head], on_read: Callable[[int], None]) -> list[ArticleRow]:
    """The rows of those of the articles that are not withdrawn."""
    rows: list[ArticleRow] = []
    parts = [heads[start : start + _BATCH] for start in range(0, len(heads), _BATCH)]
    processes = 0 if len(heads) < _POOL_FROM else os.cpu_count() or 1
    with pool_map(make_rows, processes) as make:
        for made in make(_articles(archive, part) for part in parts):
            rows += made
            on_read(min(len(rows), len(heads)))
    on_read(len(heads))
    return rows


def _articles(archive: ArchiveReader, heads: Sequence[Head]) -> list[tuple[Article, int]]:
    live = [head.article_id for head in heads if not head.withdrawn]
    return [(archived.article, archived.change) for archived in archive.articles(live).values()]


def make_rows(articles: Sequence[tuple[Article, int]]) -> list[ArticleRow]:
    """The rows of articles, each with its change; also called in other processes."""
    return [make_row(article, change) for article, change in articles]


class _TextComparer:
    """Compares the archived texts of articles, with an LRU cache of shingled texts."""

    def __init__(self, archive: ArchiveReader, ids: Sequence[str]) -> None:
        self._archive = archive
        self._ids = ids
        self._text = lru_cache(maxsize=_TEXTS_KEPT)(self._read_text)

    def __call__(self, first: int, others: list[int]) -> list[bool]:
        """Whether each text of some rows is a reprint of the text of the first row."""
        text = self._text(first)
        return [compare(text, self._text(other)).is_print for other in others]

    def _read_text(self, row: int) -> ShingledText:
        archived = self._archive.article(self._ids[row])
        if archived is None:
            raise AssertionError("the archive keeps every article it ever held")
        return shingle(archived.article)
