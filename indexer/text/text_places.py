"""Which terms have the texts of articles, and where do they stand? For some dozens at once, on arrays."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from indexer.places import BEGINS, ENDS, PARAGRAPH_GAP, POSITION_SHIFT, ZONE_SHIFT, ZONE_WEIGHTS, Zone
from indexer.spans import text_starts
from indexer.term_places import PackedPlaces
from indexer.text.normalise import normalise
from indexer.text.syllables import TOKEN

_PARTS = re.compile(f"({TOKEN.pattern})")
_WEIGHTS = np.array([ZONE_WEIGHTS[zone] for zone in Zone])
_SPAN = np.dtype("<u4")

ZonedTexts = Sequence[tuple[Zone, str]]
"""The texts of an article in order, each with its zone; the texts of a zone stand side by side."""

_Integers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class TextPlaces:
    """The terms of an article's text with their places, its weighted length, and its packed spans."""

    places: PackedPlaces
    length: float
    spans: bytes


class _TermNumbers(dict[str, int]):
    """By token as it is written: the number of its term, in the order in which terms are first met."""

    def __init__(self) -> None:
        super().__init__()
        self.terms: dict[str, int] = {}

    def __missing__(self, token: str) -> int:
        """The number of the term of a token not met yet."""
        return self.setdefault(token, self.terms.setdefault(normalise(token), len(self.terms)))


def text_places(articles: Sequence[ZonedTexts], boundaries: Sequence[bytes]) -> list[TextPlaces]:
    """For each article what its texts hold; ``boundaries`` are its packed word joins (words.pack_joins)."""
    texts = [text for article in articles for _, text in article]
    zones = np.array([zone for article in articles for zone, _ in article], np.int64)
    owners = np.repeat(np.arange(len(articles)), [len(article) for article in articles])
    tokens, starts, lengths = _tokens(texts)
    begins = np.array(text_starts([len(text) for text in texts]), np.int64)
    counts = np.diff(np.searchsorted(starts, begins))
    ends = np.cumsum(np.bincount(owners, counts, len(articles)).astype(np.int64)).tolist()
    slices = [slice(*edges) for edges in pairwise([0, *ends])]

    numbers = _TermNumbers()
    terms = np.fromiter(map(numbers.__getitem__, tokens), np.int64, len(tokens))
    places = _first_places(zones, owners, counts)
    places += np.arange(len(tokens)) << POSITION_SHIFT
    places |= _word_edges(boundaries, slices)
    packed = _by_term(np.repeat(owners, counts), terms, places, tuple(numbers.terms), len(articles))
    weights = np.bincount(owners, _WEIGHTS[zones] * counts, len(articles)).tolist()
    spans = _spans(starts, lengths, slices, begins[np.searchsorted(owners, np.arange(len(articles)))])
    return [TextPlaces(*parts) for parts in zip(packed, weights, spans, strict=True)]


def _tokens(texts: Sequence[str]) -> tuple[list[str], _Integers, _Integers]:
    """The tokens of texts that lie end to end, a line feed between them; their starts and lengths."""
    parts = _PARTS.split("\n".join(texts))
    edges = np.cumsum(np.fromiter(map(len, parts), np.int64, len(parts)))
    starts, ends = edges[:-1:2], edges[1::2]
    return parts[1::2], starts, ends - starts


def _first_places(zones: _Integers, owners: _Integers, counts: _Integers) -> _Integers:
    """For each token the place of its text's first token, less the tokens of all texts before, packed.

    Args:
        zones, owners, counts: of each text (T,) the zone, the article, and how many tokens it has.
    """
    if not len(zones):
        return np.empty(0, np.int64)
    before = np.cumsum(counts + PARAGRAPH_GAP) - counts - PARAGRAPH_GAP
    goes_on = (zones[1:] == zones[:-1]) & (owners[1:] == owners[:-1])
    opens = np.maximum.accumulate(np.where(np.append(False, goes_on), 0, np.arange(len(zones))))
    firsts = before - before[opens] - (np.cumsum(counts) - counts)
    return np.repeat((zones << ZONE_SHIFT) + (firsts << POSITION_SHIFT), counts)


def _word_edges(boundaries: Sequence[bytes], slices: Sequence[slice]) -> _Integers:
    """For each token, the two bits of its place: BEGINS where a word begins there, ENDS where one ends."""
    count = slices[-1].stop if slices else 0
    joined, goes_on = np.zeros(count, np.bool_), np.zeros(count, np.bool_)
    for bits, part in zip(boundaries, slices, strict=True):
        own = np.unpackbits(np.frombuffer(bits, np.uint8), count=part.stop - part.start, bitorder="little")
        joined[part] = own
        goes_on[part.start + 1 : part.stop] = own[:-1]
    return np.where(goes_on, 0, BEGINS).astype(np.int64) | np.where(joined, 0, ENDS).astype(np.int64)


def _by_term(
    owners: _Integers, numbers: _Integers, places: _Integers, terms: tuple[str, ...], articles: int
) -> list[PackedPlaces]:
    """The places of the tokens (N,) of each article, by term."""
    keys = owners * len(terms) + numbers
    order = np.argsort(keys, kind="stable")
    keys, sorted_places = keys[order], places[order].astype(np.uint32)
    firsts = np.flatnonzero(np.diff(keys, prepend=-1))
    counts = np.diff(firsts, append=len(keys)).astype(np.uint32)
    of_terms = (keys[firsts] % max(len(terms), 1)).astype(np.uint32)
    edges = np.searchsorted(keys[firsts], np.arange(articles + 1) * len(terms)).tolist()
    stops = [*firsts.tolist(), len(keys)]
    return [
        PackedPlaces(
            terms, of_terms[first:last], counts[first:last], sorted_places[stops[first] : stops[last]]
        )
        for first, last in pairwise(edges)
    ]


def _spans(starts: _Integers, lengths: _Integers, slices: Sequence[slice], begins: _Integers) -> list[bytes]:
    """The spans of each article's tokens, packed as indexer.spans.pack_spans does.

    Args:
        begins: where the first text of each article begins.
    """
    gaps = np.diff(starts, prepend=0)
    gaps[1:] -= lengths[:-1]
    pairs = np.stack([gaps, lengths], axis=1).astype(_SPAN)
    for part, begin in zip(slices, begins.tolist(), strict=True):
        pairs[part.start : min(part.start + 1, part.stop), 0] = starts[part][:1] - begin
    return [pairs[part].tobytes() for part in slices]
