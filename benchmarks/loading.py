"""What does it cost to load a corpus? Wall, processor, memory and disk of `khobao add` into a fresh folder.

The measure is underthesea: the processor time of its own word_tokenize, called text by text on a sample of
the same articles and scaled up by characters.

    python -m benchmarks.loading [FILE …] [--limit 2000] [--sample 400] [--data DIR] [--out FILE.md]

Without a FILE both real corpora are loaded; --limit takes only the first records of each file. The folder
is kept where --data names one (it must be new or empty): benchmarks.pages can then serve it.
"""

import argparse
import lzma
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from benchmarks.corpora import BAOMOI, VIETNEWS, check_present
from benchmarks.machine import disk_bytes, report
from benchmarks.processes import Run, run
from corpus.archive import ArchiveReader
from corpus.article import Article
from indexer.text.analyse import searched_texts
from search_app.settings import Settings

KHOBAO = Path(sys.executable).with_name("khobao")
_BATCH = 500


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--limit", type=int, help="records of each file; .jsonl or .jsonl.xz")
    parser.add_argument("--sample", type=int, default=400, help="articles that underthesea cuts")
    parser.add_argument("--data", type=Path)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    if not options.files:
        check_present()
    with tempfile.TemporaryDirectory() as folder:
        data = options.data or Path(folder) / "data"
        if data.exists() and any(data.iterdir()):
            sys.exit(f"{data}: is not empty; loading is measured into a fresh folder")
        files = [_cut(path, options.limit, Path(folder)) for path in options.files or (BAOMOI, VIETNEWS)]
        report(_measure(files, data, options.sample), options.out)


def _cut(path: Path, limit: int | None, folder: Path) -> Path:
    """The file, or one with its first records."""
    if limit is None:
        return path
    cut = folder / path.name.removesuffix(".xz")
    with lzma.open(path) if path.suffix == ".xz" else path.open("rb") as lines:
        cut.write_bytes(b"".join(islice(lines, limit)))
    return cut


def _measure(files: Sequence[Path], data: Path, sample: int) -> str:
    loaded = run([KHOBAO, "add", "--data", data, *files])
    settings = Settings(data)
    with ArchiveReader(settings.archive) as archive:
        ids = [head.article_id for head in archive.heads_since(0)]
        text_bytes = sum(_text_bytes(one) for one in _articles(archive, ids))
        chosen = list(_articles(archive, ids[:: max(1, len(ids) // sample)][:sample]))
    cutting_s, sample_bytes = _cutting_s(chosen)
    whole_cutting_s = cutting_s * text_bytes / sample_bytes
    sampled = f"{len(chosen)} articles in {cutting_s:.1f} s"
    return _page(loaded, len(ids), text_bytes, settings, whole_cutting_s, sampled)


def _page(
    loaded: Run, articles: int, text_bytes: int, settings: Settings, cutting_s: float, sample: str
) -> str:
    archive, index = disk_bytes(settings.data) - disk_bytes(settings.index), disk_bytes(settings.index)
    rows = [
        ("wall", f"{loaded.wall_s:.1f} s on {os.cpu_count()} cores"),
        ("processor, all processes", f"{loaded.cpu_s:.1f} s"),
        (f"processor of word_tokenize alone (measured: {sample})", f"{cutting_s:.1f} s"),
        ("**processor: ratio**", f"**{loaded.cpu_s / cutting_s:.2f}**"),
        ("highest memory, all processes", f"{loaded.peak_mib:.0f} MiB"),
        ("text, UTF-8", f"{text_bytes / 1e6:.1f} MB"),
        ("archive", f"{archive / 1e6:.1f} MB, {archive / text_bytes:.2f} of the text"),
        ("**index over text**", f"{index / 1e6:.1f} MB, **{index / text_bytes:.2f}**"),
    ]
    table = "\n".join(f"| {name} | {value} |" for name, value in rows)
    return f"# Loading {articles:,} articles\n\n| what | measured |\n| --- | --- |\n{table}"


def _articles(archive: ArchiveReader, ids: Sequence[str]) -> Iterator[Article]:
    return (
        one.article
        for start in range(0, len(ids), _BATCH)
        for one in archive.articles(ids[start : start + _BATCH]).values()
    )


def _text_bytes(article: Article) -> int:
    return sum(len(text.encode()) for _, text in searched_texts(article))


def _cutting_s(articles: Sequence[Article]) -> tuple[float, int]:
    """Processor seconds of word_tokenize, warm, and the bytes it was given."""
    from underthesea import word_tokenize  # noqa: PLC0415 - slow to import, and not before it is measured

    word_tokenize("Đọc mô hình trước khi đo.")
    started = time.process_time()
    for article in articles:
        for _, text in searched_texts(article):
            word_tokenize(text)
    return time.process_time() - started, sum(map(_text_bytes, articles))


if __name__ == "__main__":
    main()
