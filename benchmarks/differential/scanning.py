"""Which articles match a drawn query, in which order, and where? Every article is scanned."""

import sys
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from itertools import islice
from operator import contains

from benchmarks.differential.syllables import (
    Syllable,
    bare_letter,
    begins,
    means,
    skeleton,
    syllables_of,
    without_tone,
)
from benchmarks.differential.trees import CAPTION, TEXT, TITLE, All, Any, Days, Drawn, No, Node, Term, joined
from corpus.article import Article
from indexer.question_words import QUESTION_WORDS

FEW = 3
"""Up to so many units the tiers come in order; of more than so many words a question may be made."""


@dataclass(frozen=True)
class Passage:
    """One text of an article: the title, the lede, a paragraph, a caption, or a value of another field.

    Attributes:
        number: among the texts that are searched; -1 for a value.
        terms: of its syllables.
        joined: for each syllable 1 where its word goes on with the next one.
    """

    field: str
    number: int
    text: str
    terms: tuple[str, ...]
    joined: Sequence[int] = ()

    @cached_property
    def held(self) -> frozenset[str]:
        """The distinct terms."""
        return frozenset(self.terms)

    @property
    def syllables(self) -> list[Syllable]:
        """The syllables with their places, read again."""
        return list(syllables_of(self.text))


@dataclass(frozen=True)
class Text:
    """An article as the evaluator reads it.

    Attributes:
        values: the keys of its values in each facet; values with the same key are one value. "" is the key
            of an article without a value.
    """

    article: Article
    passages: tuple[Passage, ...]
    values: Mapping[str, frozenset[str]]

    @cached_property
    def span(self) -> tuple[date, date] | None:
        """The first and last day on which it can have been published; None if no year is known."""
        return self.article.published.span

    @cached_property
    def minute(self) -> int:
        """When it was published, to sort by; 0 if no year is known."""
        return self.article.published.minute or 0

    @cached_property
    def held(self) -> frozenset[str]:
        """The distinct terms of all passages."""
        return frozenset().union(*(passage.held for passage in self.passages))


def read_text(article: Article, joined: Sequence[int]) -> Text:
    """The article with its syllables; ``joined`` has 1 or 0 for each syllable of the texts, in order."""
    texts = [(TITLE, article.title), (TEXT, article.lede)]
    texts += [(TEXT, paragraph) for paragraph in article.paragraphs]
    texts += [(CAPTION, caption) for caption in article.captions]
    passages, done = [], 0
    for number, (name, text) in enumerate(texts):
        terms = _terms(text)
        passages.append(Passage(name, number, text, terms, joined[done : done + len(terms)]))
        done += len(terms)
    named: dict[str, tuple[str, ...]] = {
        "source": (article.source,),
        "section": (article.section,),
        "author": article.authors,
        "tag": article.tags,
    }
    for name, values in named.items():
        passages += [Passage(name, -1, value, _terms(value)) for value in values]
    published = article.published
    dated = published.plain if published.span else ""
    return Text(
        article,
        tuple(passages),
        {
            **{name: _keys(values) for name, values in named.items()},
            "year": frozenset({dated[:4]}),
            "month": frozenset({dated[:7] if len(dated) >= len("2013-05") else ""}),
        },
    )


def _keys(values: Sequence[str]) -> frozenset[str]:
    """The keys of the values of a facet that are given."""
    return frozenset(filter(None, map(value_key, values))) or frozenset({""})


def _terms(text: str) -> tuple[str, ...]:
    """The terms of a text, piece by piece between white space, which no syllable holds."""
    return tuple(term for piece in text.split() for term in _terms_of_piece(piece))


@lru_cache(maxsize=1 << 20)
def _terms_of_piece(piece: str) -> tuple[str, ...]:
    """Equal terms are one object, for there are millions of them."""
    return tuple(sys.intern(syllable.term) for syllable in syllables_of(piece))


def is_within(text: Text, first: date | None, last: date | None) -> bool:
    """Whether an article's whole span of publication lies between two days; None leaves that end open."""
    span = text.span
    return span is not None and (first is None or first <= span[0]) and (last is None or span[1] <= last)


def value_key(value: str) -> str:
    """What the spellings of one value share: small letters, each word's tone behind it, single spaces."""
    key, done = "", 0
    for syllable in syllables_of(value):
        key += value[done : syllable.start] + "".join(without_tone(syllable.term))
        done = syllable.end
    return " ".join((key + value[done:]).split())


_ASKING = frozenset(
    (
        *("gi", "nao", "ai", "dau", "may", "bao", "nhieu", "gio", "lau", "xa", "khi", "luc", "the", "nhu"),
        *("tai", "vi", "sao", "ra", "o", "cai", "dieu", "la"),
    )
)
"""The syllables, without marks, of the words that only ask in a question (docs/query.md)."""


class Scanner:
    """Evaluates drawn queries over some articles."""

    def __init__(self, texts: Sequence[Text]) -> None:
        self.texts = texts
        self._vocabulary: defaultdict[str, set[str]] = defaultdict(set)
        for text in texts:
            for term in text.held:
                self._vocabulary[skeleton(term)].add(term)
        self._skeletons = sorted(self._vocabulary)
        self._terms: dict[tuple[str, bool, bool, bool], frozenset[str]] = {}

    def matching(self, drawn: Drawn) -> list[Text]:
        """The articles that match."""
        return [text for text in self.texts if self.matches(text, drawn)]

    def matches(self, text: Text, drawn: Drawn) -> bool:
        """Whether an article matches the whole query."""
        return self._side_by_side(text, drawn.loose) and all(self.holds(text, part) for part in drawn.bound)

    def _side_by_side(self, text: Text, units: Sequence[tuple[Term, ...]]) -> bool:
        """What loose units mean that are typed side by side: each stands together somewhere in the article.

        In a question, those that only ask need not.
        """
        return all(self.holds(text, joined(unit)) for unit in required_units(units))

    def scattered(self, drawn: Drawn) -> list[Text]:
        """The articles with what binds and every word, of which some unit stands together nowhere."""
        return [
            text
            for text in self.texts
            if self.has_words(text, drawn)
            and all(self.holds(text, part) for part in drawn.bound)
            and not self._side_by_side(text, drawn.loose)
        ]

    def has_words(self, text: Text, drawn: Drawn) -> bool:
        """Whether an article holds every loose word, scattered or not."""
        return bool(drawn.loose) and all(self.holds(text, word) for word in required_words(drawn.loose))

    def lacking_some(self, drawn: Drawn, *, freely: bool) -> list[Text] | None:
        """The articles of the last tier: what binds, and some word, but not all.

        None where the documents do not say which articles these are: of a single word beside parts that bind.

        Args:
            freely: whether a word in any reading of its letters is enough.
        """
        words = _distinct(word for unit in drawn.loose for word in unit)
        required = required_words(drawn.loose)
        if sum(map(len, drawn.loose)) < 2:
            terms = list(_scored((*words, *drawn.bound)))
            if (*words, *drawn.bound) == tuple(terms) and len(terms) == 1 and not terms[0].quoted:
                words = required = terms
            elif any(_read_freely(term) != term for term in terms):
                return None
            else:
                return []
        read = [_read_freely(word) if freely else word for word in words]
        return [
            text
            for text in self.texts
            if all(self.holds(text, part) for part in drawn.bound if part not in words)
            and any(self.holds(text, word) for word in read)
            and not all(self.holds(text, word) for word in required)
        ]

    def holds(self, text: Text, node: Node) -> bool:
        """Whether an article is what a node asks for."""
        match node:
            case All(parts):
                return all(self.holds(text, part) for part in parts)
            case Any(parts):
                return any(self.holds(text, part) for part in parts)
            case No(part):
                return not self.holds(text, part)
            case Days(first, last):
                return is_within(text, first, last)
            case Term(syllables=(_,), word=False):
                one = self._meant(node, 0)
                return not text.held.isdisjoint(one) and any(
                    _is_in(passage, node.field) and not passage.held.isdisjoint(one)
                    for passage in text.passages
                )
            case Term():
                return next(self.places(text, node), None) is not None

    def places(self, text: Text, term: Term) -> Iterator[tuple[Passage, tuple[int, ...]]]:
        """Where a term stands: a passage, and the numbers of its syllables there."""
        meant = [self._meant(term, place) for place in range(len(term.syllables))]
        if any(not one or text.held.isdisjoint(one) for one in meant):
            return
        for passage in text.passages:
            if _is_in(passage, term.field) and not any(passage.held.isdisjoint(one) for one in meant):
                find = _windows if term.near else _runs
                for numbers in find(passage, term, meant):
                    yield passage, numbers

    def _meant(self, term: Term, place: int) -> frozenset[str]:
        """The terms of the corpus that a typed syllable means."""
        syllable, star = term.syllables[place], term.star and place == len(term.syllables) - 1
        key = (syllable, term.binds, term.exact, star)
        if key not in self._terms:
            self._terms[key] = frozenset(self._look_up(*key))
        return self._terms[key]

    def _look_up(self, syllable: str, quoted: bool, exact: bool, star: bool) -> Iterator[str]:
        for term in self._alike(skeleton(syllable), star=star):
            if exact:
                fits = term.startswith(syllable) if star else term == syllable
            else:
                fits = (begins if star else means)(syllable, term, quoted=quoted)
            if fits:
                yield term

    def _alike(self, bare: str, *, star: bool) -> Iterator[str]:
        """The terms with these bare letters, or that begin with them: marks and y aside."""
        if not star:
            yield from self._vocabulary.get(bare, ())
            return
        for each in self._skeletons[bisect_left(self._skeletons, bare) :]:
            if not each.startswith(bare):
                return
            yield from self._vocabulary[each]

    def marked(self, text: Text, drawn: Drawn) -> set[tuple[int, int]]:
        """The characters that are highlighted, as pairs of a text's number and an offset."""
        marked: set[tuple[int, int]] = set()
        units = required_units(drawn.loose)
        whole = [unit for unit in units if self.holds(text, joined(unit))]
        parted = [word for unit in units if unit not in whole for word in unit]
        for term in _scored((*map(joined, whole), *parted, *drawn.bound)):
            for passage, numbers in self.places(text, term):
                found = passage.syllables
                pieces = (
                    [(number, number) for number in numbers] if term.near else [(numbers[0], numbers[-1])]
                )
                for first, last in pieces:
                    span = range(found[first].start, found[last].end)
                    marked.update((passage.number, place) for place in span)
        return marked


def _is_in(passage: Passage, name: str) -> bool:
    return passage.number >= 0 if name == TEXT else passage.field == name


def _runs(passage: Passage, term: Term, meant: Sequence[frozenset[str]]) -> Iterator[tuple[int, ...]]:
    """Each run of syllables that is the phrase, or the word."""
    terms, begin = passage.terms, meant[0]
    firsts = [place for place, each in enumerate(terms) if each in begin]
    for first in firsts:
        after = terms[first : first + len(meant)]
        if len(after) == len(meant) and all(map(contains, meant, after)):
            numbers = tuple(range(first, first + len(meant)))
            if not term.word or _is_word(passage, numbers):
                yield numbers


def _is_word(passage: Passage, numbers: Sequence[int]) -> bool:
    first, last = numbers[0], numbers[-1]
    before = passage.joined[first - 1] if first else 0
    return not before and all(passage.joined[number] for number in numbers[:-1]) and not passage.joined[last]


def _windows(passage: Passage, term: Term, meant: Sequence[frozenset[str]]) -> Iterator[tuple[int, ...]]:
    """Each window that begins at a syllable of the term and has a syllable for each typed one."""
    own = frozenset().union(*meant)
    found = [
        (number, tuple(slot for slot, one in enumerate(meant) if each in one))
        for number, each in enumerate(passage.terms)
        if each in own
    ]
    width = len(meant) + term.near
    for place, (first, _) in enumerate(found):
        window = [one for one in islice(found, place, place + width) if one[0] < first + width]
        if _is_served([slots for _, slots in window], len(meant)):
            yield tuple(number for number, _ in window)


def _is_served(slots: Sequence[tuple[int, ...]], count: int) -> bool:
    """Whether each typed syllable can have a place of its own; places are given one after the other."""
    if len(slots) < count or len({slot for each in slots for slot in each}) < count:
        return False
    taken: dict[int, int] = {}

    def give(place: int, seen: set[int]) -> bool:
        for slot in slots[place]:
            if slot not in seen:
                seen.add(slot)
                if slot not in taken or give(taken[slot], seen):
                    taken[slot] = place
                    return True
        return False

    for place in range(len(slots)):
        give(place, set())
    return len(taken) == count


def _scored(nodes: Iterable[Node]) -> Iterator[Term]:
    """The terms of the text that count: none below NOT."""
    for node in nodes:
        match node:
            case Term():
                if node.field in (TEXT, TITLE, CAPTION):
                    yield node
            case All(parts) | Any(parts):
                yield from _scored(parts)


def required_units(units: Sequence[tuple[Term, ...]]) -> list[tuple[Term, ...]]:
    """The units that a match must have: in a question of more than FEW words, not those that only ask."""
    words = [word for unit in units for word in unit]
    asking = _asking(words) if len(set(words)) > FEW else set()
    kept, first = [], 0
    for unit in units:
        if not all(place in asking for place in range(first, first + len(unit))):
            kept.append(unit)
        first += len(unit)
    return list(dict.fromkeys(kept or units))


def is_mixed(units: Sequence[tuple[Term, ...]]) -> bool:
    """Whether the best come first, whatever they lack: of many units, or of several without any mark."""
    count, words = len(required_units(units)), {word for unit in units for word in unit}
    marked = any(
        bare_letter(letter) != letter for word in words for each in word.syllables for letter in each
    )
    return count > FEW or (count > 1 and len(words) > FEW and not marked)


def required_words(units: Sequence[tuple[Term, ...]]) -> list[Term]:
    """The words of the units that a match must have."""
    return _distinct(word for unit in required_units(units) for word in unit)


def _asking(words: Sequence[Term]) -> set[int]:
    """The places of the words that only ask, and stand nowhere else among the words."""
    typed = ["_" if len(word.syllables) > 1 else word.syllables[0] for word in words]
    places: set[int] = set()
    for first, syllable in enumerate(typed):
        if syllable == "ai" and typed[first + 1 : first + 2] in (["cập"], ["len"]):
            continue
        for phrase in map(str.split, (*QUESTION_WORDS, *_UNMARKED)):
            if typed[first : first + len(phrase)] == phrase:
                places.update(range(first, first + len(phrase)))
    others = {syllable for place, syllable in enumerate(typed) if place not in places}
    return {place for place in places if typed[place] not in others}


_UNMARKED = ["".join(map(bare_letter, phrase)) for phrase in QUESTION_WORDS if " " in phrase]
"""Questions of several syllables are recognised without their marks too."""


def _distinct(words: Iterable[Term]) -> list[Term]:
    return list(dict.fromkeys(words))


def _read_freely(word: Term) -> Term:
    """A word in any reading of its letters; itself where it is quoted, or no word of the text."""
    if word.quoted or word.word or word.near or word.field != TEXT:
        return word
    bare = tuple("".join(map(bare_letter, syllable)) for syllable in word.syllables)
    return Term(bare, word.field, star=word.star)
