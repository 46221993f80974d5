"""What is on a page of a list of OAI-PMH? Articles, and the token with which the list goes on."""

from collections.abc import Callable
from dataclasses import dataclass

from corpus.message import say
from search_app.answer.archive.harvesting import HarvestedArticle, HarvestedPage, Harvesting
from search_app.api.faults import abbreviate
from search_app.web.oai.arguments import SET, TOKEN, ErrorCode, OaiRequest, ProtocolError
from search_app.web.oai.datestamps import read_span
from search_app.web.oai.documents import Element, add_element
from search_app.web.oai.sets import key_of_set, set_spec
from search_app.web.oai.tokens import Resumption, Tokens

AddArticle = Callable[[Element, HarvestedArticle], None]


@dataclass(frozen=True, slots=True)
class ListPage:
    """A page of a list, where it begins, and its place in the list."""

    begun: Resumption
    page: HarvestedPage

    @property
    def next(self) -> Resumption | None:
        """Where the list goes on; None: it is at its end."""
        if not self.page.has_more:
            return None
        begun, articles = self.begun, self.page.articles
        cursor = begun.cursor + len(articles)
        return Resumption(begun.verb, begun.asked, articles[-1].entry.place, cursor, begun.total)


def read_page(asked: OaiRequest, harvesting: Harvesting, tokens: Tokens) -> ListPage:
    """The page that a request asks for.

    Raises:
        ProtocolError: there is none.
    """
    if TOKEN in asked.arguments:
        begun = tokens.read(asked.verb, asked.arguments[TOKEN])
    else:
        begun = _begin(asked, harvesting)
    page = harvesting.page(begun.asked, begun.after)
    if not page.articles:
        raise ProtocolError(
            ErrorCode.NO_RECORDS,
            say(
                "No article of this archive is in the set and the span that are asked for;"
                " ask for a longer span, or for no set"
            ),
        )
    return ListPage(begun, page)


def add_page(parent: Element, found: ListPage, tokens: Tokens, add_article: AddArticle) -> None:
    """Adds a page's articles, and the token with which the list goes on.

    The last page of several has an empty one, a list that is whole on one page has none.
    """
    for one in found.page.articles:
        add_article(parent, one)
    following, begun = found.next, found.begun
    if following is None and not begun.cursor:
        return
    token = add_element(parent, TOKEN, None if following is None else tokens.write(following))
    token.set("completeListSize", str(begun.total))
    token.set("cursor", str(begun.cursor))


def add_sets(parent: Element, harvesting: Harvesting) -> None:
    """Adds the set of each source.

    Raises:
        ProtocolError: no article names one.
    """
    publishers = harvesting.publishers()
    if not publishers:
        raise _no_sets()
    for one in publishers:
        named = add_element(parent, "set")
        add_element(named, "setSpec", set_spec(one.key))
        add_element(named, "setName", one.name)


def _begin(asked: OaiRequest, harvesting: Harvesting) -> Resumption:
    first, last = read_span(asked.arguments)
    asked.check_format()
    spec = asked.arguments.get(SET)
    begun = harvesting.begin(None if spec is None else _key(spec, harvesting), first, last)
    return Resumption(asked.verb, begun, 0, 0, harvesting.count(begun))


def _key(spec: str, harvesting: Harvesting) -> str:
    """The key of the publisher whose set is asked for."""
    keys = {one.key for one in harvesting.publishers()}
    if not keys:
        raise _no_sets()
    key = key_of_set(spec)
    if key is None or key not in keys:
        value = abbreviate(spec)
        message = say("No source of this archive is the set “{value}”; ListSets names them all", value=value)
        raise ProtocolError(ErrorCode.NO_RECORDS, message)
    return key


def _no_sets() -> ProtocolError:
    return ProtocolError(
        ErrorCode.NO_SETS,
        say("Sets are sources, and no article of this archive names one; ask without a set"),
    )
