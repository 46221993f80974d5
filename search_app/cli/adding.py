"""What can be said about an import? ``khobao add`` and its options."""

from pathlib import Path

import click

from corpus.errors import UserError
from corpus.message import say
from corpus.readers.field_map import FieldMap
from corpus.readers.limits import Limits
from corpus.readers.options import ImportOptions
from search_app.cli import output, writing
from search_app.cli.arguments import PATH, TEXT
from search_app.cli.data_option import data_option
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
@click.option("--json", "as_json", is_flag=True, help=_("Prints the receipt as JSON."))
@data_option
def add(  # noqa: PLR0913 - an argument an option
    paths: tuple[Path, ...],
    *,
    maps: tuple[str, ...],
    format_name: str,
    encoding: str,
    limits: tuple[str, ...],
    retry: bool,
    table: str,
    query: str,
    follow: bool,
    as_json: bool,
    data: Path | None,
) -> None:
    """Imports and indexes."""
    options = ImportOptions(
        fields=FieldMap.parse(maps),
        format=format_name,
        encoding=encoding,
        limits=Limits.parse(limits),
        table=table,
        query=query,
        follow=follow,
    )
    if retry == bool(paths):
        raise UserError(say("give files or folders to import, or --retry without any"))
    if retry:
        retried = writing.retry(read_settings(data), options, _)
        output.print_retried(retried, _, as_json=as_json)
        return
    receipt = writing.add(read_settings(data), paths, options, _)
    if as_json:
        output.print_json(receipt.as_dict())
    else:
        output.print_receipt(receipt, _)
