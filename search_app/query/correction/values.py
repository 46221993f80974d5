"""What is a correction? The plain values that the interfaces show."""

from dataclasses import dataclass
from enum import StrEnum


class CorrectionKind(StrEnum):
    """The kind of error that a correction supposes."""

    TELEX = "telex"
    VNI = "vni"
    MARKS = "marks"
    EDIT = "edit"
    SPACE = "space"
    QUOTES = "quotes"


@dataclass(frozen=True, slots=True)
class Correction:
    """A query that may have been meant.

    Attributes:
        text: the whole corrected query, as understood.
        kinds: the kinds of the errors, in the order of the text.
        score: natural logarithm of how many times likelier it is than what was typed.
        unknown: whether it corrects a syllable whose letters the corpus does not know, or hardly.
        letters: the typed query in which the corrected syllables have no marks, if the corpus knows the
            letters of one but hardly its marks; else empty.
    """

    text: str
    kinds: tuple[CorrectionKind, ...]
    score: float
    unknown: bool
    letters: str = ""
