"""Which of the names that a record or a feed gives as its authors are persons'?"""

from collections.abc import Iterable

from corpus.cleaning.bylines import is_agency, without_by
from corpus.cleaning.program_defaults import is_default_name
from corpus.publishers import is_publishers_own


def persons(names: Iterable[str], *, source: str = "", url: str = "") -> tuple[str, ...]:
    """The names without "Theo" or "Bởi" before them, of persons alone.

    Args:
        source, url: of the article, whose own paper is no author.

    >>> persons(["Theo Thu Hà", "TTXVN", "Admin", "Báo Xóm", "Xóm"], source="Xóm")
    ('Thu Hà',)
    """
    plain = (without_by(name) for name in names)
    return tuple(
        dict.fromkeys(
            name
            for name in plain
            if name
            and not is_agency(name)
            and not is_default_name(name)
            and not is_publishers_own(name, source, url)
        )
    )
