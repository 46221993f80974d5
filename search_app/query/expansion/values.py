"""What does expansion add to a query, and what does it offer? The plain values that the interfaces show."""

from dataclasses import dataclass, field
from enum import StrEnum

from corpus.message import Message
from indexer.query import Match, Query
from search_app.query.names import spelling_key


class ExpansionKind(StrEnum):
    """The kind of rule by which an expansion means the same as what was typed."""

    NAME = "name"
    SPELLING = "spelling"
    SPACE = "space"
    DATE = "date"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Expansion:
    """A text that is searched beside a typed one.

    Attributes:
        typed: the words of the query that it replaces, as typed.
        also: the text that is searched too; by it the expansion is disabled.
        forms: every text that is searched for it, of which ``also`` is one or stands for them.
        used: False if it is disabled, and so only listed.
    """

    typed: str
    also: str
    kind: ExpansionKind
    used: bool = True
    forms: tuple[str, ...] = field(default=(), compare=False)

    @property
    def in_full(self) -> str:
        """Everything that is searched for it, as a line.

        >>> forms = ("3.200.000.000", "3,2 tỷ")
        >>> Expansion("3.200 triệu", "3.200.000.000", ExpansionKind.NUMBER, forms=forms).in_full
        '3.200.000.000, 3,2 tỷ'
        >>> Expansion("2/9", "ngày 2 tháng 9", ExpansionKind.DATE, forms=("2 tháng 9", "02 9")).in_full
        'ngày 2 tháng 9: 2 tháng 9, 02 9'
        """
        every = ", ".join(self.forms)
        if any(form.startswith(self.also) for form in self.forms):
            return every
        return f"{self.also}: {every}" if every else self.also


@dataclass(frozen=True, slots=True)
class Offer:
    """An earlier or later name, which is not searched.

    Attributes:
        typed: the name as typed.
        also: the other name.
        message: how the one name replaced the other, with the date.
        query: the typed query with the other name in place of the typed one.
    """

    typed: str
    also: str
    message: Message
    query: str


@dataclass(frozen=True, slots=True)
class Disabled:
    """The expansions that are disabled.

    Attributes:
        everything: all of them.
        texts: those with these texts.
        kept: where it is not None, all but those with these texts.
    """

    everything: bool = False
    texts: tuple[str, ...] = ()
    kept: tuple[str, ...] | None = None

    def covers(self, also: str) -> bool:
        """Whether the expansion with this text is disabled.

        Texts are compared whatever their case, punctuation and places of tones.
        """
        if self.everything or _is_among(also, self.texts):
            return True
        return self.kept is not None and not _is_among(also, self.kept)


def _is_among(also: str, texts: tuple[str, ...]) -> bool:
    return any(spelling_key(text) == spelling_key(also) for text in texts)


@dataclass(frozen=True, slots=True)
class ExpandedQuery:
    """A query with its expansions in the tree, the list of them with the disabled ones, and the offers."""

    query: Query
    expansions: tuple[Expansion, ...] = ()
    offers: tuple[Offer, ...] = ()


@dataclass(frozen=True, slots=True)
class OtherForms:
    """Other forms of some words of a run.

    Attributes:
        first, last: the leaves of the run that are replaced, the last exclusive.
        also: the text that is shown for all of the forms.
        kind: the rule by which they mean the same.
        matches: the forms; an article with any of them matches.
    """

    first: int
    last: int
    also: str
    kind: ExpansionKind
    matches: tuple[Match, ...]
