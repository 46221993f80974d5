"""Asks a repository, and reads its documents, each proven to be one of the protocol."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

from flask.testing import FlaskClient
from lxml import etree

OAI = "{http://www.openarchives.org/OAI/2.0/}"
DC = "{http://purl.org/dc/elements/1.1/}"
LISTS = ("ListRecords", "ListIdentifiers")

Asked = Mapping[str, str] | list[tuple[str, str]]


@cache
def _grammar() -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(Path(__file__).with_name("protocol.rng")))


@dataclass(frozen=True)
class Document:
    """An answer."""

    root: etree._Element

    def texts(self, name: str) -> list[str]:
        """What stands in elements of a name; ``dc:`` before it: in those of Dublin Core."""
        qualified = DC + name.removeprefix("dc:") if name.startswith("dc:") else OAI + name
        return [element.text or "" for element in self.root.iter(qualified)]

    @property
    def error(self) -> tuple[str, str] | None:
        """The code and the sentence of its error."""
        found = self.root.find(f"{OAI}error")
        return None if found is None else (found.get("code", ""), found.text or "")

    @property
    def said(self) -> dict[str, str]:
        """What was asked, as the answer says it again."""
        [request] = self.root.iter(f"{OAI}request")
        return {str(name): str(value) for name, value in request.attrib.items()}

    @property
    def token(self) -> etree._Element | None:
        """The element of its resumptionToken."""
        return next(self.root.iter(f"{OAI}resumptionToken"), None)

    @property
    def entries(self) -> list[tuple[str, str, bool]]:
        """Of each article of a list its identifier, its datestamp, and whether it is shown."""
        return [
            (
                header.findtext(f"{OAI}identifier", ""),
                header.findtext(f"{OAI}datestamp", ""),
                header.get("status") is None,
            )
            for header in self.root.iter(f"{OAI}header")
        ]


def read(data: bytes) -> Document:
    """A document, which is one of the protocol."""
    root = etree.fromstring(data)
    grammar = _grammar()
    assert grammar.validate(root), grammar.error_log.last_error
    return Document(root)


def ask(client: FlaskClient, asked: Asked, *, by_post: bool = False) -> Document:
    """What is answered to some arguments."""
    form = urlencode(list(asked.items()) if isinstance(asked, Mapping) else asked)
    kind = "application/x-www-form-urlencoded"
    answer = client.post("/oai", data=form, content_type=kind) if by_post else client.get(f"/oai?{form}")
    assert (answer.status_code, answer.content_type) == (200, "text/xml; charset=utf-8")
    return read(answer.data)


def pages(client: FlaskClient, verb: str, asked: Asked) -> Iterator[Document]:
    """The pages of a list to its end, each read when the one before it was."""
    document = ask(client, {"verb": verb, "metadataPrefix": "oai_dc", **dict(asked)})
    yield document
    while document.token is not None and document.token.text:
        document = ask(client, {"verb": verb, "resumptionToken": document.token.text})
        yield document
