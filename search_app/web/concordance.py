"""What does the page of a concordance show? A line a hit, or the neighbours of hits, each with its lines."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from flask import request, url_for

from indexer.budget import lift
from search_app.answer.counting.concordance import ConcordancePage, ConcordanceTotals
from search_app.answer.counting.grouping import NeighbourCount
from search_app.answer.counting.lines import Line
from search_app.api.concordances import BESIDE, GROUP, OWN, PAGE, UNIT, concordance_request
from search_app.api.current import current_service
from search_app.api.limits import prepare_stream
from search_app.api.parameters import AT, LAST, NOT_ALSO, VERSION
from search_app.formats.page_tables import groups_table, lines_table
from search_app.formats.table import Table
from search_app.web.address import Address, Pair, current_address, encoded
from search_app.web.history import DiffTurn
from search_app.web.route import NamedTable
from search_app.web.templating import render

_PIECE = re.compile(r"\S+\s*")


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line as the page shows it.

    Attributes:
        before: what stands left of the hit, syllable by syllable: at every width it is cut between two.
        href: the article, at the hit.
        cite_href: the citations of the hit, in the version that the line is of.
    """

    line: Line
    before: tuple[str, ...]
    href: str
    cite_href: str


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """A group with the link to its lines."""

    group: NeighbourCount
    href: str


def concordance() -> str:
    """A page of lines, or of groups."""
    address, asked = current_address(), concordance_request(request.args)
    page = current_service().concordances.page(asked)
    return render(
        "concordance.html",
        address,
        page=page,
        asked=asked,
        totals=page.totals,
        lines=list(_shown_lines(page, address)),
        groups=[ShownGroup(one, _href(address, (BESIDE, one.text))) for one in page.groups],
        turn=DiffTurn(asked.page, asked.window[1] < page.total),
        here=_href(address),
        all_lines=_href(address, without=(GROUP, UNIT, BESIDE)),
        all_groups=_href(address, without=(BESIDE,)),
        cited=cited_href(page.totals, address),
        own={name: request.args.get(name, "") for name in OWN},
    )


def concordance_rows() -> NamedTable:
    """All lines, or all groups; however long that takes, for it is taken away whole."""
    prepare_stream()
    lift()
    asked, service = concordance_request(request.args), current_service()
    if asked.group is not None and asked.beside is None:
        page = service.concordances.all_groups(asked)
        return _named(groups_table(page.groups), page.totals, page.total)
    found = service.concordances.stream(asked)
    return _named(lines_table(found.lines), found.totals, found.totals.lines)


def _named(table: Table, totals: ConcordanceTotals, rows: int) -> NamedTable:
    headers = {
        "X-Total-Count": str(rows),
        "X-Archive-Number": str(totals.archive_number),
        "X-Held-Articles": str(totals.held_articles),
        "X-Held-Syllables": str(totals.held_syllables),
    }
    return NamedTable(table, f"concordance-n{rows}-c{totals.archive_number}", headers)


def _shown_lines(page: ConcordancePage, address: Address) -> Iterator[ShownLine]:
    for line in page.lines:
        href = address.article(line.article_id)
        more = f"{'&' if '?' in href else '?'}{AT}={line.offset}#{AT}"
        yield ShownLine(line, _pieces(line.left), href + more, _cite_href(line))


def _cite_href(line: Line) -> str:
    place = [(AT, str(line.offset)), (LAST, str(line.offset + len(line.hit)))]
    return f"{url_for('web.cite')}?{encoded([('id', line.article_id), (VERSION, str(line.version)), *place])}"


def _pieces(text: str) -> tuple[str, ...]:
    """A text, cut before each syllable; what it begins with stays with the first."""
    pieces = _PIECE.findall(text)
    if not pieces:
        return (text,) if text else ()
    return (text[: len(text) - len(text.lstrip())] + pieces[0], *pieces[1:])


def cited_href(totals: ConcordanceTotals, address: Address) -> str:
    """The same view of the same state: the query as understood, with the expansions that it has now."""
    cited = address.as_understood(totals.asked.understood.text) if address.query else address
    cited = cited.cited(totals.archive_number, expands=totals.expands)
    for text in dict.fromkeys(totals.request.selection.not_also):
        cited = cited if (NOT_ALSO, text) in cited.pairs else cited.adding(NOT_ALSO, text)
    return _href(cited, *((PAGE, value) for value in request.args.getlist(PAGE)[:1] if value))


def _href(address: Address, *added: Pair, without: tuple[str, ...] = ()) -> str:
    """This concordance, on its first page, with something changed."""
    left_out = {PAGE, *without, *(name for name, _ in added)}
    own = [(name, request.args[name]) for name in OWN if request.args.get(name) and name not in left_out]
    return f"{url_for('web.concordance')}?{encoded([*address.pairs, *own, *added])}"
