"""How does an answer become JSON? Each schema is compiled once into a function that writes it.

marshmallow's own ``dump`` looks up every field of every value again: of the request for a page of 100 hits
that would be a seventh. So a schema becomes the source of a function with one expression, as dataclasses make
their ``__init__``: ``{"rank": value.rank, "url": (value.url or None), …}``. Nothing of a request is in it.
"""

from collections.abc import Callable
from functools import cache
from itertools import count
from typing import Any

from marshmallow import fields

from search_app.formats.answers.shape import OF, AnswerSchema, Day, Sentence
from search_app.language import Translate

Json = dict[str, Any]
Write = Callable[[Any, Translate], Json]


def dump(answer: type[AnswerSchema], value: object, translate: Translate = str) -> Json:
    """A value as its schema says: plain values, the keys in their fixed order.

    Args:
        translate: into the language of messages; else they stay English.
    """
    return _writer(answer)(value, translate)


def keys(answer: type[AnswerSchema]) -> tuple[str, ...]:
    """The keys of an answer, in the order in which they are written."""
    first = answer.written_first
    return (*first, *(name for name in _declared(answer) if name not in first))


def _declared(answer: type[AnswerSchema]) -> dict[str, fields.Field[Any]]:
    return answer._declared_fields  # noqa: SLF001 - an instance's are copies, and are made anew each time


@cache
def _writer(answer: type[AnswerSchema]) -> Write:
    """The function that writes one answer."""
    compiler = _Compiler()
    written = compiler.object_of(answer, "value")
    exec(f"def write(value, translate):\n    return {written}\n", compiler.names)  # noqa: S102 - of schemas alone
    write: Write = compiler.names["write"]
    return write


class _Compiler:
    """Writes expressions.

    Attributes:
        names: what they call by name: the functions by which fields are found.
    """

    def __init__(self) -> None:
        self.names: dict[str, Any] = {"without_empty": _without_empty}
        self._numbers = count()

    def object_of(self, answer: type[AnswerSchema], value: str) -> str:
        """The object that an expression's value becomes."""
        declared = _declared(answer)
        parts = [f"{name!r}: {self._field(name, declared[name], value)}" for name in keys(answer)]
        written = "{" + ", ".join(parts) + "}"
        optional = tuple(name for name in keys(answer) if not declared[name].required)
        return f"without_empty({written}, {optional!r})" if optional else written

    def _field(self, name: str, field: fields.Field[Any], value: str) -> str:
        source = field.metadata.get(OF, name)
        if isinstance(source, str):
            read = f"{value}.{source}"
        else:
            function = self._name("find")
            self.names[function] = source
            read = f"{function}({value})"
        return (
            self._nullable(field, read) if field.allow_none or not field.required else self._json(field, read)
        )

    def _nullable(self, field: fields.Field[Any], read: str) -> str:
        if isinstance(field, fields.Str) and not isinstance(field, Sentence | Day):
            return f"({read} or None)"
        name = self._name("some")
        return f"(None if ({name} := {read}) is None else {self._json(field, name)})"

    def _json(self, field: fields.Field[Any], read: str) -> str:
        """What a value that is there is in JSON."""
        match field:
            case Sentence():
                return f"{read}.render(translate)"
            case Day():
                return f"{read}.isoformat()"
            case fields.Nested():
                return self._nested(field, read)
            case fields.List():
                one = self._name("one")
                inner = self._json(field.inner, one)
                return f"list({read})" if inner == one else f"[{inner} for {one} in {read}]"
            case fields.Mapping() if field.value_field is not None:
                name, one = self._name("name"), self._name("one")
                inner = self._json(field.value_field, one)
                return f"{{str({name}): {inner} for {name}, {one} in dict({read}).items()}}"
            case _:
                return read

    def _nested(self, field: fields.Nested, read: str) -> str:
        answer: type[AnswerSchema] = field.nested  # type: ignore[assignment]  # a class, as every schema names it
        if read.isidentifier():
            return self.object_of(answer, read)
        name = self._name("whole")
        return f"[{self.object_of(answer, name)} for {name} in ({read},)][0]"

    def _name(self, kind: str) -> str:
        return f"{kind}_{next(self._numbers)}"


def _without_empty(written: Json, optional: tuple[str, ...]) -> Json:
    """Without the keys that are left out where they are empty."""
    return {name: value for name, value in written.items() if value or name not in optional}
