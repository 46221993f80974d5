"""How does the home page show what it holds? Its values as the template takes them."""

from datetime import date

from search_app.answer.periods import TimeUnit
from search_app.api.current import current_language, current_service
from search_app.web.address import Address
from search_app.web.histogram import histogram
from search_app.web.periods import period_text


def home_page(address: Address) -> dict[str, object]:
    """What the template shows."""
    language = current_language()
    today = date.today()  # noqa: DTZ011 - the reader's day is the server's
    home = current_service().home.page(today)
    return {
        "held": home.held,
        "bars_shown": histogram(home.held.line, address.setting("q", ""), language),
        "examples": home.examples,
        "today": period_text(TimeUnit.DAY, today, language).rpartition("/" if language == "vi" else " ")[0],
        "memory": home.memory,
        "newest": home.newest,
    }
