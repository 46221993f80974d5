"""How does a feed (RSS, Atom) become articles? An entry with the text of an article becomes one.

Most feeds have only headlines and teasers. An entry with nothing but a short description, or with a text that
breaks off in "…", is refused as "feed-teaser": the article is on its page, and the teaser would be a second
article. An item of a WordPress export is an article where it is a published post; the others are counted.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import unescape
from typing import Any

import feedparser

from corpus.article import Article
from corpus.cleaning.caption_places import caption_places
from corpus.cleaning.dates import parse_date
from corpus.cleaning.lines import WHITE_RUN, comparison_key
from corpus.cleaning.page import Page, read_page
from corpus.cleaning.persons import persons
from corpus.cleaning.program_defaults import given_title
from corpus.cleaning.supplied_title import supplied_title
from corpus.cleaning.word_list import word_list
from corpus.context import Context
from corpus.derived_id import url_id
from corpus.errors import ImpossibleValueError
from corpus.message import say
from corpus.published import Published, last_change
from corpus.readers.feeds.entries import Feeds, entries_of, start_of
from corpus.readers.feeds.media import media_texts, without_media_texts
from corpus.readers.feeds.teaser import breaks_off, unbroken
from corpus.readers.feeds.wordpress import Post, is_absurd_date, is_export, post_of, why_passed_over
from corpus.readers.html.signs import is_own
from corpus.readers.input.look import Look
from corpus.readers.input.refusing import refuse
from corpus.readers.input.source_file import SourceFile, Tally
from corpus.readers.input.whole_file import whole_file
from corpus.readers.markup.fragment import Fragment, NewLines, fragment_of
from corpus.readers.records.maker import RecordMaker
from corpus.readers.records.options import ImportOptions
from corpus.records import WHOLE, Record, Refusal

NAME, VERSION = "feed", 3
SUFFIXES = frozenset({".rss", ".atom", ".rdf"})
MAX_FILE_BYTES = 64 * 1024 * 1024
_FREE_AROUND_BYTES = 4 * 1024 * 1024
_MOST_AROUND_ENTRY = 8  # times the feed's own bytes: each entry is read with the bytes around all of them
LONGEST_TEASER = 600  # characters; a longer description is an article's text

_ROOT = re.compile(rb"<(?:rss|(?:[a-z]+:)?feed|rdf:RDF)[\s>]", re.IGNORECASE)
_ROOT_WITHIN = 4096
_SUMMARY = re.compile(
    rb"<(?:[a-z]+:)?(?:description|summary|subtitle)[\s>]"
)  # without it feedparser repeats the content as summary
_DUBLIN_CORE_DATE = re.compile(rb"<dc:date[\s>]")
_LONGEST_BROKEN_OFF = 2000
_ADDRESS = re.compile(r"https?://\S+")
_BETWEEN = re.compile(rf"{WHITE_RUN}(?:[-–|»:]\s+|[|»]\s*)|[|»]\s*")
_RSS_WORD = re.compile(rf"(?:{WHITE_RUN})?\bRSS(?: feeds?)?\b\s*", re.IGNORECASE)


def knows(look: Look) -> bool:
    """Whether the first element is that of a feed."""
    return look.text.startswith(b"<") and bool(_ROOT.search(look.text[:_ROOT_WITHIN]))


def read(file: SourceFile, options: ImportOptions, tally: Tally) -> Iterator[Record]:
    """The entries of a feed.

    Raises:
        OSError, TooMuchError: as ``SourceFile.pieces``.
    """
    try:
        content = whole_file(file, tally, MAX_FILE_BYTES)
    except ImpossibleValueError as error:
        yield refuse(file, WHOLE, error.reason, error.message)
        return
    entries = entries_of(content.raw)
    if entries.feeds.around > _MOST_AROUND_ENTRY * len(content.raw) + _FREE_AROUND_BYTES:
        yield _too_much_around(file, entries.feeds, content.raw)
        return
    maker = RecordMaker(file, options, tally, (NAME, VERSION))
    for number, raw in enumerate(entries.feeds, 1):
        if kind := _why_passed_over(raw):
            tally.pass_over(kind)
        else:
            yield maker.record_made_by(f"item {number}", raw, article)
    last = f"after item {len(entries.feeds)}"
    if content.damage:
        yield refuse(file, last, content.damage.reason, content.damage.message, entries.rest)
    elif entries.rest:
        yield refuse(
            file, last, "cut-short", say("the last entry has no end; get the feed again"), entries.rest
        )
    elif not entries.feeds:
        yield refuse(file, WHOLE, "no-entries", say("the feed holds no entry"), content.raw)


def _why_passed_over(raw: bytes) -> str:
    """The kind of an item of a WordPress export that is no published post; empty for every other entry."""
    start = start_of(raw)
    return why_passed_over(raw[start:]) if is_export(raw[:start]) else ""


def _too_much_around(file: SourceFile, feeds: Feeds, raw: bytes) -> Refusal:
    message = say(
        "each of the {count} entries is read with what stands around them all, {size} bytes, which is too"
        " much; shorten what stands before the first entry, or split the feed",
        count=len(feeds),
        size=len(feeds.before) + len(feeds.behind),
    )
    return refuse(file, WHOLE, "too-large", message, raw)


def article(raw: bytes, context: Context) -> Article:
    """The article of a feed of one entry.

    Raises:
        ImpossibleValueError: "feed-teaser", "not-published", or an article that cannot be.
    """
    if kind := _why_passed_over(raw):
        raise _not_published(kind)
    plain = without_media_texts(raw)
    parsed = _parsed(plain, context)
    entry, channel = parsed["entries"][0], parsed["feed"]
    post = post_of(entry, channel) if is_export(raw[: start_of(raw)]) else None
    title = given_title(" ".join(fragment_of(_text(entry.get("title"))).text))
    if post:
        texts = _texts_of_post(post)
    else:
        texts = _texts(entry, has_summary=bool(_SUMMARY.search(plain, start_of(plain))))
        _refuse_teaser(title, texts)
    body = texts.body
    title = title or supplied_title(body.text)
    page = read_page("\n".join((title, *body.text)))
    said, section = _names(entry, channel)
    channel_title = _text(channel.get("title"))
    source = said or page.source or channel_title
    url = _text(entry.get("link"))
    captions = _captions(page, texts, _media_captions(raw, context))
    paragraphs = (page.lede, *page.paragraphs) if texts.lede and page.lede else page.paragraphs
    return Article(
        id=url_id(url or _text(entry.get("id")), context.stem, title),
        title=title,
        lede=texts.lede or page.lede,
        paragraphs=paragraphs,
        captions=captions,
        caption_places=_places(page, body, captions, own_lede=bool(texts.lede)),
        url=url,
        source=source,
        section=post.section if post else section,
        authors=persons(post.authors if post else _authors(entry), source=source, url=url) or page.authors,
        published=_day(entry, plain, post),
        tags=post.tags if post else _tags(entry),
        related=(*_said_besides(page, (source, channel_title)), *page.related, *texts.besides),
    )


def _parsed(raw: bytes, context: Context) -> Mapping[str, Any]:
    """Parses one entry with feedparser.

    Raises:
        ImpossibleValueError: "bad-feed".
    """
    encoding = context.forced_encoding or context.declared_encoding
    headers = {"content-type": f"application/xml; charset={encoding}"} if encoding else {}
    try:
        parsed = feedparser.parse(
            raw, response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
    except MemoryError:
        raise
    except Exception as error:  # feedparser raises all kinds of exceptions
        raise _bad_feed(error) from error
    if not parsed.get("entries"):
        raise _bad_feed(parsed.get("bozo_exception", ""))
    mapping: Mapping[str, Any] = parsed
    return mapping


def _not_published(kind: str) -> ImpossibleValueError:
    message = say("the item of the WordPress export is no published post ({kind}); leave it", kind=kind)
    return ImpossibleValueError("not-published", message)


def _bad_feed(error: object) -> ImpossibleValueError:
    problem = str(error).encode("utf-8", "backslashreplace").decode().replace("\0", " ")[:200]
    return ImpossibleValueError(
        "bad-feed", say("the entry cannot be read as RSS or Atom ({problem}); mend it", problem=problem)
    )


@dataclass(frozen=True, slots=True)
class _Texts:
    """The texts of an entry: its summary and others, one of which is the article's text."""

    summary: Fragment
    body: Fragment
    others: tuple[Fragment, ...]

    @property
    def lede(self) -> str:
        """The summary, where there is a text too that does not begin with it."""
        beside = self.body is not self.summary and not _begins(self.body, self.summary)
        return "\n".join(self.summary.text) if beside else ""

    @property
    def besides(self) -> tuple[str, ...]:
        """The lines of other texts that are neither in the text nor in the lede."""
        known = comparison_key(" ".join((*self.body.text, *self.body.captions, self.lede)))
        lines = (line for other in self.others if not _begins(self.body, other) for line in other.text)
        return tuple(dict.fromkeys(line for line in lines if comparison_key(line) not in known))


def _texts(entry: Mapping[str, Any], *, has_summary: bool) -> _Texts:
    summary = fragment_of(_text(entry.get("summary")) if has_summary else "")
    contents = [fragment_of(_text(part.get("value"))) for part in entry.get("content", ())]
    body = max((summary, *contents), key=_length)
    return _Texts(summary, body, tuple(text for text in (summary, *contents) if text is not body))


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _length(fragment: Fragment) -> int:
    return sum(map(len, fragment.text))


def _texts_of_post(post: Post) -> _Texts:
    """The texts of a post of an export, as WordPress shows what was typed."""
    content = _shown(fragment_of(post.content, NewLines.TYPED))
    return _Texts(_shown(fragment_of(post.excerpt, NewLines.TYPED)), content, ())


def _shown(fragment: Fragment) -> Fragment:
    """The fragment without lines that are an address, in whose place WordPress shows what is there."""
    return Fragment(
        *(
            tuple(line for line in part if not _ADDRESS.fullmatch(line))
            for part in (fragment.text, fragment.captions, fragment.order)
        )
    )


def _refuse_teaser(title: str, texts: _Texts) -> None:
    body, is_content = texts.body, texts.body is not texts.summary
    length = _length(body)
    broken_off = length < _LONGEST_BROKEN_OFF and body.text and breaks_off(body.text[-1])
    if broken_off or (length <= LONGEST_TEASER and not is_content):
        raise ImpossibleValueError(
            "feed-teaser",
            say(
                "the entry {title} holds a teaser of {count} characters, not the article; import its page",
                title=repr(title[:80].encode("utf-8", "backslashreplace").decode()),
                count=length,
            ),
        )


def _begins(body: Fragment, summary: Fragment) -> bool:
    """Whether the summary is an excerpt: the beginning of the text."""
    text = comparison_key(" ".join(summary.text))
    excerpt = unbroken(text).strip()
    return comparison_key(" ".join(body.text)).startswith(excerpt)


def _captions(page: Page, texts: _Texts, media: Iterable[str]) -> tuple[str, ...]:
    """The distinct captions: those of the text in its order, then those of other elements."""
    captions = dict.fromkeys((*page.captions, *texts.body.captions))
    known = set(map(comparison_key, texts.body.text))
    others = (line for other in texts.others for line in other.captions if comparison_key(line) not in known)
    in_order = (line for line in texts.body.order if line in captions)
    return tuple(dict.fromkeys((*in_order, *captions, *others, *media)))


def _said_besides(page: Page, names: Iterable[str]) -> tuple[str, ...]:
    """The dateline, where it names another source than the article's; read_page has it where it says more."""
    another = page.source and page.dateline not in page.related and not is_own(page.source, names)
    return (page.dateline,) if another else ()


def _places(page: Page, body: Fragment, captions: Sequence[str], *, own_lede: bool) -> tuple[int, ...]:
    """The places of captions; where the entry has its own lede, the first line of the text is a paragraph."""
    if own_lede:
        return caption_places(body.order, captions, (page.opening, *page.paragraphs))
    return caption_places(body.order, captions, page.paragraphs, [page.opening])


def _media_captions(raw: bytes, context: Context) -> Iterator[str]:
    """The titles of the entry's pictures and videos; feedparser mixes them with the summary."""
    for inner_bytes in media_texts(raw):
        inner = inner_bytes.decode(context.forced_encoding or "utf-8", "replace").strip()
        inner = inner.removeprefix("<![CDATA[").removesuffix("]]>")
        yield from fragment_of(unescape(inner)).text


def _names(entry: Mapping[str, Any], channel: Mapping[str, Any]) -> tuple[str, str]:
    """The newspaper and the section, from the entry's source, its category, and the channel's title.

    In a channel's title like "Thời sự - VnExpress RSS" the part that is a known newspaper is the source.
    """
    source = _text(entry.get("source", {}).get("title")) or _text(channel.get("publisher"))
    parts = [part for part in _BETWEEN.split(_RSS_WORD.sub(" ", _text(channel.get("title"))).strip()) if part]
    known = next((part for part in parts if comparison_key(part).casefold() in _newspapers()), "")
    section = next((_text(tag.get("term")) for tag in entry.get("tags", ())), "")
    if known and not section:
        section = next((part for part in parts if part != known), "")
    return source or known, section


@cache
def _newspapers() -> frozenset[str]:
    return word_list("news_sources.txt")


def _authors(entry: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(_text(author.get("name")) for author in entry.get("authors", ()))


def _tags(entry: Mapping[str, Any]) -> tuple[str, ...]:
    """The entry's categories behind the first, which is its section."""
    return tuple(dict.fromkeys(filter(None, (_text(tag.get("term")) for tag in entry.get("tags", ())[1:]))))


def _day(entry: Mapping[str, Any], raw: bytes, post: Post | None) -> Published:
    """The date of publication; that of the post where an export has none, or an absurd one, for the feed."""
    if post is not None and (is_absurd_date(_text(entry.get("published"))) or not entry.get("published")):
        return post.published
    said = _published(entry, raw)
    return post.published if post is not None and not said.text else said


def _published(entry: Mapping[str, Any], raw: bytes) -> Published:
    """The date of publication, in the time zone in which it is written; else the day of the last change.

    feedparser gives Dublin Core's date, which is that of publication, as the one of a change.
    """
    updated = (
        entry.get("updated") if "updated" in entry else None
    )  # feedparser warns for other ways of access
    changed = parse_date(_text(updated))
    if (published := parse_date(_text(entry.get("published")))).text:
        return published
    return changed if _DUBLIN_CORE_DATE.search(raw) else last_change(changed)
