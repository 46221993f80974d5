"""Is the page an article? Lists of articles, home pages and pages with only a video are not."""

from urllib.parse import urlsplit

from corpus.errors import ImpossibleValueError
from corpus.message import say
from corpus.readers.html.metadata import Metadata
from corpus.readers.html.outline import Outline

_MANY = 8  # other articles that a page leads to; with fewer it is no list
_LITTLE = 400  # characters of own text, up to which such a page is a list
_VERY_LITTLE = 120  # the same for a page with a headline, or that says that it is an article


def refuse_list(page: Outline, head: Metadata, text_length: int, *, has_headline: bool) -> None:
    """Refuses a page that is a list of articles or a home page.

    Raises:
        ImpossibleValueError: "not-an-article".
    """
    is_home = bool(head.url) and urlsplit(head.url).path in {"", "/"} and not urlsplit(head.url).query
    is_list = page.items >= _MANY and text_length < (
        _VERY_LITTLE if head.is_article or (has_headline and not head.is_list) else _LITTLE
    )
    says_so = head.is_list and page.items >= _MANY and not head.published
    if not is_list and not says_so and not (is_home and not head.is_article):
        return
    raise ImpossibleValueError(
        "not-an-article",
        say(
            "the page is a list of articles or a home page: it leads to {count} others and has {length}"
            " characters of its own text; import the pages it leads to",
            count=page.items,
            length=text_length,
        ),
    )


def refuse_without_text(head: Metadata, has_player: bool) -> None:
    """Refuses a page without text.

    Raises:
        ImpossibleValueError: "media-without-text" or "no-text".
    """
    if head.has_media or has_player:
        raise ImpossibleValueError(
            "media-without-text",
            say("the page shows a video or pictures and no text; there is nothing in it to search"),
        )
    raise ImpossibleValueError(
        "no-text",
        say("no text of an article was found on the page; if one is there, save it as text and import that"),
    )
