"""How are sentences and JSON printed at a terminal? Both go to standard output."""

import json

import click

from corpus.message import Message
from search_app.cli.terminal import sentence
from search_app.formats.answers.dumping import dump
from search_app.formats.answers.shape import AnswerSchema
from search_app.language import Translate


def line(message: Message, translate: Translate) -> None:
    """Prints a message as one line."""
    click.echo(sentence(message, translate))


def print_json(answer: type[AnswerSchema], value: object, translate: Translate) -> None:
    """Prints a value as the indented JSON of an answer's schema, with Vietnamese letters unescaped."""
    click.echo(json.dumps(dump(answer, value, translate), ensure_ascii=False, indent=2))


def print_json_line(answer: type[AnswerSchema], value: object, translate: Translate) -> None:
    """Prints a value as one line of such JSON."""
    click.echo(json.dumps(dump(answer, value, translate), ensure_ascii=False))
