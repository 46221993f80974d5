"""The doors for programs are asked over the same corpus as the pages."""

from tests.web.conftest import app, client, settings

__all__ = ["app", "client", "settings"]
