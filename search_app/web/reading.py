"""What answers where an article is read? Article, versions, citations, basket; and the style guide."""

from dataclasses import replace

from flask import request

from corpus.archived import ArchivedArticle
from search_app.api.current import current_service
from search_app.api.faults import ParameterError
from search_app.api.found import article_page, versions_of
from search_app.api.parameters import AS_OF, AT, VERSION, read_offset
from search_app.formats.citations import Style, cite
from search_app.formats.citations.coins import context_object
from search_app.settings import MAX_KEPT
from search_app.web import results
from search_app.web.address import current_address
from search_app.web.citations import all_cited, cited, identifier, passage_hrefs
from search_app.web.embedded import highwire, open_graph
from search_app.web.highlighted import highlighted_article, hit_places
from search_app.web.identifiers import identifiers_of
from search_app.web.structured import dublin_core, news_article
from search_app.web.style_guide import samples
from search_app.web.templating import render
from search_app.web.versions import compared
from search_app.web.withdrawn import kept_or_withdrawn, withdrawal_line


def article(article_id: str) -> str:
    """An article as it was published, what the query means marked."""
    address, service = current_address(), current_service()
    page = article_page(article_id)
    quoted = cited(page.archived, page.rights)
    persistent = identifiers_of(page.archived, service.monitoring.archive_uuid())
    return render(
        "article.html",
        address,
        page=page,
        article=page.archived.article,
        texts=highlighted_article(page, read_offset(request.args, AT)),
        places=hit_places(page),
        typed=results.typed_parts(address.query, page.problems),
        citations=[cite(style, [quoted]) for style in (Style.VIETNAMESE, Style.APA)],
        quoted=quoted,
        structured=news_article(
            page.archived.article, identifier(quoted), quoted.permalink, page.rights, persistent
        ),
        persistent=persistent,
        cite_href=passage_hrefs(page.archived),
        catalogued=[
            *dublin_core(page.archived.article, identifier(quoted), page.rights),
            *highwire(page.archived.article, quoted.permalink),
        ],
        shared=list(open_graph(page.archived.article, quoted.permalink)),
        coins=context_object(replace(quoted, identifier=persistent[0])),
        files=_same_version(page.archived),
        neighbours=service.browse.neighbours(page.archived),
        similar=service.browse.similar(page.archived),
    )


def versions(article_id: str) -> str:
    """The versions of an article, and what changed between two of them."""
    shown = compared(article_id, versions_of(article_id), request.args)
    return render("versions.html", current_address(), **shown)


def basket() -> str:
    """What a reader kept: the ids are in the address, and so it can be sent."""
    ids = kept_ids()
    kept, withdrawn = kept_or_withdrawn(ids)
    quoted = all_cited(kept)
    return render(
        "basket.html",
        current_address(),
        kept=kept,
        withdrawn=[*map(withdrawal_line, withdrawn)],
        unknown=len(ids) - len(kept) - len(withdrawn),
        citations=[cite(Style.VIETNAMESE, [one]) for one in quoted],
        coins=[context_object(one) for one in quoted],
        ids=[one.article.id for one in kept],
        most=MAX_KEPT,
    )


def style() -> str:
    """Every piece of the page in every state."""
    return render("style.html", current_address(), **samples(current_address()))


def _same_version(archived: ArchivedArticle) -> dict[str, str]:
    """What files of citations are asked by beside a page: where it is pinned, for its version."""
    version = {VERSION: str(archived.version)} if request.args.get(AS_OF) else {}
    return {"id": archived.article.id} | version


def kept_ids() -> list[str]:
    """The ids of an address, each once: of a basket, or of what is cited.

    Raises:
        ParameterError: more than a basket holds.
    """
    ids = list(dict.fromkeys(filter(None, request.args.getlist("id"))))
    if len(ids) > MAX_KEPT:
        raise ParameterError.too_many("id", len(ids), MAX_KEPT)
    return ids
