"""Which commands show and change the archive? ``show``, ``refusals``, ``clean`` and ``upgrade``."""

import sys
from pathlib import Path

import click

from corpus.archive_upgrade import FORMAT
from corpus.archived import ArchivedArticle, StoredRefusal
from corpus.errors import UserError
from corpus.message import say
from indexer.engine import INDEX_FORMAT
from search_app.bootstrap import changing, open_reading
from search_app.cli import archive_output, output
from search_app.cli.arguments import TEXT
from search_app.cli.data_option import data_option
from search_app.cli.terminal import grouped, printable, sentence
from search_app.cli.writing import clean_again, upgrade_index
from search_app.formats.answers.article import OriginAnswer
from search_app.formats.answers.commands import CleanedAnswer, KeptArticleAnswer, RefusalAnswer
from search_app.formats.answers.dumping import dump
from search_app.language import translator
from search_app.settings import read_settings

_ = translator(read_settings().language)


@click.command(help=_("Shows an article as the archive keeps it, or the raw record it was read from."))
@click.argument("article_id", type=TEXT, metavar="ID")
@click.option("--raw", is_flag=True, help=_("Writes the raw record's bytes, as they came."))
@click.option("--version", "number", type=click.IntRange(1), help=_("This version; else the current one."))
@click.option("--json", "as_json", is_flag=True, help=_("Prints it as JSON."))
@data_option
def show(article_id: str, *, raw: bool, number: int | None, as_json: bool, data: Path | None) -> None:
    """Prints the fields of an article, or writes the bytes of its raw record.

    Raises:
        UserError: the archive does not have the article, this version, or its raw record.
    """
    with open_reading(read_settings(data)) as archive:
        version = _version(archive.versions(article_id), article_id, number)
        if raw:
            record = archive.raw(version)
            if record is None:
                raise UserError(
                    say("{id}: its raw record was not kept; import its file again to keep it", id=article_id)
                )
            sys.stdout.buffer.write(record)
        elif as_json:
            output.print_json(KeptArticleAnswer, version, _)
        else:
            _print_article(version)


@click.command(help=_("Lists the refused records: number, file, place, reason."))
@click.option("--reason", default="", type=TEXT, help=_("Only those refused for this reason."))
@click.option("--open", "open_only", is_flag=True, help=_("Without those that were taken later."))
@click.option("--raw", "raw", type=click.IntRange(1), metavar="NUMBER", help=_("Writes this record's bytes."))
@click.option("--json", "as_json", is_flag=True, help=_("Prints JSON lines."))
@data_option
def refusals(*, reason: str, open_only: bool, raw: int | None, as_json: bool, data: Path | None) -> None:
    """Prints one line for each refused record, or writes the bytes of one.

    Raises:
        UserError: there is no refused record of this number.
    """
    with open_reading(read_settings(data)) as archive:
        if raw is not None:
            _write_raw(archive.refusal(raw), raw)
            return
        for refusal in archive.refusals(reason, open_only=open_only):
            if as_json:
                output.print_json_line(RefusalAnswer, refusal, _)
            else:
                taken = f" → {printable(refusal.taken_as)}" if refusal.taken_as else ""
                cells = (str(refusal.number), refusal.file, refusal.place, refusal.reason)
                where = "\t".join(map(printable, cells))
                click.echo(f"{where}\t{sentence(refusal.message, _)}{taken}")


@click.command(help=_("Cleans every article again from its raw record; what differs becomes a new version."))
@click.option("--again", is_flag=True, required=True, help=_("All articles of the archive."))
@click.option("--dry-run", is_flag=True, help=_("Stores nothing; says what would change."))
@click.option("--json", "as_json", is_flag=True, help=_("Prints it as JSON."))
@data_option
def clean(*, again: bool, dry_run: bool, as_json: bool, data: Path | None) -> None:
    """Cleans every article again, and prints how many articles change in each field."""
    cleaned = clean_again(read_settings(data), _, store=again and not dry_run)
    if as_json:
        output.print_json(CleanedAnswer, cleaned, _)
    else:
        archive_output.print_cleaned(cleaned, _, stored=not dry_run)


@click.command(
    help=_(
        "Brings the archive and the index to the formats of this khobao; nothing is lost, and the old index"
        " answers until the new one is there."
    )
)
@data_option
def upgrade(data: Path | None) -> None:
    """Upgrades the archive, which opening it for writing does, then the index, and prints their formats."""
    settings = read_settings(data)
    with changing(settings):
        path = str(settings.archive)
        output.line(say("{path}: the archive has format {format}.", path=path, format=FORMAT), _)
    if settings.index.exists():
        upgrade_index(settings, _)
        path = str(settings.index)
        output.line(say("{path}: the index has format {format}.", path=path, format=INDEX_FORMAT), _)


def _version(versions: list[ArchivedArticle], article_id: str, number: int | None) -> ArchivedArticle:
    if not versions:
        raise UserError(say("{id}: the archive has no article of this id", id=article_id))
    found = [one for one in versions if (one.is_current if number is None else one.version == number)]
    if not found:
        raise UserError(
            say(
                "{id} has {count} versions; there is no version {number}",
                id=article_id,
                count=len(versions),
                number=number or 0,
            )
        )
    return found[0]


def _print_article(version: ArchivedArticle) -> None:
    article = version.article
    click.echo(click.style(printable(article.title), bold=True))
    facts = (article.source, article.section, article.published.text, *article.authors)
    click.echo(printable(" · ".join(filter(None, facts))))
    body = (f"[{part.text}]" if part.is_caption else part.text for part in article.body())
    for text in (article.lede, *body):
        if text:
            click.echo("\n" + "\n".join(map(printable, text.split("\n"))))
    click.echo()
    known = version.context
    written = {"encoding": known.encoding, "encoding_found": known.encoding_found, "lost": known.lost}
    for name, value in (dump(OriginAnswer, version) | written).items():
        if value:
            click.echo(f"{name}: {printable(str(value))}")


def _write_raw(refusal: StoredRefusal | None, number: int) -> None:
    if refusal is None:
        raise UserError(
            say("there is no refused record {number}; list them with: khobao refusals", number=number)
        )
    if not refusal.is_complete:
        click.echo(
            say("only the first {count} bytes were kept", count=grouped(len(refusal.raw))).render(_),
            err=True,
        )
    sys.stdout.buffer.write(refusal.raw)
