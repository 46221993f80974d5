"""How deep and how wide is a piece of YAML, before it is loaded?

libyaml's loader calls itself for what lies in each other, and ends the process where the stack does; an
alias stands for all that its anchor names, and aliases of aliases unfold to billions. The events of the
parser, which does neither, are counted first.
"""

import yaml

_DEEPEST = 50
_MOST_CHARACTERS = 1_000_000  # of all values, aliases unfolded; front matter has at most a tenth

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def check_yaml(text: str) -> None:
    """Refuses what would take the loader's stack or memory.

    Raises:
        ValueError: it is nested too deep, or aliases stand for too much.
        yaml.YAMLError: it is no YAML.
    """
    named: dict[str, int] = {}  # the size of what an anchor names
    open_: list[tuple[str | None, int]] = []  # the anchor of each collection, and the size before it
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
