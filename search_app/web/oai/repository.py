"""What does an archive answer to each verb of OAI-PMH?"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from corpus.message import say
from search_app.answer.archive.harvesting import HarvestedArticle, Harvesting
from search_app.api.faults import UnknownArticleError, abbreviate
from search_app.web.oai.arguments import (
    DUBLIN_CORE,
    IDENTIFIER,
    TOKEN,
    ErrorCode,
    OaiRequest,
    ProtocolError,
    Verb,
)
from search_app.web.oai.datestamps import GRANULARITY, written
from search_app.web.oai.documents import (
    DC_FORMAT,
    DC_SCHEMA,
    Element,
    add_all,
    add_element,
    add_header,
    add_record,
)
from search_app.web.oai.lists import AddArticle, add_page, add_sets, read_page
from search_app.web.oai.tokens import Tokens
from search_app.web.paths import quoted_id
from search_app.web.tag_uris import article_of_tag, article_tag


@dataclass(frozen=True, slots=True)
class Repository:
    """An archive as harvesters see it.

    Attributes:
        base_url: the address at which it answers.
        articles_url: the address of every article, but for its id.
        admin_email: whom they write to.
        archive: its UUID.
        begun_at: no article has an earlier datestamp.
    """

    harvesting: Harvesting
    base_url: str
    articles_url: str
    admin_email: str
    archive: str
    begun_at: datetime

    def add_answer(self, root: Element, asked: OaiRequest) -> None:
        """Adds the answer to a request to the beginning of a document.

        Raises:
            ProtocolError: there is none; what was added before is of no use.
        """
        _ANSWERS[asked.verb](self, add_element(root, asked.verb), asked)

    def identify(self, parent: Element, _asked: OaiRequest) -> None:
        """Says what the repository is."""
        said = {
            "repositoryName": "Kho Báo",
            "baseURL": self.base_url,
            "protocolVersion": "2.0",
            "adminEmail": self.admin_email,
            "earliestDatestamp": written(self.begun_at),
            "deletedRecord": "persistent",
            "granularity": GRANULARITY,
            "compression": "gzip",
        }
        add_all(parent, said)

    def list_formats(self, parent: Element, asked: OaiRequest) -> None:
        """Says in which forms articles are described: in one, also those that are withdrawn."""
        if IDENTIFIER in asked.arguments:
            self._article(asked.arguments[IDENTIFIER])
        said = {"metadataPrefix": DUBLIN_CORE, "schema": DC_SCHEMA, "metadataNamespace": DC_FORMAT}
        add_all(add_element(parent, "metadataFormat"), said)

    def list_sets(self, parent: Element, asked: OaiRequest) -> None:
        """Says which sources there are, all on one page."""
        if TOKEN in asked.arguments:
            self._tokens().read(asked.verb, asked.arguments[TOKEN])
        add_sets(parent, self.harvesting)

    def get_record(self, parent: Element, asked: OaiRequest) -> None:
        """Describes one article."""
        asked.check_format()
        self._add_record(parent, self._article(asked.arguments[IDENTIFIER]))

    def list_identifiers(self, parent: Element, asked: OaiRequest) -> None:
        """Lists articles without their description."""
        self._add_list(parent, asked, self._add_header)

    def list_records(self, parent: Element, asked: OaiRequest) -> None:
        """Describes articles."""
        self._add_list(parent, asked, self._add_record)

    def _add_list(self, parent: Element, asked: OaiRequest, add_article: AddArticle) -> None:
        tokens = self._tokens()
        add_page(parent, read_page(asked, self.harvesting, tokens), tokens, add_article)

    def _add_header(self, parent: Element, one: HarvestedArticle) -> None:
        add_header(parent, one, article_tag(self.archive, one.entry.article_id))

    def _add_record(self, parent: Element, one: HarvestedArticle) -> None:
        article_id = one.entry.article_id
        identifiers = [article_tag(self.archive, article_id), self.articles_url + quoted_id(article_id)]
        add_record(parent, one, identifiers)

    def _article(self, identifier: str) -> HarvestedArticle:
        """The article of a tag: URI.

        Raises:
            ProtocolError: this archive has none, or what there is is hidden.
        """
        article_id = article_of_tag(self.archive, identifier)
        if article_id is None:
            message = say(
                "identifier is “{value}”; give that of an article of this archive, such as {example}",
                value=abbreviate(identifier),
                example=article_tag(self.archive, "ID"),
            )
            raise ProtocolError(ErrorCode.NO_SUCH_ID, message)
        found = self.harvesting.article(article_id)
        if found is None:
            raise ProtocolError(ErrorCode.NO_SUCH_ID, UnknownArticleError(article_id).message)
        return found

    def _tokens(self) -> Tokens:
        return Tokens(self.archive, self.harvesting.mark)


_Answer = Callable[[Repository, Element, OaiRequest], None]

_ANSWERS: Mapping[Verb, _Answer] = {
    Verb.IDENTIFY: Repository.identify,
    Verb.LIST_FORMATS: Repository.list_formats,
    Verb.LIST_SETS: Repository.list_sets,
    Verb.LIST_IDENTIFIERS: Repository.list_identifiers,
    Verb.LIST_RECORDS: Repository.list_records,
    Verb.GET_RECORD: Repository.get_record,
}
