"""What did a reprint change? Its sentences beside those of the first print; in a changed one, the words.

Sentences are equal where their syllables are the same words: another place of the tone, glued paragraphs
and punctuation are no change. What is shown is the text as each printed it.
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
"""Words of a changed passage that are compared one by one; a longer one is shown whole."""

_ALIKE = 0.4
_WORD = re.compile(r"\s*\S+|\s+$")


class ChangeKind(StrEnum):
    """What became of a passage."""

    SAME = "same"
    CHANGED = "changed"
    LEFT_OUT = "left out"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class WordRun:
    """A run of words; ``changed`` where the other print does not have them."""

    text: str
    changed: bool


@dataclass(frozen=True, slots=True)
class PassageChange:
    """A passage as the first print has it and as the other has it; empty where it has not."""

    kind: ChangeKind
    first: tuple[WordRun, ...]
    other: tuple[WordRun, ...]


def reprint_changes(first: Article, other: Article) -> tuple[PassageChange, ...]:
    """The passages of both, in order: headline, lede and body."""
    before, after = _sentences(first), _sentences(other)
    matcher = SequenceMatcher(None, list(map(_key, before)), list(map(_key, after)))
    found: list[PassageChange] = []
    for code, start, stop, from_, to in matcher.get_opcodes():
        old, new = " ".join(before[start:stop]), " ".join(after[from_:to])
        if code == "equal":
            found.append(
                PassageChange(ChangeKind.SAME, (WordRun(old, changed=False),), (WordRun(new, changed=False),))
            )
        else:
            found += _changed(old, new)
    return tuple(found)


def _changed(old: str, new: str) -> Iterator[PassageChange]:
    """A passage in place of another: word by word where they are alike, else one left out, one added."""
    words, collapsed = _WORD.findall(old), _WORD.findall(new)
    if words and collapsed and len(words) + len(collapsed) <= MOST_WORDS:
        matcher = SequenceMatcher(None, list(map(_key, words)), list(map(_key, collapsed)), autojunk=False)
        if matcher.ratio() >= _ALIKE:
            codes = matcher.get_opcodes()
            first = _word_runs((words[start:stop], code != "equal") for code, start, stop, _, _ in codes)
            second = _word_runs((collapsed[start:stop], code != "equal") for code, _, _, start, stop in codes)
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
    """The words of a text, in one spelling; of what has none, itself."""
    return tuple(map(same_spelling, terms(text))) or (text.strip(),)
