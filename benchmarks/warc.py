"""How fast are crawls read? Pages a second, against warcio and trafilatura alone; the highest memory.

    python -m benchmarks.warc [--gib 2] [--pages 300] [--out FILE.md]

Pages come from ../shared/warc/news-pages.warc.gz; the large crawl is that file again and again, as a stream.
trafilatura must be installed (it is with the tests).
"""

import argparse
import io
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

import trafilatura
from warcio.archiveiterator import ArchiveIterator

from benchmarks.machine import report
from corpus.errors import ImpossibleValueError
from corpus.readers.html.article import PageContext, article_of_html
from corpus.readers.warc.captures import Capture, captures
from corpus.readers.warc.members import read_chunks

_CRAWL = Path(__file__).parent.parent.parent / "shared" / "warc" / "news-pages.warc.gz"


class _Repeated(io.RawIOBase):
    """A file again and again, never held twice."""

    def __init__(self, raw: bytes, times: int) -> None:
        super().__init__()
        self._raw, self._left, self._at = raw, times, 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes:
        if self._at >= len(self._raw) and self._left > 1:
            self._left, self._at = self._left - 1, 0
        piece = self._raw[self._at : self._at + size]
        self._at += len(piece)
        return piece


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--gib", type=float, default=2.0, help="of the large crawl, unpacked")
    parser.add_argument("--pages", type=int, default=300, help="that are cleaned")
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    if not _CRAWL.exists():
        sys.exit("../shared/warc is not on this machine: this benchmark reads real pages there")
    raw = _CRAWL.read_bytes()
    pages = [one for one in captures(read_chunks(io.BytesIO(raw))) if isinstance(one, Capture)]
    report(_measure(raw, pages, options.gib, options.pages), options.out)


def _measure(raw: bytes, pages: list[Capture], gib: float, count: int) -> str:
    unpacked = sum(len(one.page) for one in pages)
    times = max(1, round(gib * 2**30 / unpacked))
    ours = _rate(lambda: sum(isinstance(o, Capture) for o in captures(read_chunks(_Repeated(raw, times)))))
    peak_mib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    theirs = _rate(lambda: _warcio(raw, times))
    some = [pages[n % len(pages)] for n in range(count)]
    cleaned = _rate(lambda: sum(_ours(one) for one in some))
    other = _rate(lambda: sum(_trafilatura(one) for one in some))
    rows = [
        (
            f"a crawl of {gib:g} GiB unpacked ({times * len(pages):,} pages): records and pages",
            f"{ours:,.0f} pages/s",
        ),
        ("the same by warcio alone, its payloads read", f"{theirs:,.0f} pages/s, ratio {ours / theirs:.2f}"),
        ("highest memory of the process up to there", f"{peak_mib:.0f} MiB"),
        ("page to article (cleaned, metadata)", f"{cleaned:,.1f} pages/s"),
        (
            "the same by trafilatura alone, text and metadata",
            f"{other:,.1f} pages/s, ratio {cleaned / other:.2f}",
        ),
    ]
    table = "\n".join(f"| {name} | {value} |" for name, value in rows)
    return f"# Reading crawls and pages\n\n| what | measured |\n| --- | --- |\n{table}"


def _rate(work: Callable[[], int]) -> float:
    started = time.process_time()
    return work() / (time.process_time() - started)


def _warcio(raw: bytes, times: int) -> int:
    found = 0
    for record in ArchiveIterator(_Repeated(raw, times), check_digests=True):
        if record.rec_type == "response":
            record.content_stream().read()
            found += "html" in (record.http_headers.get_header("Content-Type") or "")
    return found


def _ours(page: Capture) -> int:
    try:
        article_of_html(page.page, PageContext("trang", page.url, page.charset))
    except ImpossibleValueError:
        return 1  # a list is refused; the work was done
    return 1


def _trafilatura(page: Capture) -> int:
    trafilatura.bare_extraction(page.page, with_metadata=True)
    return 1


if __name__ == "__main__":
    main()
