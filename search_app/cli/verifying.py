"""How is everything proven? ``khobao verify``: the archive, then what is made of it, in one state."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.archive_reader import ArchiveReader
from corpus.errors import OperatorError
from corpus.fixity import Fixity, check
from corpus.fixity_log import FixityLog
from corpus.message import Message, say
from indexer.arrays.damage import DamagedFileError
from indexer.arrays.derived import DerivedFile
from indexer.stories.file import StoredStories, open_stories
from indexer.stories.update import verify_stories
from indexer.suggest.file import open_stored
from indexer.suggest.update import verify_suggestions
from indexer.units.file import open_units
from indexer.units.update import verify_units
from indexer.verify import Verification
from indexer.verify import verify as verify_index
from search_app.bootstrap import index_holder, open_reading, unit_sources
from search_app.cli import archive_output, output
from search_app.cli.progress import Progress
from search_app.language import Translate
from search_app.settings import Settings


def verify_all(settings: Settings, translate: Translate, *, sample: int | None, resume: bool) -> int:
    """Proves the archive and what is made of it, keeps the result, and prints it; the exit code.

    Args:
        sample: of how many articles the words are cut again; None: of all.
        resume: goes on with the last verification of the archive where it was stopped.
    """
    with open_reading(settings) as archive:
        log = FixityLog.begin(settings.archive, archive.number, resume=resume)
        with archive.snapshot():
            with Progress(translate("Verifying the archive"), translate("rows")) as bar:
                fixity = check(archive, on_progress=bar.update, found=log.found, note=log.note)
            verification = _verify_derived(settings, archive, fixity, translate, sample)
        log.end(fixity, verification.faults)
    code = archive_output.print_verification(verification, translate)
    if log.number:
        output.line(
            say("The result is kept in the archive, as number {number}.", number=log.number), translate
        )
    else:
        output.line(say("The result is not kept: the archive cannot be written here."), translate)
    return code


def _verify_derived(
    settings: Settings, archive: ArchiveReader, fixity: Fixity, translate: Translate, sample: int | None
) -> Verification:
    """What is made of the archive, compared with it; of an index that cannot be opened its one fault."""
    try:
        with (
            index_holder(settings).lend() as reader,
            Progress(translate("Verifying"), translate("articles")) as bar,
        ):
            verification = verify_index(archive, reader, bar.update, fixity=fixity, sample=sample)
    except OperatorError as error:
        counts = archive.counts()
        faults = (*fixity.faults, error.message)
        verification = Verification(counts.articles, 0, counts.number, 0, faults, unproven=fixity.unproven)
    for derived in _DERIVED:
        verification = _with_derived(verification, derived, settings, archive, translate)
    return verification


OnProgress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class _Derived:
    """A file that is made of the archive.

    Attributes:
        heading: of the progress.
        open: the file, which says up to which change it holds the archive; None where there is none of this
            version.
        verify: its faults.
    """

    heading: str
    path: Callable[[Settings], Path]
    open: Callable[[Path], StoredStories | DerivedFile | None]
    verify: Callable[[ArchiveReader, Settings, OnProgress], list[Message]]


def _verify_stories(archive: ArchiveReader, settings: Settings, on_progress: OnProgress) -> list[Message]:
    return verify_stories(archive, settings.stories, on_progress)


def _verify_suggestions(archive: ArchiveReader, settings: Settings, on_progress: OnProgress) -> list[Message]:
    return verify_suggestions(archive, settings.suggestions, on_progress)


def _verify_units(archive: ArchiveReader, settings: Settings, on_progress: OnProgress) -> list[Message]:
    with unit_sources(settings) as sources:
        if sources.number > archive.number:
            return []  # an import goes on: they are of a later state than the one that is judged
        return verify_units(sources, settings.units, on_progress)


_DERIVED = (
    _Derived(say("Verifying the stories").template, lambda s: s.stories, open_stories, _verify_stories),
    _Derived(
        say("Verifying the suggestions").template,
        lambda s: s.suggestions,
        open_stored,
        _verify_suggestions,
    ),
    _Derived(
        say("Verifying the units").template,
        lambda s: s.units,
        open_units,
        _verify_units,
    ),
)


def _with_derived(
    verification: Verification,
    derived: _Derived,
    settings: Settings,
    archive: ArchiveReader,
    translate: Translate,
) -> Verification:
    """The verification with the faults of a derived file, or with how far it lags behind the archive."""
    path = derived.path(settings)
    try:
        stored = derived.open(path)
    except DamagedFileError:
        stored = None  # it is told below
    if stored is not None and stored.number < archive.number:
        lag = say(
            "{path} holds the archive up to change {held} of {number}, and was not compared; that is no"
            " fault. Catch up with: khobao add, or khobao rebuild",
            path=str(path),
            held=stored.number,
            number=archive.number,
        )
        return replace(verification, lagging=(*verification.lagging, lag))
    try:
        with Progress(translate(derived.heading), translate("articles")) as bar:
            faults = derived.verify(archive, settings, bar.update)
    except OperatorError as error:  # the archive's own faults were told by row, and are to be kept
        faults = [] if error.message in verification.faults else [error.message]
    return replace(verification, faults=(*verification.faults, *faults))
