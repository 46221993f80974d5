"""Which texts and paths are accepted on the command line?

Text must be UTF-8, and a path must not be empty. A wrong value is refused here, so that the message names it
and not what the value would break later.
"""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import click

from corpus.errors import UserError
from corpus.message import say


class TextType(click.types.StringParamType):
    """The type of an id, a query or a name."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The text as it was typed.

        Raises:
            UserError: it is not UTF-8.
        """
        _check_text(str(value))
        return super().convert(value, param, ctx)


class PathType(click.Path):
    """The type of a path.

    An empty path, as of a shell variable without a value, is refused; it would mean the current folder.
    """

    def __init__(self, *, file_okay: bool = True, dir_okay: bool = True) -> None:
        super().__init__(path_type=Path, file_okay=file_okay, dir_okay=dir_okay)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path that was typed.

        Raises:
            UserError: it is empty.
        """
        if not os.fspath(value):
            raise UserError(say("a path is empty; give a file or a folder, or . for the current folder"))
        return super().convert(value, param, ctx)


class DataFolderType(PathType):
    """The type of the data folder. Its name must be UTF-8, because SQLite opens the archive by an address."""

    def __init__(self) -> None:
        super().__init__(file_okay=False)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path that was typed.

        Raises:
            UserError: it is empty, not UTF-8, or longer than the file system allows.
        """
        _check_text(os.fspath(value))
        path = super().convert(value, param, ctx)
        _check_length(path)
        return path


TEXT = TextType()
PATH = PathType()
FILE = PathType(dir_okay=False)
DATA_FOLDER = DataFolderType()


def _check_text(text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        shown = text.encode("utf-8", "backslashreplace").decode()
        raise UserError(
            say("{value}: this is not UTF-8; set the terminal to UTF-8, and type it again", value=shown)
        ) from error


def _check_length(path: Path) -> None:
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        return  # reported by the code that opens the folder
    except OSError as error:
        raise UserError(
            say(
                "{path}: this cannot be a path: {error}; check it",
                path=str(path),
                error=error.strerror or str(error),
            )
        ) from error


def choices(values: Iterable[str]) -> str:
    """How help names the values of an option, of which what reads it refuses others."""
    return f"[{'|'.join(map(str, values))}]"


def check_one_form(given: Mapping[str, bool]) -> None:
    """Refuses an answer in several forms at once.

    Raises:
        UserError: more than one of these options is given.
    """
    names = [name for name, is_given in given.items() if is_given]
    if len(names) > 1:
        raise UserError(say("{names} are given together; give one of them", names=" ".join(names)))
