"""How fast is each format read? Articles a second, reading and cleaning, by one core's processor time.

    python -m benchmarks.reading [--articles 300] [--out FILE.md]

The articles are real ones of both corpora, written anew in each format; the median of three readings.
"""

import argparse
import csv
import html
import io
import json
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import docx

from benchmarks.corpora import articles, check_present
from benchmarks.machine import report
from corpus.article import Article
from corpus.readers.input.source_file import SourceFile, Tally
from corpus.readers.reading import records_of
from corpus.readers.records.options import ImportOptions
from corpus.records import Reading

_TIMES = 3


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=300)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    check_present()
    found = list(articles(options.articles))
    with tempfile.TemporaryDirectory() as folder:
        rows = [_row(name, files) for name, files in _written(found, Path(folder)).items()]
    table = "\n".join(rows)
    report(
        f"# Reading\n\n| {len(found)} articles as | taken | articles/s |\n| --- | --- | --- |\n{table}",
        options.out,
    )


def _row(name: str, files: Sequence[Path]) -> str:
    taken, seconds = 0, []
    for _ in range(_TIMES):
        started = time.process_time()
        taken = sum(_taken(path) for path in files)
        seconds.append(time.process_time() - started)
    return f"| {name} | {taken} | {taken / statistics.median(seconds):,.0f} |"


def _taken(path: Path) -> int:
    records = records_of(SourceFile.on_disk(path, ""), ImportOptions(), Tally())
    return sum(isinstance(record, Reading) for record in records)


def _written(found: Sequence[Article], folder: Path) -> dict[str, list[Path]]:
    """The files of each format."""
    rows = [(one.id, one.title, one.lede, "\n".join(one.paragraphs)) for one in found]
    names = ("id", "title", "lede", "body")
    values = [dict(zip(names, row, strict=True)) for row in rows]
    table = io.StringIO()
    csv.writer(table).writerows([names, *rows])
    whole = {
        "jsonl": "\n".join(json.dumps(value, ensure_ascii=False) for value in values),
        "json": json.dumps(values, ensure_ascii=False),
        "csv": table.getvalue(),
    }
    files = {}
    for suffix, text in whole.items():
        files[suffix] = [folder / f"all.{suffix}"]
        files[suffix][0].write_text(text, "utf-8")
    files["sqlite"] = [_database(folder / "all.sqlite", rows)]
    for suffix in ("txt", "md", "html", "docx"):
        files[suffix] = [folder / f"{number}.{suffix}" for number in range(len(found))]
        for path, one in zip(files[suffix], found, strict=True):
            path.write_bytes(_page(suffix, one))
    return files


def _database(path: Path, rows: Sequence[tuple[str, ...]]) -> Path:
    base = sqlite3.connect(path)
    base.execute("CREATE TABLE articles (id TEXT, title TEXT, lede TEXT, body TEXT)")
    base.executemany("INSERT INTO articles VALUES (?, ?, ?, ?)", rows)
    base.commit()
    base.close()
    return path


def _page(suffix: str, one: Article) -> bytes:
    lines = [line for line in (one.lede, *one.paragraphs) if line]
    match suffix:
        case "txt":
            return "\n\n".join([one.title, *lines]).encode()
        case "md":
            head = json.dumps(one.title, ensure_ascii=False)  # JSON is YAML
            return "\n\n".join([f"---\ntitle: {head}\n---", *lines]).encode()
        case "html":
            text = "".join(f"<p>{html.escape(line)}</p>" for line in lines)
            title = html.escape(one.title)
            head = f"<!doctype html><meta charset=utf-8><title>{title}</title>"
            return f"{head}<article><h1>{title}</h1>{text}</article>".encode()
        case _:
            made, held = docx.Document(), io.BytesIO()
            made.add_heading(one.title, 0)
            for line in lines:
                made.add_paragraph(line)
            made.save(held)
            return held.getvalue()


if __name__ == "__main__":
    main()
