"""How does the house say something to a person, in either language?

What is said is kept as a template and its values, so that it can be stored, tested and translated at
the door. The template is English, the catalogues under ``search_app/translations`` hold the
Vietnamese. Every template is written inside a call of :func:`say`, where the extractor finds it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

Value = str | int | float


@dataclass(frozen=True, slots=True)
class Message:
    """A template with ``{named}`` places, and the values that fill them."""

    template: str
    values: Mapping[str, Value] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.render(str)

    def render(self, translate: Callable[[str], str]) -> str:
        """The sentence, its template put through ``translate`` first."""
        return translate(self.template).format(**self.values)


def say(template: str, /, **values: Value) -> Message:
    """A message; the name the translation extractor looks for.

    >>> str(say("{path}: no such file", path="a.jsonl"))
    'a.jsonl: no such file'
    """
    return Message(template, values)
