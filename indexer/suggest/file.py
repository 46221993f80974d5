"""Where are suggestions stored? In one file of arrays beside the index, replaced atomically.

It holds the heads of all articles as numbers, and the phrases and headlines that they give, each sorted by
their folded syllables. It is derived data: where it is missing or of another version it is made again from
the archive.
"""

import unicodedata
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from indexer.arrays.derived import DerivedFile, about_array, open_derived, replace_derived
from indexer.arrays.file import string_arrays, strings
from indexer.suggest.head_texts import HeadTexts
from indexer.suggest.phrase_selection import choose_phrases, number_words
from indexer.suggest.prefix_index import prefix_order
from indexer.text.words import segmenter

FORMAT = 1


def open_stored(path: Path) -> DerivedFile | None:
    """The file, mapped into memory; None where there is none, or of another version.

    Raises:
        DamagedFileError: the file is not what was written.
    """
    return open_derived(path, _version())


def stored_heads(stored: DerivedFile) -> HeadTexts:
    """The heads in a file."""
    arrays = stored.arrays
    return HeadTexts(
        [form.decode() for form in strings(arrays, "form")],
        arrays["tokens"],
        arrays["ends"],
        [name.decode() for name in strings(arrays, "id")],
        [title.decode() for title in strings(arrays, "title")],
        arrays["changes"],
        arrays["days"],
    )


def write_stored(path: Path, heads: HeadTexts, number: int) -> None:
    """Computes the suggestions of the heads, and replaces the file once the new one is on disk."""
    replace_derived(path, suggestion_arrays(heads, number))


def suggestion_arrays(heads: HeadTexts, number: int) -> dict[str, npt.NDArray[Any]]:
    """The arrays of the file."""
    folded, words = number_words(heads.forms)
    phrases = choose_phrases(heads, words)
    starts = heads.starts()[:-1:2]
    title_lengths = heads.ends[::2] - starts
    # Headlines with equal syllables are sorted newest first.
    rows = np.lexsort((np.arange(len(heads.ids)), heads.days))[::-1]
    headlines = rows[prefix_order(heads.tokens, folded, starts[rows], title_lengths[rows])]
    order = prefix_order(heads.tokens, folded, phrases.at, phrases.lengths)
    return {
        "about": about_array(number, _version()),
        **string_arrays("form", [form.encode() for form in heads.forms]),
        "tokens": heads.tokens,
        "ends": heads.ends,
        **string_arrays("id", [name.encode() for name in heads.ids]),
        **string_arrays("title", [title.encode() for title in heads.titles]),
        "changes": heads.changes,
        "days": heads.days,
        "folded": folded.astype(np.uint32),
        "phrase_at": phrases.at[order].astype(np.uint32),
        "phrase_lengths": phrases.lengths[order].astype(np.uint8),
        "phrase_articles": phrases.articles[order].astype(np.uint32),
        "headline_rows": headlines.astype(np.uint32),
        "headline_at": starts[headlines].astype(np.uint32),
        "headline_lengths": title_lengths[headlines].astype(np.uint16),
    }


def _version() -> dict[str, object]:
    return {"format": FORMAT, "unicode": unicodedata.unidata_version, "segmenter": segmenter()}
