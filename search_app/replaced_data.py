"""What answers while the data folder is replaced, deleted or put back under a running server?

An app is opened on one archive, and answers as long as that archive is in its place. Where another file is,
an app is opened on that; where none is, the request is refused with what to do. Nothing has to be restarted.
"""

import gc
import json
import logging
import threading
from collections.abc import Callable, Iterable
from dataclasses import replace
from http import HTTPStatus
from typing import Any

from flask import Flask

from corpus.errors import OperatorError
from corpus.message import Message, say
from search_app.api.faults import fault_of
from search_app.api.views import is_ours
from search_app.app import create_app
from search_app.bootstrap import open_service
from search_app.formats.answers.dumping import dump
from search_app.formats.answers.state import FaultAnswer
from search_app.formats.server_paths import without_folder
from search_app.language import Translate
from search_app.serving.refusals import refusal_of
from search_app.settings import Settings
from search_app.turns import Turns
from search_app.web.observing import note_refusal

_LOG = logging.getLogger(__name__)
_RETRY_SECONDS = "60"

File = tuple[int, int]
"""Device and inode. An app keeps its archive open, so that no other file gets the same."""


class DataFolderApp:
    """A WSGI app over whatever archive is in the data folder now; safe for threads.

    Args:
        translate: translates what is said where no app can be opened.
    """

    def __init__(self, settings: Settings, translate: Translate) -> None:
        self._settings = settings
        self._translate = translate
        self._turns = Turns()
        self._opening = threading.Lock()
        self._app: Flask | None = None
        self._file: File | None = None

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        """Answers a request."""
        try:
            app = self.open()
        except OperatorError as error:
            return self._answer_error(error, environ.get("PATH_INFO", ""), start)
        return app(environ, start)

    def refuse(self, status: int) -> str:
        """Counts and logs a request that is refused with a status before it came here; what is said."""
        if self._app is not None:
            note_refusal(self._app, status)
        return refusal_of(status).message.render(self._translate)

    def open(self) -> Flask:
        """The app over the archive that is in its place.

        Raises:
            OperatorError: there is none, or it cannot be opened.
        """
        file = self._look()
        if self._app is None or file != self._file:
            with self._opening:
                if self._app is None or file != self._file:
                    self._app = self._open_anew()
                    self._file = file
        return self._app

    def _look(self) -> File:
        try:
            stat = self._settings.archive.stat()
        except OSError as error:
            raise OperatorError(_gone(self._settings, error)) from error
        return stat.st_dev, stat.st_ino

    def _open_anew(self) -> Flask:
        """Opens the archive, and the index before the first request has to wait for it."""
        service = open_service(self._settings)
        service.monitoring.status()
        app = create_app(service, self._settings, self._turns)
        if self._app is not None:
            _LOG.warning("%s was replaced; answers come from the new archive", self._settings.data)
            gc.unfreeze()  # the app before is let go
            gc.collect()
            gc.freeze()
        return app

    def _answer_error(self, error: OperatorError, path: str, start: Callable[..., Any]) -> Iterable[bytes]:
        """Answers without an app: to programs in the form of its faults, else as plain text."""
        fault = fault_of(error)
        fault = replace(fault, message=without_folder(fault.message, self._settings.data))
        as_json = is_ours(path)
        body = (
            json.dumps(dump(FaultAnswer, fault, self._translate), ensure_ascii=False)
            if as_json
            else fault.message.render(self._translate)
        ).encode()
        start(
            f"{fault.status} {HTTPStatus(fault.status).phrase}",
            [
                ("Content-Type", "application/json" if as_json else "text/plain; charset=utf-8"),
                ("Content-Length", str(len(body))),
                ("Cache-Control", "no-store"),
                ("Retry-After", _RETRY_SECONDS),
            ],
        )
        return [body]


def _gone(settings: Settings, error: OSError) -> Message:
    return say(
        "{path}: the archive is gone ({error}); put the data folder back, and it is answered again without a"
        " restart",
        path=str(settings.archive),
        error=error.strerror or str(error),
    )
