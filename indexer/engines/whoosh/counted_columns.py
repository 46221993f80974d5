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
from indexer.engines.whoosh.forward_list import GAP, ForwardText
from indexer.places import Zone
from indexer.row_order import Int64Array

_NAMES = ("repeat_syllables", "repeat_ends", "guessed")


def pack_counted(
    articles: Sequence[AnalysedArticle], text: ForwardText, zone_starts: Int64Array
) -> dict[str, AnyArray]:
    """The arrays of a segment's file.

    Args:
        zone_starts: int64 (articles, zones): where the zones of each article begin.
    """
    owners = np.repeat(np.arange(len(articles)), np.diff(text.starts))
    at = np.flatnonzero(text.forms != GAP)
    owners, terms, positions = owners[at], text.forms[at] >> 1, text.positions()[at]
    zones = (zone_starts[owners, 1:] <= positions[:, None]).sum(axis=1)
    cells = owners * len(Zone) + zones
    counts = np.bincount(cells, minlength=len(articles) * len(Zone))
    ledes = counts.reshape(-1, len(Zone))[:, Zone.LEDE]
    repeats = np.zeros(len(articles), np.uint32)
    ends = np.zeros(len(articles), np.uint32)
    first_of = np.concatenate([[0], np.cumsum(counts)])
    for number in np.flatnonzero(
        (ledes > 0) & (counts.reshape(-1, len(Zone))[:, Zone.BODY] >= ledes)
    ).tolist():
        length = int(ledes[number])
        lede, body = (int(first_of[number * len(Zone) + zone]) for zone in (Zone.LEDE, Zone.BODY))
        if np.array_equal(terms[lede : lede + length], terms[body : body + length]):
            repeats[number] = length
            ends[number] = positions[body + length - 1] + 1
    return {
        "zone_syllables": counts.astype(np.uint32),
        "repeat_syllables": repeats,
        "repeat_ends": ends,
        "guessed": np.array([article.guessed for article in articles], np.uint8),
    }


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
