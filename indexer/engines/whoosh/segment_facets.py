"""How are the articles of a segment counted and filtered by a facet? By the codes of its values.

Where each article has one value, articles that are equal in all such facets are a group, and matching
articles are counted by group once for all of these facets. Where an article can have several values, the
codes of all matching articles are gathered and counted.
"""

from collections.abc import Set as AbstractSet
from functools import cached_property

import numpy as np
import numpy.typing as npt

from indexer.arrays.file import AnyArray, MappedArrays
from indexer.engines.whoosh.columns import facet_keys, facet_values, has_facet
from indexer.facets import SEVERAL, FacetName
from indexer.kernels.counts import count_codes
from indexer.kernels.library import library

_SINGLE = tuple(name for name in FacetName if name not in SEVERAL)

Mask = npt.NDArray[np.bool_]
Counts = npt.NDArray[np.int64]


class SegmentFacets:
    """The facets of a segment; safe for threads. A facet that it does not know has no values."""

    def __init__(self, arrays: MappedArrays, count: int) -> None:
        self._arrays = arrays
        self._count = count
        self._values: dict[FacetName, list[str]] = {}
        self._keys: dict[FacetName, list[str]] = {}
        self._codes_by_key: dict[FacetName, dict[str, list[int]]] = {}
        self._owners: dict[FacetName, npt.NDArray[np.intp]] = {}

    def values(self, name: FacetName) -> list[str]:
        """The values of a facet as written; a value's index is its code."""
        if name not in self._values:
            self._values[name] = facet_values(self._arrays, name) if has_facet(self._arrays, name) else []
        return self._values[name]

    def keys(self, name: FacetName) -> list[str]:
        """The key of each value of a facet, which values share that are one (corpus.value_folding)."""
        if name not in self._keys:
            self._keys[name] = facet_keys(self._arrays, name) if has_facet(self._arrays, name) else []
        return self._keys[name]

    def count_groups(self, numbers: npt.NDArray[np.integer]) -> npt.NDArray[np.intp]:
        """How many of some articles are in each group, for ``count_single``."""
        groups, codes = self._groups
        return np.bincount(groups.take(numbers), minlength=len(codes[FacetName.SOURCE]))

    def count_single(self, name: FacetName, grouped: npt.NDArray[np.intp]) -> Counts:
        """How many articles have each value of a facet, by its code, from their number in each group."""
        by_code = np.bincount(self._groups[1][name], grouped, minlength=len(self.values(name)))
        return by_code.astype(np.int64)

    def count_several(self, name: FacetName, numbers: npt.NDArray[np.uint16]) -> Counts:
        """How many of some articles (ascending) have each value of a facet of SEVERAL, by its code."""
        if len(self.values(name)) <= 1:  # an article has a value, and each value once: nearly always ""
            return np.full(len(self.values(name)), len(numbers), np.int64)
        codes, starts = self._arrays[f"{name}_codes"], self._arrays[f"{name}_starts"]
        if library() is not None:
            return count_codes(self._arrays.path, codes, starts, numbers, len(self.values(name)))
        if len(numbers) < self._count:
            firsts = starts[numbers].astype(np.int64)
            lengths = starts[numbers.astype(np.intp) + 1] - firsts
            before = np.cumsum(lengths) - lengths
            codes = codes[np.repeat(firsts - before, lengths) + np.arange(int(lengths.sum()))]
        return np.bincount(codes, minlength=len(self.values(name))).astype(np.int64)

    def count_live(self, name: FacetName, live: Mask | None) -> Counts:
        """How many live articles have each value of a facet, by its code; None: all are live."""
        if name in SEVERAL:
            numbers = np.arange(self._count) if live is None else np.flatnonzero(live)
            return self.count_several(name, numbers.astype(np.uint16))
        codes = self._codes(name)
        return np.bincount(codes if live is None else codes[live], minlength=len(self.values(name)))

    def having(self, name: FacetName, keys: AbstractSet[str]) -> Mask:
        """Which articles have any of some values, given by their keys: (articles,)."""
        wanted = np.zeros(len(self.values(name)), np.bool_)
        for key in keys:
            wanted[self._codes_of(name).get(key, [])] = True
        if name not in SEVERAL:
            single: Mask = wanted[self._codes(name)]
            return single
        mask = np.zeros(self._count, np.bool_)
        if wanted.any():
            mask[self._owner(name)[wanted[self._codes(name)]]] = True
        return mask

    def _codes(self, name: FacetName) -> AnyArray:
        return self._arrays[f"{name}_codes"]

    def _codes_of(self, name: FacetName) -> dict[str, list[int]]:
        """The codes of the values that share each key."""
        if name not in self._codes_by_key:
            codes: dict[str, list[int]] = {}
            for code, key in enumerate(self.keys(name)):
                codes.setdefault(key, []).append(code)
            self._codes_by_key[name] = codes
        return self._codes_by_key[name]

    def _owner(self, name: FacetName) -> npt.NDArray[np.intp]:
        """The article of each code of a facet of SEVERAL."""
        if name not in self._owners:
            starts = self._arrays[f"{name}_starts"].astype(np.int64)
            self._owners[name] = np.repeat(np.arange(self._count), starts[1:] - starts[:-1])
        return self._owners[name]

    @cached_property
    def _groups(self) -> tuple[npt.NDArray[np.intp], dict[FacetName, npt.NDArray[np.intp]]]:
        """Groups of articles equal in all facets of one value: each article's group; each group's codes."""
        keys = np.zeros(self._count, np.int64)
        for name in _SINGLE:
            width = max(len(self.values(name)), 1)
            keys = np.unique(keys * width + self._codes(name), return_inverse=True)[1]
        _, firsts, groups = np.unique(keys, return_index=True, return_inverse=True)
        return groups, {name: self._codes(name)[firsts].astype(np.intp) for name in _SINGLE}
