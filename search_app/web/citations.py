"""How does a reader take citations away? Files of them, for one article or for a basket."""

from collections.abc import Sequence
from datetime import date

from flask import Response, request, url_for

from corpus.archived import ArchivedArticle
from corpus.message import say
from corpus.rights import UNSAID, Rights
from search_app.api.current import current_service
from search_app.api.faults import ParameterError
from search_app.api.parameters import SPREADSHEET, for_spreadsheet
from search_app.api.public_address import absolute_address
from search_app.formats.citations import Cited, Style, cite
from search_app.formats.table import BOM, Cell, Table, csv_lines
from search_app.web.tag_uris import article_tag

_KINDS = {
    Style.VIETNAMESE: ("text/plain; charset=utf-8", "txt"),
    Style.APA: ("text/plain; charset=utf-8", "txt"),
    Style.BIBTEX: ("application/x-bibtex; charset=utf-8", "bib"),
    Style.RIS: ("application/x-research-info-systems; charset=utf-8", "ris"),
    Style.CSL: ("application/vnd.citationstyles.csl+json", "json"),
}
_COLUMNS = ("id", "title", "source", "section", "published", "authors", "url", "permalink")

CSV = "csv"
CHOICES = (*(style.value for style in Style), CSV)


def all_cited(articles: Sequence[ArchivedArticle]) -> list[Cited]:
    """Articles as they are cited today, each with its rights."""
    rights = current_service().accounts.rights([one.article for one in articles])
    return [cited(one, said) for one, said in zip(articles, rights, strict=True)]


def cited(archived: ArchivedArticle, rights: Rights = UNSAID) -> Cited:
    """An article with its address here, as it is cited today."""
    permalink = absolute_address(url_for("web.article", article_id=archived.article.id)) or ""
    archive = "" if permalink else current_service().monitoring.archive_uuid()
    return Cited(archived.article, permalink, date.today(), archive, rights)  # noqa: DTZ011 - on the server's clock


def identifier(one: Cited) -> str:
    """By what a catalogue knows the article: its address, or its tag: URI where none is known."""
    return one.permalink or article_tag(one.archive, one.article.id)


def citation_file(style: str, articles: Sequence[ArchivedArticle]) -> Response:
    """A file to keep, in one of CHOICES.

    Raises:
        ParameterError: another than CSV is asked for spreadsheets.
    """
    if style == CSV:
        return _file(_csv(kept_table(articles)), "text/csv; charset=utf-8", "csv")
    if SPREADSHEET in request.args:
        raise ParameterError(say("{name} is for CSV alone; leave it out, or ask /cite/csv", name=SPREADSHEET))
    return _file(cite(Style(style), all_cited(articles)), *_KINDS[Style(style)])


def _csv(table: Table) -> str:
    """The rows as CSV: always marked as UTF-8, for it always was; ``excel=1`` defuses formulas besides."""
    if for_spreadsheet(request.args):
        return "".join(csv_lines(table, spreadsheet=True))
    return BOM + "".join(csv_lines(table))


def kept_table(articles: Sequence[ArchivedArticle]) -> Table:
    """A row an article, with its address here, or its tag: URI where that is not known."""
    return Table(_COLUMNS, [_row(one) for one in all_cited(articles)])


def _row(one: Cited) -> tuple[Cell, ...]:
    article = one.article
    authors, day = "; ".join(article.authors), article.published.text
    return (
        article.id, article.title, article.source, article.section, day, authors, article.url, identifier(one)
    )  # fmt: skip


def _file(text: str, kind: str, suffix: str) -> Response:
    answer = Response(text, content_type=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="khobao.{suffix}"'
    return answer
