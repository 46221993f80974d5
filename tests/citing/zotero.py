"""What does Zotero make of a page? By the rules that it documents and its translators keep to, in our words.

Its own translators cannot be installed with the tests: they come with Zotero alone. What is here was written
from https://www.zotero.org/support/dev/exposing_metadata and from how its translators "COinS", "Embedded
Metadata" and "RDF" behave.

- COinS (asked before Embedded Metadata): every span of the class Z3988 is an item; its type is that of the
  format, for Dublin Core's a web page, unless ``rft.type`` names a type of Zotero's. An ``rft.aulast`` is a
  whole name where no ``rft.aufirst`` stands beside it; of ``rft.au`` and ``rft.creator`` the last word would
  be the family's name. "+" and "%2B" are both read as a space.
- Embedded Metadata: the type is ``z:itemType``, else journalArticle where there is a ``citation_title``.
  Highwire's names come before Dublin Core's and Open Graph's; names are cut as above.
"""

from dataclasses import dataclass, field
from urllib.parse import unquote

from tests.web.html import Page

TYPES = {"newspaperArticle", "webpage", "journalArticle", "book", "document"}
_FIELDS = {
    "rft.title": "title",
    "rft.source": "publicationTitle",
    "rft.date": "date",
    "rft.language": "language",
    "rft.rights": "rights",
}
_HIGHWIRE = {
    "citation_title": "title",
    "citation_publication_date": "date",
    "citation_journal_title": "publicationTitle",
    "citation_public_url": "url",
    "citation_language": "language",
}
_BEHIND = {"DC.title": "title", "DC.date": "date", "DC.rights": "rights", "article:section": "section"}


@dataclass(slots=True)
class Item:
    """An item of a library: its type and fields; each author as the family's name and the given ones."""

    kind: str
    fields: dict[str, str] = field(default_factory=dict)
    authors: list[tuple[str, str]] = field(default_factory=list)


def items_of_spans(titles: list[str]) -> list[Item]:
    """What COinS gives: several items are offered as a folder."""
    return [_item_of_span(title) for title in titles]


def spans_of(page: Page) -> list[str]:
    """The ContextObjects of a page."""
    spans = [one for one in page.all("span") if "Z3988" in one.attributes.get("class", "").split()]
    return [one.attributes["title"] for one in spans]


def _item_of_span(title: str) -> Item:
    pairs = [part.partition("=") for part in title.split("&")]
    values = [(key, unquote(value.replace("+", " ").replace("%2B", " "))) for key, _, value in pairs]
    assert ("ctx_ver", "Z39.88-2004") in values
    assert ("rft_val_fmt", "info:ofi/fmt:kev:mtx:dc") in values
    item = Item("webpage")
    for key, value in values:
        if key == "rft.type" and value in TYPES:
            item.kind = value
        elif key == "rft.identifier" and value.startswith(("http://", "https://")):
            item.fields["url"] = value
        elif key == "rft.aulast":
            item.authors.append((value, ""))
        elif key in {"rft.au", "rft.creator"}:
            item.authors.append(_split(value))
        elif key in _FIELDS:
            item.fields[_FIELDS[key]] = value
    return item


def item_of_meta(page: Page) -> Item:
    """What Embedded Metadata gives."""
    metas = [one.attributes for one in page.all("meta")]
    pairs = [(one.get("name") or one.get("property", ""), one.get("content", "")) for one in metas]
    first: dict[str, str] = {}
    for name, content in pairs:
        first.setdefault(name, content)
    item = Item(first.get("z.itemType", "") or ("journalArticle" if "citation_title" in first else "webpage"))
    for names in (_BEHIND, _HIGHWIRE):
        item.fields |= {to: first[name] for name, to in names.items() if first.get(name, "").strip()}
    item.authors = [_split(content) for name, content in pairs if name == "citation_author"]
    return item


def _split(name: str) -> tuple[str, str]:
    """A name as Zotero cuts it where no comma stands in it: its last word is the family's."""
    if "," in name:
        family, _, given = name.rstrip(", ").partition(",")
        return family, given.strip()
    given, _, family = name.rpartition(" ")
    return family, given
