"""Is a value of a record HTML, and which texts does it stand for? Plain text stays as it is, to the byte.

Exports give an article's text as its page has it. A value is HTML if it begins with a tag, holds an end tag
or a break, or marks phrases by pairs of tags; a text about tags names them without. Of other values entities
alone are decoded. HTML that was escaped as a whole is read as HTML too.
"""

import re
from collections import Counter
from html import unescape
from html.entities import html5

from corpus.cleaning.lines import comparison_key
from corpus.readers.markup.fragment import Fragment, NewLines, fragment_of

_NAMES = (
    r"(?:a|abbr|article|aside|b|big|blockquote|body|br|center|cite|code|dd|div|dl|dt|em|figcaption|figure|font"
    r"|footer|h[1-6]|head|header|hr|html|i|iframe|img|li|main|nav|noscript|o:p|ol|p|picture|pre|q|s|script"
    r"|section|small|span|strike|strong|style|sub|sup|table|tbody|td|tfoot|th|thead|time|title|tr|tt|u|ul|video)"
)
_BEGINS = re.compile(rf"\s*+(?:<!--|<!doctype\b|<{_NAMES}(?:\s[^<>]*+)?/?>)", re.IGNORECASE)
_PHRASES = r"(?:abbr|b|big|cite|code|em|i|q|s|small|strike|strong|sub|sup|time|title|tt|u)"  # of a line
_HOLDS = re.compile(
    rf"</(?!{_PHRASES}\s*+>){_NAMES}\s*+>|<br\s*+/?>|<(?:img|hr|iframe)\s[^<>]*+>", re.IGNORECASE
)
_MARKS_PHRASE = re.compile(rf"<(/?)({_PHRASES})(?:\s[^<>]*+)?>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_PARTS_TEXT = re.compile(r"<(?:p|br|div)[\s/>]", re.IGNORECASE)
_BLOCK = re.compile(r"<(?:p|br|div|li|td|h[1-6]|blockquote)[\s/>]", re.IGNORECASE)
_BLANK_LINE = re.compile(r"\n[ \t\r]*+\n")
_ESCAPED_TWICE = 2


def fragment_in(text: str) -> Fragment | None:
    """The lines and captions of a value that is HTML; None where it is plain text.

    >>> fragment_in("<p>Mưa lớn.</p><p>Lũ lên.</p>").text, fragment_in("a < b, R&D")
    (('Mưa lớn.', 'Lũ lên.'), None)
    >>> fragment_in("&lt;p&gt;Mưa lớn.&lt;/p&gt;").text
    ('Mưa lớn.',)
    """
    if "<" in text and (_BEGINS.match(text) or _HOLDS.search(text) or _marks_phrases(text)):
        return fragment_of(text, _new_lines(text))
    if "&lt;" not in text:
        return None
    escaped = _unescaped(text)
    return (
        fragment_of(escaped, _new_lines(escaped))
        if _BEGINS.match(escaped) and _HOLDS.search(escaped)
        else None
    )


def text_in(text: str) -> str:
    r"""The text that a value stands for, a line for each of its lines; the value itself where it is plain.

    >>> text_in("Gi&aacute; v&agrave;ng &amp; b&#7841;c"), text_in("<p>Một.</p><p>Hai.</p>"), text_in("a < b")
    ('Giá vàng & bạc', 'Một.\nHai.', 'a < b')
    """
    fragment = fragment_in(text)
    return _unescaped(text) if fragment is None else "\n".join(fragment.order)


def line_in(text: str) -> str:
    """The one line that a value stands for; a plain value stays.

    >>> line_in("<b>Chợ phiên</b> &quot;mở&quot; l&#7841;i")
    'Chợ phiên "mở" lại'
    """
    fragment = fragment_in(text)
    return _unescaped(text) if fragment is None else comparison_key(" ".join(fragment.order))


def _marks_phrases(text: str) -> bool:
    """Whether tags mark phrases, each opened and closed; a text about tags names them without."""
    open_tags: Counter[str] = Counter()
    for end, name in _MARKS_PHRASE.findall(text):
        open_tags[name.lower()] += -1 if end else 1
        if open_tags[name.lower()] not in {0, 1}:
            return False
    return bool(open_tags) and not any(open_tags.values())


def _new_lines(html: str) -> NewLines | None:
    """What new lines are: those of text that was typed, where no elements divide it."""
    typed = not _BLOCK.search(html) or (not _PARTS_TEXT.search(html) and _BLANK_LINE.search(html))
    return NewLines.TYPED if typed else None


def _unescaped(text: str) -> str:
    """The text with its entities decoded, also where they were escaped twice."""
    for _ in range(_ESCAPED_TWICE):
        if "&" not in text:
            break
        text = _ENTITY.sub(_decoded, text)
    return text


def _decoded(match: re.Match[str]) -> str:
    name = match[0][1:]
    return unescape(match[0]) if name.startswith("#") or name in html5 else match[0]
