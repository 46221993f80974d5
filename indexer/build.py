"""How does the index catch up with the archive? The one use case; incremental, on all cores.

The index's manifest says up to which change of the archive it holds. A build takes every article
whose last change came later, in the order of those changes, and commits as it goes: killed at any
moment, the next build goes on from the last commit. Word boundaries are kept in the archive as
soon as they are cut, so no work of the segmenter is done twice.
"""

import logging
import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from multiprocessing.process import BaseProcess
from typing import TypeVar

from corpus.archive import Archive
from corpus.archived import Head
from corpus.article import Article, Provenance
from indexer.engine import AnalysedArticle, IndexWriter
from indexer.text.analyse import analyse, word_joins
from indexer.text.words import notice, pack_joins, segmenter

COMMIT_ARTICLES = 8_192
CHUNK_ARTICLES = 32
POOL_FROM = 128  # below so many articles to segment, starting processes costs more than it saves

Item = TypeVar("Item")
OnProgress = Callable[[int, int], None]
"""Called with articles done and articles in all."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An article on its way into the index; ``boundaries`` None where its words are not cut yet."""

    article: Article
    change: int
    boundaries: bytes | None
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Prepared:
    """An analysed article, and its word boundaries where they were cut just now."""

    article: AnalysedArticle
    new_boundaries: bytes | None


Prepare = Callable[[Sequence[list[Draft]]], Iterator[list[Prepared]]]


def build(archive: Archive, writer: IndexWriter, on_progress: OnProgress, workers: int | None = None) -> int:
    """Brings the index up to the archive; how many articles were added or removed.

    Args:
        workers: processes that cut words; None: one a core.
    """
    heads = archive.heads_since(writer.manifest.archive_number)
    if heads and (said := notice()):
        logging.getLogger(__name__).warning("%s", said)
    done = 0
    on_progress(done, len(heads))
    with _pool(len(heads), workers) as prepare:
        for batch in _batches(heads, COMMIT_ARTICLES):
            for head in batch:
                if head.withdrawn:
                    writer.remove(head.article_id)
            chunks = [_drafts(archive, chunk) for chunk in _batches(batch, CHUNK_ARTICLES)]
            for prepared in prepare(chunks):
                _keep(archive, prepared)
                for one in prepared:
                    writer.add(one.article)
                done += len(prepared)
                on_progress(done, len(heads))
            writer.commit(batch[-1].last_change, last=batch[-1] is heads[-1])
    return len(heads)


def _drafts(archive: Archive, heads: Sequence[Head]) -> list[Draft]:
    live = [head.article_id for head in heads if not head.withdrawn]
    kept = archive.articles(live)
    boundaries = archive.words([kept[name].change for name in live], segmenter())
    versions = [kept[name] for name in live]
    return [Draft(one.article, one.change, boundaries.get(one.change), one.provenance) for one in versions]


def _keep(archive: Archive, prepared: list[Prepared]) -> None:
    new = {one.article.change: one.new_boundaries for one in prepared if one.new_boundaries is not None}
    if new:
        archive.keep_words(segmenter(), new)


def prepare_chunk(drafts: list[Draft]) -> list[Prepared]:
    """Cuts words where needed, and analyses; runs in the pool's processes."""
    kept = {draft.change: draft.boundaries for draft in drafts if draft.boundaries is not None}
    new = _cut([draft for draft in drafts if draft.change not in kept])
    known = kept | new
    return [
        Prepared(
            analyse(draft.article, draft.change, known[draft.change], draft.provenance),
            new.get(draft.change),
        )
        for draft in drafts
    ]


def _cut(drafts: list[Draft]) -> dict[int, bytes]:
    """Word boundaries by change, all cut at once: that is what makes it fast."""
    joins = word_joins(draft.article for draft in drafts)
    return {draft.change: pack_joins(flags) for draft, flags in zip(drafts, joins, strict=True)}


@contextmanager
def _pool(articles: int, workers: int | None) -> Iterator[Prepare]:
    """What prepares chunks: this process for a few articles, else one process a core."""
    count = workers if workers is not None else os.cpu_count() or 1
    if articles < POOL_FROM or count < 1:
        yield lambda chunks: map(prepare_chunk, chunks)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(count, mp_context=context, initializer=_end_with_parent) as pool:
        yield lambda chunks: _in_order(pool, chunks, ahead=2 * count)


def _in_order(
    pool: ProcessPoolExecutor, chunks: Sequence[list[Draft]], ahead: int
) -> Iterator[list[Prepared]]:
    """Results in the order of the chunks, a bounded number of them under way."""
    waiting: deque[Future[list[Prepared]]] = deque()
    for chunk in chunks:
        waiting.append(pool.submit(prepare_chunk, chunk))
        if len(waiting) > ahead:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def _end_with_parent() -> None:
    """Ends this worker when its parent is killed: it would wait for work for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_exit_after, args=(parent,), daemon=True).start()


def _exit_after(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)


def _batches(items: Sequence[Item], size: int) -> Iterator[list[Item]]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch
