"""Which files of a folder or an archive belong to a system, and are no texts?"""

_SYSTEMS = frozenset({"__MACOSX", "Thumbs.db", "desktop.ini"})


def is_hidden(path: str) -> bool:
    """Whether a part of the path begins with a dot, or is a name that a system uses.

    >>> is_hidden("2013/.git/config"), is_hidden("__MACOSX/a.txt"), is_hidden("./2013/a.txt")
    (True, True, False)
    """
    parts = [part for part in path.replace("\\", "/").split("/") if part not in {"", ".", ".."}]
    return any(part.startswith(".") or part in _SYSTEMS for part in parts)
