"""How is an answer of OAI-PMH written? As XML, in the order of the protocol's schema.

Characters that XML 1.0 has not (control characters, half a pair) are written as U+FFFD: an article may have
them, and one of them would make a whole page unreadable.
"""

import re
from collections.abc import Mapping
from datetime import datetime

from lxml import etree

from search_app.answer.archive.harvesting import HarvestedArticle
from search_app.formats.dublin_core import dublin_core_values
from search_app.web.oai.datestamps import written
from search_app.web.oai.sets import set_spec

OAI = "http://www.openarchives.org/OAI/2.0/"
DC_FORMAT = "http://www.openarchives.org/OAI/2.0/oai_dc/"
DC_SCHEMA = "http://www.openarchives.org/OAI/2.0/oai_dc.xsd"
_DC = "http://purl.org/dc/elements/1.1/"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_SCHEMA = f"{OAI} {OAI}OAI-PMH.xsd"
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Element = etree._Element  # noqa: SLF001 - lxml has no public name for the type


def in_xml(text: str) -> str:
    """A text as XML can have it.

    >>> in_xml("Lũ" + chr(11) + "về") == in_xml("Lũ" + chr(0xD800) + "về") == "Lũ" + chr(0xFFFD) + "về"
    True
    """
    return _FORBIDDEN.sub("\ufffd", text)


def document(base_url: str, attributes: Mapping[str, str], moment: datetime) -> Element:
    """The beginning of every answer.

    Args:
        attributes: what was asked, as far as the protocol lets it be said again.
        moment: when it is answered.
    """
    root = etree.Element(f"{{{OAI}}}OAI-PMH", nsmap={None: OAI, "xsi": _XSI})  # type: ignore[dict-item]  # a default has no prefix
    root.set(f"{{{_XSI}}}schemaLocation", _SCHEMA)
    add_element(root, "responseDate", written(moment))
    request = add_element(root, "request", base_url)
    for name, value in attributes.items():
        request.set(name, in_xml(value))
    return root


def add_element(parent: Element, name: str, text: str | None = None, **attributes: str) -> Element:
    """Adds an element of the protocol."""
    element = etree.SubElement(parent, f"{{{OAI}}}{name}", attributes)
    if text is not None:
        element.text = in_xml(text)
    return element


def add_header(parent: Element, one: HarvestedArticle, identifier: str) -> None:
    """Adds what is said of every article of a list, withdrawn or not."""
    entry = one.entry
    header = (
        add_element(parent, "header") if entry.archived else add_element(parent, "header", status="deleted")
    )
    add_element(header, "identifier", identifier)
    add_element(header, "datestamp", written(entry.datestamp))
    if entry.publisher:
        add_element(header, "setSpec", set_spec(entry.publisher.key))


def add_record(parent: Element, one: HarvestedArticle, identifiers: list[str]) -> None:
    """Adds an article with its metadata; one that is withdrawn has none.

    Args:
        identifiers: its tag: URI, and its address where that is known.
    """
    record = add_element(parent, "record")
    add_header(record, one, identifiers[0])
    if one.entry.archived is None:
        return
    nsmap = {"oai_dc": DC_FORMAT, "dc": _DC}
    described = etree.SubElement(add_element(record, "metadata"), f"{{{DC_FORMAT}}}dc", nsmap=nsmap)
    described.set(f"{{{_XSI}}}schemaLocation", f"{DC_FORMAT} {DC_SCHEMA}")
    for value in dublin_core_values(one.entry.archived.article, identifiers, one.rights):
        etree.SubElement(described, f"{{{_DC}}}{value.element}").text = in_xml(value.value)


def add_all(parent: Element, values: Mapping[str, str]) -> None:
    """Adds elements that hold nothing but text."""
    for name, text in values.items():
        add_element(parent, name, text)


def as_bytes(root: Element) -> bytes:
    """A document as it is sent."""
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)
