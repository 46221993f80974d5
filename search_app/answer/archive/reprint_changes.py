"""What did a reprint change in the text of the first print?

Both are compared sentence by sentence, and changed sentences word by word. Sentences are equal if their
syllables are; another place of the tone mark, joined paragraphs and punctuation are no change. The texts
are shown as each print has them.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from corpus.article import Article
from indexer.text.readings import same_spelling
from indexer.text.syllables import terms
from search_app.answer.sentences import sentences

MOST_WORDS = 2_000
"""Old and new words of a changed passage that are compared one by one; a longer passage is shown whole."""

_ALIKE = 0.4  # ratio of difflib from which a passage counts as changed, and not as replaced
_WORD = re.compile(r"\s*\S+|\s+$")


class ChangeKind(StrEnum):
    """What a reprint did with a passage."""

    SAME = "same"
    CHANGED = "changed"
    LEFT_OUT = "left out"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class WordRun:
    """Words in a row; ``changed`` tells that the other print does not have them there."""

    text: str
    changed: bool


@dataclass(frozen=True, slots=True)
class PassageChange:
    """A passage as the first print has it and as the other has it; empty if a print does not have it."""

    kind: ChangeKind
    first: tuple[WordRun, ...]
    other: tuple[WordRun, ...]


def reprint_changes(first: Article, other: Article) -> tuple[PassageChange, ...]:
    """The passages of both prints, in order: headline, lede and body."""
    before, after = _sentences(first), _sentences(other)
    matcher = SequenceMatcher(None, list(map(_key, before)), list(map(_key, after)))
    passages: list[PassageChange] = []
    for code, start, stop, from_, to in matcher.get_opcodes():
        old, new = " ".join(before[start:stop]), " ".join(after[from_:to])
        if code == "equal":
            kept, reprinted = WordRun(old, changed=False), WordRun(new, changed=False)
            passages.append(PassageChange(ChangeKind.SAME, (kept,), (reprinted,)))
        else:
            passages += _changed(old, new)
    return tuple(passages)


def _changed(old: str, new: str) -> Iterator[PassageChange]:
    """A passage that replaced another: word by word if they are similar, else one left out and one added."""
    words, new_words = _WORD.findall(old), _WORD.findall(new)
    if words and new_words and len(words) + len(new_words) <= MOST_WORDS:
        matcher = SequenceMatcher(None, list(map(_key, words)), list(map(_key, new_words)), autojunk=False)
        if matcher.ratio() >= _ALIKE:
            codes = matcher.get_opcodes()
            first = _word_runs((words[start:stop], code != "equal") for code, start, stop, _, _ in codes)
            second = _word_runs((new_words[start:stop], code != "equal") for code, _, _, start, stop in codes)
            yield PassageChange(ChangeKind.CHANGED, first, second)
            return
    if old:
        yield PassageChange(ChangeKind.LEFT_OUT, (WordRun(old, changed=True),), ())
    if new:
        yield PassageChange(ChangeKind.ADDED, (), (WordRun(new, changed=True),))


def _word_runs(runs: Iterator[tuple[list[str], bool]]) -> tuple[WordRun, ...]:
    return tuple(WordRun("".join(words), changed) for words, changed in runs if words)


def _sentences(article: Article) -> Sequence[str]:
    texts = [article.title, article.lede, *article.paragraphs]
    return [text[start:end] for text in texts for start, end in sentences(text)]


def _key(text: str) -> tuple[str, ...]:
    """The syllables of a text in one spelling; the text itself if it has none."""
    return tuple(map(same_spelling, terms(text))) or (text.strip(),)
