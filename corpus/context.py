"""What does a reader need beside a record's bytes to make the record's article again?"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True)
class Context:
    """What a reader's ``article`` is given beside the raw bytes; plain values that fit into JSON.

    Attributes:
        file: the name of the file that held the record ("kho.zip!2013/a.csv").
        stem: the base name of that file up to its first dot; ids are derived from it.
        url: the address of the record, as a crawl or a feed gives it.
        declared_encoding: the encoding that a header or the like declares; it may be wrong.
        forced_encoding: the encoding of the option ``--encoding``; it binds.
        encoding: the encoding that was found ("tcvn3", "utf-8/vni"); empty for plain UTF-8.
        encoding_found: how it was found: "bom", "declared", "detected" or "forced".
        lost: what the encoding cannot express ("capitals of letters with a tone, …").
        captured: when the record was fetched, UTC, ISO 8601; empty where that is not known.
        maps: the ``--map`` options as given ("title=ten_bai").
        columns: the names of the values of a row, where the row has none.
        delimiter: the delimiter between the values of a row.
    """

    file: str = ""
    stem: str = ""
    url: str = ""
    declared_encoding: str = ""
    forced_encoding: str = ""
    encoding: str = ""
    encoding_found: str = ""
    lost: str = ""
    captured: str = ""
    maps: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    delimiter: str = ""

    def as_dict(self) -> dict[str, object]:
        """The values that are not empty, for JSON.

        >>> Context(stem="a", maps=("title=ten",)).as_dict()
        {'stem': 'a', 'maps': ['title=ten']}
        """
        values = ((key, getattr(self, key)) for key in self.__slots__)
        return {key: list(value) if isinstance(value, tuple) else value for key, value in values if value}

    @classmethod
    def from_dict(cls, values: Mapping[str, object]) -> Self:
        """The inverse of ``as_dict``; keys that another version added are ignored.

        >>> Context.from_dict({"stem": "a", "maps": ["title=ten"], "new": 1}).maps
        ('title=ten',)
        """
        known = {key: value for key, value in values.items() if key in cls.__slots__}
        return cls(**{key: tuple(v) if isinstance(v, list) else v for key, v in known.items()})  # type: ignore[arg-type] # as_dict's own
