"""Are words cut on arrays the words underthesea cuts, and at what cost? On a whole corpus, all cores.

    python -m benchmarks.words [CORPUS] [--articles N] [--processes N]

Every paragraph is cut both ways; every word and every syllable's bit is compared. Ends with 1 where
any differs. CPU is of one process on one core: "today" is what a build spends on words, "underthesea"
its word_tokenize alone on the same text, "walked" the same with its words found again in the text.
"""

import argparse
import multiprocessing
import os
import sys
import time
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from itertools import chain, islice
from pathlib import Path

from tqdm import tqdm

from corpus.article import Article
from corpus.moment import now
from corpus.readers.input.source_file import SourceFile, Tally
from corpus.readers.reading import records_of
from corpus.readers.records.options import ImportOptions
from corpus.records import Reading
from indexer.build import CHUNK_ARTICLES
from indexer.text.analyse import searched_texts
from indexer.text.words import align_joins, cutter, joins_of, plain, texts, underthesea_words

CORPUS = Path(__file__).parent.parent.parent / "shared" / "corpora" / "baomoi-2013.jsonl.xz"


@dataclass(frozen=True, slots=True)
class Figures:
    """What was compared and what it cost; seconds are CPU."""

    articles: int = 0
    paragraphs: int = 0
    tokens: int = 0
    syllables: int = 0
    differences: int = 0
    today_seconds: float = 0
    underthesea_seconds: float = 0
    walked_seconds: float = 0

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(*map(sum, zip(astuple(self), astuple(other), strict=True)))


def compare(articles: list[Article]) -> Figures:
    """Cuts a chunk of articles both ways."""
    paragraphs = [text for article in articles for _, text in searched_texts(article)]
    started = time.process_time()
    joins = joins_of(paragraphs)
    today = time.process_time()
    pieces = [plain(piece) for paragraph in paragraphs for piece in texts(paragraph)]
    before = time.process_time()
    expected = [underthesea_words(piece) for piece in pieces]
    cut = time.process_time()
    walked = [align_joins(piece, words) for piece, words in zip(pieces, expected, strict=True)]
    ended = time.process_time()
    found = cutter().words(pieces)
    differences = [words for words, other in zip(found, expected, strict=True) if words != other]
    return Figures(
        articles=len(articles),
        paragraphs=len(paragraphs),
        tokens=sum(word.count(" ") + 1 for words in expected for word in words),
        syllables=sum(map(len, joins)),
        differences=len(differences)
        + (list(chain.from_iterable(joins)) != list(chain.from_iterable(walked))),
        today_seconds=today - started,
        underthesea_seconds=cut - before,
        walked_seconds=ended - today,
    )


def articles_of(path: Path) -> Iterator[Article]:
    """The articles of a file of any format the import knows."""
    for record in records_of(SourceFile.on_disk(path, now()), ImportOptions(), Tally()):
        if isinstance(record, Reading):
            yield record.article


def chunks(path: Path, count: int | None) -> Iterator[list[Article]]:
    """The first articles, as many at a time as a build takes."""
    articles = islice(articles_of(path), count)
    while chunk := list(islice(articles, CHUNK_ARTICLES)):
        yield chunk


def warm_up() -> None:
    """Loads both before anything is measured."""
    joins_of(["Lào Cai"])
    underthesea_words("Lào Cai")


def report(figures: Figures) -> str:
    """The figures as lines for a person."""
    each = 1000 / max(figures.articles, 1)
    times = figures.walked_seconds / max(figures.today_seconds, 1e-9)
    return (
        f"{figures.articles:,} articles, {figures.paragraphs:,} paragraphs, {figures.tokens:,} tokens and "
        f"{figures.syllables:,} syllables compared: {figures.differences} differences\n"
        f"CPU an article: today {figures.today_seconds * each:.2f} ms, "
        f"underthesea {figures.underthesea_seconds * each:.2f} ms, "
        f"walked {figures.walked_seconds * each:.2f} ms: {times:.1f} times as fast"
    )


def main() -> None:
    """Compares a corpus."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpus", nargs="?", type=Path, default=CORPUS)
    parser.add_argument("--articles", type=int, help="only the first so many")
    parser.add_argument("--processes", type=int, default=os.cpu_count())
    asked = parser.parse_args()
    total = Figures()
    context = multiprocessing.get_context("spawn")
    with context.Pool(asked.processes, warm_up) as pool, tqdm(unit=" articles", smoothing=0) as progress:
        for figures in pool.imap_unordered(compare, chunks(asked.corpus, asked.articles)):
            total += figures
            progress.update(figures.articles)
            progress.set_postfix(differences=total.differences)
    print(report(total))
    sys.exit(total.differences > 0)


if __name__ == "__main__":
    main()
