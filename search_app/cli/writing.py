"""What do the commands that write do? Each holds the write lock, changes the archive, then updates the index.

Suggestions, units and stories are updated after the index. If a command is killed, the same command or the
next one that writes completes the work.
"""

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path

import click

from corpus import recleaning
from corpus import retry as corpus_retry
from corpus.archive import Archive
from corpus.archive_upgrade import FORMAT
from corpus.audit import Action
from corpus.audited_work import audited
from corpus.ingest import SHOWN_NAMES, Receipt, ingest
from corpus.ingest import Progress as IngestProgress
from corpus.message import Message, say
from corpus.publishers import Publication
from corpus.readers.input.steps import LOG
from corpus.readers.records.options import ImportOptions
from corpus.recleaning import CleaningReport
from corpus.retry import RetryReport
from corpus.rights import Rights
from corpus.sources import source_named
from corpus.withdrawing import CarriedOut, WithdrawalOrder
from indexer.build import build
from indexer.engine import INDEX_FORMAT
from indexer.stories.update import update_stories
from indexer.suggest.update import update_suggestions
from indexer.units.update import update_units
from search_app.bootstrap import (
    changing,
    index_is_newest,
    index_writer,
    rebuild_writer,
    unit_sources,
    writing,
)
from search_app.cli.erasing import list_erasures, remove_bytes, unfinished_erasures
from search_app.cli.needs import check_import, check_rebuild
from search_app.cli.progress import Progress
from search_app.cli.terminal import grouped, sentence
from search_app.language import Translate
from search_app.settings import Settings


def add(settings: Settings, paths: Sequence[Path], options: ImportOptions, translate: Translate) -> Receipt:
    """Imports files, then updates the index to the archive.

    Raises:
        UserError: an option or a path is wrong.
        OperatorError: the archive or the index cannot be written, or there is too little space.
    """
    check_import(settings, paths, translate)
    with _announcing_upgrade(writing(settings), settings, translate) as archive:
        with audited(archive, Action.ADD) as told, _importing(translate) as show, _faults_logged(settings):
            told.update(_told_paths(paths))
            receipt = ingest(paths, archive, options=replace(options, into=settings.data), on_progress=show)
            told.update(_told_receipt(receipt))
        update_index(settings, archive, translate)
    return receipt


def retry(settings: Settings, options: ImportOptions, translate: Translate) -> RetryReport:
    """Reads the refused records again, then updates the index to the archive."""
    with _announcing_upgrade(changing(settings), settings, translate) as archive:
        with audited(archive, Action.RETRY) as told, _importing(translate) as show, _faults_logged(settings):
            retried = corpus_retry.retry(archive, options=options, on_progress=show)
            told.update(_told_receipt(retried.receipt), taken=retried.taken)
        update_index(settings, archive, translate)
    return retried


def clean_again(settings: Settings, translate: Translate, *, store: bool) -> CleaningReport:
    """Cleans every article again from its raw record; ``store`` keeps and indexes the new versions."""
    with _announcing_upgrade(changing(settings), settings, translate) as archive:
        with (
            audited(archive, Action.CLEAN) as told,
            Progress(translate("Cleaning"), translate("articles")) as bar,
            _faults_logged(settings),
        ):
            cleaned = recleaning.clean_again(archive, store=store, on_progress=bar.update)
            told.update(articles=cleaned.articles, new_versions=len(cleaned.changes))
        if store:
            update_index(settings, archive, translate)
    return cleaned


def carry_out(
    settings: Settings,
    orders: Callable[[Archive], list[WithdrawalOrder]],
    translate: Translate,
    *,
    dry_run: bool,
) -> list[CarriedOut]:
    """Withdraws articles or brings them back, then updates the index; what became of each order.

    From the moment when the archive has it, no answer of a running server names what is withdrawn.

    Args:
        orders: gives the orders for the open archive.
        dry_run: changes nothing.

    Raises:
        UserError: one of the orders cannot be carried out; then none is.
        OperatorError: the archive or the index cannot be written.
    """
    with _announcing_upgrade(changing(settings), settings, translate) as archive:
        done = archive.carry_out(orders(archive), dry_run=dry_run)
        if not dry_run:
            update_index(settings, archive, translate)
    return done


def set_rights(
    settings: Settings, name: str, rights: Rights, by: str, translate: Translate
) -> tuple[Publication, int | None]:
    """Says what may be done with the articles of a source, and updates the index to the archive.

    Returns:
        The source, and the number of the change; None: the same was said before.

    Raises:
        UserError: the archive has no such source.
    """
    with _announcing_upgrade(changing(settings), settings, translate) as archive:
        publisher = source_named(archive, name)
        change = archive.set_rights(publisher, rights, by)
        update_index(settings, archive, translate)
    return publisher, change


def _told_paths(paths: Sequence[Path]) -> dict[str, str | int]:
    """The paths of an import for the audit log: the first, and how many more there are."""
    more = len(paths) - SHOWN_NAMES
    told: dict[str, str | int] = {"paths": ", ".join(map(str, paths[:SHOWN_NAMES]))}
    return told | ({"more_paths": more} if more > 0 else {})


def _told_receipt(receipt: Receipt) -> dict[str, int]:
    """What the audit log says of an import."""
    return {
        "files": receipt.files,
        "new": receipt.new,
        "new_versions": receipt.new_versions,
        "refused": receipt.refused,
    }


@contextmanager
def _announcing_upgrade(
    opened: AbstractContextManager[Archive], settings: Settings, translate: Translate
) -> Iterator[Archive]:
    """An archive that is being opened for writing; says where that upgraded it, for there is no way back."""
    with opened as archive:
        if archive.upgraded_from is not None:
            told = say(
                "{path}: brought from format {before} to format {format}; an earlier khobao can no longer"
                " open it.",
                path=str(settings.archive),
                before=archive.upgraded_from,
                format=FORMAT,
            )
            click.echo(sentence(told, translate), err=True)
        yield archive


@contextmanager
def _faults_logged(settings: Settings) -> Iterator[None]:
    """Writes tracebacks of the program's own faults to ``import.log`` instead of the terminal."""
    handler = logging.FileHandler(settings.import_log, encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    LOG.addHandler(handler)
    LOG.propagate = False
    try:
        yield
    finally:
        LOG.removeHandler(handler)
        handler.close()


@contextmanager
def _importing(translate: Translate) -> Iterator[Callable[[IngestProgress], None]]:
    started = time.monotonic()
    with Progress(translate("Importing"), "") as bar:

        def show(progress: IngestProgress) -> None:
            rate = progress.records / max(time.monotonic() - started, 1e-9)
            records = say(
                "{count} records ({rate}/s)", count=grouped(progress.records), rate=grouped(rate)
            ).render(translate)
            bar.update(progress.bytes_done, progress.bytes_total, records)

        yield show


def update_index(settings: Settings, archive: Archive, translate: Translate) -> None:
    """Updates the index and what is derived beside it to the archive."""
    with _without_erased(settings, archive, translate):
        with index_writer(settings) as writer, Progress(translate("Indexing"), translate("articles")) as bar:
            build(archive, writer, bar.update)
        _derive(settings, archive, translate, anew=False)


@contextmanager
def _without_erased(settings: Settings, archive: Archive, translate: Translate) -> Iterator[None]:
    """While the block brings the index up to the archive. Before it, embargoes end and erased bytes go.

    What was erased is listed when all of it is gone.
    """
    archive.end_embargoes()
    undone: list[Message] = []
    unfinished = unfinished_erasures(settings, archive)
    if unfinished:
        undone = remove_bytes(settings, archive)
    yield
    for message in undone:
        click.echo(sentence(message, translate), err=True)
    if unfinished and not undone:
        list_erasures(settings, archive)


def rebuild(settings: Settings, translate: Translate, *, words: bool = False) -> int:
    """Builds a new index, which then replaces the old one, and returns the number of its articles.

    Args:
        words: cuts the words of all articles again.
    """
    check_rebuild(settings, translate)
    with _announcing_upgrade(changing(settings), settings, translate) as archive:
        if words:
            archive.forget_words()
        with _without_erased(settings, archive, translate):
            with (
                rebuild_writer(settings, archive.number) as writer,
                Progress(translate("Indexing"), translate("articles")) as bar,
            ):
                build(archive, writer, bar.update)
                count = writer.manifest.articles
            _derive(settings, archive, translate, anew=True)
    return count


def upgrade_index(settings: Settings, translate: Translate) -> None:
    """Builds an index of this version's format beside one of another, which answers until it is done.

    A build that was killed is continued. An index of this format gets what it lacks: superseded versions.

    Raises:
        OperatorError: there is too little room for both.
    """
    if index_is_newest(settings):
        with changing(settings) as archive:
            update_index(settings, archive, translate)
        return
    rebuild(settings, translate)
    with changing(settings) as archive:
        archive.log("", Action.UPGRADE, {"index_format": INDEX_FORMAT})


def _derive(settings: Settings, archive: Archive, translate: Translate, *, anew: bool) -> None:
    """Updates suggestions, units and stories; ``anew`` ignores what earlier updates stored."""
    with Progress(translate("Learning phrases"), translate("articles")) as bar:
        update_suggestions(archive, settings.suggestions, bar.update, anew=anew)
    with (
        unit_sources(settings) as sources,
        Progress(translate("Learning words"), translate("articles")) as bar,
    ):
        update_units(sources, settings.units, bar.update, anew=anew)
    with Progress(translate("Finding reprints"), translate("articles")) as bar:
        update_stories(archive, settings.stories, bar.update, anew=anew)
