"""What does Whoosh store of an article?

Five indexed fields of finished terms, each posting's value the term's packed places; the id, for
deletions; and one column of facts. No analyser, no stored field, no pickle of ours. Whoosh pickles
the schema into its table of contents: the index is always opened with :data:`SCHEMA`, so that copy
is never loaded.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from whoosh.columns import VarBytesColumn
from whoosh.fields import COLUMN, ID, FieldType, Schema
from whoosh.formats import Format

from indexer.engine import AnalysedArticle
from indexer.places import ZONE_WEIGHTS, Zone, unpack
from indexer.query import FacetName, Field

PLACE = np.dtype("<u4")


class PlacesFormat(Format):  # type: ignore[misc]  # whoosh has no types
    """A posting's value is its places: 32-bit little-endian integers, ascending."""


class PlacesField(FieldType):  # type: ignore[misc]  # whoosh has no types
    """A field of finished terms, each with its places."""

    def __init__(self) -> None:
        super().__init__(format=PlacesFormat(), analyzer=None)

    def index(
        self, value: Mapping[str, tuple[int, ...]], **_: object
    ) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Whoosh's own form: (term, frequency, weight, value) for each term."""
        for term, places in value.items():
            weight = sum(ZONE_WEIGHTS[Zone(unpack(place).zone)] for place in places)
            yield term.encode(), len(places), weight, np.array(places, PLACE).tobytes()


SCHEMA = Schema(
    id=ID(unique=True),
    facts=COLUMN(VarBytesColumn()),
    **{
        field.value: PlacesField()
        for field in (Field.TEXT, Field.SOURCE, Field.SECTION, Field.AUTHOR, Field.TAG)
    },
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the engine knows of an article besides its terms; see AnalysedArticle."""

    id: str
    change: int
    length: float
    first_day: int
    last_day: int
    minute: int
    facets: Mapping[FacetName, str]

    def to_bytes(self) -> bytes:
        """As one column value."""
        values = [
            self.id,
            self.change,
            self.length,
            self.first_day,
            self.last_day,
            self.minute,
            dict(self.facets),
        ]
        return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()

    @classmethod
    def from_bytes(cls, value: bytes) -> "Facts":
        """From a column value."""
        name, change, length, first_day, last_day, minute, facets = json.loads(value)
        values = {FacetName(facet): text for facet, text in facets.items()}
        return cls(name, change, length, first_day, last_day, minute, values)

    @classmethod
    def of(cls, article: AnalysedArticle) -> "Facts":
        """Of an analysed article."""
        facets = {
            FacetName.SOURCE: article.source,
            FacetName.SECTION: article.section,
            FacetName.YEAR: article.year,
            FacetName.MONTH: article.month,
        }
        return cls(
            article.id,
            article.change,
            article.length,
            article.first_day,
            article.last_day,
            article.minute,
            facets,
        )


def places_array(values: list[bytes]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.uint32]]:
    """Posting values as counts (one a posting) and all their places, end to end."""
    counts = np.fromiter((len(value) // PLACE.itemsize for value in values), np.int64, len(values))
    return counts, np.frombuffer(b"".join(values), PLACE).astype(np.uint32, copy=False)
