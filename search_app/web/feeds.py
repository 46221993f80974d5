"""How is a search followed? As an Atom feed, newest first unless an order is asked for."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone

from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator
from flask import Response, request, url_for

from corpus.published import Published
from indexer.query import Sort
from search_app.answer.pages import PageHit, SearchPage
from search_app.api.current import current_language, current_service, current_translate
from search_app.api.parameters import search_request
from search_app.web.address import Address, current_address

_VIETNAM = timezone(timedelta(hours=7))
"""The zone of days that name none."""


def atom() -> Response:
    """A search as a feed: the articles that match, none that lacks a word."""
    asked = search_request(request.args)
    if not request.args.get("sort"):
        asked = replace(asked, selection=replace(asked.selection, sort=Sort.NEWEST))
    page = current_service().searching.page(replace(asked, facets=(), first_tier_only=True))
    return Response(_feed(page).atom_str(pretty=True), mimetype="application/atom+xml")


def _feed(page: SearchPage) -> FeedGenerator:
    address = current_address()
    changed = current_service().monitoring.state().changed_at
    feed = FeedGenerator()
    feed.id(url_for("web.search", _external=True) + address.setting("page", "").encoded())
    feed.title(f"Kho Báo: {page.understood}" if page.understood else "Kho Báo")
    feed.author(name="Kho Báo")
    feed.updated(changed)
    feed.language(current_language())
    feed.link(rel="alternate", type="text/html", href=_external("web.search", address))
    for rel, number in (("self", page.request.page), *_neighbours(page)):
        href = _external("feeds.atom", address.setting("page", str(number)))
        feed.link(rel=rel, type="application/atom+xml", href=href)
    for hit in page.hits:
        feed.add_entry(_entry(hit, changed), order="append")
    return feed


def _neighbours(page: SearchPage) -> list[tuple[str, int]]:
    """The feeds before and after this one, by the names of RFC 5005."""
    number = page.request.page
    before = [("previous", number - 1)] if number > 1 else []
    return before + ([("next", number + 1)] if number < page.pages else [])


def _entry(hit: PageHit, changed: datetime) -> FeedEntry:
    """An entry; one whose day is not known is as old as the archive's last change."""
    published = _moment(hit.published)
    href = url_for("web.article", article_id=hit.id, _external=True)
    entry = FeedEntry()
    entry.id(href)
    entry.title("".join(part.text for part in hit.title))
    entry.link(rel="alternate", type="text/html", href=href)
    entry.author(name=hit.source or current_translate()("no source given"))
    entry.updated(published or changed)
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
        return moment if moment.tzinfo else moment.replace(tzinfo=_VIETNAM)
    return datetime(span[0].year, span[0].month, span[0].day, tzinfo=_VIETNAM)


def _external(endpoint: str, address: Address) -> str:
    return url_for(endpoint, _external=True) + address.encoded()
