"""Is the page an article? Lists, errors, accounts, imprints, terms and pages with only a video are not.

What the page says of itself is believed least, for templates say it of every page. A title that only such
pages have tells them; a list is told by the articles it leads to, and by a text gathered from their teasers.
"""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlsplit

from corpus.cleaning.notices import notice_of
from corpus.errors import ImpossibleValueError
from corpus.message import Message, say
from corpus.readers.html.gathered import (
    MANY_ITEMS,
    is_below_another,
    is_below_its_title,
    is_gathered,
    is_gathered_without_links,
    is_of_its_own,
    leads_elsewhere,
)
from corpus.readers.html.metadata import Metadata
from corpus.readers.html.outline import Outline
from corpus.readers.html.page_titles import kind_of_title
from corpus.readers.html.region import LONG_HEADLINE_WORDS, Region, headline_of
from corpus.readers.html.services import is_of_notices, is_table, lines_beside_tables, speaks_for_site

_LISTS = frozenset(
    {
        "tag", "tags", "tu-khoa", "category", "categories", "author", "authors", "tac-gia", "search",
        "tim-kiem", "topic", "topics", "chu-de", "dong-su-kien", "tuyen-bai", "loat-bai",
    }
)  # fmt: skip
_ARTICLE_NUMBER = re.compile(r"\d{5}")
_LITTLE = 400  # characters of own text, up to which such a page is a list
_BRIEF = 250  # characters of the shortest news under a headline of its own
_VERY_LITTLE = 120  # the same for a page with a headline, or that says that it is an article
_LINES_BESIDE_A_TABLE = 3  # of running text, from which a page with a headline is an article
_MORE_THAN_A_LIST = 1000  # characters of text in one piece, on a page that says that it is a site's
_INTRODUCTION = 1500  # characters of text that stand under such a name above a list


@dataclass(frozen=True)
class PageFacts:
    """What tells an article from other pages.

    Attributes:
        region: the region with the running text; None where there is none.
        title: the headline.
        length: the characters of the text.
        is_dated: whether the page has a date of publication.
    """

    page: Outline
    head: Metadata
    region: Region | None
    title: str
    length: int
    is_dated: bool

    @property
    def has_headline(self) -> bool:
        """Whether the page prints its headline."""
        return self.region is not None and self.region.title_at >= 0

    @cached_property
    def is_of_its_own(self) -> bool:
        """Whether the text stands below a headline of the page's own."""
        return self.region is not None and is_of_its_own(self.region, self.head) and not self.is_introduction

    @property
    def is_label(self) -> bool:
        """Whether the headline has so few words as the name of a section, a topic, a person or a site."""
        return len(self.title.split()) < LONG_HEADLINE_WORDS

    @property
    def evidence(self) -> int:
        """Of an article: 1 for a text with a headline of its own, 2 where it has a day, too; else 0."""
        return self.is_of_its_own + (self.is_of_its_own and self.is_dated)

    @property
    def is_introduction(self) -> bool:
        """Whether a short text under such a name stands above a list."""
        above = self.page.items >= MANY_ITEMS and self.length < _INTRODUCTION
        return above and self.is_label and self.says_little_of_itself

    @property
    def is_doubtful(self) -> bool:
        """Whether neither its headline nor what it says of itself make it an article."""
        says_so = self.is_dated and self.head.is_article and self.length >= _BRIEF
        return not self.is_of_its_own and not says_so and (self.is_label or self.says_little_of_itself)

    @property
    def says_little_of_itself(self) -> bool:
        """Whether neither a date nor its metadata make it an article."""
        return not self.is_dated and not self.head.is_article


def refuse_no_article(facts: PageFacts) -> None:
    """Refuses a page that is no article.

    Raises:
        ImpossibleValueError: "not-an-article".
    """
    if kind := _titled(facts) or _spoken(facts):
        raise ImpossibleValueError("not-an-article", _titled_so(kind, facts.title or facts.head.page_title))
    if _is_list(facts):
        raise ImpossibleValueError(
            "not-an-article",
            say(
                "the page is a list of articles or a home page: it leads to {count} others and has {length}"
                " characters of its own text; import the pages it leads to",
                count=facts.page.items,
                length=facts.length,
            ),
        )


def _titled(facts: PageFacts) -> str:
    """The kind of page that its title says, where nothing says better."""
    titles = [facts.title, *facts.head.headlines, facts.head.page_title]
    if facts.has_headline and facts.length >= _LITTLE:
        titles = titles[:1]  # the head of a whole site may say "home"
    begins = facts.says_little_of_itself or facts.length < (_BRIEF if facts.is_of_its_own else _LITTLE)
    kind = kind_of_title(titles, begins=begins, without_day=facts.length < _LITTLE)
    is_article = facts.is_dated and facts.head.is_article and facts.length >= _LITTLE
    return "" if is_article and kind_of_title(titles[:1]) in {"", "list"} else kind


def _spoken(facts: PageFacts) -> str:
    """The kind of a page whose text speaks of the site alone; empty for others."""
    if facts.region is None:
        return ""
    return "site" if speaks_for_site(facts.region, facts.evidence) else ""


def _is_list(facts: PageFacts) -> bool:
    """Whether the page is a list, a home page, a table, or nothing but notices."""
    head, region = facts.head, facts.region
    is_home = bool(head.url) and urlsplit(head.url).path in {"", "/"} and not urlsplit(head.url).query
    if is_home and not head.is_article:
        return True
    if region is None:
        return _leads_to_many(facts)
    if is_of_notices(region, facts.evidence) or _is_below_another(facts, region) or _is_above_list(facts):
        return True
    if facts.is_of_its_own:
        return is_table(region) and lines_beside_tables(region) < _LINES_BESIDE_A_TABLE
    return is_table(region) or _is_collected(facts, region) or _leads_to_many(facts)


def _is_below_another(facts: PageFacts, region: Region) -> bool:
    """Whether the text begins below another page's headline, and its own is a name or no heading."""
    url = facts.head.url
    return is_below_its_title(region, url) or (facts.is_label and is_below_another(region, url))


def _is_collected(facts: PageFacts, region: Region) -> bool:
    """Whether the text is that of several articles, or of another page's."""
    return (
        is_gathered(region) or is_gathered_without_links(region) or is_below_another(region, facts.head.url)
    )


def _leads_to_many(facts: PageFacts) -> bool:
    """Whether the page leads to many articles and says little itself."""
    head, region = facts.head, facts.region
    if facts.page.items < MANY_ITEMS:
        return False
    is_article = head.is_article or (facts.has_headline and not head.is_list)
    return (
        facts.length < (_VERY_LITTLE if is_article else _LITTLE)
        or (facts.is_doubtful and facts.length < _LITTLE)
        or facts.is_introduction
        or (head.is_list and not head.published and facts.length < _MORE_THAN_A_LIST)
        or (region is not None and leads_elsewhere(region, head.url))
    )


def _is_above_list(facts: PageFacts) -> bool:
    """Whether the text stands above a list: at the address of one, or short, without a day and a headline."""
    if facts.page.items < MANY_ITEMS:
        return False
    is_nothing = not facts.is_of_its_own and facts.says_little_of_itself
    return bool(_folders(facts.head.url) & _LISTS) or (is_nothing and facts.length < _LITTLE)


def _folders(url: str) -> frozenset[str]:
    """The parts of an address; none of one with the number of an article, which may be in a list's folder."""
    path = urlsplit(url).path
    return frozenset() if _ARTICLE_NUMBER.search(path) else frozenset(path.split("/"))


def _titled_so(kind: str, title: str) -> Message:
    shown = repr(title[:80])
    match kind:
        case "absent":
            return say(
                "the page, titled {title}, says that nothing is at its address or that something failed;"
                " fetch it again, or leave it",
                title=shown,
            )
        case "account" | "consent":
            return say(
                "the page, titled {title}, asks for consent or an account, and shows no article; import"
                " the pages of articles",
                title=shown,
            )
        case "list":
            return say(
                "the page, titled {title}, is a list or a service of the site; import the pages it leads to",
                title=shown,
            )
        case _:
            return say(
                "the page, titled {title}, is about the site itself: its imprint, its terms, its prices;"
                " import the pages of articles",
                title=shown,
            )


def refuse_without_text(page: Outline, head: Metadata, has_player: bool) -> None:
    """Refuses a page without text.

    Raises:
        ImpossibleValueError: "media-without-text"; "not-an-article" where notices and links are all it has;
            or "no-text".
    """
    if head.has_media or has_player:
        raise ImpossibleValueError(
            "media-without-text",
            say("the page shows a video or pictures and no text; there is nothing in it to search"),
        )
    kinds = Counter(filter(None, (notice_of(block.text) for block in page.blocks)))
    links = sum(len(block.links) for block in page.blocks)
    if kinds or links >= MANY_ITEMS:
        kind = "list" if links >= MANY_ITEMS else kinds.most_common(1)[0][0]
        raise ImpossibleValueError("not-an-article", _titled_so(kind, headline_of(head)))
    raise ImpossibleValueError(
        "no-text",
        say("no text of an article was found on the page; if one is there, save it as text and import that"),
    )
