"""Which tokens of an article fill the syllables of a query's matches?

Found out by reading the text, with the index's own syllables and readings; or, for an article that
the index has just found, from the places that the index gives, without reading the text.
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
"""Pairs: number of a variant (see variants), and of the syllable in it that a token fills."""


class Variant(NamedTuple):
    """A match as typed, or one of its expansions (Match.expansions); ``leaf`` is the typed one's number."""

    leaf: int
    match: Match


class MatchedToken(NamedTuple):
    """A token that fills something: its characters, and whether a word begins and ends with it."""

    start: int
    end: int
    slots: Slots
    begins: bool = True
    ends: bool = True


MatchedTokens = dict[int, MatchedToken]
"""Tokens that fill something, by their place among the text's tokens."""


class MatchedText(NamedTuple):
    """One searched text of an article."""

    zone: Zone
    text: str
    tokens: MatchedTokens


def variants(leaves: Sequence[Match]) -> list[Variant]:
    """Every match of a query, each followed by what counts as it."""
    return [Variant(number, one) for number, leaf in enumerate(leaves) for one in (leaf, *leaf.expansions)]


class TokenMatcher:
    """What the matches of a query mean: decided once a token, for many articles."""

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
        """Every searched text of an article, in order, read token by token.

        Args:
            boundaries: the article's packed word joins, needed where a match asks for a word.
        """
        joined = unpack_joins(boundaries, len(boundaries) * 8) if boundaries else []
        first = 0
        for zone, text in searched_texts(article):
            tokens, count = self._tokens(text, joined[first:])
            first += count
            charge(Stage.HIGHLIGHTING)
            yield MatchedText(zone, text, tokens)

    def placed(self, article: Article, found: Occurrences) -> list[MatchedText]:
        """The same from what the index says of this version of the article."""
        texts = list(searched_texts(article))
        starts = text_starts([len(text) for _, text in texts])
        first_tokens = np.searchsorted(found.spans[:, 0], starts).tolist()
        first_places = _first_places([zone for zone, _ in texts], first_tokens)
        by_place = sorted(self._by_place(found).items())
        numbers = [bisect_right(first_places, place) - 1 for place, _ in by_place]
        within = [
            (place - first_places[number]) >> POSITION_SHIFT
            for (place, _), number in zip(by_place, numbers, strict=True)
        ]
        spans = found.spans[[first_tokens[number] + one for number, one in zip(numbers, within, strict=True)]]
        tokens: list[MatchedTokens] = [{} for _ in texts]
        for (place, slots), number, token, (start, end) in zip(
            by_place, numbers, within, spans.tolist(), strict=True
        ):
            first = starts[number]
            tokens[number][token] = MatchedToken(
                start - first, end - first, slots, bool(place & BEGINS), bool(place & ENDS)
            )
        return [MatchedText(zone, text, here) for (zone, text), here in zip(texts, tokens, strict=True)]

    def _by_place(self, found: Occurrences) -> dict[int, Slots]:
        slots: dict[int, Slots] = {}
        for typed, places in found.places.items():
            pairs = self._slots.get(typed, frozenset())
            for place in places:
                slots[place] = slots[place] | pairs if place in slots else pairs
        return slots

    def _tokens(self, text: str, joined: list[bool]) -> tuple[MatchedTokens, int]:
        """The tokens that fill something, by place; and how many tokens there are."""
        tokens = TOKEN.findall(text)
        slots = self._of(tokens)
        if not any(slots):
            return {}, len(tokens)
        ends = [not goes_on for goes_on in joined[: len(tokens)]] or [True] * len(tokens)
        begins = [True, *ends]
        hits = compress(zip(range(len(tokens)), TOKEN.finditer(text), slots, strict=True), slots)
        found = {
            place: MatchedToken(*one.span(), pairs, begins[place], ends[place]) for place, one, pairs in hits
        }
        return found, len(tokens)

    def _of(self, tokens: list[str]) -> list[Slots]:
        """What each token of an original text fills; mostly nothing."""
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
    """The packed place, without word bits, of each text's first token; as analysis gives them."""
    following = {zone: pack(Place(zone, 0, begins=False, ends=False)) for zone in Zone}
    found = []
    for zone, (first, after) in zip(zones, pairwise(first_tokens), strict=True):
        found.append(following[zone])
        following[zone] += (after - first + PARAGRAPH_GAP) << POSITION_SHIFT
    return found
