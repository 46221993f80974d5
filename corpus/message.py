"""How are messages to people represented? As a template and its values, translated where they are shown.

So a message can be stored with a refusal, tested, and shown in either language. The template is English; the
catalogues in ``search_app/translations`` have the Vietnamese. Every template is the argument of a call of
:func:`say`, where the extractor of translations finds it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

Value = str | int | float


@dataclass(frozen=True, slots=True)
class Message:
    """A template with ``{named}`` placeholders, and their values."""

    template: str
    values: Mapping[str, Value] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.render(str)

    def render(self, translate: Callable[[str], str]) -> str:
        """The sentence; ``translate`` is applied to the template."""
        return translate(self.template).format(**self.values)


def say(template: str, /, **values: Value) -> Message:
    """A message; the extractor of translations looks for calls of this name.

    >>> str(say("{path}: no such file", path="a.jsonl"))
    'a.jsonl: no such file'
    """
    return Message(template, values)
