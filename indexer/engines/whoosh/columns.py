"""Which columns does a segment have beside its postings? Ids, dates, lengths, facet codes.

A facet has its values once, and their codes: of a facet with one value an article a code for each article; of
those with several (indexer.facets.SEVERAL) the codes of all articles end to end, where those of each begin,
and the keys of the values too (corpus.value_folding), for there are so many that folding them takes time.
Indexes before format 7 have no columns of the latter.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from corpus.value_folding import fold_value
from indexer.arrays.file import AnyArray, string_arrays, strings
from indexer.engine import AnalysedArticle
from indexer.facets import SEVERAL, FacetName

NUMBERS = {
    "change": np.uint64,
    "length": np.uint32,  # weighted by whole numbers
    "first_day": np.uint32,
    "last_day": np.uint32,
    "minute": np.uint64,
}


SEVERAL_SINCE = 7
"""The first format of an index that has columns of facets with several values."""


def facets_of_format(index_format: int) -> tuple[FacetName, ...]:
    """The facets that have columns in an index of a format."""
    return tuple(name for name in FacetName if index_format >= SEVERAL_SINCE or name not in SEVERAL)


def pack_columns(
    articles: Sequence[AnalysedArticle], facets: Iterable[FacetName] = tuple(FacetName)
) -> dict[str, AnyArray]:
    """The columns of articles, each of shape (articles,), except strings and the values of facets."""
    numbers = {
        name: np.array([getattr(article, name) for article in articles], dtype)
        for name, dtype in NUMBERS.items()
    }
    columns: dict[str, AnyArray] = {**_ids([article.id.encode() for article in articles]), **numbers}
    for facet in facets:
        columns |= _facet(facet, [article.facets[facet] for article in articles])
    return columns


def merge_columns(
    sources: Sequence[Mapping[str, AnyArray]],
    live: Sequence[AnyArray],
    facets: Iterable[FacetName] = tuple(FacetName),
) -> dict[str, AnyArray]:
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
    for facet in facets:
        values = [some for source, mask in pairs for some in _values_of_live(source, facet, mask)]
        columns |= _facet(facet, values)
    return columns


def has_facet(arrays: Mapping[str, AnyArray], name: FacetName) -> bool:
    """Whether a segment knows the values of a facet."""
    return f"{name}_codes" in arrays


def facet_values(arrays: Mapping[str, AnyArray], name: FacetName) -> list[str]:
    """The values of a facet as written; a value's index is its code."""
    return [value.decode() for value in strings(arrays, f"{name}_value")]


def facet_keys(arrays: Mapping[str, AnyArray], name: FacetName) -> list[str]:
    """The key of each value of a facet, which values share that are one."""
    if name in SEVERAL:
        return [key.decode() for key in strings(arrays, f"{name}_key")]
    return list(map(fold_value, facet_values(arrays, name)))


def _values_of_live(
    arrays: Mapping[str, AnyArray], name: FacetName, live: AnyArray
) -> Iterator[tuple[str, ...]]:
    """The values in a facet of each article that is not removed."""
    values, codes = facet_values(arrays, name), arrays[f"{name}_codes"].tolist()
    if name not in SEVERAL:
        yield from ((values[codes[number]],) for number in np.flatnonzero(live).tolist())
        return
    starts = arrays[f"{name}_starts"].tolist()
    for number in np.flatnonzero(live).tolist():
        yield tuple(values[code] for code in codes[starts[number] : starts[number + 1]])


def _ids(ids: list[bytes]) -> dict[str, AnyArray]:
    """The ids, and the rank of each in the order of their UTF-8 bytes, which is that of their code points."""
    ranks = np.empty(len(ids), np.uint32)
    ranks[sorted(range(len(ids)), key=ids.__getitem__)] = np.arange(len(ids))
    return {**string_arrays("id", ids), "id_rank": ranks}


def _facet(name: FacetName, values: Sequence[tuple[str, ...]]) -> dict[str, AnyArray]:
    """The columns of a facet, from the values of each article."""
    codes: dict[str, int] = {}
    column = np.array([codes.setdefault(value, len(codes)) for some in values for value in some], np.uint32)
    columns = {f"{name}_codes": column, **string_arrays(f"{name}_value", [value.encode() for value in codes])}
    if name in SEVERAL:
        columns[f"{name}_starts"] = np.cumsum([0, *map(len, values)]).astype(np.uint32)
        columns |= string_arrays(f"{name}_key", [fold_value(value).encode() for value in codes])
    return columns
