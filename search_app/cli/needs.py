"""How much space and time will a command need? It is estimated before it begins; too little space is refused.

The factors are those of real articles (docs/performance.md, "Space and time"). What cannot be known before is
estimated so low that no import is refused that would have had space: how well a file is packed, and how much
of it the archive holds already.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import click

from corpus.disk import check_space
from corpus.message import say
from search_app.cli.terminal import grouped, sentence
from search_app.language import Translate
from search_app.settings import Settings

_DISK_OF_TEXT = 3.2
"""Bytes on disk for each byte of a file of records or text: archive and index, without segments that are
being merged."""
_DISK_OF_MARKUP = 0.4  # for each byte of a page or crawl, most of which is mark-up
_PACKED = 3.0  # bytes in a packed file of text, for each byte on disk; real corpora: 3 (gz) to 7 (xz)
_INDEX_OF_ARCHIVE = 0.5  # bytes of index and what is derived beside it, for each byte of archive
_WHILE_MERGING = 2.0  # a rebuild's directory at its most crowded, for each byte of the finished index

_TEXT = (".jsonl", ".ndjson", ".json", ".csv", ".tsv", ".txt", ".md")
_MARKUP = (".html", ".htm", ".warc", ".arc", ".xml", ".rss", ".atom")
_PACKING = (".gz", ".bz2", ".xz", ".zst")

_TEXT_A_SECOND = 1_000_000  # bytes of text imported and indexed a second, on two cores
_ARCHIVE_A_SECOND = 6_000_000  # bytes of archive indexed again a second, where words are cut already
_LONG_S = 120.0  # work that takes longer is announced


def check_import(settings: Settings, paths: Sequence[Path], translate: Translate) -> None:
    """Says what an import needs where it is long.

    Raises:
        OperatorError: the disk has less space than the files need, if the archive holds none of them but for
            what it could hold.
    """
    text, markup = _input(paths)
    held = _size([settings.archive])
    needed = int(text * _DISK_OF_TEXT + markup * _DISK_OF_MARKUP)
    check_space(settings.data, max(0, needed - held))
    _announce(needed, (text + markup * _DISK_OF_MARKUP / _DISK_OF_TEXT) / _TEXT_A_SECOND, translate)


def check_rebuild(settings: Settings, translate: Translate) -> None:
    """Says what a rebuild needs where it is long.

    Raises:
        OperatorError: the disk has less space than a second index needs.
    """
    archive = _size([settings.archive])
    index = _size([settings.index]) or int(archive * _INDEX_OF_ARCHIVE)
    needed = int(index * _WHILE_MERGING)
    check_space(settings.data, needed)
    _announce(needed, archive / _ARCHIVE_A_SECOND, translate)


def _announce(needed: int, seconds: float, translate: Translate) -> None:
    if seconds < _LONG_S:
        return
    message = say(
        "This takes about {minutes} minutes and up to {space} MB of the disk.",
        minutes=grouped(seconds / 60),
        space=grouped(needed / 1e6),
    )
    click.echo(sentence(message, translate), err=True)


def _input(paths: Iterable[Path]) -> tuple[float, float]:
    """Bytes of records and text in files and folders, and bytes of pages and crawls, unpacked."""
    text = markup = 0.0
    for path in _files(paths):
        name = path.name.lower()
        packed = next((ending for ending in _PACKING if name.endswith(ending)), "")
        size = _size([path]) * (_PACKED if packed else 1.0)
        kind = name.removesuffix(packed)
        text += size * kind.endswith(_TEXT)
        markup += size * kind.endswith(_MARKUP)
    return text, markup


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if not os.path.isdir(path):  # noqa: PTH112 - pathlib's raises where a name is too long
            yield path
        for folder, _, names in os.walk(path):
            yield from (Path(folder, name) for name in names)


def _size(paths: Iterable[Path]) -> int:
    """Bytes of files and of all files in folders; those that cannot be looked at count as none."""
    total = 0
    for path in _files(paths):
        try:
            total += path.stat().st_size
        except OSError:
            continue
    return total
