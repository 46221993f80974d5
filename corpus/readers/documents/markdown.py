"""How does Markdown with front matter become an article? The front matter gives the fields.

A Markdown file without front matter is as often notes as an article. It is refused, unless ``--format
markdown`` says that the first heading is a headline.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache

import frontmatter
import yaml
from frontmatter.default_handlers import BaseHandler, YAMLHandler
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token

from corpus.article import Article
from corpus.cleaning.caption_places import caption_places
from corpus.cleaning.program_defaults import is_default_name, is_default_title
from corpus.cleaning.supplied_title import supplied_title
from corpus.context import Context
from corpus.errors import ImpossibleValueError
from corpus.message import say
from corpus.readers.documents.yaml_bounds import check_yaml
from corpus.readers.input.encoding import as_utf_8, with_encoding_of_text
from corpus.readers.input.look import Look
from corpus.readers.input.refusing import refuse
from corpus.readers.input.source_file import SourceFile, Tally
from corpus.readers.input.whole_file import WholeFile, text_of_file, whole_or_refused
from corpus.readers.markup.fragment import fragment_of
from corpus.readers.records.field_map import FieldMap
from corpus.readers.records.maker import RecordMaker, article_of_value
from corpus.readers.records.options import ImportOptions
from corpus.readers.records.values import parse_lines
from corpus.records import WHOLE, Record, Refusal

NAME, VERSION = "markdown", 4
SUFFIXES = frozenset({".md", ".markdown", ".mdx"})
MAX_FILE_BYTES = 16 * 1024 * 1024

_FRONT = re.compile(rb"---[ \t]*\r?\n(?:[^\n]*\n){0,500}?---[ \t]*\r?(?:\n|$)")
_KEY = re.compile(rb"---[ \t]*\r?\n(?:#[^\n]*\n|[ \t\r]*\n)*[^\s:#\[{][^:\n]{0,80}:")
_MAX_FRONT_CHARACTERS = 100_000
_BOM = b"\xef\xbb\xbf"


def knows(look: Look) -> bool:
    """Whether the content begins with front matter, and no other reader takes the name."""
    return not (look.named and look.suffix not in SUFFIXES | {".txt"}) and _has_front(look.first)


def read(file: SourceFile, options: ImportOptions, tally: Tally) -> Iterator[Record]:
    """The one record of a Markdown file.

    Raises:
        OSError, TooMuchError: as ``SourceFile.pieces``.
    """
    raw = whole_or_refused(file, tally, MAX_FILE_BYTES)
    if isinstance(raw, Refusal):
        yield raw
    elif not options.format and not _has_front(as_utf_8(raw)):
        message = say(
            "the file has no front matter (--- title: … ---); add it, or say --format markdown where its"
            " first heading is a headline"
        )
        yield refuse(file, WHOLE, "no-front-matter", message, raw)
    else:
        context = with_encoding_of_text(raw, options.context(file))
        yield RecordMaker(file, options, tally, (NAME, VERSION)).record_made_by(WHOLE, raw, article, context)


def article(raw: bytes, context: Context) -> Article:
    """The article of a Markdown file.

    Raises:
        ImpossibleValueError: "bad-front-matter", or an article that cannot be.
    """
    fields, text = _split(text_of_file(WholeFile(raw, None), context))
    tokens = _markdown().parse(text)
    html = _markdown().renderer.render(tokens, _markdown().options, {})
    body = fragment_of(html)
    lines, headline = list(body.text), list(body.text[:1])
    value = _without_defaults({str(name): _plain(part) for name, part in fields.items()}, context)
    begins_with_heading = bool(lines and tokens[0].type == "heading_open")
    name, given = _field("title", value, context)
    if given in ("", None, []):
        value[name or "title"] = lines.pop(0) if begins_with_heading else supplied_title(lines)
    elif tokens and tokens[0].tag == "h1" and lines and lines[0] in map(str, value.values()):
        lines.pop(0)  # the headline is repeated
    else:
        headline = []
    captions = tuple(dict.fromkeys(body.captions))
    if captions:
        places = caption_places(body.order, captions, lines, headline)
        value |= {"caption_places": list(places), "captions": _with_given_captions(captions, value, context)}
    return article_of_value(value | ({"paragraphs": lines} if lines else {}), context, is_markup=False)


def _with_given_captions(captions: Sequence[str], value: Mapping[str, object], context: Context) -> list[str]:
    """The captions of the text, which have places, followed by those that only the front matter has."""
    name, given = _field("captions", value, context)
    return list(dict.fromkeys((*captions, *parse_lines(name, given))))


def _without_defaults(value: Mapping[str, object], context: Context) -> dict[str, object]:
    """The fields without a title or a name that stands in a template for one."""
    kept = dict(value)
    for ours, is_default in (("title", is_default_title), ("authors", is_default_name)):
        name, given = _field(ours, value, context)
        if isinstance(given, str) and is_default(given):
            del kept[name]
    return kept


def _field(ours: str, value: Mapping[str, object], context: Context) -> tuple[str, object]:
    """The name under which the front matter has one of our fields, or may have it, and its value."""
    fields = FieldMap.parse(context.maps)
    return fields.sort(value).taken.get(ours, (fields.usual_name(ours), None))


def _has_front(raw: bytes) -> bool:
    text = raw.removeprefix(_BOM)
    return bool(_FRONT.match(text) and _KEY.match(text))


@cache
def _markdown() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable("table")
    parser.add_render_rule("image", _caption)
    return parser


def _caption(_renderer: object, tokens: Sequence[Token], index: int, *_: object) -> str:
    """A picture as its alternative text, which is its caption, in its place."""
    return f'<span class="caption">{escapeHtml("".join(_unmarked(tokens[index].children or ())))}</span>'


def _unmarked(tokens: Iterable[Token]) -> Iterator[str]:
    """The text of inline Markdown without mark-up."""
    for token in tokens:
        if token.type in {"text", "text_special", "code_inline"}:
            yield token.content
        elif token.type in {"softbreak", "hardbreak"}:
            yield " "
        yield from _unmarked(token.children or ())


def _split(text: str) -> tuple[Mapping[str, object], str]:
    """The front matter's fields and the text below it.

    Raises:
        ImpossibleValueError: "bad-front-matter".
    """
    text = text.strip()
    handler = frontmatter.detect_format(text, frontmatter.handlers)
    try:
        front, body = handler.split(text) if handler else ("", text)
    except ValueError:  # it has no end
        return {}, text
    if len(front) > _MAX_FRONT_CHARACTERS:
        raise _bad(f"{len(front)} characters")
    return _fields(handler, front) if handler else {}, body.strip()


def _fields(handler: BaseHandler, front: str) -> Mapping[str, object]:
    """The values of front matter.

    Raises:
        ImpossibleValueError: "bad-front-matter".
    """
    try:
        if isinstance(handler, YAMLHandler):
            check_yaml(front)
        fields = handler.load(front)
    except (yaml.YAMLError, ValueError, TypeError, AttributeError, RecursionError) as error:
        raise _bad(str(error)) from error
    return fields if isinstance(fields, dict) else {}


def _bad(problem: str) -> ImpossibleValueError:
    shown = " ".join(problem.encode("utf-8", "backslashreplace").decode().split())[:200]
    return ImpossibleValueError(
        "bad-front-matter", say("the front matter cannot be read: {problem}; mend it", problem=shown)
    )


def _plain(value: object) -> object:
    """A value for JSON; dates, which only YAML has, as text."""
    return value.isoformat() if isinstance(value, date) else value
