"""Which tokens of an article match the syllables of a query, and which characters are they?

There are two ways to the same answer: ``read`` cuts the text into tokens and normalises them as the index
does; ``locate`` uses the places that the index gave with the result, without reading the text, and is much
faster.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import compress, pairwise
from typing import NamedTuple

import numpy as np

from corpus.article import Article
from indexer.budget import Stage, charge
from indexer.engine import Occurrences
from indexer.places import BEGINS, ENDS, PARAGRAPH_GAP, POSITION_SHIFT, Place, Zone, pack
from indexer.query import Match, Typed
from indexer.spans import text_starts
from indexer.text.analyse import searched_texts
from indexer.text.normalise import normalise
from indexer.text.readings import fits, reading_key
from indexer.text.syllables import TOKEN
from indexer.text.words import unpack_joins

Slots = frozenset[tuple[int, int]]
"""Pairs of numbers: of a variant (see ``variants``), and of the syllable in it that a token matches."""


class Variant(NamedTuple):
    """A match as typed or one of its expansions; ``leaf`` is the number of the match that was typed."""

    leaf: int
    match: Match


class MatchedToken(NamedTuple):
    """A token that matches a syllable of the query.

    Attributes:
        start, end: offsets of its characters, the end exclusive.
        slots: the syllables that it matches; at least one.
        begins, ends: whether a word of the segmentation begins and ends with it.
    """

    start: int
    end: int
    slots: Slots
    begins: bool = True
    ends: bool = True


MatchedTokens = dict[int, MatchedToken]
"""Matched tokens by their number among the tokens of a text."""


class MatchedText(NamedTuple):
    """One searched text of an article with its matched tokens."""

    zone: Zone
    text: str
    tokens: MatchedTokens


def variants(leaves: Sequence[Match]) -> list[Variant]:
    """Every match of a query, each followed by its expansions."""
    return [
        Variant(number, match) for number, leaf in enumerate(leaves) for match in (leaf, *leaf.expansions)
    ]


class TokenMatcher:
    """Finds the tokens that match the leaves of one query; made for many articles, in one thread.

    What a token matches is computed once for each different token.
    """

    def __init__(self, leaves: Sequence[Match]) -> None:
        self._known: dict[str, Slots] = {}
        slots: defaultdict[Typed, set[tuple[int, int]]] = defaultdict(set)
        for number, variant in enumerate(variants(leaves)):
            for slot, typed in enumerate(variant.match.typed):
                slots[typed].add((number, slot))
        self._slots = {typed: frozenset(pairs) for typed, pairs in slots.items()}
        self._prefixes = [typed for typed in slots if typed.prefix]
        self._wholes: defaultdict[str, list[Typed]] = defaultdict(list)
        for typed in slots:
            if not typed.prefix:
                self._wholes[reading_key(typed.syllable)].append(typed)

    def read(self, article: Article, boundaries: bytes = b"") -> Iterator[MatchedText]:
        """Every searched text of an article, in order, with the matched tokens found by reading the text.

        Args:
            boundaries: the article's packed word joins; needed if a match asks for a word of the
                segmentation.
        """
        joined = unpack_joins(boundaries, len(boundaries) * 8) if boundaries else []
        first = 0
        for zone, text in searched_texts(article):
            tokens, count = self._tokens(text, joined[first:])
            first += count
            charge(Stage.HIGHLIGHTING)
            yield MatchedText(zone, text, tokens)

    def locate(self, article: Article, occurrences: Occurrences) -> list[MatchedText]:
        """The same from the places and spans that the index gave for this very version of the article."""
        texts = list(searched_texts(article))
        starts = text_starts([len(text) for _, text in texts])
        first_tokens = np.searchsorted(occurrences.spans[:, 0], starts).tolist()
        first_places = _first_places([zone for zone, _ in texts], first_tokens)
        by_place = sorted(self._by_place(occurrences).items())
        numbers = [bisect_right(first_places, place) - 1 for place, _ in by_place]
        within = [
            (place - first_places[number]) >> POSITION_SHIFT
            for (place, _), number in zip(by_place, numbers, strict=True)
        ]
        all_tokens = [first_tokens[number] + token for number, token in zip(numbers, within, strict=True)]
        spans = occurrences.spans[all_tokens]
        tokens: list[MatchedTokens] = [{} for _ in texts]
        for (place, slots), number, token, (start, end) in zip(
            by_place, numbers, within, spans.tolist(), strict=True
        ):
            first = starts[number]
            tokens[number][token] = MatchedToken(
                start - first, end - first, slots, bool(place & BEGINS), bool(place & ENDS)
            )
        return [MatchedText(zone, text, here) for (zone, text), here in zip(texts, tokens, strict=True)]

    def _by_place(self, occurrences: Occurrences) -> dict[int, Slots]:
        slots: dict[int, Slots] = {}
        for typed, places in occurrences.places.items():
            pairs = self._slots.get(typed, frozenset())
            for place in places:
                slots[place] = slots[place] | pairs if place in slots else pairs
        return slots

    def _tokens(self, text: str, joined: list[bool]) -> tuple[MatchedTokens, int]:
        """The matched tokens of a text, and the number of all its tokens."""
        tokens = TOKEN.findall(text)
        slots = self._slots_of_tokens(tokens)
        if not any(slots):
            return {}, len(tokens)
        ends = [not goes_on for goes_on in joined[: len(tokens)]] or [True] * len(tokens)
        begins = [True, *ends]
        hits = compress(zip(range(len(tokens)), TOKEN.finditer(text), slots, strict=True), slots)
        matched = {
            place: MatchedToken(*token.span(), pairs, begins[place], ends[place])
            for place, token, pairs in hits
        }
        return matched, len(tokens)

    def _slots_of_tokens(self, tokens: list[str]) -> list[Slots]:
        """The syllables that each token of an original text matches; for most tokens there is none."""
        known = self._known
        for token in set(tokens).difference(known):
            known[token] = self._slots_of_term(normalise(token))
        return [known[token] for token in tokens]

    def _slots_of_term(self, term: str) -> Slots:
        pairs: Slots = frozenset()
        for typed in self._wholes.get(reading_key(term), ()):
            if fits(typed, term):
                pairs |= self._slots[typed]
        for typed in self._prefixes:
            if fits(typed, term):
                pairs |= self._slots[typed]
        return pairs


def _first_places(zones: Sequence[Zone], first_tokens: Sequence[int]) -> list[int]:
    """The packed place, without word boundaries, of the first token of each text, as the index has it."""
    following = {zone: pack(Place(zone, 0, begins=False, ends=False)) for zone in Zone}
    places = []
    for zone, (first, after) in zip(zones, pairwise(first_tokens), strict=True):
        places.append(following[zone])
        following[zone] += (after - first + PARAGRAPH_GAP) << POSITION_SHIFT
    return places
