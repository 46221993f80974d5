"""Is recall equal to grep? Random phrases of a real corpus, found by the index and by a plain scan.

The scan knows nothing of the index: it normalises every text of every article in the archive, puts
each word's tone in one place, and looks for the phrase between spaces.

    python -m benchmarks.recall --data DIR [--phrases 500] [--seed 1]
"""

import argparse
import random
import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from corpus.archive import ArchiveReader
from corpus.article import Article
from indexer.engine import IndexReader
from indexer.engines.whoosh.reader import open_reader
from indexer.query import Match, Question
from indexer.text.analyse import searched_texts
from indexer.text.readings import same_spelling
from indexer.text.syllables import terms
from search_app.query.grammar import understand
from search_app.settings import Settings

LONGEST = 4
_WORD = re.compile(r"[^\W\d_]+|\d+")


def scanned(article: Article) -> str:
    """An article as the scan sees it: a line a text, words between spaces, tones in one place."""
    lines = []
    for _, text in searched_texts(article):
        words = _WORD.findall(unicodedata.normalize("NFC", text).lower())
        lines.append(f" {' '.join(map(same_spelling, words))} ")
    return "\n".join(lines)


def random_phrases(articles: Sequence[Article], count: int, seed: int) -> list[list[str]]:
    """Phrases of one to LONGEST syllables that stand in the articles."""
    chance = random.Random(seed)  # noqa: S311 - a repeatable sample
    phrases: list[list[str]] = []
    while len(phrases) < count:
        article = chance.choice(articles)
        words = terms(chance.choice([text for _, text in searched_texts(article)]))
        length = chance.randint(1, LONGEST)
        if len(words) >= length:
            start = chance.randrange(len(words) - length + 1)
            phrases.append(words[start : start + length])
    return phrases


def differences(articles: Sequence[Article], reader: IndexReader, phrases: Sequence[list[str]]) -> list[str]:
    """Phrases for which the index and the scan name other articles; empty where recall equals grep."""
    haystack = {article.id: scanned(article) for article in articles}
    found: list[str] = []
    for phrase in phrases:
        needle = f" {' '.join(map(same_spelling, phrase))} "
        expected = {name for name, text in haystack.items() if needle in text}
        query = understand(f'"{" ".join(phrase)}"').query
        assert isinstance(query, Match)
        results = reader.search(Question(query, size=len(articles)))
        if {hit.id for hit in results.hits} != expected or results.total != len(expected):
            found.append(" ".join(phrase))
    return found


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--phrases", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    settings = Settings(options.data)
    archive = ArchiveReader(settings.archive)
    ids = [head.article_id for head in archive.heads_since(0) if not head.withdrawn]
    articles = [kept.article for kept in archive.articles(ids).values()]
    phrases = random_phrases(articles, options.phrases, options.seed)
    wrong = differences(articles, open_reader(settings.index), phrases)
    print(f"{len(phrases)} phrases over {len(articles):,} articles: {len(wrong)} differ {wrong[:10]}")


if __name__ == "__main__":
    main()
