"""No text comes into a piece of the page but escaped: the syntax tree says so, and hostile texts show it."""

import ast
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from inspect import getsource

import markupsafe
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.published import Published
from search_app.answer.highlight import Fragment
from search_app.answer.pages import PageHit, Printed
from search_app.language import LANGUAGES
from search_app.web import html_text, pieces
from search_app.web.address import Address
from search_app.web.html_text import escape
from search_app.web.narrowing import FacetLink
from search_app.web.paths import Paths
from search_app.web.pieces import Pieces

HOSTILE = "<b>&\"'{x}%s</b>"
_PATHS = Paths("/", "/article/", "/why/", "/static/")


def faults(source: str) -> list[str]:
    """What in a module could put a text into HTML unescaped."""
    tree = ast.parse(source)
    made = {"escape", "joined"} | {
        one.name
        for one in ast.walk(tree)
        if isinstance(one, ast.FunctionDef) and isinstance(one.returns, ast.Name) and one.returns.id == "Html"
    }
    return [*_bad_names(tree), *_bad_calls(tree, made), *_bad_strings(tree, made), *_ignored(source)]


def _bad_names(tree: ast.Module) -> Iterator[str]:
    """Html, Markup, escape and joined are those that were imported, and nothing casts."""
    ours = {"Html": "html_text", "escape": "html_text", "joined": "html_text", "Markup": "markupsafe"}
    for one in ast.walk(tree):
        match one:
            case ast.ImportFrom(module=module, names=names):
                for name in names:
                    known = name.asname or name.name
                    if ours.get(known, str(module)) not in str(module) or name.name in {"cast", "Any"}:
                        yield f"imports {known}"
            case ast.Import():
                yield "imports a module"
            case ast.Name(id=name, ctx=ast.Store()) | ast.arg(arg=name) | ast.FunctionDef(name=name) if (
                name in ours
            ):
                yield f"another {name}"


def _bad_calls(tree: ast.Module, made: set[str]) -> Iterator[str]:
    """Html is made of a string that stands there, Markup of Html; texts are put together by neither."""
    for one in ast.walk(tree):
        match one:
            case ast.Call(func=ast.Name(id="Html"), args=[ast.Constant(value=str()) | ast.JoinedStr()]):
                pass
            case ast.Call(func=ast.Name(id="Markup"), args=[argument]) if _is_made(argument, made):
                pass
            case ast.Call(func=ast.Name(id="Html" | "Markup")):
                yield ast.unparse(one)
            case ast.BinOp(op=ast.Add() | ast.Mod()) | ast.AugAssign():
                yield ast.unparse(one)
            case ast.Attribute(attr="format" | "format_map" | "join" | "replace" | "__html__" | "unescape"):
                yield ast.unparse(one)
            case ast.FunctionDef(name=name, returns=ast.Name(id="Html"), args=arguments) if (
                arguments.defaults
            ):
                yield f"{name} has defaults"


def _bad_strings(tree: ast.Module, made: set[str]) -> Iterator[str]:
    """What stands in braces is a piece or escaped, and stands between tags or within double quotes."""
    for string in ast.walk(tree):
        before = ""
        for part in string.values if isinstance(string, ast.JoinedStr) else ():
            if isinstance(part, ast.Constant):
                before += str(part.value)
                continue
            assert isinstance(part, ast.FormattedValue)
            if part.conversion != -1 or part.format_spec or not _is_made(part.value, made):
                yield ast.unparse(part.value)
            tag = before[before.rfind("<") :] if before.rfind("<") > before.rfind(">") else ""
            if tag and tag.count('"') % 2 == 0 and ast.unparse(part.value) != "_state(link)":
                yield f"{ast.unparse(part.value)} stands in a tag"
            before += "…"


def _is_made(value: ast.expr, made: set[str]) -> bool:
    match value:
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(value=ast.Name(id="self"), attr=name)):
            return name in made
    return False


def _ignored(source: str) -> Iterator[str]:
    """What mypy would not see: it tells Html from other strings."""
    if "type: ignore" in source:
        yield "type: ignore"


def test_every_text_is_escaped_by_the_syntax_tree() -> None:
    assert faults(getsource(pieces)) == []


@pytest.mark.parametrize(
    "line",
    [
        "x = f'<b>{text}</b>'",
        "x = Html(f'<b>{text}</b>')",
        "x = Html(text)",
        "x = Html('<b>' + text)",
        "x = Html('<b>%s' % text)",
        "x = Html('<b>{}'.format(text))",
        "x = Html(''.join(texts))",
        "x = Html(f'{escape(text)!r}')",
        "x = Html(f'{escape(text):>9}')",
        "x = Html(f'<b {escape(text)}>')",
        "x = Html(f'<b class={escape(text)}>')",
        "x = Html(f\"<b class='{escape(text)}'>\")",
        "x = Html(f'<b>{other.escape(text)}</b>')",
        "x = Html(f'<b>{unknown(text)}</b>')",
        "x = Markup(text)",
        "x = Markup(f'<b>{escape(text)}</b>')",
        "x = cast(Html, text)  # type: ignore",
        "def escape(text: str) -> Html: return Html('')",
        "escape = str",
        "from elsewhere import escape",
        "import markupsafe",
    ],
)
def test_another_way_is_refused(line: str) -> None:
    assert faults(f"{getsource(pieces)}\n{line}\n") != []


@given(st.text())
def test_escaped_is_as_templates_escape(text: str) -> None:
    assert escape(text) == html_text._escape(text) == str(markupsafe.escape(text))


class _Tags(HTMLParser):
    """The tags of a piece with the names of their attributes, and all its texts and values."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, tuple[str, ...]]] = []
        self.texts: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(name for name, _ in attrs)))
        self.texts += [value or "" for _, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        self.tags.append((f"/{tag}", ()))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def _hits(text: str) -> list[PageHit]:
    title = (Fragment(text, hit=True), Fragment(text, hit=False))
    other = Printed(f"2{text}", text, "", Published("2013"))
    dated, undated = Published("2013-05-26T07:10+07:00"), Published()
    full = PageHit(
        1, text, text, title, text, text, dated, 1.0, title, (text, text), (text, ""), (text, text), 640, 2
    )
    return [
        replace(full, first=other, first_dated=True),
        replace(full, first=replace(other, id=text), first_dated=True),
        replace(full, first=replace(other, source=text, published=undated), collapsed=0),
        PageHit(4, text, text, title, "", "", undated, 0.0, (), ()),
    ]


def _links(text: str) -> list[FacetLink]:
    kinds = ((False, False), (True, False), (False, True), (True, True))
    return [FacetLink(text, text, chosen, excluded, text, text) for chosen, excluded in kinds]


@pytest.mark.parametrize("language", LANGUAGES)
def test_hostile_texts_are_shown_and_change_no_tag(language: str) -> None:
    made = Pieces(language)

    def shown(text: str) -> list[_Tags]:
        address = Address(_PATHS, (("q", text),))
        html = (made.hit_list(_hits(text), address), made.facet_values(_links(text)), made.keep(text))
        return [_Tags(one) for one in html]

    for hostile, harmless in zip(shown(HOSTILE), shown("chữ"), strict=True):
        assert hostile.tags == harmless.tags
        wanted = [text for text in harmless.texts if "chữ" in text]
        got = [text for text in hostile.texts if HOSTILE in text]
        assert wanted
        assert [text.replace(HOSTILE, "chữ") for text in got] == wanted
