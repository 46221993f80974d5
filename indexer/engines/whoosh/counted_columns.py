"""What has each article that is counted? Columns beside its forward list.

=================  =====  ================================================================
array              dtype  one for each
=================  =====  ================================================================
zone_syllables     u4     article and zone: its syllables
repeat_syllables   u4     article: how many syllables at the body's beginning repeat the lede
repeat_ends        u4     article: the flat position after these; 0 where there are none
guessed            u1     article: whether its date is guessed
=================  =====  ================================================================
"""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from indexer.arrays.file import AnyArray
from indexer.engine import AnalysedArticle
from indexer.engines.whoosh.forward_list import ForwardText
from indexer.kernels.forward import GAP
from indexer.places import Zone
from indexer.row_order import Int64Array

Counted = npt.NDArray[np.uint32]

_NAMES = ("repeat_syllables", "repeat_ends", "guessed")


def pack_counted(
    articles: Sequence[AnalysedArticle], text: ForwardText, zone_starts: Int64Array
) -> dict[str, AnyArray]:
    """The arrays of a segment's file.

    Args:
        zone_starts: int64 (articles, zones): where the zones of each article begin.
    """
    guessed = np.array([article.guessed for article in articles], np.uint8)
    return {**_counted_of_text(text, zone_starts), "guessed": guessed}


def is_miscounted_text(arrays: Mapping[str, AnyArray], text: ForwardText, zone_starts: Int64Array) -> bool:
    """Whether what a segment's file counts of its texts is not theirs."""
    right = _counted_of_text(text, zone_starts)
    return not all(np.array_equal(arrays[name], array) for name, array in right.items())


def _counted_of_text(text: ForwardText, zone_starts: Int64Array) -> dict[str, AnyArray]:
    counts = [np.empty(0, np.uint32)]
    repeats, ends = np.zeros(len(text), np.uint32), np.zeros(len(text), np.uint32)
    for articles, chunk in text.chunks():
        here = slice(articles.start, articles.stop)
        own, repeats[here], ends[here] = _counted_of_chunk(chunk, zone_starts[here])
        counts.append(own)
    return {"zone_syllables": np.concatenate(counts), "repeat_syllables": repeats, "repeat_ends": ends}


def _counted_of_chunk(text: ForwardText, zone_starts: Int64Array) -> tuple[Counted, Counted, Counted]:
    """The syllables of each zone, those of repeats, and where these end."""
    at = np.flatnonzero(text.forms != GAP)
    owners = np.repeat(np.arange(len(text)), np.diff(text.starts))[at]
    terms, positions = text.forms[at] >> 1, text.positions()[at]
    cells = owners * len(Zone)
    for zone in range(1, len(Zone)):
        cells += zone_starts[owners, zone] <= positions
    counts = np.bincount(cells, minlength=len(text) * len(Zone))
    first_of = np.cumsum(counts) - counts
    repeats, ends = np.zeros(len(text), np.uint32), np.zeros(len(text), np.uint32)
    by_zone = counts.reshape(-1, len(Zone))
    ledes = by_zone[:, Zone.LEDE]
    for number in np.flatnonzero((ledes > 0) & (by_zone[:, Zone.BODY] >= ledes)).tolist():
        length = int(ledes[number])
        lede, body = (int(first_of[number * len(Zone) + zone]) for zone in (Zone.LEDE, Zone.BODY))
        if np.array_equal(terms[lede : lede + length], terms[body : body + length]):
            repeats[number] = length
            ends[number] = positions[body + length - 1] + 1
    return counts.astype(np.uint32), repeats, ends


def merge_counted(
    sources: Sequence[Mapping[str, AnyArray]], live: Sequence[npt.NDArray[np.bool_]]
) -> dict[str, AnyArray]:
    """The arrays of several segments merged, without removed articles."""
    pairs = list(zip(sources, live, strict=True))
    merged: dict[str, AnyArray] = {
        "zone_syllables": np.concatenate(
            [source["zone_syllables"].reshape(-1, len(Zone))[mask].ravel() for source, mask in pairs]
        )
    }
    for name in _NAMES:
        merged[name] = np.concatenate([source[name][mask] for source, mask in pairs])
    return merged
