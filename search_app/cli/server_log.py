"""What does gunicorn itself log of a request? Its kind of trouble, and not what was asked or by whom.

gunicorn's own lines quote the request that it cannot read, its address with the query, and the client.
"""

import logging

_LOGGER = "gunicorn.error"
_QUOTING = ("Invalid request", "Error handling request")
"""Beginnings of the lines that quote something of the request."""


def keep_requests_out() -> None:
    """Cuts gunicorn's lines to what they say of themselves."""
    logging.getLogger(_LOGGER).addFilter(_cut)


def _cut(record: logging.LogRecord) -> bool:
    said = str(record.msg)
    for beginning in _QUOTING:
        if said.startswith(beginning):
            record.msg, record.args, record.exc_info = beginning, (), None
    return True
