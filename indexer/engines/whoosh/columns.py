"""Which columns does a segment have beside its postings? Ids, dates, lengths, facet codes."""

from collections.abc import Mapping, Sequence

import numpy as np

from indexer.arrays.file import AnyArray, string_arrays, strings
from indexer.engine import AnalysedArticle
from indexer.query import FacetName

NUMBERS = {
    "change": np.uint64,
    "length": np.uint32,  # weighted by whole numbers
    "first_day": np.uint32,
    "last_day": np.uint32,
    "minute": np.uint64,
}


def pack_columns(articles: Sequence[AnalysedArticle]) -> dict[str, AnyArray]:
    """The columns of articles, each of shape (articles,), except strings and the values of facets."""
    facets = {
        FacetName.SOURCE: [one.source for one in articles],
        FacetName.SECTION: [one.section for one in articles],
        FacetName.YEAR: [one.year for one in articles],
        FacetName.MONTH: [one.month for one in articles],
    }
    numbers = {
        name: np.array([getattr(one, name) for one in articles], dtype) for name, dtype in NUMBERS.items()
    }
    found: dict[str, AnyArray] = {**_ids([one.id.encode() for one in articles]), **numbers}
    for name, values in facets.items():
        found |= _facet(name, values)
    return found


def merge_columns(sources: Sequence[Mapping[str, AnyArray]], kept: Sequence[AnyArray]) -> dict[str, AnyArray]:
    """The columns of several segments concatenated, without the articles that are not kept."""
    pairs = list(zip(sources, kept, strict=True))
    ids = [
        name
        for source, mask in pairs
        for name, stays in zip(strings(source, "id"), mask, strict=True)
        if stays
    ]
    found: dict[str, AnyArray] = _ids(ids)
    for name in NUMBERS:
        found[name] = np.concatenate([source[name][mask] for source, mask in pairs])
    for facet in FacetName:
        values: list[str] = []
        for source, mask in pairs:
            known = facet_values(source, facet)
            values += [known[code] for code in source[f"{facet}_codes"][mask].tolist()]
        found |= _facet(facet, values)
    return found


def facet_values(arrays: Mapping[str, AnyArray], name: FacetName) -> list[str]:
    """The values of a facet; a value's index is its code."""
    return [value.decode() for value in strings(arrays, f"{name}_value")]


def _ids(ids: list[bytes]) -> dict[str, AnyArray]:
    """The ids, and the rank of each in the order of their UTF-8 bytes, which is that of their code points."""
    ranks = np.empty(len(ids), np.uint32)
    ranks[sorted(range(len(ids)), key=ids.__getitem__)] = np.arange(len(ids))
    return {**string_arrays("id", ids), "id_rank": ranks}


def _facet(name: FacetName, values: list[str]) -> dict[str, AnyArray]:
    codes: dict[str, int] = {}
    column = np.array([codes.setdefault(value, len(codes)) for value in values], np.uint32)
    return {f"{name}_codes": column, **string_arrays(f"{name}_value", [value.encode() for value in codes])}
