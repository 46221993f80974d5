"""How does a reader take citations away? Files of them, for one article or for a basket."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from flask import Response, request, url_for

from corpus.archived import ArchivedArticle
from corpus.message import say
from corpus.rights import UNSAID, Rights
from search_app.answer.passages import Passage
from search_app.api.current import current_service
from search_app.api.faults import ParameterError
from search_app.api.parameters import AT, LAST, SPREADSHEET, VERSION, for_spreadsheet
from search_app.api.public_address import absolute_address
from search_app.formats.citations import Cited, Exact, Quoted, Style, cite
from search_app.formats.table import BOM, Cell, Table, csv_lines
from search_app.web.address import encoded
from search_app.web.tag_uris import article_tag, version_tag
from search_app.web.text_fragments import text_fragment
from search_app.web.version_pages import version_page

KINDS = {
    Style.VIETNAMESE: ("text/plain; charset=utf-8", "txt"),
    Style.APA: ("text/plain; charset=utf-8", "txt"),
    Style.BIBTEX: ("application/x-bibtex; charset=utf-8", "bib"),
    Style.RIS: ("application/x-research-info-systems; charset=utf-8", "ris"),
    Style.CSL: ("application/vnd.citationstyles.csl+json", "json"),
    Style.CHICAGO: ("text/plain; charset=utf-8", "txt"),
}
_COLUMNS = ("id", "title", "source", "section", "published", "authors", "url", "permalink")
_EXACT = ("version", "change", "sha256", "identifier", "link")
_QUOTED = ("zone", "paragraph", "last_paragraph", "at", "to", "words")

CSV = "csv"
CHOICES = (*(style.value for style in Style), CSV)


def all_cited(articles: Sequence[ArchivedArticle]) -> list[Cited]:
    """Articles as they are cited today, each with its rights."""
    rights = current_service().accounts.rights([one.article for one in articles])
    return [cited(one, said) for one, said in zip(articles, rights, strict=True)]


def cited(archived: ArchivedArticle, rights: Rights = UNSAID) -> Cited:
    """An article with its address here, as it is cited today."""
    article_id = archived.article.id
    permalink = absolute_address(url_for("web.article", article_id=article_id)) or ""
    today = date.today()  # noqa: DTZ011 - on the server's clock
    if permalink:
        return Cited(archived.article, permalink, today, rights=rights)
    archive = current_service().monitoring.archive_uuid()
    return Cited(archived.article, "", today, archive, rights, article_tag(archive, article_id))


def cited_exactly(
    archived: ArchivedArticle, passage: Passage | None = None, rights: Rights = UNSAID
) -> Cited:
    """One version of an article, or a passage of it, with the page that shows it for ever."""
    article, version = archived.article, archived.version
    archive = current_service().monitoring.archive_uuid()
    exact = Exact(
        version,
        version_page(article.id, version).change or archived.change,
        article.digest,
        version_tag(archive, article.id, version),
        absolute_address(exact_href(archived, passage)) or "",
        None if passage is None else _quoted(passage),
    )
    return replace(
        cited(archived, rights), archive=archive, exact=exact, identifier=article_tag(archive, article.id)
    )


def exact_href(archived: ArchivedArticle, passage: Passage | None = None) -> str:
    """The link to the page that shows a version for ever, and to a passage in it."""
    href = version_page(archived.article.id, archived.version).href
    return href if passage is None else f"{href}{text_fragment(archived.article, passage)}"


def passage_hrefs(archived: ArchivedArticle) -> Callable[[int, int], str]:
    """What links to the citations of passages of a version: from their first character and the one behind."""
    named = [("id", archived.article.id), (VERSION, str(archived.version))]
    begun = f"{url_for('web.cite')}?{encoded(named)}"
    return lambda start, stop: f"{begun}&{AT}={start}&{LAST}={stop}"


def identifier(one: Cited) -> str:
    """By what a catalogue knows the article: its address, or its tag: URI where none is known."""
    return one.permalink or article_tag(one.archive, one.article.id)


def citation_file(style: str, every: Sequence[Cited]) -> Response:
    """A file to keep, in one of CHOICES.

    Raises:
        ParameterError: another than CSV is asked for spreadsheets.
    """
    if style == CSV:
        return _file(_csv(_table(every)), "text/csv; charset=utf-8", "csv")
    if SPREADSHEET in request.args:
        raise ParameterError(say("{name} is for CSV alone; leave it out, or ask /cite/csv", name=SPREADSHEET))
    return _file(cite(Style(style), list(every)), *KINDS[Style(style)])


def _quoted(passage: Passage) -> Quoted:
    return Quoted(passage.words, passage.zone, passage.first, passage.last, passage.start, passage.stop)


def _csv(table: Table) -> str:
    """The rows as CSV: always marked as UTF-8, for it always was; ``excel=1`` defuses formulas besides."""
    if for_spreadsheet(request.args):
        return "".join(csv_lines(table, spreadsheet=True))
    return BOM + "".join(csv_lines(table))


def kept_table(articles: Sequence[ArchivedArticle]) -> Table:
    """A row an article, with its address here, or its tag: URI where that is not known."""
    return _table(all_cited(articles))


def _table(every: Sequence[Cited]) -> Table:
    """A row an article; of what is cited exactly, with its version, and with its passage where it is one."""
    exact = [one.exact for one in every if one.exact]
    names = _COLUMNS + (_EXACT if exact else ()) + (_QUOTED if exact and exact[0].quoted else ())
    return Table(names, [(*_row(one), *_exact_cells(one.exact)) for one in every])


def _row(one: Cited) -> tuple[Cell, ...]:
    article = one.article
    authors, day = "; ".join(article.authors), article.published.text
    return (
        article.id, article.title, article.source, article.section, day, authors, article.url, identifier(one)
    )  # fmt: skip


def _exact_cells(exact: Exact | None) -> tuple[Cell, ...]:
    if exact is None:
        return ()
    cells = (exact.version, exact.change, exact.digest, exact.identifier, exact.link)
    if exact.quoted is None:
        return cells
    one = exact.quoted
    return (*cells, one.zone.name.lower(), one.first, one.last, one.start, one.stop, one.words)


def _file(text: str, kind: str, suffix: str) -> Response:
    answer = Response(text, content_type=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="khobao.{suffix}"'
    return answer
