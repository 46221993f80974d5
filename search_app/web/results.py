"""What does the page of results show, beside the hits? Everything that is decided before HTML."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from corpus.message import Message, say
from indexer.query import Sort
from search_app.answer.pages import PageHit, SearchPage
from search_app.api.parameters import PAGE_COLLAPSES, STORIES
from search_app.query.grammar import Problem
from search_app.web.address import Address

_SORTS = {
    Sort.RELEVANCE: say("Most relevant"),
    Sort.NEWEST: say("Newest"),
    Sort.OLDEST: say("Oldest"),
}
_NEIGHBOURS = 2


@dataclass(frozen=True, slots=True)
class SortLink:
    """An order of the results."""

    title: Message
    current: bool
    href: str


@dataclass(frozen=True, slots=True)
class PageLink:
    """A page of results; ``gap`` where pages are left out before it."""

    number: int
    current: bool
    gap: bool
    href: str


@dataclass(frozen=True, slots=True)
class TypedPart:
    """A piece of the typed query; ``problem`` where it was not understood."""

    text: str
    problem: bool


class HitsByTier(NamedTuple):
    """The hits of a page by tier; all are among the matching ones where the best come first."""

    matching: list[PageHit]
    scattered: list[PageHit]
    lacking: list[PageHit]


def hits_by_tier(page: SearchPage) -> HitsByTier:
    """The hits that match, those that hold every word scattered, and those that lack words."""
    if page.mixed:
        return HitsByTier(list(page.hits), [], [])
    whole = [hit for hit in page.hits if not hit.lacks]
    return HitsByTier(
        [hit for hit in whole if not hit.scattered],
        [hit for hit in whole if hit.scattered],
        [hit for hit in page.hits if hit.lacks],
    )


def scattered_href(page: SearchPage, address: Address) -> str:
    """The link to the page on which the articles begin that hold every word, scattered.

    Empty where there are none, or where they are mixed with the others.
    """
    if not page.scattered_total or page.mixed or not page.total:
        return ""
    matching = page.stories if page.request.selection.collapse_stories else page.total
    return page_href(address, matching // page.request.size + 1)


def sort_links(page: SearchPage, address: Address) -> list[SortLink]:
    """The orders that can be had: where nothing is scored, relevance cannot."""
    scored = page.request.selection.sort is page.sort and page.request.selection.query.strip()
    return [
        SortLink(title, sort is page.sort, address.setting("sort", sort.value).href())
        for sort, title in _SORTS.items()
        if scored or sort is not Sort.RELEVANCE
    ]


def story_switch(page: SearchPage, address: Address) -> SortLink | None:
    """To every article and back to one result a story; None where every story is one article."""
    stories = page.stories + page.scattered_stories + page.partial_stories
    if stories == page.total + page.scattered_total + page.partial_total:
        return None
    collapsed = page.request.selection.collapse_stories
    other = address.without(STORIES)
    if collapsed is PAGE_COLLAPSES or not other.pairs:  # without parameters it is the home page
        other = address.setting(STORIES, str(int(not collapsed)))
    title = say("Show every article") if collapsed else say("Show each story once")
    return SortLink(title, False, other.href())


def page_links(page: SearchPage, address: Address) -> list[PageLink]:
    """The first page, the last, and those around this one; none where there is but one."""
    if page.pages < 2:  # noqa: PLR2004 - nothing to turn to
        return []
    near = range(page.request.page - _NEIGHBOURS, page.request.page + _NEIGHBOURS + 1)
    numbers = sorted({1, page.pages, *(number for number in near if 1 <= number <= page.pages)})
    return [
        PageLink(
            number,
            number == page.request.page,
            number > 1 and number - 1 not in numbers,
            page_href(address, number),
        )
        for number in numbers
    ]


def page_href(address: Address, number: int) -> str:
    """The link to another page of the same results."""
    return on_page(address, number).href()


def on_page(address: Address, number: int) -> Address:
    """The same results on one of their pages; the first has no number."""
    return address.setting("page", str(number)) if number > 1 else address.without("page")


def typed_parts(query: str, problems: Iterable[Problem]) -> list[TypedPart]:
    """The typed query, cut where problems begin and end.

    >>> [part.text for part in typed_parts("a (b", [Problem("group-unclosed", say(""), 2, 3)])]
    ['a ', '(', 'b']
    """
    marked = [False] * len(query)
    for problem in problems:
        marked[problem.start : problem.end] = [True] * len(query[problem.start : problem.end])
    cuts = [place for place in range(1, len(query)) if marked[place] != marked[place - 1]]
    edges = [0, *cuts, len(query)]
    return [TypedPart(query[start:end], marked[start]) for start, end in pairwise(edges) if start < end]
