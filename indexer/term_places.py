"""How are the terms of an article kept with their places, in few bytes?"""

from collections.abc import ItemsView, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.uint32]


@dataclass(frozen=True, slots=True, eq=False)
class PackedPlaces(Mapping[str, tuple[int, ...]]):
    """From a term to its places (indexer.places), on arrays; it equals a mapping of the same.

    Attributes:
        terms: distinct terms; articles that were analysed together share them.
        numbers: uint32 (T,): the article's terms, by their places among ``terms``, ascending.
        counts: uint32 (T,): how many places each has.
        places: uint32 (O,): those of the first term, ascending, then those of the next.
    """

    terms: Sequence[str]
    numbers: Numbers
    counts: Numbers
    places: Numbers

    @classmethod
    def of(cls, places: Mapping[str, tuple[int, ...]]) -> "PackedPlaces":
        """The same places, packed.

        >>> dict(PackedPlaces.of({"a": (2, 6), "b": (4,)}))
        {'a': (2, 6), 'b': (4,)}
        """
        if isinstance(places, PackedPlaces):
            return places
        return cls(
            tuple(places),
            np.arange(len(places), dtype=np.uint32),
            np.fromiter(map(len, places.values()), np.uint32, len(places)),
            np.fromiter((place for of_term in places.values() for place in of_term), np.uint32),
        )

    def __getitem__(self, term: str) -> tuple[int, ...]:
        """The places of a term."""
        for own, places in self._items():
            if own == term:
                return places
        raise KeyError(term)

    def __iter__(self) -> Iterator[str]:
        """The terms."""
        return iter([self.terms[number] for number in self.numbers.tolist()])

    def __len__(self) -> int:
        """How many terms there are."""
        return len(self.numbers)

    def items(self) -> ItemsView[str, tuple[int, ...]]:
        """The terms and their places, found in one pass."""
        return dict(self._items()).items()

    def _items(self) -> Iterator[tuple[str, tuple[int, ...]]]:
        places = self.places.tolist()
        first = 0
        for term, count in zip(self, self.counts.tolist(), strict=True):
            yield term, tuple(places[first : first + count])
            first += count
