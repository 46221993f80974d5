"""What else than a record's bytes does it take to make the record's article again?"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Self


@dataclass(frozen=True, slots=True)
class Context:
    """What a reader's ``article`` is given beside the raw bytes: plain values, so that JSON holds it.

    Attributes:
        file: the name of the file that held the record ("kho.zip!2013/a.csv").
        stem: that file's own name up to its first dot; ids are derived from it.
        url: where the record was found, as a crawl or a feed says.
        declared_encoding: what a header or the like says of the bytes; it may be wrong.
        forced_encoding: what the person said (``--encoding``); it binds.
        encoding: what the record was found to be written in ("tcvn3", "utf-8/vni"); empty: plain UTF-8.
        encoding_found: how that is known: "bom", "declared", "detected" or "forced".
        lost: what the encoding could not say ("capitals of letters with a tone, …").
        captured: when the record was fetched, UTC, ISO 8601; empty where nothing says so.
        maps: the ``--map`` options as given ("title=ten_bai").
        columns: the names of the values of one row, where the row does not hold them.
        delimiter: what stands between the values of one row.
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
        """What is not empty, as values for JSON.

        >>> Context(stem="a", maps=("title=ten",)).as_dict()
        {'stem': 'a', 'maps': ['title=ten']}
        """
        return {
            key: list(value) if isinstance(value, tuple) else value
            for key, value in asdict(self).items()
            if value
        }

    @classmethod
    def from_dict(cls, values: Mapping[str, object]) -> Self:
        """The context that ``as_dict`` gave; what another version added is left out.

        >>> Context.from_dict({"stem": "a", "maps": ["title=ten"], "new": 1}).maps
        ('title=ten',)
        """
        known = {key: value for key, value in values.items() if key in cls.__slots__}
        return cls(**{key: tuple(v) if isinstance(v, list) else v for key, v in known.items()})  # type: ignore[arg-type] # as_dict's own
