"""What does a reader see who judges without knowing the system? Sheets of articles in an order drawn by seed.

A sheet has some queries with what each means, and of every article its id, date, headline, the beginning of
its text, and how often the typed words stand in it together; where these lines do not have them together,
also the passage of the rest that has most of them. All of it is made from the article and the typed words:
no engine chose it. Sheets hold texts of newspapers, so they stay out of the repository.
"""

import random
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.relevance.short_judgements import ShortQuery
from corpus.article import Article
from corpus.tones import same_word
from indexer.text.fold import fold

QUERIES_A_SHEET = 10
LEDE_CHARACTERS = 200
PASSAGE_CHARACTERS = 200
_CUT_OFF = " …"
_BEFORE = 60  # characters of a passage before its first word of the query

_WORD = re.compile(r"\w+")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a text: its offsets, the word as it is compared, and without marks."""

    start: int
    end: int
    marked: str
    folded: str

    def is_typed(self, typed: "_Word") -> bool:
        """Whether a query's word finds it: without marks in any reading, with marks in its own alone."""
        return self.folded == typed.folded and typed.marked in {typed.folded, self.marked}


def write_sheets(
    folder: Path,
    queries: Mapping[str, ShortQuery],
    pooled: Mapping[str, Sequence[Article]],
    seed: int,
) -> int:
    """Writes the articles of each query, QUERIES_A_SHEET queries a file; returns the number of files."""
    folder.mkdir(parents=True, exist_ok=True)
    asked = [name for name in queries if pooled.get(name)]
    sheets = [asked[at : at + QUERIES_A_SHEET] for at in range(0, len(asked), QUERIES_A_SHEET)]
    for number, names in enumerate(sheets, 1):
        blocks = (query_block(queries[name], pooled[name], seed) for name in names)
        text = f"# Sheet {number} of {len(sheets)}\n\n" + "\n".join(blocks)
        (folder / f"sheet-{number:02}.md").write_text(text, "utf-8")
    return len(sheets)


def query_block(query: ShortQuery, articles: Iterable[Article], seed: int) -> str:
    """A query, what it means, and its articles in an order that depends on their ids and the seed alone."""
    drawn = sorted(articles, key=lambda article: article.id)
    random.Random(f"{seed} {query.id}").shuffle(drawn)  # noqa: S311 - the same order in every run
    entries = "".join(entry(query, article) for article in drawn)
    return f"## {query.id}: {query.text}\n\nMeant: {query.need}\n\n{entries}"


def entry(query: ShortQuery, article: Article) -> str:
    """An article in two or three lines."""
    text = _one_line(" ".join((article.lede, *article.paragraphs, *article.captions)))
    title, lede = _one_line(article.title), _cut(_one_line(article.lede) or text, LEDE_CHARACTERS)
    together = count_together(f"{title}\n{text}", query.text)
    lines = [f"{article.id} | {article.published.text[:10] or 'no date'} | {together}× | **{title}**", lede]
    rest = text[len(lede.removesuffix(_CUT_OFF)) :]
    if not count_together(f"{title}\n{lede}", query.text) and (found := passage(rest, query.text)):
        lines.append(f"> {found}")
    return "\n".join(lines) + "\n\n"


def count_together(text: str, query: str) -> int:
    """How often the words of a query stand side by side in a text."""
    words, typed = list(_words(text)), list(_words(query))
    return sum(_run(words, at, typed) == len(typed) for at in range(len(words)))


def passage(text: str, query: str, limit: int = PASSAGE_CHARACTERS) -> str:
    """The passage with most different words of the query; of equals that with most side by side, then the
    first. Empty where the text has none of them.
    """
    words, typed = list(_words(text)), list(_words(query))
    found = [at for at, word in enumerate(words) if any(word.is_typed(one) for one in typed)]
    best, highest = None, (0, 0)
    for at in found:
        reach = words[at].start + limit - _BEFORE
        near = [words[other] for other in found if other >= at and words[other].end <= reach]
        value = (len({word.folded for word in near}), _run(words, at, typed))
        if value > highest:
            best, highest = words[at], value
    return "" if best is None else _around(text, best.start, limit)


def _run(words: Sequence[_Word], at: int, typed: Sequence[_Word]) -> int:
    """How many words of a query, from its first, stand side by side from a place on."""
    for far, one in enumerate(typed):
        if at + far >= len(words) or not words[at + far].is_typed(one):
            return far
    return len(typed)


def _around(text: str, start: int, limit: int) -> str:
    """The text around a place, whole words only."""
    begin = max(0, start - _BEFORE)
    if begin:
        begin = text.find(" ", begin, start) + 1 or start
    before = "… " if begin else ""
    return before + _cut(text[begin:], limit)


def _cut(text: str, limit: int) -> str:
    """The beginning of a text, whole words only."""
    if len(text) <= limit:
        return text
    return text[: text.rfind(" ", 1, limit) if " " in text[1:limit] else limit] + _CUT_OFF


def _words(text: str) -> Iterator[_Word]:
    """The words of a text that is in NFC."""
    for match in _WORD.finditer(text):
        marked = same_word(match[0].lower())
        yield _Word(match.start(), match.end(), marked, fold(marked))


def _one_line(text: str) -> str:
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()
