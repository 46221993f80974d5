"""How is it followed what is withdrawn? As an Atom feed, paged as that of a search, the newest first.

Whoever keeps copies of articles can take them away by it. An entry is known by the change of the archive that
withdrew something (search_app.web.tag_uris): what comes back and is withdrawn again is another entry.
"""

from collections.abc import Iterator
from datetime import datetime

from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator
from flask import Response, request, url_for

from corpus.message import Message, say
from corpus.shown_archive import Tombstone
from corpus.withdrawals import WithdrawalState
from search_app.answer.archive.accounts import LISTED
from search_app.api.current import current_language, current_service, current_translate
from search_app.api.parameters import page_number
from search_app.api.public_address import link_to
from search_app.web.feeds import ATOM
from search_app.web.tag_uris import withdrawal_tag, withdrawals_tag


def withdrawals_atom() -> Response:
    """A page of what is withdrawn, and says so, as a feed."""
    number, service = page_number(request.args), current_service()
    tombstones = service.withdrawals.page(number, LISTED)
    pages = max(1, -(-service.withdrawals.count() // LISTED))
    return Response(_feed(tombstones, number, pages).atom_str(pretty=True), mimetype=ATOM)


def _feed(tombstones: list[Tombstone], number: int, pages: int) -> FeedGenerator:
    service = current_service()
    archive, feed = service.monitoring.archive_uuid(), FeedGenerator()
    moments = (datetime.fromisoformat(one.withdrawal.at) for one in tombstones)
    feed.id(withdrawals_tag(archive))
    feed.title(f"Kho Báo: {_said(say('Withdrawn articles'))}")
    feed.author(name="Kho Báo")
    feed.updated(max(moments, default=service.monitoring.begun_at()))
    feed.language(current_language())
    feed.link(rel="alternate", type="text/html", href=link_to(url_for("coverage.withdrawals")))
    for rel, page in _turns(number, pages):
        feed.link(rel=rel, type=ATOM, href=link_to(url_for("feeds.withdrawals", page=page)))
    for tombstone in tombstones:
        feed.add_entry(_entry(tombstone, archive), order="append")
    return feed


def _turns(number: int, pages: int) -> Iterator[tuple[str, int]]:
    """This feed document and those around it, by the names of RFC 5005."""
    yield from (("self", number), ("first", 1), ("last", pages))
    if number > 1:
        yield "previous", min(number - 1, pages)
    if number < pages:
        yield "next", number + 1


def _entry(tombstone: Tombstone, archive: str) -> FeedEntry:
    withdrawal, archived = tombstone.withdrawal, tombstone.archived
    entry = FeedEntry()
    entry.id(withdrawal_tag(archive, withdrawal.change))
    entry.title(archived.article.title if archived else withdrawal.article_id)
    address = link_to(url_for("web.article", article_id=withdrawal.article_id))
    entry.link(rel="alternate", type="text/html", href=address)
    entry.author(name=(archived and archived.article.source) or "Kho Báo")
    entry.updated(datetime.fromisoformat(withdrawal.at))
    entry.category(term=withdrawal.state.value)
    entry.summary(_said(_summary(tombstone)))
    return entry


def _summary(tombstone: Tombstone) -> Message:
    withdrawal = tombstone.withdrawal
    values = {"id": withdrawal.article_id, "reason": withdrawal.reason or "–"}
    if withdrawal.version is not None:
        return say("Version {number} of {id} was withdrawn: {reason}", number=withdrawal.version, **values)
    if withdrawal.until:
        return say("{id} is withdrawn until {until}: {reason}", until=withdrawal.until, **values)
    if withdrawal.state is WithdrawalState.ERASED:
        return say("{id} was erased: {reason}", **values)
    return say("{id} was withdrawn: {reason}", **values)


def _said(message: Message) -> str:
    return message.render(current_translate())
