"""Which words and which capitals do the heads of articles have? As columns, one row a syllable."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from indexer.row_order import KEY_BITS, Int64Array, find_distinct
from indexer.suggest.head_texts import BEGINS, BREAK, FORM, JOINT, JOINT_SHIFT, JOINTS, OPENS, HeadTexts
from indexer.suggest.ngram_counts import article_rows
from indexer.text.normalise import normalise
from indexer.units.spellings import Spellings

_BINDING = tuple(JOINTS.index(joint) for joint in (" ", ".", "'", "’"))

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class HeadSyllables:
    """The heads of A articles, one row a syllable (S).

    Attributes:
        spellings: int64 (S,); -1 where the corpus's counts have no such term.
        articles: int64 (S,); ascending.
        follows: whether only a space, a point or an apostrophe is before it.
        begins: whether a word begins here.
        capital: whether it begins with a capital; short: whether it is an abbreviation in capitals.
        opens: whether its capitals mean nothing.
        digit: whether it begins with a digit.
    """

    count: int
    spellings: Int64Array
    articles: Int64Array
    follows: Flags
    begins: Flags
    capital: Flags
    short: Flags
    opens: Flags
    digit: Flags


def read_heads(heads: HeadTexts, spellings: Spellings) -> HeadSyllables:
    """The columns of the heads."""
    forms = heads.tokens & FORM
    joints = heads.tokens >> JOINT_SHIFT & JOINT
    return HeadSyllables(
        len(heads.ids),
        spellings.of_terms(list(map(normalise, heads.forms)))[forms],
        article_rows(heads).astype(np.int64),
        np.isin(joints, _BINDING),
        (heads.tokens & BEGINS > 0) | (joints == BREAK),
        _of_forms(heads, [form[0].isupper() for form in heads.forms]),
        _of_forms(heads, [len(form) > 1 and form.isupper() for form in heads.forms]),
        heads.tokens & OPENS > 0,
        _of_forms(heads, [form[0].isdigit() for form in heads.forms]),
    )


def _of_forms(heads: HeadTexts, flags: list[bool]) -> Flags:
    of_tokens: Flags = np.array(flags, np.bool_)[heads.tokens & FORM]
    return of_tokens


def count_articles(groups: Int64Array, articles: Int64Array) -> tuple[Int64Array, Int64Array]:
    """The distinct groups, ascending, and the number of distinct articles of each."""
    bits = int(articles.max(initial=0)).bit_length()
    if int(groups.max(initial=0)).bit_length() + bits > KEY_BITS:
        distinct, numbers = np.unique(groups, return_inverse=True)
        return distinct, count_articles(numbers, articles)[1]
    held = np.sort(groups << bits | articles)
    held = held[find_distinct(held)] >> bits
    opens = find_distinct(held)
    return held[opens], np.diff(np.append(opens, len(held)))
