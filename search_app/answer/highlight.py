"""Which characters of an article match a query?

Offsets are of the original text, not of its normalised form. Every match of the query is marked, and nothing
else: a syllable of a phrase is marked only where the whole phrase stands.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from indexer.budget import Stage, charge
from indexer.fields import Field
from indexer.places import Zone
from indexer.query import Match
from indexer.text.readings import meaning_key
from search_app.answer.token_spans import MatchedText, MatchedTokens, Slots, variants

ZONES = {Field.TITLE: Zone.TITLE, Field.CAPTION: Zone.CAPTIONS}


class Fragment(NamedTuple):
    """A piece of original text; ``hit`` says whether it is highlighted."""

    text: str
    hit: bool


class Mark(NamedTuple):
    """``text[start:end]`` is a hit of the leaf number ``leaf`` of the query."""

    start: int
    end: int
    leaf: int


class HighlightedText(NamedTuple):
    """One searched text of an article with its marks, in ascending order; marks may overlap."""

    zone: Zone
    text: str
    marks: tuple[Mark, ...]

    def fragments(self, start: int = 0, end: int | None = None) -> tuple[Fragment, ...]:
        """The text from ``start`` to ``end``, cut at the marks.

        Marks that overlap or have only white space between them become one fragment.
        """
        stop = len(self.text) if end is None else end
        pieces: list[Fragment] = []
        cursor = start
        for left, right in self._joined(start, stop):
            if cursor < left:
                pieces.append(Fragment(self.text[cursor:left], hit=False))
            pieces.append(Fragment(self.text[left:right], hit=True))
            cursor = right
        if cursor < stop:
            pieces.append(Fragment(self.text[cursor:stop], hit=False))
        return tuple(pieces)

    def _joined(self, start: int, stop: int) -> list[tuple[int, int]]:
        spans: list[tuple[int, int]] = []
        for mark in self.marks:
            if mark.start < start or mark.end > stop:
                continue
            if spans and not self.text[spans[-1][1] : mark.start].strip():
                spans[-1] = (spans[-1][0], max(spans[-1][1], mark.end))
            else:
                spans.append((mark.start, mark.end))
        return spans


class _Beginning(NamedTuple):
    """What a token has to be the first of: the run of a variant, which is a hit of the leaf.

    Attributes:
        following: the number of further tokens.
        zone: where alone it is a hit; None: anywhere.
        as_word: whether the run has to be a word of the segmentation.
    """

    number: int
    leaf: int
    following: int
    zone: Zone | None
    as_word: bool


class Highlighter:
    """Marks the hits of some leaves; made for many articles, in one thread.

    What the variants ask of a token is worked out once for all tokens that match the same syllables.

    Args:
        leaves: the matches of the query. A hit of an expansion is marked as one of the leaf that it expands.
    """

    def __init__(self, leaves: Sequence[Match]) -> None:
        self._meant = variants(leaves)
        self._beginnings: dict[Slots, tuple[_Beginning, ...]] = {}
        self._windowed = {
            zone: {
                number
                for number, (_, match) in enumerate(self._meant)
                if match.slop and ZONES.get(match.field, zone) is zone
            }
            for zone in Zone
        }

    def highlight(self, texts: Iterable[MatchedText]) -> list[HighlightedText]:
        """Every searched text of an article, in order, with the marks of its hits.

        Args:
            texts: the texts with their matched tokens, from a TokenMatcher of the same leaves.
        """
        highlighted = []
        for zone, text, tokens in texts:
            marks: tuple[Mark, ...] = ()
            if tokens:
                marks = tuple(self._marks(zone, tokens))
                charge(Stage.HIGHLIGHTING)
            highlighted.append(HighlightedText(zone, text, marks))
        return highlighted

    def _marks(self, zone: Zone, tokens: MatchedTokens) -> list[Mark]:
        marks: set[Mark] = set()
        for first, token in tokens.items():
            for number, leaf, following, only_in, as_word in self._begun_by(token.slots):
                if only_in is not None and only_in is not zone:
                    continue
                last = first + following
                if (not following or _is_run(tokens, first, last, number)) and (
                    not as_word or _is_word(tokens, first, last)
                ):
                    marks.add(Mark(token.start, tokens[last].end, leaf))
        for number, slots in _slots_of(tokens, self._windowed[zone]).items():
            leaf, match = self._meant[number]
            marks.update(
                Mark(tokens[place].start, tokens[place].end, leaf) for place in _windows(slots, match)
            )
            charge(Stage.HIGHLIGHTING)
        return sorted(marks)

    def _begun_by(self, slots: Slots) -> tuple[_Beginning, ...]:
        """What a token that matches these syllables can begin."""
        known = self._beginnings.get(slots)
        if known is None:
            begun = ((number, *self._meant[number]) for number, slot in slots if not slot)
            known = self._beginnings[slots] = tuple(
                _Beginning(number, leaf, len(match.syllables) - 1, ZONES.get(match.field), match.as_word)
                for number, leaf, match in begun
                if not match.slop
            )
        return known


def _is_run(tokens: MatchedTokens, first: int, last: int, number: int) -> bool:
    """Whether the tokens after the first one are the other syllables of the variant ``number``, in a row."""
    return all(
        place in tokens and (number, place - first) in tokens[place].slots
        for place in range(first + 1, last + 1)
    )


def _is_word(tokens: MatchedTokens, first: int, last: int) -> bool:
    """Whether the tokens from ``first`` to ``last`` are exactly one word of the segmentation."""
    inner = (tokens[place].begins for place in range(first + 1, last + 1))
    return tokens[first].begins and tokens[last].ends and not any(inner)


def _slots_of(tokens: MatchedTokens, wanted: AbstractSet[int]) -> dict[int, dict[int, set[int]]]:
    """For each wanted variant, by place of a token, which syllables of the variant it is; places ascend."""
    slots: dict[int, dict[int, set[int]]] = {}
    for place in sorted(tokens) if wanted else ():
        for number, slot in tokens[place].slots:
            if number in wanted:
                slots.setdefault(number, {}).setdefault(place, set()).add(slot)
    return slots


def _windows(slots: Mapping[int, set[int]], leaf: Match) -> Iterator[int]:
    """The places that stand in an unordered window with every syllable of a match (Match.slop), each once.

    As in the index, each typed syllable needs a place of its own (indexer.engines.whoosh.windows says how).
    Takes linear time: each place enters the running counts once and leaves them once.
    """
    names = [None if typed.prefix else meaning_key(typed) for typed in leaf.typed]
    wanted = [
        (_Meant(name, prefix=False), _Meant(name, prefix=True), count)
        for name, count in Counter(name for name in names if name is not None).items()
    ]
    places = list(slots)
    meant = [_meant_by({names[slot] for slot in slots[place]}) for place in places]
    held: Counter[_Meant] = Counter()
    end = kept = 0
    for first, place in enumerate(places):
        while end < len(places) and places[end] < place + len(names) + leaf.slop:
            held[meant[end]] += 1
            end += 1
        if _holds_each(held, wanted, prefix=leaf.prefix):
            yield from places[max(first, kept) : end]
            kept = end
        held[meant[first]] -= 1


class _Meant(NamedTuple):
    """What a token can stand for in a window: typed syllables of one meaning, and the prefix."""

    meaning: str | None
    prefix: bool


def _meant_by(names: AbstractSet[str | None]) -> _Meant:
    """What a token stands for, by the meanings of its slots, None for the prefix."""
    return _Meant(next((name for name in names if name is not None), None), None in names)


def _holds_each(held: Counter[_Meant], wanted: Sequence[tuple[_Meant, _Meant, int]], *, prefix: bool) -> bool:
    """Whether the tokens of a window suffice for the typed syllables, each token for one of them.

    Args:
        wanted: for each meaning, a token of it alone, one that fits the prefix too, and how many are needed.
    """
    needed = 1  # tokens that fit the prefix: one for itself, and those that the meanings need of them
    for alone, shared, count in wanted:
        lacking = count - held[alone]
        if lacking > 0:
            if lacking > held[shared]:
                return False
            needed += lacking
    return not prefix or needed <= sum(count for meant, count in held.items() if meant.prefix)
