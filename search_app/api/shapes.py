"""What does the JSON of an article and of an error look like? The names are a contract.

The shape of a page of results is :mod:`search_app.formats.page_json`, shared with the terminal.
"""

from collections.abc import Iterable
from dataclasses import asdict

from indexer.places import Zone
from indexer.suggest.suggestion import Suggestion
from search_app.answer.pages import ArticlePage
from search_app.api.faults import Fault
from search_app.formats.page_json import Json, fragments_json, problems_json, story_json
from search_app.language import Translate


def article_json(page: ArticlePage, query: str, translate: Translate) -> Json:
    """An article with all its fields; where a query is given, ``marked`` holds its texts as parts."""
    archived, article = page.archived, page.archived.article
    return {
        "id": article.id,
        "title": article.title,
        "lede": article.lede,
        "paragraphs": list(article.paragraphs),
        "captions": list(article.captions),
        "caption_places": list(article.caption_places),
        "related": list(article.related),
        "source": article.source,
        "section": article.section,
        "authors": list(article.authors),
        "published": article.published.text or None,
        "precision": article.published.precision.value,
        "tags": list(article.tags),
        "url": article.url or None,
        "version": archived.version,
        "versions": page.versions,
        "withdrawn": archived.withdrawn,
        "provenance": asdict(archived.provenance) | {"change": archived.change},
        "query": query,
        "understood": page.understood,
        "problems": problems_json(page.problems, translate),
        "hit_count": page.hit_count,
        "story": story_json(page.story) if page.story else None,
        **({"marked": _highlighted_json(page)} if query else {}),
    }


def suggestions_json(typed: str, found: Iterable[Suggestion]) -> Json:
    """What is offered for what was typed; ``id`` is the article of a headline, else null."""
    return {
        "query": typed,
        "suggestions": [
            {"text": one.text, "kind": one.kind.value, "count": one.count, "id": one.article_id or None}
            for one in found
        ],
    }


def fault_json(fault: Fault, translate: Translate) -> Json:
    """An error."""
    return {"error": {"code": fault.code, "message": fault.message.render(translate)}}


def _highlighted_json(page: ArticlePage) -> Json:
    zones: dict[Zone, list[list[Json]]] = {zone: [] for zone in Zone}
    for text in page.texts:
        zones[text.zone].append(fragments_json(text.fragments()))
    return {
        "title": zones[Zone.TITLE][0],
        "lede": next(iter(zones[Zone.LEDE]), []),
        "paragraphs": zones[Zone.BODY],
        "captions": zones[Zone.CAPTIONS],
    }
