"""How is a page written as JSON? One shape for the API and for ``khobao search --json``."""

from collections.abc import Callable, Iterable
from dataclasses import asdict

from indexer.engine import Reason
from search_app.answer.highlight import Fragment
from search_app.answer.pages import ChangesPage, FacetValue, PageHit, PageStory, Printed, SearchPage, WhyPage
from search_app.query.correction import Correction
from search_app.query.expansion import Expansion
from search_app.query.grammar import Problem

Json = dict[str, object]
Translate = Callable[[str], str]


def page_json(page: SearchPage, translate: Translate) -> Json:
    """A page of results as plain values; texts of problems in the translator's language."""
    return {
        "query": page.request.selection.query,
        "understood": page.understood,
        "total": page.total,
        "partial_total": page.partial_total,
        "stories": page.stories,
        "partial_stories": page.partial_stories,
        "by_story": page.request.selection.collapse_stories,
        "mixed": page.mixed,
        "readings": [
            {
                "typed": one.typed,
                "readings": [asdict(reading) for reading in one.readings],
                "more": one.more,
            }
            for one in page.readings
        ],
        "took_ms": round(page.took_ms, 3),
        "page": page.request.page,
        "size": page.request.size,
        "pages": page.pages,
        "sort": page.sort.value,
        "archive_number": page.archive_number,
        "problems": problems_json(page.problems, translate),
        "repaired": correction_json(page.searched_instead) if page.searched_instead else None,
        "repairs": [correction_json(one) for one in page.corrections],
        "widens": page.expands,
        "widenings": [expansion_json(one) for one in page.expansions],
        "offers": [
            {
                "typed": one.typed,
                "also": one.also,
                "message": one.message.render(translate),
                "query": one.query,
            }
            for one in page.offers
        ],
        "facets": {name.value: [_value_json(one) for one in values] for name, values in page.facets.items()},
        "hits": [_hit_json(hit) for hit in page.hits],
    }


def _value_json(one: FacetValue) -> Json:
    return {"value": one.value, "count": one.count, "chosen": one.chosen, "left_out": one.excluded}


def fragments_json(parts: Iterable[Fragment]) -> list[Json]:
    """Marked text as a list of ``{"text": …, "hit": …}``."""
    return [{"text": part.text, "hit": part.hit} for part in parts]


def correction_json(correction: Correction) -> Json:
    """A query that may have been meant; ``score`` is the logarithm of how many times as likely it is."""
    return {
        "query": correction.text,
        "kinds": [kind.value for kind in correction.kinds],
        "score": round(correction.score, 3),
    }


def expansion_json(expansion: Expansion) -> Json:
    """What is searched besides; ``used`` is false where it was switched off."""
    return {
        "typed": expansion.typed,
        "also": expansion.also,
        "kind": expansion.kind.value,
        "used": expansion.used,
    }


def problems_json(problems: Iterable[Problem], translate: Translate) -> list[Json]:
    """Problems with their places in the typed text."""
    return [
        {
            "code": problem.code,
            "message": problem.message.render(translate),
            "start": problem.start,
            "end": problem.end,
        }
        for problem in problems
    ]


def _hit_json(hit: PageHit) -> Json:
    return {
        "rank": hit.rank,
        "id": hit.id,
        "title": "".join(part.text for part in hit.title),
        "title_parts": fragments_json(hit.title),
        "source": hit.source,
        "section": hit.section,
        "published": hit.published.text or None,
        "precision": hit.published.precision.value,
        "url": hit.url or None,
        "score": hit.score,
        "lacks": list(hit.lacks),
        "instead": list(hit.instead),
        "snippet": fragments_json(hit.snippet),
        "others": hit.collapsed,
        "first": printed_json(hit.first) | {"dated": hit.first_dated} if hit.first else None,
    }


def printed_json(printed: Printed) -> Json:
    """One of the prints of a text."""
    return {
        "id": printed.id,
        "title": printed.title,
        "source": printed.source,
        "published": printed.published.text or None,
    }


def story_json(story: PageStory) -> Json:
    """The prints of one text, the first published first."""
    return {"dated": story.dated, "articles": [printed_json(one) for one in story.prints]}


def changes_json(page: ChangesPage) -> Json:
    """What one print changed of another, passage by passage."""
    return {
        "first": printed_json(page.first),
        "other": printed_json(page.other),
        "changes": [asdict(one) | {"kind": one.kind.value} for one in page.changes],
    }


def why_json(query: str, page: WhyPage) -> Json:
    """Why an article scores what it scores."""
    found = page.explanation
    return {
        "query": query,
        "understood": page.understood,
        "id": found.id,
        "title": page.title,
        "score": found.score,
        "length": found.length,
        "mean_length": found.mean_length,
        "reasons": [reason_json(reason) for reason in found.reasons],
    }


def reason_json(reason: Reason) -> Json:
    """One part of a score."""
    return {
        "label": reason.label,
        "why": reason.kind,
        "frequency": reason.frequency,
        "rarity": reason.idf,
        "share": reason.boost,
        "worth": reason.value,
    }
