"""How does a link lead to a passage of a page? By a text fragment, ``#:~:text=``, which browsers find again.

A browser goes to the first place of the page at which the words stand, each whole, whatever their marks and
capitals (WICG's Text Fragments compare base letters). So where they stand earlier in the article too, or are
few, the words before and behind them are named as well. Of a long passage only its beginning and its end are
named, and of one with a line break or several spaces: no words are found over these.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from urllib.parse import quote

from corpus.article import Article
from indexer.places import Zone
from search_app.answer.laid_out_texts import LaidOutTexts
from search_app.answer.passages import WORD, WRITTEN_AS_ONE, Passage

_FEW = 5  # fewer words may stand around the article too, in links and buttons: some context is always named
_LONG = 20  # of more words the first and the last are named
_EDGES = (5, 8, 12)
_CONTEXTS = ((0, 0), (3, 0), (0, 3), (3, 3), (6, 6), (12, 12))
"""How many words are tried: of a long passage's edges; before it and behind it."""
_ODD_SPACE = re.compile(r"[^\S ]| {2}")

_Span = tuple[int, int]
_Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TextFragment:
    """A text fragment: the words themselves, or the first and the last of them, and what is around them."""

    start: str
    end: str = ""
    before: str = ""
    behind: str = ""

    def __str__(self) -> str:
        """As it stands behind an address.

        >>> str(TextFragment("giá – 5,5%", before="a-b"))
        '#:~:text=a%2Db-,gi%C3%A1%20%E2%80%93%205%2C5%25'
        """
        before = [f"{_encoded(self.before)}-"] if self.before else []
        behind = [f"-{_encoded(self.behind)}"] if self.behind else []
        words = [_encoded(one) for one in (self.start, self.end) if one]
        return f"#:~:text={','.join([*before, *words, *behind])}"


def text_fragment(article: Article, passage: Passage) -> TextFragment:
    """What leads to a passage of the page that shows an article: the first that leads nowhere else.

    Of words in a paragraph that stands there twice it leads to the whole of it, for what stands around words
    in a fragment is of one text alone. Where that too leads elsewhere, it is the one with most context.
    """
    page = _Page(article)
    tried = list(_candidates(page, passage))
    for target in (passage, page.whole(passage)):
        for one in dict.fromkeys(_candidates(page, target)):
            if page.finds(one, target):
                return one
    return tried[-1]


def _candidates(page: "_Page", passage: Passage) -> Iterator[TextFragment]:
    for edge, (before, behind) in product(_EDGES, _CONTEXTS):
        start, end = page.edges(passage, edge)
        yield TextFragment(start, end, page.before(passage, before), page.behind(passage, behind))


class _Page:
    """The texts of an article as its page has them, one after the other."""

    def __init__(self, article: Article) -> None:
        laid_out = LaidOutTexts(article)
        self._texts = laid_out.texts
        self._zones = laid_out.zones
        self._order = [number for number in _reading_order(article) if self._texts[number].strip()]
        self._place_of = {number: place for place, number in enumerate(self._order)}
        self._spans = {number: _word_spans(self._texts[number]) for number in self._order}
        self._words = {number: self._words_at(number) for number in self._order}

    def whole(self, passage: Passage) -> Passage:
        """All of the texts in which a passage stands."""
        parts = [replace(one, start=0, stop=len(self._texts[one.number])) for one in passage.parts]
        return replace(passage, parts=tuple(parts))

    def edges(self, passage: Passage, count: int) -> tuple[str, str]:
        """The words of a passage; of a long one the first and the last ones."""
        first, last = passage.parts[0], passage.parts[-1]
        text = self._texts[first.number][first.start : first.stop]
        is_long = first != last or len(_word_spans(text)) > _LONG or _ODD_SPACE.search(text)
        if not is_long:
            return text, ""
        end = self._texts[last.number][last.start : last.stop]
        return _head(text, count), _tail(end, count)

    def before(self, passage: Passage, count: int) -> str:
        """Some words before a passage, in its text, or where it begins it in the text before."""
        first = passage.parts[0]
        text = self._texts[first.number][: first.start]
        if not text.strip() and (earlier := self._beside(first.number, -1)) is not None:
            text = self._texts[earlier]
        return _tail(text.rstrip(), count) if count else ""

    def behind(self, passage: Passage, count: int) -> str:
        """Some words behind a passage, in its text, or where it ends it in the text behind."""
        last = passage.parts[-1]
        text = self._texts[last.number][last.stop :]
        if not text.strip() and (later := self._beside(last.number, 1)) is not None:
            text = self._texts[later]
        return _head(text.lstrip(), count) if count else ""

    def finds(self, fragment: TextFragment, passage: Passage) -> bool:
        """Whether the first place that a browser finds is the passage."""
        start, end = _words_of(fragment.start), _words_of(fragment.end)
        before, behind = _words_of(fragment.before), _words_of(fragment.behind)
        if len(start) < _FEW and not (before or behind):
            return False
        found = self._find(start, before, () if end else behind)
        first, last = passage.parts[0], passage.parts[-1]
        if found != (first.number, self._word_at(first.number, first.start)):
            return False
        stop = self._word_at(last.number, last.stop) - len(end)
        return not end or self._find(end, (), behind, after=(found[0], found[1] + len(start))) == (
            last.number,
            stop,
        )

    def _find(
        self, words: _Words, before: _Words, behind: _Words, after: tuple[int, int] = (-1, 0)
    ) -> tuple[int, int] | None:
        """The text and the word in it at which words stand first, between others."""
        begun = after[0] < 0
        for number in self._order:
            begun = begun or number == after[0]
            of_text = self._words[number]
            least = after[1] if number == after[0] else 0
            for at in _places(of_text, words) if begun else ():
                if at >= least and self._stands_between(number, at, at + len(words), before, behind):
                    return number, at
        return None

    def _stands_between(self, number: int, start: int, stop: int, before: _Words, behind: _Words) -> bool:
        of_text = self._words[number]
        left, right = of_text[max(0, start - len(before)) : start], of_text[stop : stop + len(behind)]
        if not start and (earlier := self._beside(number, -1)) is not None:
            left = self._words[earlier][-len(before) :] if before else ()
        if stop == len(of_text) and (later := self._beside(number, 1)) is not None:
            right = self._words[later][: len(behind)]
        return left == before and right == behind

    def _beside(self, number: int, step: int) -> int | None:
        """The text before or behind one, if nothing else of the page stands between them."""
        place = self._place_of[number] + step
        if not 0 <= place < len(self._order):
            return None
        pair = (self._order[place], number) if step < 0 else (number, self._order[place])
        is_parted = self._zones[pair[0]] is Zone.TITLE or self._zones[pair[1]] is Zone.CAPTIONS
        return None if is_parted else self._order[place]

    def _word_at(self, number: int, offset: int) -> int:
        """How many words of a text stand before a character."""
        return sum(start < offset for start, _ in self._spans[number])

    def _words_at(self, number: int) -> _Words:
        text = self._texts[number]
        return tuple(_folded(text[start:stop]) for start, stop in self._spans[number])


def _reading_order(article: Article) -> Iterator[int]:
    """The numbers of the searched texts: title and lede, then paragraphs and captions as they are read."""
    yield from (0, 1)
    captions = 2 + len(article.paragraphs)
    yield from ((captions if one.is_caption else 2) + one.number for one in article.body())


def _places(words: _Words, wanted: _Words) -> Iterator[int]:
    size = len(wanted)
    starts = (at for at in range(len(words) - size + 1) if words[at] == wanted[0]) if wanted else iter(())
    return (at for at in starts if words[at : at + size] == wanted)


def _words_of(text: str) -> _Words:
    return tuple(_folded(text[start:stop]) for start, stop in _word_spans(text))


def _word_spans(text: str) -> Sequence[_Span]:
    return [one.span() for one in WORD.finditer(text)]


def _head(text: str, count: int) -> str:
    """The first words of a text, as far as single spaces stand between them."""
    odd = _ODD_SPACE.search(text)
    text = text[: odd.start()] if odd else text
    spans = [one.span() for one in WRITTEN_AS_ONE.finditer(text)]
    return text[: spans[count - 1][1]] if len(spans) > count else text.rstrip()


def _tail(text: str, count: int) -> str:
    """The last words of a text, as far as single spaces stand between them."""
    text = text[max([0, *(one.end() for one in _ODD_SPACE.finditer(text))]) :]
    spans = [one.span() for one in WRITTEN_AS_ONE.finditer(text)]
    return text[spans[-count][0] :] if len(spans) > count else text.lstrip()


def _encoded(text: str) -> str:
    """Percent-encoded, the hyphen too, which marks context in a fragment."""
    return quote(text, safe="").replace("-", "%2D")


def _folded(word: str) -> str:
    """A word by its base letters."""
    plain = unicodedata.normalize("NFD", word.casefold().replace("đ", "d"))
    return "".join(one for one in plain if not unicodedata.combining(one))
