"""What does the page of a concordance show? A line a hit, or the neighbours of hits, each with its lines."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from flask import request, url_for

from search_app.answer.counting.concordance import ConcordancePage
from search_app.answer.counting.grouping import NeighbourCount
from search_app.answer.counting.lines import Line
from search_app.api.concordances import BESIDE, GROUP, OWN, PAGE, UNIT, concordance_request
from search_app.api.current import current_service
from search_app.api.parameters import AT, LAST, VERSION
from search_app.api.view_pins import pinned_lines
from search_app.web.address import Address, Pair, current_address, encoded
from search_app.web.counted_view import cited_href
from search_app.web.history import DiffTurn
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
        cited=cited_href("web.concordance", pinned_lines(request.args, page.totals)),
        own={name: request.args.get(name, "") for name in OWN},
    )


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


def _href(address: Address, *added: Pair, without: tuple[str, ...] = ()) -> str:
    """This concordance, on its first page, with something changed."""
    left_out = {PAGE, *without, *(name for name, _ in added)}
    own = [(name, request.args[name]) for name in OWN if request.args.get(name) and name not in left_out]
    return f"{url_for('web.concordance')}?{encoded([*address.pairs, *own, *added])}"
