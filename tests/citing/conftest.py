"""What is cited is asked over the same corpus as the pages."""

from tests.web.conftest import app, browser, client, home, opens, page, settings, withheld

__all__ = ["app", "browser", "client", "home", "opens", "page", "settings", "withheld"]
