"""What do an element's class, id or type say about its content?"""

import re
from functools import cache
from importlib import resources

from lxml.html import HtmlElement

_ANYWHERE = 6  # letters from which a word counts as a part of a name too
_PARTS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_NONE: frozenset[str] = frozenset()


def kinds(element: HtmlElement) -> frozenset[str]:
    """The kinds of content that the element's names say; mostly none.

    >>> from lxml.html import fragment_fromstring as made
    >>> kinds(made('<td class="pCaption">')), kinds(made('<div type="RelatedOneNews">'))
    (frozenset({'caption'}), frozenset({'related'}))
    """
    attributes = element.attrib
    names = [attributes[name] for name in ("class", "id", "data-role", "itemprop") if name in attributes]
    if "type" in attributes and element.tag in {"div", "figure", "section", "table"}:
        names.append(attributes["type"])
    return _kinds(" ".join(names)) if names else _NONE


@cache
def _words() -> tuple[dict[str, str], dict[str, str]]:
    """The kind of each word that must be a part by itself, and of each that may be anywhere in a name."""
    text = resources.files("corpus.readers.html").joinpath("class_words.tsv").read_text("utf-8")
    alone: dict[str, str] = {}
    anywhere: dict[str, str] = {}
    for line in text.splitlines():
        if not line.startswith("#"):
            kind, words = line.split("\t")
            for word in words.split(" "):
                (anywhere if len(word.replace("-", "")) >= _ANYWHERE else alone)[word] = kind
    return alone, anywhere


@cache
def _kinds(names: str) -> frozenset[str]:
    alone, anywhere = _words()
    parts = [part.lower() for part in _PARTS.findall(names)]
    spaced = f"-{'-'.join(parts)}-"
    joined = "".join(parts)
    kinds = {kind for word, kind in alone.items() if f"-{word}-" in spaced}
    kinds |= {kind for word, kind in anywhere.items() if word.replace("-", "") in joined}
    return frozenset(kinds)
