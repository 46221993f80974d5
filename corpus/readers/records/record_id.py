"""What is the id of the article that a record becomes? The one it gives, or one that stays the same.

Ids are made of the values that release 1.0 took, as they stand in the record, whatever is read better since.
"""

from collections.abc import Mapping

from corpus.article import is_possible_id
from corpus.cleaning.dates import day_first_date
from corpus.derived_id import derived_id
from corpus.errors import ImpossibleValueError
from corpus.published import Published
from corpus.readers.records.field_map import Field, SortedFields
from corpus.readers.records.values import parse_text

_ABSENT: Field = ("", None)


def id_of(fields: SortedFields, given: str, stem: str, said: tuple[str, str, Published]) -> tuple[str, str]:
    """The id, and the one that the record gives where no article can have it: the id is then derived from it.

    Args:
        said: title, source and date, of which an id is made where none is given.
    """
    found = _id(fields, given, stem, said)
    if is_possible_id(found):
        return found, ""
    return derived_id(stem, url=found, source="", title="", published=""), found


def _id(fields: SortedFields, given: str, stem: str, said: tuple[str, str, Published]) -> str:
    """The id: given, or derived as release 1.0 did where it would have taken the record."""
    first = fields.first
    if _was_taken(first):
        try:
            return _first_id(first, stem)
        except ImpossibleValueError:
            pass
    if given:
        return given
    title, source, published = said
    url = _text(fields.taken.get("url", _ABSENT))
    return derived_id(stem, url=url, source=source, title=title, published=published.text)


def _was_taken(first: Mapping[str, Field]) -> bool:
    return bool(_text(first.get("title", _ABSENT))) and any(
        ours in first for ours in ("paragraphs", "lede", "captions")
    )


def _first_id(first: Mapping[str, Field], stem: str) -> str:
    """The id that release 1.0 gave, from the values as they stand in the record.

    Raises:
        ImpossibleValueError: a value has a type for which 1.0 refused the record.
    """
    names = ("id", "url", "source", "title", "published")
    said = {ours: parse_text(*first.get(ours, _ABSENT)) for ours in names}
    return said["id"] or derived_id(
        stem,
        url=said["url"],
        source=said["source"],
        title=said["title"],
        published=day_first_date(said["published"]).text,
    )


def _text(given: Field) -> str:
    try:
        return parse_text(*given)
    except ImpossibleValueError:
        return ""
