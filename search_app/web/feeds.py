"""How is a search followed? As an Atom feed: what arrived last comes first, unless an order is asked for.

``updated`` of an entry is when its version came into the archive, ``published`` when a newspaper printed it.
The feed is paged as RFC 5005 says (section 3): first, previous, next, last. Ids are those of
search_app.web.tag_uris; links are relative where the public address is not known, as RFC 4287 allows.
"""

from datetime import datetime

from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator
from flask import Response, request, url_for

from corpus.message import say
from corpus.moment import VIETNAM
from corpus.published import Published
from search_app.answer.following import ArrivalsPage, ArrivedHit
from search_app.api.current import current_language, current_service, current_translate
from search_app.api.parameters import search_request
from search_app.api.public_address import link_to
from search_app.language import number_text
from search_app.web.address import Address, current_address
from search_app.web.interfaces import page_of
from search_app.web.tag_uris import article_tag, search_tag

ATOM = "application/atom+xml"
"""The media type of a feed."""


def atom() -> Response:
    """A search as a feed: the articles that match, none that lacks a word."""
    asked = search_request(request.args)
    page = current_service().following.page(asked, by_arrival=not request.args.get("sort"))
    return Response(_feed(page).atom_str(pretty=True), mimetype=ATOM)


def _feed(page: ArrivalsPage) -> FeedGenerator:
    address, archive = current_address(), current_service().monitoring.archive_uuid()
    feed = FeedGenerator()
    feed.id(search_tag(archive, address))
    feed.title(f"Kho Báo: {page.understood}" if page.understood else "Kho Báo")
    if page.excluded_undated:
        feed.subtitle(_subtitle(page.excluded_undated))
    feed.author(name="Kho Báo")
    feed.updated(max((one.arrived for one in page.hits), default=current_service().monitoring.changed_at()))
    feed.language(current_language())
    feed.link(rel="alternate", type="text/html", href=_link("web.search", page_of(address)))
    for rel, number in _turns(page):
        href = _link("feeds.atom", address.setting("page", str(number)))
        feed.link(rel=rel, type=ATOM, href=href)
    for hit in page.hits:
        feed.add_entry(_entry(hit, archive), order="append")
    return feed


def _subtitle(excluded: int) -> str:
    said = say(
        "{count} more match, but their dates are not known, or not exactly enough; undated=1 shows them",
        count=number_text(excluded, current_language()),
    )
    return said.render(current_translate())


def _turns(page: ArrivalsPage) -> list[tuple[str, int]]:
    """This feed document and those around it, by the names of RFC 5005."""
    number, last = page.request.page, page.pages
    before = [("previous", min(number - 1, last))] if number > 1 else []
    after = [("next", number + 1)] if number < last else []
    return [("self", number), ("first", 1), *before, *after, ("last", last)]


def _entry(arrived: ArrivedHit, archive: str) -> FeedEntry:
    hit = arrived.hit
    published = _moment(hit.published)
    href = link_to(url_for("web.article", article_id=hit.id))
    entry = FeedEntry()
    entry.id(article_tag(archive, hit.id))
    entry.title("".join(part.text for part in hit.title))
    entry.link(rel="alternate", type="text/html", href=href)
    entry.author(name=hit.source or current_translate()("no source given"))
    entry.updated(arrived.arrived)
    if published:
        entry.published(published)
    if hit.section:
        entry.category(term=hit.section)
    if hit.snippet:
        entry.summary("".join(part.text for part in hit.snippet))
    return entry


def _moment(published: Published) -> datetime | None:
    """The first moment of what is known; None where no year is."""
    span, minute = published.span, published.minute
    if span is None or minute is None:
        return None
    if "T" in published.text:
        moment = datetime.fromisoformat(published.text)
        return moment if moment.tzinfo else moment.replace(tzinfo=VIETNAM)
    return datetime(span[0].year, span[0].month, span[0].day, tzinfo=VIETNAM)


def _link(endpoint: str, address: Address) -> str:
    return link_to(url_for(endpoint) + address.encoded())
