"""How do the commands that write go? Each holds the lock, then imports, then indexes."""

from collections.abc import Callable, Sequence
from pathlib import Path

from corpus.archive import Archive
from corpus.ingest import Progress as IngestProgress
from corpus.ingest import Receipt, ingest
from corpus.message import say
from corpus.readers.options import ImportOptions
from indexer.build import build
from indexer.suggest.learn import learn
from search_app.bootstrap import index_writer, rebuild_writer
from search_app.bootstrap import writing as write_lock
from search_app.cli.progress import Progress
from search_app.settings import Settings

Translate = Callable[[str], str]


def add(settings: Settings, paths: Sequence[Path], options: ImportOptions, translate: Translate) -> Receipt:
    """Imports the paths, then brings the index up to the archive."""
    with write_lock(settings) as archive:
        with Progress(translate("Importing"), "") as bar:

            def show(progress: IngestProgress) -> None:
                records = say("{count} records", count=f"{progress.records:,}").render(translate)
                bar.update(progress.bytes_done, progress.bytes_total, records)

            receipt = ingest(paths, archive, options=options, on_progress=show)
        with index_writer(settings) as writer, Progress(translate("Indexing"), translate("articles")) as bar:
            build(archive, writer, bar.update)
        _learn(settings, archive, translate, anew=False)
    return receipt


def rebuild(settings: Settings, translate: Translate) -> int:
    """Builds a new index beside the old one; how many articles it holds."""
    with write_lock(settings) as archive:
        with (
            rebuild_writer(settings) as writer,
            Progress(translate("Indexing"), translate("articles")) as bar,
        ):
            build(archive, writer, bar.update)
            count = writer.manifest.articles
        _learn(settings, archive, translate, anew=True)
    return count


def _learn(settings: Settings, archive: Archive, translate: Translate, *, anew: bool) -> None:
    """What is offered while a person types."""
    with Progress(translate("Learning phrases"), translate("articles")) as bar:
        learn(archive, settings.suggestions, bar.update, anew=anew)
