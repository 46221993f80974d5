"""What does the page say of a query that may be mistyped? What is shown instead, and what is offered."""

from dataclasses import dataclass

from search_app.answer.pages import SearchPage
from search_app.api.parameters import AS_TYPED
from search_app.query.correction import Correction
from search_app.web.address import Address


@dataclass(frozen=True, slots=True)
class Meant:
    """A query that may have been meant; the link asks it."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class CorrectionNotice:
    """What the page shows.

    Attributes:
        shown: the query whose results stand there in place of the typed one's; None where they are its own.
        as_typed: the link to what the query finds as typed.
        offered: others that may have been meant.
        address: of the query whose results are shown: links to articles are made of it.
    """

    shown: Meant | None
    as_typed: str
    offered: tuple[Meant, ...]
    address: Address


def correction_notice(page: SearchPage, address: Address) -> CorrectionNotice:
    """What is said of a page of results."""

    def meant(correction: Correction) -> Meant:
        return Meant(correction.text, address.without(AS_TYPED).asking(correction.text).href())

    return CorrectionNotice(
        meant(page.searched_instead) if page.searched_instead else None,
        address.setting(AS_TYPED, "1").href(),
        tuple(map(meant, page.corrections)),
        address.asking(page.searched_instead.text) if page.searched_instead else address,
    )
