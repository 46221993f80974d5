"""Which texts of a page are in an old encoding whose letters were written as UTF-8 ("Hµ Giang më l¹i")?

Such pages were pasted from programs that used the fonts of TCVN3 or VNI. The page names the font around some
texts; the others are judged together. Menus of the same page may be Unicode, and stay.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement

from corpus.encodings.evidence import evidence
from corpus.encodings.inner_text import detect_inner_encoding
from corpus.encodings.named import decode_inner

_UNKNOWN = (
    "\u00a1-\u00bf\u00c4-\u00c7\u00cb\u00ce-\u00d1\u00d6-\u00d8\u00db\u00dc\u00de\u00df"
    "\u00e4-\u00e7\u00eb\u00ee-\u00f1\u00f6-\u00f8\u00fb\u00fc\u00fe\u00ff"
)  # of Latin-1: in no Vietnamese word of Unicode
_OLD = re.compile(rf"[^\W\d_][{_UNKNOWN}]")
_WRITTEN_OUT = re.compile(
    r"&(?:#1[6-9]\d|#2[0-5]\d|#x[a-f]\w|micro|sup\d|para|cedil|[a-z]uml|szlig|thorn|eth);", re.IGNORECASE
)
_VIETNAMESE = re.compile("[ăĂđĐĩĨũŨơƠưƯ\u1ea0-\u1ef9]")
_FONT = re.compile(r"(?:^|[:,\"'\s])(\.vn[a-z]|vni[- ]?[a-z])", re.IGNORECASE)
_CAPITALS = re.compile(r"\.vn[a-z]+h\b", re.IGNORECASE)  # a font that shows small letters as capitals
_META = frozenset({"og:title", "og:description", "description", "title", "keywords", "author"})


@dataclass(frozen=True, slots=True)
class _Text:
    """A text of the tree: its value, the font that is named around it, and what replaces it."""

    value: str
    font: str
    replace: Callable[[str], None]


def may_hold_old_letters(text: str) -> bool:
    """Whether a page's text, before it is parsed, holds letters that Vietnamese in Unicode has not."""
    return bool(_OLD.search(text) or _WRITTEN_OUT.search(text))


def decode_old_letters(root: HtmlElement) -> None:
    """Decodes the texts of old encodings in the tree; changes it."""
    texts = [text for text in _texts(root) if text.font or not text.value.isascii()]
    if not any(_OLD.search(text.value) for text in texts):
        return
    others = "\n".join(text.value for text in texts if not text.font and not _VIETNAMESE.search(text.value))
    common = detect_inner_encoding(others) or detect_inner_encoding("\n".join(text.value for text in texts))
    new = {text.font for text in texts if _VIETNAMESE.search(text.value)}  # fonts whose texts are Unicode
    for text in texts:
        name = _of_font(text.font) or common
        if name and not _VIETNAMESE.search(text.value) and _is_old(text, name, text.font not in new):
            decoded = decode_inner(text.value, name)
            text.replace(decoded.upper() if _CAPITALS.search(text.font) else decoded)


def _is_old(text: _Text, name: str, alone: bool) -> bool:
    """Whether the text is in the encoding: by its font, if this has no Unicode texts, or by its syllables."""
    if text.font and alone:
        return True
    return evidence(decode_inner(text.value, name)).share > evidence(text.value).share


def _of_font(font: str) -> str:
    """The encoding of a font's name; empty where it names none.

    >>> _of_font(".VnTime"), _of_font("font-family: VNI-Times"), _of_font("Arial")
    ('utf-8/tcvn3', 'utf-8/vni', '')
    """
    match = _FONT.search(font)
    if not match:
        return ""
    return "utf-8/tcvn3" if match[1].startswith(".") else "utf-8/vni"


def _texts(root: HtmlElement) -> Iterator[_Text]:
    """The texts of the tree in order, with those of its meta tags."""
    fonts: dict[HtmlElement, str] = {}
    for element in root.iter():
        if not isinstance(element.tag, str):
            if element.tail and (around := element.getparent()) is not None:
                yield _Text(element.tail, fonts.get(around, ""), _setter(element, "tail"))
            continue
        around = element.getparent()
        own = f"{element.get('face', '')} {element.get('style', '')}"
        fonts[element] = own if _FONT.search(own) else fonts.get(around, "") if around is not None else ""
        if element.text and element.tag not in {"script", "style"}:
            yield _Text(element.text, fonts[element], _setter(element, "text"))
        if element.tail:
            yield _Text(element.tail, fonts.get(around, ""), _setter(element, "tail"))
        if element.tag == "meta" and _META & {element.get("property", ""), element.get("name", "").lower()}:
            yield _Text(element.get("content", ""), "", _meta_setter(element))


def _setter(element: HtmlElement, name: str) -> Callable[[str], None]:
    return lambda text: setattr(element, name, text)


def _meta_setter(element: HtmlElement) -> Callable[[str], None]:
    return lambda text: element.set("content", text)
