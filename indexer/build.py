"""How is the index brought up to the archive? By incremental builds, on all cores.

The index's manifest has the archive's change that the index is up to. A build takes every article whose last
change is later, in the order of those changes, and commits as it goes: if it is killed at any moment, the
next build continues from the last commit. Changes of no article are passed over, and the index is up to them.
Word boundaries are stored in the archive soon after they are made, so that the segmenter hardly ever does the
same work twice.
"""

import logging
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from typing import TypeVar

from corpus.archive import Archive
from corpus.archived import Head
from corpus.article import Article, Provenance
from corpus.errors import OperatorError
from corpus.message import say
from corpus.pins import superseded
from indexer.engine import AnalysedArticle, IndexWriter
from indexer.text.analyse import Version, analyse_all, word_joins
from indexer.text.words import notice, pack_joins, segmenter
from indexer.worker_pool import PoolMap, pool_map

COMMIT_ARTICLES = 8_192
CHUNK_ARTICLES = 32
STORE_CHUNKS = 8  # whose word boundaries are stored in one transaction
POOL_FROM = 128  # below so many articles to segment, starting processes costs more than it saves

Item = TypeVar("Item")
OnProgress = Callable[[int, int], None]
"""Called with articles done and articles in all."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An article to be indexed; ``boundaries`` is None where its words are not segmented yet."""

    article: Article
    change: int
    boundaries: bytes | None
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Prepared:
    """An analysed article, and its word boundaries where they are new."""

    article: AnalysedArticle
    new_boundaries: bytes | None


Prepare = PoolMap[list[Draft], list[Prepared]]


def build(archive: Archive, writer: IndexWriter, on_progress: OnProgress, workers: int | None = None) -> int:
    """Brings the index up to the archive; returns how many articles were added or removed.

    Args:
        workers: number of processes that segment and analyse; None: one per core.

    Raises:
        OperatorError: the archive or the index fails, or the index is of another archive.
    """
    number = archive.number
    if writer.manifest.archive_number > number:
        raise OperatorError(
            say(
                "the index is of another archive: it is up to change {index}, the archive is at {archive};"
                " make it again with: khobao rebuild",
                index=writer.manifest.archive_number,
                archive=number,
            )
        )
    heads = archive.heads_since(writer.manifest.archive_number)
    if heads and (message := notice()):
        logging.getLogger(__name__).warning("%s", message)
    _keep_superseded(archive, writer, workers)
    done = 0
    on_progress(done, len(heads))
    withdrawals = archive.withdrawals()
    embargoed = withdrawals.embargoed()
    erased = withdrawals.erased_since(writer.manifest.archive_number)
    commits = list(batches(heads, COMMIT_ARTICLES))
    with preparing(len(heads), workers) as prepare:
        # While a commit is written, the chunks of the next one are prepared.
        prepared = prepare(
            _drafts(archive, chunk, embargoed) for commit in commits for chunk in _chunks(commit)
        )
        for commit in commits:
            for head in commit:
                if head.article_id in erased:
                    writer.erase(head.article_id)
                elif head.withdrawn and head.article_id not in embargoed:
                    writer.remove(head.article_id)
            for items in batches(islice(prepared, len(_chunks(commit))), STORE_CHUNKS):
                articles = list(chain.from_iterable(items))
                _store_boundaries(archive, articles)
                for item in articles:
                    writer.add(item.article)
                done += len(articles)
                on_progress(done, len(heads))
            is_last = commit[-1] is heads[-1]
            writer.commit(number if is_last else commit[-1].last_change, last=is_last)
    if not heads and writer.manifest.archive_number < number:
        writer.commit(number, last=True)
    return len(heads)


def _keep_superseded(archive: Archive, writer: IndexWriter, workers: int | None) -> None:
    """Keeps the versions that were superseded since this was last done, for pins.

    It comes before the current versions: a reader of the newer state then finds all that it needs. Where it
    is killed, all of it is done again.
    """
    number = archive.number
    if writer.kept_to == number:
        return
    for article_id in archive.withdrawals().erased_since(writer.kept_to):
        writer.erase_kept(article_id)
    heads = [head for head in archive.heads_since(writer.kept_to) if not head.withdrawn]
    changes = [change for _, change in superseded(archive, heads)]
    with preparing(len(changes), workers) as prepare:
        for commit in batches(changes, COMMIT_ARTICLES):
            chunks = list(batches(commit, CHUNK_ARTICLES))
            for items in prepare(_versions(archive, chunk) for chunk in chunks):
                _store_boundaries(archive, items)
                for item in items:
                    writer.keep(item.article)
            if len(commit) == COMMIT_ARTICLES:
                writer.commit_kept(writer.kept_to)
    writer.commit_kept(number)


def _versions(archive: Archive, changes: Sequence[int]) -> list[Draft]:
    found = archive.versions_of(changes)
    boundaries = archive.words(changes, segmenter())
    return [
        Draft(one.article, change, boundaries.get(change), one.provenance) for change, one in found.items()
    ]


def _chunks(heads: Sequence[Head]) -> list[list[Head]]:
    return list(batches(heads, CHUNK_ARTICLES))


def _drafts(archive: Archive, heads: Sequence[Head], embargoed: AbstractSet[str]) -> list[Draft]:
    live = [head.article_id for head in heads if not head.withdrawn or head.article_id in embargoed]
    archived = archive.articles(live)
    boundaries = archive.words([archived[name].change for name in live], segmenter())
    versions = [archived[name] for name in live]
    return [Draft(one.article, one.change, boundaries.get(one.change), one.provenance) for one in versions]


def _store_boundaries(archive: Archive, prepared: list[Prepared]) -> None:
    new = {item.article.change: item.new_boundaries for item in prepared if item.new_boundaries is not None}
    if new:
        archive.keep_words(segmenter(), new)


def prepare_chunk(drafts: list[Draft]) -> list[Prepared]:
    """Segments words where needed, and analyses; runs in the pool's processes."""
    stored = {draft.change: draft.boundaries for draft in drafts if draft.boundaries is not None}
    new = _segment([draft for draft in drafts if draft.change not in stored])
    boundaries = stored | new
    analysed = analyse_all(
        [Version(draft.article, draft.change, boundaries[draft.change], draft.provenance) for draft in drafts]
    )
    return [Prepared(article, new.get(article.change)) for article in analysed]


def _segment(drafts: list[Draft]) -> dict[int, bytes]:
    """Word boundaries by change; all are segmented together, because that is fast."""
    joins = word_joins(draft.article for draft in drafts)
    return {draft.change: pack_joins(flags) for draft, flags in zip(drafts, joins, strict=True)}


@contextmanager
def preparing(articles: int, workers: int | None = None) -> Iterator[Prepare]:
    """A function that prepares chunks: in this process for a few articles, else in a pool of processes."""
    count = workers if workers is not None else os.cpu_count() or 1
    with pool_map(prepare_chunk, 0 if articles < POOL_FROM else count) as prepare:
        yield prepare


def batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """The items in lists of at most ``size``."""
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch
