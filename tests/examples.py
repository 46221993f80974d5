"""How many examples does a costly property get? All in ``make test``, a quarter under the profile "quick"."""

from hypothesis import settings


def examples(count: int) -> int:
    """The number of examples, of which ``count`` are drawn in ``make test``."""
    return count // 4 if settings.get_current_profile_name() == "quick" else count
