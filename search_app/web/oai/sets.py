"""By which name is a source a set of OAI-PMH? By its publisher's key, in characters of the protocol.

A set keeps its name while its publisher has its key (corpus.publishers), however its articles write it.
"""

from urllib.parse import quote, unquote

_HOST_KEY, _HOST_SET = "host:", "host."


def set_spec(key: str) -> str:
    """The name of a publisher's set.

    >>> [set_spec(key) for key in ("tuoi tre", "host:ban-tin.example", "人民")]
    ['tuoi_tre', 'host.ban-tin.example', '!E4!BA!BA!E6!B0!91']
    """
    if key.startswith(_HOST_KEY):
        return _HOST_SET + _quoted(key.removeprefix(_HOST_KEY))
    return _quoted(key).replace(".", "!2E")


def key_of_set(spec: str) -> str | None:
    """The key of the publisher whose set has a name; None where no set can have it.

    >>> key_of_set("tuoi_tre"), key_of_set("host.ban-tin.example"), key_of_set("a:b")
    ('tuoi tre', 'host:ban-tin.example', None)
    """
    name = spec.removeprefix(_HOST_SET)
    key = unquote(name.replace("_", " ").replace("!", "%"))
    key = key if name == spec else _HOST_KEY + key
    return key if set_spec(key) == spec else None


def _quoted(text: str) -> str:
    """A text in letters, digits and ``-.~``, with ``_`` for a space and ``!5F`` for ``_`` itself."""
    parts = ("!5F".join(map(_escaped, part.split("_"))) for part in text.split(" "))
    return "_".join(parts)


def _escaped(text: str) -> str:
    return quote(text, safe="", errors="replace").replace("%", "!")
