"""Recall equals grep: what a phrase finds is what a plain scan of the normalised text finds."""

from pathlib import Path

from benchmarks.recall import differences, random_phrases
from corpus.article import Article
from indexer.engines.whoosh.reader import WhooshReader
from indexer.engines.whoosh.writer import WhooshWriter
from indexer.text.analyse import analyse, searched_texts
from indexer.text.syllables import terms
from tests.shared import real_records

ARTICLES = 2_000
PHRASES = 500


def test_500_random_phrases_find_what_a_scan_finds(tmp_path: Path) -> None:
    """Phrases of one to four syllables of real text; ``benchmarks.recall`` does it for a whole archive."""
    articles = [
        Article(str(one["id"]), str(one["title"]), str(one["summary"]), tuple(str(one["body"]).split("\n")))
        for one in real_records("baomoi-2013.jsonl.xz", ARTICLES)
    ]
    writer = WhooshWriter(tmp_path / "0001")
    for change, article in enumerate(articles, 1):
        count = sum(len(terms(text)) for _, text in searched_texts(article))
        writer.add(analyse(article, change, bytes(count // 8 + 1)))
    writer.commit(len(articles))
    reader = WhooshReader(tmp_path / "0001")
    assert differences(articles, reader, random_phrases(articles, PHRASES, seed=2013)) == []
    reader.close()
