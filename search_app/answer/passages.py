"""Which words of an article are a passage? Those between two of its characters, grown to whole words.

It stands in one part of the article: its title, its lede, one or several paragraphs, or one caption. Browsers
find only whole words again (text fragments), so none is cut; what is written as one ("TP.HCM") is one.
"""

import re
from dataclasses import dataclass

from corpus.article import Article
from corpus.errors import UserError
from corpus.message import say
from indexer.places import Zone
from search_app.answer.laid_out_texts import LaidOutTexts

_LETTER = r"\w[\u0300-\u036f]*"
WORD = re.compile(rf"(?:{_LETTER})+")
"""Letters and digits in a row, each with its combining marks."""
WRITTEN_AS_ONE = re.compile(rf"(?:{_LETTER})+(?:[.,:;'’·](?:{_LETTER})+)*")
"""Such words with one sign between two, which browsers take for one word."""


@dataclass(frozen=True, slots=True)
class PassagePart:
    """A part of one text: the text's number in the article, the first character, and the one behind it."""

    number: int
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage of an article.

    Attributes:
        start, stop: its first character and the one behind it, in all searched texts laid end to end.
        first, last: the numbers of the texts of its zone in which it begins and ends, from 1.
        parts: what it has of each of these texts.
        words: its characters; a line break between two texts.
    """

    start: int
    stop: int
    zone: Zone
    first: int
    last: int
    parts: tuple[PassagePart, ...]
    words: str


def cut_passage(article: Article, start: int, stop: int | None = None) -> Passage:
    """The passage between two characters.

    Args:
        stop: None: the whole text in which it begins.

    Raises:
        UserError: there is no such passage.
    """
    texts = LaidOutTexts(article)
    number = texts.number_at(start)
    if number >= len(texts.texts):
        raise _outside(start, texts)
    stop = texts.starts[number + 1] - 1 if stop is None else stop
    if stop <= start or stop >= texts.starts[-1]:
        raise _outside(start, texts) if stop > start else _empty(start, stop)
    parts = tuple(_parts(texts, number, start, stop))
    if not parts:
        raise _empty(start, stop)
    zones = {texts.zones[one.number] for one in parts}
    if len(zones) > 1 or (zones == {Zone.CAPTIONS} and len(parts) > 1):
        raise _of_several_parts(start, stop)
    return _passage(texts, parts)


def _passage(texts: LaidOutTexts, parts: tuple[PassagePart, ...]) -> Passage:
    first, last = parts[0], parts[-1]
    return Passage(
        texts.starts[first.number] + first.start,
        texts.starts[last.number] + last.stop,
        texts.zones[first.number],
        texts.paragraph(first.number),
        texts.paragraph(last.number),
        parts,
        "\n".join(texts.texts[one.number][one.start : one.stop] for one in parts),
    )


def _parts(texts: LaidOutTexts, number: int, start: int, stop: int) -> "list[PassagePart]":
    """What stands between two characters of each text, without white space around it."""
    found = []
    while number < len(texts.texts) and texts.starts[number] < stop:
        text, begun = texts.texts[number], texts.starts[number]
        edges = _trimmed(text, max(0, start - begun), min(len(text), stop - begun))
        if WORD.search(text, *edges):
            found.append(PassagePart(number, *_grown(text, *edges)))
        number += 1
    return found


def _trimmed(text: str, start: int, stop: int) -> tuple[int, int]:
    while start < stop and text[start].isspace():
        start += 1
    while stop > start and text[stop - 1].isspace():
        stop -= 1
    return start, stop


def _grown(text: str, start: int, stop: int) -> tuple[int, int]:
    """Both edges moved out of the words in which they stand."""
    for word in WRITTEN_AS_ONE.finditer(text):
        if word.start() < start < word.end():
            start = word.start()
        if word.start() < stop < word.end():
            stop = word.end()
        if word.start() >= stop:
            break
    return start, stop


def _outside(start: int, texts: LaidOutTexts) -> UserError:
    return UserError(
        say(
            "a passage from character {start} on ends outside the article, which has {count} characters",
            start=start,
            count=texts.starts[-1] - 1,
        )
    )


def _empty(start: int, stop: int) -> UserError:
    return UserError(
        say(
            "there is no word from character {start} to character {stop}; a passage ends behind its last one",
            start=start,
            stop=stop,
        )
    )


def _of_several_parts(start: int, stop: int) -> UserError:
    return UserError(
        say(
            "what stands from character {start} to character {stop} goes from one part of the article into"
            " another; cite a passage of the title, the lede, the paragraphs or one caption alone",
            start=start,
            stop=stop,
        )
    )
