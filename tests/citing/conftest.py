"""What is cited is asked over the same corpus as the pages."""

from tests.web.conftest import app, client, page, settings, withheld

__all__ = ["app", "client", "page", "settings", "withheld"]
