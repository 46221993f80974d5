"""Is a damaged file ever answered from unsaid? One byte changed, in each of 200 random places of every file.

A copy of an archive's data folder gets one changed byte at a time. Of each it is asked

- whether pages, the API and suggestions answer as before, or say one sentence; no traceback, no other answer;
- whether `khobao verify` finds it;
- for a share of those that were said: whether `khobao rebuild`, the remedy named, brings every answer back.

The archive's own file is SQLite's, whose free pages and gaps hold nothing: a changed byte there is unused
where SQLite finds its structure in order and every row of every table reads as before. Some of the archive
has no digest, so it is counted apart. Files that carry nothing (locks, SQLite's shared memory, which it
makes anew) are left out.

    python -m benchmarks.damage [PATH] [--articles 1000] [--places 200] [--seed 1] [--out build/damage.md]
"""

import argparse
import hashlib
import logging
import random
import shutil
import sqlite3
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from urllib.parse import quote

from benchmarks.corpora import BAOMOI, QUERIES
from benchmarks.same_answers.neutral import neutral_answer
from benchmarks.upgrading import load_part
from corpus.errors import ReportableError
from indexer.stories.update import verify_stories
from indexer.suggest.update import verify_suggestions
from indexer.units.update import verify_units
from indexer.verify import verify
from search_app.app import create_app
from search_app.bootstrap import index_holder, open_reading, open_service, unit_sources
from search_app.cli.writing import rebuild
from search_app.settings import Settings

ARCHIVE = "archive.sqlite"
_CARRY_NOTHING = (".lock", "-shm", "LOCK")
_REMEDIES = 20  # of so many cases that were said, one is mended
_ARTICLES = 6  # whose pages are opened
_CHUNK = 25  # places a worker tries with one copy
_CPUS = 2
_SEEN = ("tried", "unused", "same", "said", "wrong", "traceback", "found", "missed", "mended", "not mended")

Answers = Mapping[str, tuple[int, bytes]]
"""Status and body, by address."""


@dataclass(frozen=True, slots=True)
class Work:
    """Some places of one file, each with the bits that are changed there."""

    whole: Path
    file: str
    changes: tuple[tuple[int, int], ...]
    expected: Answers


@dataclass(slots=True)
class Counts:
    """What became of the cases of a file."""

    file: str
    seen: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)


def _nothing(_done: int, _total: int) -> None:
    """No progress is shown."""


def _plain(text: str) -> str:
    return text


def addresses(settings: Settings) -> list[str]:
    """What is asked: searches as page and API, suggestions, the pages of some articles."""
    heads = open_reading(settings).heads_since(0)
    ids = [head.article_id for head in heads[:: max(1, len(heads) // _ARTICLES)]]
    searches = [f"{path}?lang=en&q={quote(query)}" for path in ("/", "/api/search") for query in QUERIES]
    suggestions = [f"/api/suggest?q={quote(typed)}" for typed in ("th", "giá")]
    return [*searches, *suggestions, *(f"/article/{quote(one)}?lang=en" for one in ids)]


def ask(settings: Settings, asked: list[str]) -> Answers:
    """The answers of an app that is opened for this.

    Raises:
        ReportableError: it does not open.
    """
    client = create_app(open_service(settings), settings).test_client()
    today = datetime.now(UTC).astimezone().date()
    answers = {address: client.get(address) for address in asked}
    return {
        address: (answer.status_code, neutral_answer(answer.data, today))
        for address, answer in answers.items()
    }


def verified(settings: Settings) -> bool:
    """Whether khobao verify finds nothing wrong."""
    try:
        archive = open_reading(settings)
        with index_holder(settings).lend() as reader:
            if verify(archive, reader, _nothing).faults:
                return False
        derived = ((verify_stories, settings.stories), (verify_suggestions, settings.suggestions))
        if any(check(archive, path, _nothing) for check, path in derived):
            return False
        with unit_sources(settings) as sources:
            return not verify_units(sources, settings.units, _nothing)
    except ReportableError:
        return False


def rows_of(archive: Path) -> str:
    """A digest of every row of every table; what SQLite says where it cannot be read or finds a fault."""
    digest = hashlib.sha256()
    try:
        with closing(sqlite3.connect(f"file:{archive}?mode=ro&immutable=1", uri=True)) as connection:
            connection.text_factory = bytes
            digest.update(repr(connection.execute("PRAGMA integrity_check").fetchall()).encode())
            schema = connection.execute("SELECT * FROM sqlite_schema ORDER BY 1, 2").fetchall()
            digest.update(repr(schema).encode())
            for (name,) in connection.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'table'"
            ).fetchall():
                for row in connection.execute(f'SELECT * FROM "{name.decode()}"'):  # noqa: S608 - a table's own name
                    digest.update(repr(row).encode())
    except (sqlite3.Error, UnicodeError, OverflowError, MemoryError) as error:
        return f"{type(error).__name__}: {error}"
    return digest.hexdigest()


def try_places(work: Work) -> Counts:
    """Changes each place of a file, one at a time, in a copy of the folder."""
    logging.disable()
    counts = Counts(work.file)
    with tempfile.TemporaryDirectory(dir=work.whole.parent) as folder:
        data = Path(folder) / "data"
        shutil.copytree(work.whole, data)
        target, whole = data / work.file, (work.whole / work.file).read_bytes()
        rows = rows_of(work.whole / ARCHIVE) if work.file.startswith(ARCHIVE) else ""
        for place, mask in work.changes:
            changed = bytearray(whole)
            changed[place] ^= mask
            _replace(target, bytes(changed))
            unused = bool(rows) and rows_of(data / ARCHIVE) == rows
            _try(Settings(data), work, counts, f"{work.file}, byte {place} ^ {mask}", unused=unused)
            if rows:  # SQLite may have written beside its file
                shutil.rmtree(data)
                shutil.copytree(work.whole, data)
            _replace(target, whole)
    return counts


def _replace(target: Path, content: bytes) -> None:
    """A new file in the place of one that may still be mapped."""
    draft = target.with_name("draft")
    draft.write_bytes(content)
    draft.replace(target)


def _try(settings: Settings, work: Work, counts: Counts, what: str, *, unused: bool) -> None:
    seen = counts.seen
    seen["tried"] += 1
    seen["unused"] += unused
    try:
        outcome = _outcome(settings, work.expected)
        found = not verified(settings)
    except Exception:  # noqa: BLE001 - that is what is counted
        seen["traceback"] += 1
        counts.notes.append(f"{what}: {traceback.format_exc(limit=-3)}")
        return
    seen[outcome] += 1
    if outcome in {"wrong", "traceback"}:
        counts.notes.append(f"{what}: {outcome}")
    if found:
        seen["found"] += 1
    elif not unused:
        seen["missed"] += 1
        counts.notes.append(f"{what}: not found by verify")
    if found and not work.file.startswith(ARCHIVE) and seen["found"] % _REMEDIES == 1:
        _mend(settings, work, counts, what)


def _outcome(settings: Settings, expected: Answers) -> str:
    try:
        answers = ask(settings, list(expected))
    except ReportableError:
        return "said"
    others = [answer for address, answer in answers.items() if answer != expected[address]]
    if any(status == 500 for status, _ in others):
        return "traceback"
    if any(status != 503 for status, _ in others):
        return "wrong"
    return "said" if others else "same"


def _mend(settings: Settings, work: Work, counts: Counts, what: str) -> None:
    """Gives the remedy in a copy, and asks again."""
    with tempfile.TemporaryDirectory(dir=work.whole.parent) as folder:
        data = Path(folder) / "data"
        shutil.copytree(settings.data, data)
        rebuild(Settings(data), _plain)
        mended = ask(Settings(data), list(work.expected)) == work.expected and verified(Settings(data))
    counts.seen["mended" if mended else "not mended"] += 1
    if not mended:
        counts.notes.append(f"{what}: the remedy did not help")


def works(whole: Path, places: int, seed: int, expected: Answers) -> Iterator[Work]:
    """The work of all files, in parts."""
    files = sorted((path for path in whole.rglob("*") if path.is_file()), key=_archive_last)
    for path in files:
        size, name = path.stat().st_size, str(path.relative_to(whole))
        if not size or name.endswith(_CARRY_NOTHING):
            continue
        chance = random.Random(f"{seed} {path.suffix} {size}")  # noqa: S311 - repeatable, nothing secret
        drawn = sorted(chance.sample(range(size), min(places, size)))
        changes = [(place, chance.randrange(1, 256)) for place in drawn]
        for first in range(0, len(changes), _CHUNK):
            yield Work(whole, name, tuple(changes[first : first + _CHUNK]), expected)


def _archive_last(path: Path) -> tuple[bool, Path]:
    return path.name.startswith(ARCHIVE), path


def report(counts: Mapping[str, Counter[str]], facts: str) -> str:
    """The table of docs/reliability.md."""
    names = (
        "tried",
        "unused",
        "same",
        "said",
        "wrong",
        "traceback",
        "found",
        "missed",
        "mended",
        "not mended",
    )
    rows = [[name, *(str(seen[one]) for one in names)] for name, seen in counts.items()]
    head = [["file", *names], ["---"] * (len(names) + 1)]
    return facts + "\n\n" + "\n".join("| " + " | ".join(row) + " |" for row in head + rows) + "\n"


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("path", nargs="?", type=Path, default=BAOMOI)
    parser.add_argument("--articles", type=int, default=1_000)
    parser.add_argument("--places", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    if not options.path.exists():
        sys.exit(f"{options.path}: not on this machine; name a file of JSON lines, or a folder, to import")
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        counts, notes = _measure(options, Path(folder) / "data")
    total = Counter[str]()
    for name, seen in counts.items():
        total += Counter() if name.startswith(ARCHIVE) else seen
    took = time.monotonic() - started
    facts = f"{options.articles} articles of {options.path.name}, seed {options.seed}, {took:.0f} s"
    text = report({**counts, "all but the archive": total}, facts)
    print(text, *notes, sep="\n")
    if options.out:
        options.out.write_text(text + "\n" + "\n".join(f"- {note}" for note in notes), "utf-8")
    if any(total[fault] for fault in ("wrong", "traceback", "missed", "not mended")):
        sys.exit("a damaged file was answered from unsaid, or not found")


def _measure(options: argparse.Namespace, whole: Path) -> tuple[dict[str, Counter[str]], list[str]]:
    load_part(options.path, options.articles, whole)
    settings = Settings(whole)
    expected = ask(settings, addresses(settings))
    if not verified(settings) or any(status != 200 for status, _ in expected.values()):
        sys.exit("the archive is not whole before anything was changed")
    counts: dict[str, Counter[str]] = {}
    notes: list[str] = []
    with ProcessPoolExecutor(_CPUS, mp_context=get_context("spawn")) as pool:
        for done in pool.map(try_places, works(whole, options.places, options.seed, expected)):
            counts[done.file] = counts.get(done.file, Counter()) + done.seen
            notes += done.notes
            print(done.file, dict(counts[done.file]), file=sys.stderr, flush=True)
    return counts, notes


if __name__ == "__main__":
    main()
