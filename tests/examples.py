"""How many examples does a property get? As many as it says, times what the profile of Hypothesis gives."""

from hypothesis import settings

FACTORS = {"quick": 0.25}
"""Of the profiles in tests/conftest.py; all others give 1."""


def examples(count: int) -> int:
    """The number of examples for a costly property, of which ``count`` are drawn in ``make test``."""
    return max(1, round(count * FACTORS.get(settings.get_current_profile_name(), 1.0)))
