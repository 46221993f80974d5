"""How is an archive kept safe? ``khobao backup`` and ``khobao salvage``."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import click

from corpus.archive_errors import report_archive_errors
from corpus.archive_reader import check_archive
from corpus.backup import back_up, bring_back
from corpus.backup_note import note_backup
from corpus.data_folder import ERASURES
from corpus.disk import replace_file
from corpus.erasing import ErasedVersion
from corpus.erasures import read_erasures
from corpus.errors import OperatorError, UserError
from corpus.message import say
from corpus.salvage import Salvage
from corpus.salvage import salvage as salvage_archive
from search_app.bootstrap import drop_index, open_reading, write_lock
from search_app.cli import output, writing
from search_app.cli.arguments import DATA_FOLDER, FILE
from search_app.cli.data_option import data_option
from search_app.cli.progress import Progress
from search_app.cli.terminal import grouped
from search_app.language import translator
from search_app.settings import Settings, read_settings

LOST = "salvage.tsv"
"""What was lost: table, number and reason of each row, beside the archive that was made."""

_ = translator(read_settings().language)


@click.command(
    help=_(
        "Copies the archive to FOLDER while it serves and grows, and proves the copy; --restore brings a copy"
        " back, and moves the archive that is there aside."
    )
)
@click.argument("folder", type=DATA_FOLDER, metavar="FOLDER")
@click.option("--restore", is_flag=True, help=_("Brings back the copy in FOLDER, and indexes it."))
@click.option(
    "--erasures",
    type=FILE,
    metavar="FILE",
    help=_("With --restore: a list of what was erased since, where the data folder has none."),
)
@click.option(
    "--no-erasures", is_flag=True, help=_("With --restore: nothing was erased since the copy was made.")
)
@data_option
def backup(
    folder: Path, *, restore: bool, erasures: Path | None, no_erasures: bool, data: Path | None
) -> None:
    """Prints up to which change the copy goes.

    Raises:
        UserError: nothing says what was erased since the copy was made.
        OperatorError: the copy cannot be made or brought back.
    """
    settings = read_settings(data)
    if restore:
        bring_back_indexed(folder, settings, erased_since(settings, erasures, none=no_erasures))
        return
    if erasures or no_erasures:
        raise UserError(say("--erasures and --no-erasures go with --restore; leave them out"))
    with Progress(_("Copying"), _("pages")) as bar:
        made = back_up(settings.data, folder, bar.update)
    is_noted = note_backup(settings.data, made, folder)
    output.line(
        say(
            "{path}: a copy up to change {number}, {count} articles, proven.",
            path=str(made.path),
            number=made.number,
            count=grouped(made.articles),
        ),
        _,
    )
    if not is_noted:
        message = say("{path} cannot be written: khobao status will not know of it.", path=str(settings.data))
        output.line(message, _)


def erased_since(settings: Settings, given: Path | None, *, none: bool) -> list[ErasedVersion]:
    """What was erased in a data folder, by its list, its archive, or a list that is given.

    Raises:
        UserError: none of these is there, and it is not said that nothing was erased; or a list is no list.
    """
    own = settings.data / ERASURES
    if given is not None and not given.exists():
        raise UserError(say("{path}: there is no such list of erasures", path=str(given)))
    found = [*read_erasures(given or own), *(read_erasures(own) if given else [])]
    try:
        with open_reading(settings) as archive:
            return [*found, *archive.erased()]
    except OperatorError:  # none is there, or it is damaged
        if given or own.exists() or none:
            return found
    raise UserError(
        say(
            "{path}: no list says what was erased since the copy was made, and it would come back. Name the"
            " list with --erasures FILE ({name} of the folder whose archive it was), or say --no-erasures"
            " where nothing was erased",
            path=str(settings.data),
            name=ERASURES,
        )
    )


def bring_back_indexed(folder: Path, settings: Settings, erased: Sequence[ErasedVersion]) -> None:
    """Brings back the copy in a folder without what was erased since, and makes the index of it.

    The index of the archive that is replaced goes before: where the command is killed in between, the next
    one must not take it for the index of the copy.
    """
    with write_lock(settings), Progress(_("Copying"), _("pages")) as bar:
        forget = partial(drop_index, settings)
        made, moved = bring_back(folder, settings.data, bar.update, before=forget, erased=erased)
    note_backup(settings.data, made, folder)
    if moved:
        output.line(say("{path}: the archive that was there before.", path=str(moved)), _)
    writing.rebuild(settings, _)
    output.line(
        say(
            "{path}: brought back up to change {number}, {count} articles, and indexed.",
            path=str(made.path),
            number=made.number,
            count=grouped(made.articles),
        ),
        _,
    )


def _list_lost(path: Path, found: Salvage) -> None:
    with report_archive_errors(path):
        replace_file(path, "".join("\t".join(row) + "\n" for row in found.lost).encode())


@click.command(
    help=_("Saves what is whole of a damaged archive to the new folder NEW, and lists what is lost.")
)
@click.argument("new", type=DATA_FOLDER, metavar="NEW")
@data_option
def salvage(new: Path, data: Path | None) -> None:
    """Prints the rows saved and lost by table; exit code 3 where something was lost."""
    source, target = read_settings(data), Settings(new)
    check_archive(source.archive)
    with write_lock(target):
        lost = target.data / LOST
        found = salvage_archive(source.archive, target.archive, before=partial(_list_lost, lost))
    for table, count in found.saved.items():
        output.line(say("{table}: {count} rows saved.", table=table, count=grouped(count)), _)
    output.line(
        say("{path}: {count} rows that could not be saved.", path=str(lost), count=grouped(len(found.lost))),
        _,
    )
    output.line(say("Make its index with: khobao rebuild --data {path}", path=str(new)), _)
    raise SystemExit(3 if found.lost else 0)
