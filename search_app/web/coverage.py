"""Which addresses say what the archive holds and what is missing?"""

from dataclasses import dataclass

from flask import Response, request

from search_app.answer.archive.accounts import LISTED, Missing, months, whole
from search_app.api.current import current_service
from search_app.api.faults import ParameterError, UnknownArticleError
from search_app.api.found import of_source
from search_app.api.parameters import page_number
from search_app.fields import in_order
from search_app.web.address import current_address
from search_app.web.templating import render
from search_app.web.withdrawn import withdrawal_line

_PREVIEW = 2_000
"""Characters of a raw record that a page shows; the whole of it can be had as a file."""


_CLEANED = tuple(
    in_order(
        "title", "lede", "source", "section", "published", "url", "authors", "tags", "paragraphs", "captions",
        "caption_places", "related",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Turn:
    """Where a list goes on: its page, and whether there is one after it."""

    page: int
    more: bool


def coverage() -> str:
    """Articles by source and day; of one source where ``source`` names it."""
    found = current_service().accounts.coverage()
    named = request.args.get("source")
    shown = whole(found) if named is None else of_source(found, named).sources[0]
    return render(
        "coverage.html",
        current_address().only(),
        found=found,
        source=None if named is None else shown.source,
        shown=shown,
        months=list(months(shown)),
    )


def missing(what: str) -> str:
    """Articles without a year, or with hardly a text."""
    page, source = page_number(request.args), request.args.get("source")
    facts = current_service().accounts.missing(Missing(what), source, page)
    return render(
        "missing.html",
        current_address().only(),
        what=what,
        source=source,
        facts=facts,
        turn=_Turn(page, len(facts) == LISTED),
    )


def refused() -> str:
    """Refused records with file, place and reason."""
    page, reason = page_number(request.args), request.args.get("reason", "")
    found = current_service().accounts.refusals(reason, page)
    return render(
        "refused.html",
        current_address().only(),
        reason=reason,
        refusals=found,
        turn=_Turn(page, len(found) == LISTED),
    )


def withdrawals() -> str:
    """What is withdrawn, and says so, the last first."""
    page = page_number(request.args)
    found = current_service().withdrawals.page(page, LISTED)
    return render(
        "withdrawals.html",
        current_address().only(),
        withdrawals=[*map(withdrawal_line, found)],
        turn=_Turn(page, len(found) == LISTED),
    )


def refused_raw(number: int) -> Response:
    """The bytes of a refused record as they are kept."""
    found = current_service().accounts.refusal(number)
    if found is None:
        raise UnknownArticleError(str(number))
    return _file(found.raw, f"refused-{number}")


def raw(article_id: str) -> str | Response:
    """The record an article was read from, beside what cleaning made of it; ``as=file``: its bytes."""
    found = current_service().accounts.record(article_id)
    if found is None:
        raise UnknownArticleError(article_id)
    archived, data = found
    form = request.args.get("as", "")
    if form not in {"", "file"}:
        raise ParameterError.choice("as", form, ["file"])
    if form and data is not None:
        return _file(data, archived.provenance.raw_sha256[:12])
    text = None if data is None else data.decode("utf-8", "replace")
    return render(
        "raw.html",
        current_address().only(),
        archived=archived,
        article=archived.article,
        cleaned=[(field, field.texts(archived.article)) for field in _CLEANED if field.title],
        raw=text and text[:_PREVIEW],
        more=bool(text) and len(text or "") > _PREVIEW,
        size=len(data or b""),
    )


def _file(data: bytes, name: str) -> Response:
    """Bytes of others, never shown by the browser itself."""
    headers = {"Content-Disposition": f"attachment; filename={name}.bin"}
    return Response(data, mimetype="application/octet-stream", headers=headers)
