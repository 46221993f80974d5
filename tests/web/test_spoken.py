"""Sentences of the interface are put into a template when it is read, and say what they said before."""

import pytest
from jinja2 import DictLoader, Environment

from search_app.language import LANGUAGES
from search_app.web.spoken import SpokenTemplates
from search_app.web.words import words

_CASES = {
    "alone": "<p>{{ _('Search') }}</p>",
    "in a list": "{% for name in ('a', _('Text')) %}{{ name }}{% endfor %}",
    "an alternative": "{{ typed or _('The whole archive') }}",
    "passed on": "{% macro bold(text) %}<b>{{ text }}</b>{% endmacro %}{{ bold(_('Search')) }}",
    "a value within": "{{ _('what cannot be known: {lost}', lost=_('Search')) }}",
    "of a value": "{{ _(typed) }}",
    "imported": "{% from 'other' import said %}{{ said() }}",
}


@pytest.mark.parametrize("source", _CASES.values(), ids=_CASES)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("typed", ["", "<i>Search</i>"])
def test_a_template_says_the_same_whether_its_sentences_are_put_in_or_not(
    source: str, language: str, typed: str
) -> None:
    assert _rendered(SpokenTemplates, source, language, typed) == _rendered(
        Environment, source, language, typed
    )


def test_a_sentence_without_values_is_not_asked_for_while_a_page_is_made() -> None:
    environment = _environment(SpokenTemplates, _CASES["alone"], "vi")
    template = environment.get_template("page")
    del environment.globals["_"]
    assert template.render() == "<p>Tìm</p>"


def _rendered(kind: type[Environment], source: str, language: str, typed: str) -> str:
    return _environment(kind, source, language).get_template("page").render(typed=typed)


def _environment(kind: type[Environment], source: str, language: str) -> Environment:
    other = "{% macro said() %}{{ _('Search') }}{% endmacro %}"
    environment = kind(loader=DictLoader({"page": source, "other": other}), autoescape=True)
    environment.globals.update(words(language))
    return environment
