"""How are sentences and JSON printed at a terminal? Both go to standard output."""

import json
from collections.abc import Callable, Mapping

import click

from corpus.message import Message
from search_app.cli.terminal import sentence

Translate = Callable[[str], str]


def line(message: Message, translate: Translate) -> None:
    """Prints a message as one line."""
    click.echo(sentence(message, translate))


def print_json(value: Mapping[str, object]) -> None:
    """Prints a value as indented JSON, with Vietnamese letters unescaped."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def print_json_line(value: Mapping[str, object]) -> None:
    """Prints a value as one line of JSON."""
    click.echo(json.dumps(value, ensure_ascii=False))
