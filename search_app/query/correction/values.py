"""What is a correction, as plain values?"""

from dataclasses import dataclass
from enum import StrEnum


class CorrectionKind(StrEnum):
    """What was corrected."""

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
        text: of the whole query, as it would be typed.
        kinds: what was corrected in it, in the order of the text.
        score: natural logarithm of how many times as likely it is as what was typed.
        unknown: whether it corrects a syllable whose letters the corpus does not know, or hardly.
        letters: the typed query with the marks left out that the corpus hardly knows; empty where it
            knows them all, or the letters neither.
    """

    text: str
    kinds: tuple[CorrectionKind, ...]
    score: float
    unknown: bool
    letters: str = ""
