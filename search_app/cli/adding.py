"""How is an import asked for at a terminal? The command ``khobao add`` and its options."""

from pathlib import Path

import click

from corpus.captures import Prefer
from corpus.errors import UserError
from corpus.message import say
from corpus.readers.input.item_limits import ItemLimits
from corpus.readers.input.limits import Limits
from corpus.readers.records.field_map import FieldMap
from corpus.readers.records.options import ImportOptions
from search_app.cli import archive_output, output, writing
from search_app.cli.arguments import PATH, TEXT
from search_app.cli.data_option import data_option
from search_app.formats.answers.commands import ReceiptAnswer
from search_app.language import translator
from search_app.settings import read_settings

_ = translator(read_settings().language)


@click.command(
    help=_(
        "Imports files, folders and archives of articles (docs/import.md lists the formats) and indexes them."
    )
)
@click.argument("paths", nargs=-1, type=PATH, metavar="PATH…")
@click.option(
    "--map",
    "maps",
    multiple=True,
    type=TEXT,
    metavar="OURS=THEIRS",
    help=_("Reads the field THEIRS of the records as our field OURS; may be given several times."),
)
@click.option(
    "--format",
    "format_name",
    default="",
    type=TEXT,
    metavar="NAME",
    help=_("Reads every file by this reader."),
)
@click.option(
    "--encoding", default="", type=TEXT, metavar="NAME", help=_("Reads every text in this encoding.")
)
@click.option(
    "--limit",
    "limits",
    multiple=True,
    type=TEXT,
    metavar="NAME=NUMBER",
    help=_("Sets how much one file may hold: ratio, bytes, members or depth."),
)
@click.option(
    "--item-seconds",
    default="",
    type=TEXT,
    metavar="SECONDS",
    help=_("Sets how much processor time one record, page or file may take; 60 unless set."),
)
@click.option(
    "--item-memory",
    default="",
    type=TEXT,
    metavar="SIZE",
    help=_("Sets how much memory one record, page or file may take, as in 2G; 1G unless set."),
)
@click.option(
    "--retry",
    is_flag=True,
    help=_("Without PATH: reads the refused records again."),
)
@click.option("--table", default="", type=TEXT, metavar="NAME", help=_("Of databases, the table to read."))
@click.option(
    "--query", default="", type=TEXT, metavar="SQL", help=_("Asks databases this; its rows are the records.")
)
@click.option(
    "--follow", is_flag=True, help=_("Also reads files outside a folder that links in the folder lead to.")
)
@click.option(
    "--prefer",
    default=Prefer.RICHER.value,
    type=click.Choice([prefer.value for prefer in Prefer]),
    help=_("Which version is current where a newer capture of a page only lacks what an older one has."),
)
@click.option("--json", "as_json", is_flag=True, help=_("Prints the receipt as JSON."))
@data_option
def add(  # noqa: PLR0913 - one argument for each option
    paths: tuple[Path, ...],
    *,
    maps: tuple[str, ...],
    format_name: str,
    encoding: str,
    limits: tuple[str, ...],
    item_seconds: str,
    item_memory: str,
    retry: bool,
    table: str,
    query: str,
    follow: bool,
    prefer: str,
    as_json: bool,
    data: Path | None,
) -> None:
    """Imports files, or with ``--retry`` the refused records, indexes them, and prints the receipt.

    Raises:
        UserError: an option has a wrong value, or paths are given with ``--retry`` or missing without it.
        OperatorError: the archive or the index cannot be written.
    """
    options = ImportOptions(
        fields=FieldMap.parse(maps),
        format=format_name,
        encoding=encoding,
        limits=Limits.parse(limits),
        item=ItemLimits.parse(item_seconds, item_memory),
        table=table,
        query=query,
        follow=follow,
        prefer=Prefer(prefer),
    )
    if retry == bool(paths):
        raise UserError(say("give files or folders to import, or --retry without any"))
    settings = read_settings(data)
    if retry:
        retried = writing.retry(settings, options, _)
        archive_output.print_retried(retried, _, settings.import_log, as_json=as_json)
        return
    receipt = writing.add(settings, paths, options, _)
    if as_json:
        output.print_json(ReceiptAnswer, receipt, _)
    else:
        archive_output.print_receipt(receipt, _, settings.import_log)
