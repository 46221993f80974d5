"""Which brackets in the HTML of a blog are its program's shortcodes? They go; the brackets of news stay.

WordPress replaces ``[gallery ids="1"]`` when it shows a page; exports, feeds and tables hold what was typed.
News has brackets of its own: [Video], [sic], [1], "[VIDEO] Toàn cảnh". A bracket is a shortcode where it has
attributes, an end of its own (``[/tab]``), or a name that WordPress or a plug-in made, in small letters
(``[gallery]``, ``[post_ad]``).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

_CODE = re.compile(
    r"(?<!\[)\[(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9_-]{0,60})"
    r"(?P<attributes>[ \t\r\n\xa0=/][^\[\]]*)?\](?!\])"
)
_ATTRIBUTE = re.compile(r"=\S|\s+[A-Za-z][\w-]{0,60}\s?=\s?\S")
_QUOTES = "\"'“”″„«»‘’′"
_VALUE = r"\s{name}\s?=\s?(?:&(?:quot|#34|#034|#822[01]|#8243);|[{quotes}])(?P<value>[^{quotes}]*)"
_CAPTION_VALUE = re.compile(_VALUE.format(name="caption", quotes=_QUOTES))
_TEXT_VALUE = re.compile(_VALUE.format(name="(?:text|title)", quotes=_QUOTES))
_CODED_QUOTE = re.compile(r"&(?:quot|#34|#034|#822[01]|#8243);")
_ADDRESS = re.compile(r"\s*(?:<[^<>]*>\s*)?https?://[^\s<>]+\s*(?:</[^<>]*>\s*)?")
_BARE = frozenset({"gallery", "playlist", "embed", "video", "audio", "caption"})  # WordPress's own
_LINE = "<br>"
_CAPTION, _CAPTION_END = "<figure><figcaption>", "</figcaption></figure>"


@dataclass(frozen=True, slots=True)
class _Code:
    """A shortcode: what becomes of it, whether it is an end, and the end that belongs to it."""

    match: re.Match[str]
    kind: str
    is_end: bool
    closing: re.Match[str] | None

    @property
    def name(self) -> str:
        return self.match["name"]


def without_shortcodes(html: str) -> str:
    """The HTML without shortcodes; what they enclose stays, a caption as a ``figcaption``.

    >>> without_shortcodes('Lũ lên.[caption id="a"]<img> Bến đò[/caption][gallery]')
    'Lũ lên.<figure><figcaption><img> Bến đò</figcaption></figure><br>'
    >>> without_shortcodes("[Video] Toàn cảnh [1] [sic] [...]")
    '[Video] Toàn cảnh [1] [sic] [...]'
    """
    if "[" not in html:
        return html
    kept: list[str] = []
    place = 0
    for code in _codes(html):
        start, end = code.match.span()
        if start < place:  # within what was dropped
            continue
        kept += (html[place:start], _instead(code, html))
        place = end
        if code.closing and (code.kind == "drop" or _ADDRESS.fullmatch(html, end, code.closing.start())):
            place = code.closing.end()
    return "".join((*kept, html[place:]))


def _codes(html: str) -> Iterator[_Code]:
    """The shortcodes in order."""
    found = list(_CODE.finditer(html))
    ended = {match["name"] for match in found if match["end"]}
    for match, closing in zip(found, _closings(found), strict=True):
        kind = _kind(match["name"])
        if match["end"] or match["name"] in ended or _has_attributes(match) or _is_made(match, kind):
            yield _Code(match, kind, bool(match["end"]), closing)


def _closings(found: Sequence[re.Match[str]]) -> list[re.Match[str] | None]:
    """For each beginning its end, where no other beginning of its name stands between them."""
    following: dict[str, re.Match[str]] = {}
    closings: list[re.Match[str] | None] = []
    for match in reversed(found):
        behind = following.get(match["name"])
        closings.append(behind if behind and behind["end"] and not match["end"] else None)
        following[match["name"]] = match
    return closings[::-1]


def _has_attributes(match: re.Match[str]) -> bool:
    attributes = match["attributes"] or ""
    plain = _CODED_QUOTE.sub('"', attributes)
    return attributes.strip() == "/" or bool(_ATTRIBUTE.match(plain))


def _is_made(match: re.Match[str], kind: str) -> bool:
    """Whether the bare name is no word of a language."""
    name, attributes = match["name"], match["attributes"]
    if "_" in name:
        return name.islower() and (bool(kind) or not attributes)
    if kind and attributes:
        return "-" in name or attributes.lstrip().startswith(("http://", "https://"))
    return bool(kind) and ("-" in name or name in _BARE)


def _instead(code: _Code, html: str) -> str:
    """What stands in place of a shortcode."""
    attributes = code.match["attributes"] or ""
    match code.kind:
        case "caption" if code.is_end:
            return _CAPTION_END
        case "caption" if code.closing:
            said = _CAPTION_VALUE.search(attributes)
            return _CAPTION + (said["value"] + " " if said else "")
        case "heading" if said := _TEXT_VALUE.search(attributes):
            return f"<p>{said['value']}</p>"
        case "inline":
            return ""
        case "":
            return "" if _is_within_line(code.match, html) else _LINE
        case _:
            return _LINE


def _is_within_line(match: re.Match[str], html: str) -> bool:
    """Whether text stands on both sides of a shortcode that the table does not know."""
    before, behind = html[match.start() - 1 : match.start()], html[match.end() : match.end() + 1]
    return all(beside and beside not in "[]\r\n" for beside in (before, behind))


@cache
def _kind(name: str) -> str:
    """What becomes of a shortcode; empty where the table does not know it."""
    exact, beginnings = _table()
    if name in exact:
        return exact[name]
    return next((kind for beginning, kind in beginnings if name.startswith(beginning)), "")


@cache
def _table() -> tuple[dict[str, str], tuple[tuple[str, str], ...]]:
    """What becomes of each name, and of each beginning of a name."""
    text = resources.files("corpus.cleaning").joinpath("shortcodes.tsv").read_text("utf-8")
    rows = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    exact = {name: kind for name, kind in rows if not name.endswith("*")}
    return exact, tuple((name[:-1], kind) for name, kind in rows if name.endswith("*"))
