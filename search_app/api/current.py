"""What serves this request, and in which language? The service and the settings, kept with the app."""

from dataclasses import dataclass

from flask import Flask, current_app, g, request

from search_app.answer.service import Service
from search_app.api.faults import ParameterError
from search_app.language import LANGUAGES, Translate, translator
from search_app.settings import Settings

LANGUAGE = "lang"
"""Name of the parameter and of the cookie."""

_KEY = "khobao"


@dataclass(frozen=True, slots=True)
class Deployment:
    """What the interfaces open on."""

    service: Service
    settings: Settings


def attach(app: Flask, deployment: Deployment) -> None:
    """Lets the views of ``app`` find the deployment."""
    app.extensions[_KEY] = deployment


def current_service() -> Service:
    """The use cases."""
    return _deployment().service


def current_settings() -> Settings:
    """The settings of this process."""
    return _deployment().settings


def current_language() -> str:
    """The parameter, else the cookie, else the settings; always one Kho Báo speaks."""
    if "language" not in g:
        g.language = _asked_language()
    language: str = g.language
    return language


def _asked_language() -> str:
    for asked in (request.args.get(LANGUAGE), request.cookies.get(LANGUAGE)):
        if asked in LANGUAGES:
            return asked
    return _deployment().settings.language


def current_translate() -> Translate:
    """The translator of this request."""
    return translator(current_language())


def check_language() -> None:
    """Refuses a language that Kho Báo does not speak.

    Raises:
        ParameterError: the parameter names another one.
    """
    asked = request.args.get(LANGUAGE)
    if asked and asked not in LANGUAGES:
        raise ParameterError.choice(LANGUAGE, asked, LANGUAGES)


def _deployment() -> Deployment:
    deployment = current_app.extensions[_KEY]
    assert isinstance(deployment, Deployment)  # noqa: S101 - for the type checker: furnish put it there
    return deployment
