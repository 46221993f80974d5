"""What can templates say? Translation, numbers and dates in the language of the request."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import request
from flask.blueprints import BlueprintSetupState
from markupsafe import Markup, escape

from corpus.message import Message
from corpus.published import Published
from search_app.api.current import LANGUAGE, current_language, current_translate
from search_app.language import LANGUAGES, count_translator
from search_app.web.formats import number_text, published_text

_NAMES = {"vi": "Tiếng Việt", "en": "English"}


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """A language and the address of this page in it, relative to the page."""

    code: str
    name: str
    current: bool
    href: str


def speak(state: BlueprintSetupState) -> None:
    """Gives the templates of an app their words."""
    state.app.jinja_env.trim_blocks = True
    state.app.jinja_env.lstrip_blocks = True
    state.app.jinja_env.globals.update(
        _=_say,
        ngettext=_say_count,
        said=_said,
        number=_number,
        published=_published,
        language=current_language,
        language_links=_language_links,
    )


def _say(template: str, /, **values: object) -> Markup:
    """A sentence in the language of the request; values are escaped unless they are Markup."""
    return Markup(escape(current_translate()(template))).format(**values)  # noqa: S704 - escaped first


def _say_count(singular: str, plural: str, count: int, /, **values: object) -> Markup:
    template = count_translator(current_language())(singular, plural, count)
    return Markup(escape(template)).format(count=_number(count), **values)  # noqa: S704 - escaped first


def _said(message: Message) -> str:
    return message.render(current_translate())


def _number(number: float) -> str:
    return number_text(number, current_language())


def _published(published: Published) -> str:
    return published_text(published, current_language())


def _language_links() -> Iterator[LanguageLink]:
    kept = [(name, value) for name, value in request.args.items(multi=True) if name != LANGUAGE]
    for code in LANGUAGES:
        href = "?" + urlencode([*kept, (LANGUAGE, code)])
        yield LanguageLink(code, _NAMES[code], code == current_language(), href)
