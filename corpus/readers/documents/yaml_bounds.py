"""How deep and how large is YAML, before it is loaded?

libyaml's loader recurses for nested values, and a stack overflow ends the process; an alias stands for all
that its anchor names, so that aliases of aliases expand to billions of values. So the events of its parser,
which neither recurses nor expands, are counted first.
"""

import yaml

_DEEPEST = 50
_MOST_CHARACTERS = 1_000_000  # of all values, with aliases expanded; front matter has at most a tenth

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def check_yaml(text: str) -> None:
    """Refuses YAML that would exhaust the loader's stack or memory.

    Raises:
        ValueError: it is nested too deep, or aliases expand to too much.
        yaml.YAMLError: it is no YAML.
    """
    named: dict[str, int] = {}  # the size of an anchor's value
    open_: list[tuple[str | None, int]] = []  # the anchor of each open collection, and the size before it
    size = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.CollectionEndEvent):
            anchor, before = open_.pop()
            _name(named, anchor, size - before)
        elif isinstance(event, yaml.CollectionStartEvent):
            open_.append((event.anchor, size))
            size += 1
            if len(open_) > _DEEPEST:
                raise ValueError(f"more than {_DEEPEST} values lie in each other")
        elif isinstance(event, yaml.ScalarEvent):
            _name(named, event.anchor, len(event.value) + 1)
            size += len(event.value) + 1
        elif isinstance(event, yaml.AliasEvent):
            size += _size_of(named, event.anchor)
        if size > _MOST_CHARACTERS:
            raise ValueError("its aliases stand for more than a million characters")


def _name(named: dict[str, int], anchor: str | None, size: int) -> None:
    if anchor is not None:
        named[anchor] = size


def _size_of(named: dict[str, int], anchor: str) -> int:
    if anchor not in named:
        raise ValueError(f"the alias {anchor[:40]} stands for what holds it, or for nothing")
    return named[anchor]
