"""How is an answer declared? A schema, a field for each key: what it means, and where its value is read.

Every field names the attribute of the value that it is read from, where that is not its own name: a dotted
path ("published.text") or a function of the value. search_app.formats.answers.dumping writes JSON by it;
the description of the API is made of the rest.
"""

from collections.abc import Callable
from typing import Any, ClassVar

from marshmallow import RAISE, Schema, fields, validate

Source = str | Callable[[Any], object] | None
"""Where a field is read: a dotted path, a function of the value; None: the attribute of its name."""

OF = "of"
"""Where a field keeps its Source, in its metadata."""


class AnswerSchema(Schema):
    """Every key is there, and no other.

    Attributes:
        written_first: keys of a schema that extends another, which stand before those of the other.
    """

    written_first: ClassVar[tuple[str, ...]] = ()

    class Meta:
        """A key that is not declared is an error."""

        unknown = RAISE


class Sentence(fields.Str):
    """A corpus.message.Message, in the language asked for."""


class Day(fields.Str):
    """A datetime.date, as ISO 8601."""


def itself(value: object) -> object:
    """The Source of a field that is made of the whole value."""
    return value


def text(description: str, of: Source = None, *, none: bool = False, required: bool = True) -> fields.Str:
    """Text; an empty one is null where ``none`` says so, and left out where it is not required."""
    return fields.Str(**_said(description, of, required=required), allow_none=none)


def message(description: str, of: Source = None, *, none: bool = False) -> fields.Str:
    """A message, said in the language asked for."""
    return Sentence(**_said(description, of), allow_none=none)


def day(description: str, of: Source = None) -> fields.Str:
    """A day, or null."""
    return Day(**_said(description, of), allow_none=True)


def count(description: str, of: Source = None, *, none: bool = False) -> fields.Int:
    """A whole number from 0."""
    at_least = validate.Range(min=0)
    return fields.Int(**_said(description, of), strict=True, validate=at_least, allow_none=none)


def number(description: str, of: Source = None, *, none: bool = False) -> fields.Float:
    """A number."""
    return fields.Float(**_said(description, of), allow_none=none)


def flag(description: str, of: Source = None) -> fields.Bool:
    """True or false."""
    return fields.Bool(**_said(description, of))


def one_of(description: str, values: type, of: Source = None, *, none: bool = False) -> fields.Str:
    """The value of a StrEnum."""
    return fields.Str(**_said(description, of), validate=_choice(values), allow_none=none)


def some_of(values: type) -> fields.Str:
    """The values of a StrEnum, inside ``many``."""
    return fields.Str(validate=_choice(values))


def plain() -> fields.Field[Any]:
    """A text or a whole number, inside ``by_name``."""
    return fields.Raw()


def many(
    schema: type[Schema] | fields.Field[Any], description: str, of: Source = None, *, required: bool = True
) -> fields.List[Any]:
    """A list of answers, or of plain values; left out where it is empty and not required."""
    inner = schema if isinstance(schema, fields.Field) else fields.Nested(schema)
    return fields.List(inner, **_said(description, of, required=required))


def texts(description: str, of: Source = None, *, required: bool = True) -> fields.List[Any]:
    """A list of texts."""
    return many(fields.Str(), description, of, required=required)


def texts_by_name(description: str, of: Source = None) -> fields.Mapping[Any]:
    """A text for each name."""
    return by_name(fields.Str(), description, of)


def lists_by_name(description: str, of: Source = None) -> fields.Mapping[Any]:
    """A list of texts for each name."""
    return by_name(fields.List(fields.Str()), description, of)


def counts(description: str, of: Source = None) -> fields.Mapping[Any]:
    """How many there are of each, by its name."""
    return by_name(fields.Int(), description, of)


def nested(
    schema: type[Schema],
    description: str = "",
    of: Source = None,
    *,
    none: bool = False,
    required: bool = True,
) -> fields.Nested:
    """An answer within another; one that is not required is left out where it is empty."""
    return fields.Nested(schema, **_said(description, of, required=required), allow_none=none)


def by_name(
    values: fields.Field[Any], description: str, of: Source = None, *, keys: type | None = None
) -> fields.Mapping[Any]:
    """An object whose keys are not the schema's: days, or the values of a StrEnum."""
    names = some_of(keys) if keys else fields.Str()
    return fields.Dict(keys=names, values=values, **_said(description, of))


def _choice(values: type) -> validate.OneOf:
    return validate.OneOf([one.value for one in values])  # type: ignore[attr-defined]  # enums alone


def _said(description: str, of: Source, *, required: bool = True) -> dict[str, Any]:
    said = {"description": description} if description else {}
    return {"required": required, "metadata": said | ({OF: of} if of else {})}
