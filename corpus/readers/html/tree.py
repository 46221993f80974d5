"""How is a page parsed to a tree, without what no reader sees?"""

import re

from lxml import etree, html
from lxml.html import HtmlElement

_UNSEEN = (
    "script", "style", "noscript", "noframes", "template", "svg", "math", "iframe", "object", "embed",
    "canvas", "select", "textarea", "button", "input", "map", "amp-ad", "amp-analytics", "amp-sidebar",
    "dialog",
)  # fmt: skip
_ATTRIBUTE = r"""[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))?+"""
_TAG = re.compile(rf"<[A-Za-z][^\s/>]*+(?:{_ATTRIBUTE})*+")
_FIRST_ATTRIBUTES = re.compile(rf"<[A-Za-z][^\s/>]*+(?:{_ATTRIBUTE}){{0,1000}}+")
_LONG_TAG = 4000  # characters; a shorter tag has no thousand different attributes
_DROPPED = "dropped"
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_CONTROL = dict.fromkeys([*range(9), 11, 12, *range(14, 32)])  # libxml2 ends a text at U+0000


def parsed(text: str) -> HtmlElement:
    """The root of the page; an empty one where the page has none."""
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_pis=True)
    raw = _with_fewer_attributes(text.translate(_CONTROL)).encode("utf-8", "replace")
    try:
        return html.document_fromstring(raw or b"<html></html>", parser=parser)
    except etree.ParserError:  # a document with only comments
        return html.document_fromstring(b"<html></html>", parser=parser)


def _with_fewer_attributes(text: str) -> str:
    """The page's text with at most a thousand attributes per element: libxml2 takes square time for more."""
    if all(tag.end() - tag.start() < _LONG_TAG for tag in _TAG.finditer(text)):
        return text
    return _TAG.sub(_first_attributes, text)


def _first_attributes(tag: re.Match[str]) -> str:
    attributes = _FIRST_ATTRIBUTES.match(tag[0])
    return attributes[0] if attributes else tag[0]


def visible_body(root: HtmlElement) -> HtmlElement:
    """The body without scripts, form fields and elements that their style hides; changes the tree."""
    body = root.find("body")
    if body is None:  # a page of frames
        body = root
    etree.strip_elements(body, etree.Comment, *_UNSEEN, with_tail=False)
    for element in body.xpath(".//*[@hidden or contains(@style, 'isplay')]"):
        if "hidden" in element.attrib or _HIDDEN.search(element.get("style", "")):
            element.tag = _DROPPED
    etree.strip_elements(body, _DROPPED, with_tail=False)  # all at once: one by one takes square time
    return body
