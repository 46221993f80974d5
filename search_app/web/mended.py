"""What does the page say of a query that may be mistyped? What is shown instead, and what is offered."""

from dataclasses import dataclass

from search_app.answer.pages import SearchPage
from search_app.api.parameters import AS_TYPED
from search_app.query.correction import Repair
from search_app.web.address import Address


@dataclass(frozen=True, slots=True)
class Meant:
    """A query that may have been meant; the link asks it."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Mended:
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


def mended(page: SearchPage, address: Address) -> Mended:
    """What is said of a page of results."""

    def meant(repair: Repair) -> Meant:
        return Meant(repair.text, address.without(AS_TYPED).setting("q", repair.text).href())

    return Mended(
        meant(page.repaired) if page.repaired else None,
        address.setting(AS_TYPED, "1").href(),
        tuple(map(meant, page.repairs)),
        address.setting("q", page.repaired.text) if page.repaired else address,
    )
