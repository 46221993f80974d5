"""Which columns does a segment have beside its postings? Ids, dates, lengths, facet codes."""

from collections.abc import Mapping, Sequence

import numpy as np

from indexer.arrays.file import AnyArray, string_arrays, strings
from indexer.engine import AnalysedArticle
from indexer.facets import FacetName

NUMBERS = {
    "change": np.uint64,
    "length": np.uint32,  # weighted by whole numbers
    "first_day": np.uint32,
    "last_day": np.uint32,
    "minute": np.uint64,
}


def pack_columns(articles: Sequence[AnalysedArticle]) -> dict[str, AnyArray]:
    """The columns of articles, each of shape (articles,), except strings and the values of facets."""
    numbers = {
        name: np.array([getattr(article, name) for article in articles], dtype)
        for name, dtype in NUMBERS.items()
    }
    columns: dict[str, AnyArray] = {**_ids([article.id.encode() for article in articles]), **numbers}
    for facet in FacetName:
        columns |= _facet(facet, [article.facets[facet] for article in articles])
    return columns


def merge_columns(sources: Sequence[Mapping[str, AnyArray]], live: Sequence[AnyArray]) -> dict[str, AnyArray]:
    """The columns of several segments concatenated, without removed articles."""
    pairs = list(zip(sources, live, strict=True))
    ids = [
        name
        for source, mask in pairs
        for name, stays in zip(strings(source, "id"), mask, strict=True)
        if stays
    ]
    columns: dict[str, AnyArray] = _ids(ids)
    for name in NUMBERS:
        columns[name] = np.concatenate([source[name][mask] for source, mask in pairs])
    for facet in FacetName:
        values: list[str] = []
        for source, mask in pairs:
            known = facet_values(source, facet)
            values += [known[code] for code in source[f"{facet}_codes"][mask].tolist()]
        columns |= _facet(facet, values)
    return columns


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
