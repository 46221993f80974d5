"""Recall equals grep: what a phrase finds is what a plain scan of the normalised text finds."""

import random
import re
import unicodedata
from pathlib import Path

import pytest

from corpus.article import Article
from indexer.engines.whoosh.reader import WhooshReader
from indexer.engines.whoosh.writer import WhooshWriter
from indexer.query import Match, Question
from indexer.text.analyse import analyse, searched_texts
from indexer.text.syllables import terms
from indexer.text.tones import same_word
from search_app.grammar import understand
from tests.shared import real_records

ARTICLES = 2_000
PHRASES = 500


def scanned(article: Article) -> list[str]:
    """The article as a scan sees it: lines of words between spaces, tones in one place."""
    lines = []
    for _, text in searched_texts(article):
        words = re.findall(r"[^\W\d_]+|\d+", unicodedata.normalize("NFC", text).lower())
        lines.append(f" {' '.join(map(same_word, words))} ")
    return lines


@pytest.fixture(scope="module")
def real_articles() -> list[Article]:
    records = list(real_records("baomoi-2013.jsonl.xz", ARTICLES))
    return [
        Article(str(one["id"]), str(one["title"]), str(one["summary"]), tuple(str(one["body"]).split("\n")))
        for one in records
    ]


def test_500_random_phrases_find_what_a_scan_finds(real_articles: list[Article], tmp_path: Path) -> None:
    """Phrases of one to four syllables of the real text, drawn with a fixed seed."""
    writer = WhooshWriter(tmp_path / "0001")
    for change, article in enumerate(real_articles, 1):
        count = sum(len(terms(text)) for _, text in searched_texts(article))
        writer.add(analyse(article, change, bytes(count // 8 + 1)))
    writer.commit(len(real_articles))
    reader = WhooshReader(tmp_path / "0001")
    haystack = {article.id: scanned(article) for article in real_articles}
    chance = random.Random(2013)  # noqa: S311 - a repeatable sample
    for _ in range(PHRASES):
        article = chance.choice(real_articles)
        text = chance.choice([text for _, text in searched_texts(article) if len(terms(text)) > 4])
        words = terms(text)
        length = chance.randint(1, 4)
        start = chance.randrange(len(words) - length + 1)
        phrase = words[start : start + length]
        needle = f" {' '.join(map(same_word, phrase))} "
        expected = {name for name, lines in haystack.items() if any(needle in line for line in lines)}
        query = understand(f'"{" ".join(phrase)}"').query
        assert isinstance(query, Match)
        results = reader.search(Question(query, size=ARTICLES))
        assert {hit.id for hit in results.hits} == expected
        assert results.total == len(expected)
    reader.close()
