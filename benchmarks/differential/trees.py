"""What was drawn? A query as a tree of its meaning, without any of the product's own values."""

from dataclasses import dataclass
from datetime import date

from benchmarks.differential.syllables import bare_letter

TEXT, TITLE, CAPTION = "text", "title", "caption"
SOURCE, SECTION, AUTHOR, TAG = "source", "section", "author", "tag"


@dataclass(frozen=True)
class Term:
    """A word or a phrase.

    Attributes:
        syllables: as typed.
        field: where it stands.
        quoted: whether all of its marks bind.
        exact: whether its very characters are meant.
        near: how many other syllables may stand among its own, in any order; 0: it is a phrase.
        star: whether the last syllable is only a beginning.
        word: whether it is one word of the segmentation.
        level: whether its marks bind, though it is not quoted: it was typed in a unit with marks.
    """

    syllables: tuple[str, ...]
    field: str = TEXT
    quoted: bool = False
    exact: bool = False
    near: int = 0
    star: bool = False
    word: bool = False
    level: bool = False

    @property
    def binds(self) -> bool:
        """Whether all marks bind: in quotes, in a unit with marks, and in a word of syllables with marks."""
        marked = any(bare_letter(letter) != letter for syllable in self.syllables for letter in syllable)
        return self.quoted or self.level or (len(self.syllables) > 1 and marked)


@dataclass(frozen=True)
class Days:
    """Published from one day to another; None leaves that end open."""

    first: date | None
    last: date | None


@dataclass(frozen=True)
class All:
    """Every part."""

    parts: tuple["Node", ...]


@dataclass(frozen=True)
class Any:
    """At least one part."""

    parts: tuple["Node", ...]


@dataclass(frozen=True)
class No:
    """Not this part."""

    part: "Node"


Node = Term | Days | All | Any | No


@dataclass(frozen=True)
class Drawn:
    """A query: its text, its loose units with their words, and the parts that bind."""

    text: str
    loose: tuple[tuple[Term, ...], ...]
    bound: tuple[Node, ...]


def joined(unit: tuple[Term, ...]) -> Term:
    """A unit as one term: its syllables in a row."""
    return unit[0] if len(unit) == 1 else Term(tuple(each for word in unit for each in word.syllables))
