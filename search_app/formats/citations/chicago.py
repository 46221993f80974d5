"""How does Chicago list a newspaper's article in a bibliography? With the names whole, in their own order.

The notes-bibliography entry of the 18th edition. What nobody signed begins with the paper. Chicago turns
the first name ("Khai, Nguyễn Thị Minh"): no name is turned here, for the archive cannot tell which of its
parts is the family's.
"""

from search_app.formats.citations.cited import Cited, english_day, in_quotes_with_stop
from search_app.formats.citations.exactness import english_archive, english_passage

_ALL = 6  # authors; of more the first three are named
_NAMED = 3


def citation(cited: Cited) -> str:
    """One entry."""
    title = in_quotes_with_stop(cited.title)
    when = _when(cited)
    if cited.authors:
        begun = [
            _ended(_named(cited.authors)),
            title,
            _ended(", ".join(filter(None, [cited.source, when]))),
        ]
    else:
        begun = [_ended(cited.source), title, _ended(when[0].upper() + when[1:])]
    said = [*begun, *([f"Version {cited.exact.version}."] if cited.exact else []), *english_passage(cited)]
    return " ".join(filter(None, [*said, *_where(cited)]))


def _where(cited: Cited) -> list[str]:
    read = english_day((cited.read_on.year, cited.read_on.month, cited.read_on.day))
    accessed = [] if cited.date_parts else [f"Accessed {read}."]
    archived = [one if one.endswith(".") else f"{one}." for one in english_archive(cited, "")]
    if archived:
        return [*accessed, f"{cited.original}." if cited.original else "", *archived]
    named = cited.identifier or f"{cited.archive_name}, article {cited.article.id}"
    return [*accessed, f"{cited.address or named}."]


def _named(authors: tuple[str, ...]) -> str:
    """All of them, or the first three of more than six.

    >>> _named(("Lê An",)), _named(("Lê An", "Vũ Bình")), _named(("Lê An", "Vũ Bình", "Y Phôn Ksor"))
    ('Lê An', 'Lê An and Vũ Bình', 'Lê An, Vũ Bình, and Y Phôn Ksor')
    >>> _named(("A", "B", "C", "D", "E", "F", "G"))
    'A, B, C, et al.'
    """
    if len(authors) > _ALL:
        return ", ".join([*authors[:_NAMED], "et al."])
    first, last = ", ".join(authors[:-1]), authors[-1]
    comma = "," if len(authors) > 2 else ""  # noqa: PLR2004 - before "and" in a list
    return f"{first}{comma} and {last}" if first else last


def _when(cited: Cited) -> str:
    day = english_day(cited.date_parts)
    return f"last modified {day}" if day and cited.is_last_change else day or "n.d."


def _ended(text: str) -> str:
    return text if not text or text.endswith(".") else f"{text}."
