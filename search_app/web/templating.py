"""How does a page become HTML? Templates that speak one language; one environment for each."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from flask import current_app, request, url_for
from jinja2 import FileSystemLoader

from search_app.api.current import LANGUAGE, current_language
from search_app.api.parameters import GRAMMAR_NUMBER
from search_app.api.public_address import is_address_known
from search_app.formats.server_paths import file_name
from search_app.language import LANGUAGES
from search_app.query.grammar import GRAMMAR
from search_app.settings import MAX_KEPT
from search_app.web.address import Address, Pair, encoded
from search_app.web.counting_links import counting_links
from search_app.web.interfaces import data_href, data_parameters
from search_app.web.paths import quoted_id
from search_app.web.pieces import Pieces
from search_app.web.route import current_route, find_route
from search_app.web.spoken import SpokenTemplates
from search_app.web.words import words

_TEMPLATES = Path(__file__).with_name("templates")
_NAMES = {"vi": "Tiếng Việt", "en": "English"}


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """A language and the address of this page in it, relative to the page."""

    code: str
    name: str
    current: bool
    href: str


@dataclass(frozen=True, slots=True)
class TwinLink:
    """This page as something else: what it is, its media type, its address."""

    name: str
    kind: str
    href: str


def render(template: str, address: Address, /, **values: object) -> str:
    """A page in the language of the request."""
    language = current_language()
    page = _environment(language).get_template(template)
    links = {
        "languages": list(_language_links(language)),
        "twins": _twin_links(),
        "take_away": _take_away_href(),
        "has_address": is_address_known(),
    }
    return page.render(address=address, **links, **values)


@cache
def _environment(language: str) -> SpokenTemplates:
    """The templates with the words of a language; a changed template is seen after a restart."""
    environment = SpokenTemplates(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    pieces = Pieces(language)
    environment.globals.update(
        words(language),
        language=language,
        url_for=url_for,
        data=data_href,
        counting_links=counting_links,
        file_name=file_name,
        most_kept=MAX_KEPT,
        grammar=GRAMMAR,
        hit_list=pieces.hit_list,
        facet_values=pieces.facet_values,
        when=pieces.when,
        keep=pieces.keep,
    )
    return environment


def _twin_links() -> list[TwinLink]:
    """The page as JSON and as CSV, with what was asked for; results and the home page link by themselves."""
    route = current_route()
    if route is None or route.table is None or request.endpoint != route.endpoint:
        return []
    asked = list(_asked())
    page = quoted_id(request.script_root + request.path)
    return [
        TwinLink(name, kind, f"{page}.{form}{data_parameters(asked, route, form)}")
        for name, form, kind in (("JSON", "json", "application/json"), ("CSV", "csv", "text/csv"))
    ]


def _take_away_href() -> str:
    """The page that offers the rows of this view in every form; empty: there is none."""
    here = (request.endpoint or "").removeprefix("web.")
    offering = find_route(current_app, f"pages.{here}")
    if offering is None:
        return ""
    return url_for(offering.endpoint, **(request.view_args or {})) + data_parameters(_asked(), offering, "")


def _asked() -> Iterator[Pair]:
    """What the address of the request asks, with the grammar by which its query is read."""
    for name, value in request.args.items(multi=True):
        yield name, value
        if name == "q" and GRAMMAR_NUMBER not in request.args:
            yield GRAMMAR_NUMBER, str(GRAMMAR)


def _language_links(current: str) -> Iterator[LanguageLink]:
    kept = encoded(pair for pair in _asked() if pair[0] != LANGUAGE)
    for code in LANGUAGES:
        href = f"?{kept}{'&' if kept else ''}{encoded([(LANGUAGE, code)])}"
        yield LanguageLink(code, _NAMES[code], code == current, href)
