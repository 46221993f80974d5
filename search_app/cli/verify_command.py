"""What does ``khobao verify`` prove? All that the data folder holds, or what a receipt says of an export."""

import sys
from dataclasses import replace
from pathlib import Path

import click

from corpus.errors import UserError
from corpus.message import say
from search_app.bootstrap import open_reading
from search_app.cli import output, verifying
from search_app.cli.arguments import FILE, PATH
from search_app.cli.data_option import data_option
from search_app.cli.packages import fault_of_bag, is_package, opened_package, receipt_in
from search_app.cli.receipt_checking import ReceiptChecker, read_receipt_file
from search_app.cli.receipt_output import print_checked
from search_app.cli.terminal import sentence
from search_app.formats.answers.verified import CheckedReceiptAnswer
from search_app.language import translator
from search_app.settings import Settings, read_settings

_ = translator(read_settings().language)

_DIFFERS = 1
"""The exit code of a receipt of which something differs; 2 and 3 say that it could not be verified."""


@click.command(
    help=_(
        "Proves every byte of the index and of what is derived beside it, and that they hold the archive,"
        " article by article, term by term; with RECEIPT, whether the file that it was made of is whole, and"
        " whether the archive still gives the same; with PACKAGE, the same of what is in it, and whether"
        " every file of it is what was written."
    )
)
@click.argument("receipt", type=PATH, required=False, metavar="[RECEIPT|PACKAGE]")
@click.option(
    "--sample",
    type=click.IntRange(0),
    metavar="NUMBER",
    help=_("Cuts the words of so many articles again, drawn anew; else of all, which takes minutes."),
)
@click.option("--resume", is_flag=True, help=_("Goes on with the last verification where it was stopped."))
@click.option(
    "--file", type=FILE, help=_("With RECEIPT: the file; else that of the receipt's name beside it.")
)
@click.option("--all", "every", is_flag=True, help=_("With RECEIPT: names all articles that differ."))
@click.option("--json", "as_json", is_flag=True, help=_("With RECEIPT: prints it as JSON."))
@data_option
def verify(
    receipt: Path | None,
    sample: int | None,
    file: Path | None,
    *,
    resume: bool,
    every: bool,
    as_json: bool,
    data: Path | None,
) -> None:
    """Proves the archive and what is made of it; the exit code is 3 where something differs, of a receipt 1.

    Raises:
        UserError: options do not go together, or it is no receipt of this archive.
        OperatorError: the archive or the index cannot be read.
    """
    settings = read_settings(data)
    if receipt is None:
        _refuse({"--file": file is not None, "--all": every, "--json": as_json}, with_receipt=False)
        sys.exit(verifying.verify_all(settings, _, sample=sample, resume=resume))
    _refuse({"--sample": sample is not None, "--resume": resume}, with_receipt=True)
    if is_package(receipt):
        sys.exit(_verify_package(settings, receipt, file, every=every, as_json=as_json))
    sys.exit(_verify_receipt(settings, receipt, file, every=every, as_json=as_json))


def _refuse(given: dict[str, bool], *, with_receipt: bool) -> None:
    for name, is_given in given.items():
        if is_given and with_receipt:
            raise UserError(say("{name} does not go with a receipt; leave it out", name=name))
        if is_given:
            raise UserError(say("{name} goes with a receipt; name one", name=name))


def _verify_package(settings: Settings, path: Path, file: Path | None, *, every: bool, as_json: bool) -> int:
    """Proves a package and the receipt in it; the exit code.

    Raises:
        UserError: it cannot be unpacked, or holds no bag or no receipt of this archive.
    """
    if file is not None:
        raise UserError(
            say("{name} does not go with a package, which has its file; leave it out", name="--file")
        )
    with opened_package(path) as bag:
        fault = fault_of_bag(bag)
        if fault:
            said = say("{path}: not what was written: {fault}", path=str(path), fault=fault)
        else:
            said = say("{path}: a BagIt bag, every file of which is what was written.", path=str(path))
        click.echo(sentence(said, _), err=as_json)
        code = _verify_receipt(
            settings, receipt_in(bag, path), None, every=every, as_json=as_json, is_packed=True
        )
    return _DIFFERS if fault else code


def _verify_receipt(
    settings: Settings, path: Path, file: Path | None, *, every: bool, as_json: bool, is_packed: bool = False
) -> int:
    told = read_receipt_file(path)
    beside = path.with_name(Path(told.file.name).name)
    with open_reading(settings) as archive:
        checked = ReceiptChecker(settings, archive).check(told, file or beside)
    if is_packed:  # where it was unpacked tells nobody anything
        checked = replace(checked, file=replace(checked.file, name=beside.name))
    if as_json:
        output.print_json(CheckedReceiptAnswer, checked, _)
    else:
        print_checked(checked, _, every=every)
    return 0 if checked.is_well else _DIFFERS
