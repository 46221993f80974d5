"""How do the bytes of a page become an article? All readers of pages call this module."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from corpus.article import Article
from corpus.cleaning.dates import opening_date
from corpus.derived_id import derived_id, url_id
from corpus.normal_form import normalised
from corpus.published import Published
from corpus.publishers import host
from corpus.readers.html.blocks import blocks_of
from corpus.readers.html.body import article_element, element_below
from corpus.readers.html.charset import page_text
from corpus.readers.html.gathered import holds_teasers, is_of_its_own, stands_first, without_teasers_below
from corpus.readers.html.metadata import Metadata, metadata
from corpus.readers.html.old_letters import decode_old_letters, may_hold_old_letters
from corpus.readers.html.outline import Outline, outline
from corpus.readers.html.page_kind import PageFacts, refuse_no_article, refuse_without_text
from corpus.readers.html.parts import Parts, filled_in, parts_of, parts_of_text
from corpus.readers.html.printed import published
from corpus.readers.html.region import Region, headline_of, own_headline, region
from corpus.readers.html.signs import paper_names
from corpus.readers.html.tree import parsed, visible_body

_MARKED = (
    ".//*[contains(@itemprop, 'articleBody') or contains(@property, 'articleBody') or @data-role='content']"
)
_PLAYERS = "boolean(.//video | .//audio | .//iframe | .//amp-video | .//amp-youtube)"
_LEAST_PRINTED = 200  # characters; a page with less text, and more of it in its head, is filled by a script


@dataclass(frozen=True, slots=True)
class PageContext:
    """What is known of a page beside its bytes.

    Attributes:
        name: the file's name up to its first dot; part of the id where the page has no address.
        url: the address from which it was fetched; empty where it is not known.
        charset: the charset of its HTTP header.
        forced: the encoding of the option ``--encoding``; it binds.
        not_after: the last day on which it can have been published; None where that is not known.
    """

    name: str
    url: str = ""
    charset: str = ""
    forced: str = ""
    not_after: date | None = None


def article_of_html(raw: bytes, context: PageContext) -> Article:
    """The article of a page.

    Raises:
        ImpossibleValueError: a page that is no article ("not-an-article", "media-without-text", "no-text"),
            or whose article cannot be.
    """
    text = page_text(raw, context.charset, context.forced)
    root = parsed(text)
    if may_hold_old_letters(text):
        decode_old_letters(root)
    head = metadata(root, context.url)
    has_player = bool(root.xpath(_PLAYERS))
    body = visible_body(root)
    page = outline(tuple(blocks_of(body)))
    element = article_element(page, body.xpath(_MARKED))
    article_region = (
        _below_its_headline(page, head, region(page, element, head)) if element is not None else None
    )
    parts = _parts(article_region, head)
    title = article_region.title if article_region is not None else headline_of(head)
    day = published(article_region, head, context.not_after)
    refuse_no_article(PageFacts(page, head, article_region, title, parts.length, bool(day.text)))
    if not parts.length and not parts.captions:
        refuse_without_text(page, head, has_player)
    return _article(head, parts, (title, day), context)


def _below_its_headline(page: Outline, head: Metadata, best: Region) -> Region:
    """The region below the page's own headline alone, where the best one holds other articles' teasers."""
    if not holds_teasers(best):
        return best
    headline = own_headline(page, head)
    if headline is not None and headline == best.title_at and stands_first(best):
        return without_teasers_below(best)
    element = element_below(page, headline) if headline is not None else None
    if element is None or headline is None:
        return best
    below = Region(page, element, page.blocks[headline].text, headline)
    return below if is_of_its_own(below, head) else best


def _parts(article_region: Region | None, head: Metadata) -> Parts:
    """The parts that the page prints; those of its head where a script fills the page."""
    papers = paper_names(head)
    printed = parts_of(article_region, papers) if article_region is not None else parts_of_text("", papers)
    given = parts_of_text(head.body, papers)
    filled = printed.length < _LEAST_PRINTED <= given.length
    return filled_in(printed, head.body, papers) if filled else printed


def _article(head: Metadata, parts: Parts, named: tuple[str, Published], context: PageContext) -> Article:
    """The article of the parts; ``named`` are its headline and the date that the page gives."""
    title, day = named
    papers = paper_names(head)
    source = next(iter(papers), "") or parts.dateline.source or host(head.url)
    if not day.text:
        day = opening_date(parts.lede)
    return Article(
        id=_id(title, source, day, head.url, context),
        title=title,
        lede=parts.lede,
        paragraphs=parts.paragraphs,
        captions=parts.captions,
        caption_places=parts.caption_places,
        url=head.url,
        source=source,
        section=next(iter((*head.sections, *parts.sections)), ""),
        authors=_authors(parts.signed, head, (source, *papers)),
        published=day,
        tags=head.tags,
        related=parts.related,
    )


def _id(title: str, source: str, day: Published, url: str, context: PageContext) -> str:
    """The id; derived from the page's address alone where it has one, so that two crawls give one article."""
    if host(url):
        return url_id(url, context.name, title)
    return derived_id(context.name, url=url, source=source, title=title, published=day.text)


def _authors(signed: Iterable[str], head: Metadata, papers: tuple[str, ...]) -> tuple[str, ...]:
    """The persons of JSON-LD, else the signatures on the page, else the meta tags' names; never the paper."""
    own = [_letters(name) for name in (*papers, host(head.url).partition(".")[0])]

    def persons(names: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(n for n in names if not any(p and p in _letters(n) for p in own)))

    return persons(head.people) or persons(signed) or persons(head.authors)


def _letters(name: str) -> str:
    plain = normalised("NFD", name.casefold().replace("đ", "d"))
    return "".join(mark for mark in plain if mark.isalnum())
