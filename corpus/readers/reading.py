"""How does any file become records? By the reader that recognises it; archives are opened on the way.

An unexpected exception of a reader or a container ends the reading of its file, and of nothing else.
"""

from collections.abc import Iterator

from corpus.errors import UserError
from corpus.message import say
from corpus.readers.input.compressed import DamagedError
from corpus.readers.input.limits import TooMuchError
from corpus.readers.input.refusing import damaged, refuse, unknown_format, unreadable
from corpus.readers.input.searching import in_steps
from corpus.readers.input.source_file import SourceFile, Tally
from corpus.readers.records.options import ImportOptions
from corpus.readers.registry import Container, known_to, reader_names
from corpus.records import WHOLE, Record, Refusal


def records_of(file: SourceFile, options: ImportOptions, tally: Tally) -> Iterator[Record]:
    """The records of a given file and of all its members; what cannot be read is refused in its place.

    Raises:
        UserError: the options name an unknown format.
    """
    size, before = file.bytes_on_disk, tally.bytes_read
    tally.limits = options.limits
    tally.begin(size)
    try:
        yield from _records(file, options, tally, 0)
    except TooMuchError as error:
        yield refuse(file, WHOLE, error.reason, error.message)
    tally.bytes_read = before + size  # a file that was not read to its end counts as done


def _records(file: SourceFile, options: ImportOptions, tally: Tally, depth: int) -> Iterator[Record]:
    """The file's records; where disk, data or program fail, followed by its refusal."""
    tally.files += 1
    try:
        if cause := tally.steps.search(file.name, WHOLE):
            yield refuse(file, WHOLE, cause.reason, cause.message)
            return
        reader = known_to(file, options)
        if reader is None:
            yield unknown_format(file, reader_names())
        elif isinstance(reader, Container):
            yield from _inside(file, reader, options, tally, depth)
        else:
            yield from in_steps(file, reader.read(file, options, tally), tally)
    except DamagedError as error:
        yield damaged(file, error)
    except OSError as error:
        yield unreadable(file, error)
    except (TooMuchError, UserError, MemoryError):
        raise
    except Exception as error:  # noqa: BLE001 - one file's fault ends no import
        cause = tally.steps.failed(error)
        yield refuse(file, WHOLE, cause.reason, cause.message)


def _inside(
    archive: SourceFile, container: Container, options: ImportOptions, tally: Tally, depth: int
) -> Iterator[Record]:
    if depth >= options.limits.depth:
        yield _too_deep(archive, options)
        return
    empty = True
    for member in in_steps(archive, container.members(archive, tally), tally):
        empty = False
        tally.member()
        if isinstance(member, Refusal):
            tally.files += 1
            yield member
        else:
            yield from _records(member, options, tally, depth + 1)
    if empty:
        message = say("the archive holds no file")
        yield refuse(archive, WHOLE, "empty-archive", message)


def _too_deep(archive: SourceFile, options: ImportOptions) -> Refusal:
    message = say(
        "this archive lies in {depth} others, and no deeper one is opened; unpack it, or raise the limit:"
        " --limit depth={more}",
        depth=options.limits.depth,
        more=options.limits.depth + 1,
    )
    return refuse(archive, WHOLE, "too-deep-archive", message)
