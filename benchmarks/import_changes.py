"""What do two releases make of the same files? Compares two archives record by record.

Both releases import the same paths into a new data folder; then

    python -m benchmarks.import_changes BEFORE AFTER [--examples 3]

prints, for each kind of change, how many records changed that way and some of them. With ``--same-archive``,
AFTER is BEFORE that today's release cleaned again (`khobao clean --again`) and imported the same paths into
once more; then no id of BEFORE may be missing, and no record may be two articles. The exit code says so.
"""

import argparse
import json
import sqlite3
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

Place = tuple[str, str]  # file, and place in it
_SHOWN = 70  # characters of a value


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a record: an article's id and content, or the reason of a refusal."""

    article_id: str
    content: dict[str, object]
    refused: str = ""


def outcomes(data: Path) -> dict[Place, Outcome]:
    """The last outcome of each record of an archive, of whatever format."""
    with sqlite3.connect(f"file:{data / 'archive.sqlite'}?mode=ro", uri=True) as archive:
        found = {
            (file, place): Outcome("", {}, reason)
            for file, place, reason in archive.execute("SELECT file, place, reason FROM refusals")
        }
        rows = archive.execute("SELECT file, place, article_id, content FROM versions ORDER BY change")
        for file, place, article_id, content in rows:
            found[file, place] = Outcome(article_id, json.loads(content))
    return found


def changes(before: dict[Place, Outcome], after: dict[Place, Outcome]) -> Iterator[tuple[str, Place, str]]:
    """The kind of each change, its place, and the values before and after."""
    for place in sorted(before.keys() | after.keys()):
        old, new = before.get(place), after.get(place)
        if old is None or new is None:
            yield (
                ("no record any more" if new is None else f"a new record: {_kind(new)}"),
                place,
                _text(old or new),
            )
        elif old.refused or new.refused:
            if old.refused != new.refused:
                yield f"{_kind(old)} -> {_kind(new)}", place, _text(old if new.refused else new)
        else:
            if old.article_id != new.article_id:
                yield "another id", place, f"{old.article_id} -> {new.article_id}"
            for field in sorted((old.content.keys() | new.content.keys()) - {"id"}):
                values = old.content.get(field), new.content.get(field)
                if (values[0] or None) != (values[1] or None):
                    yield f"another {field}", place, " -> ".join(_short(value) for value in values)


def lost_ids(before: Path, after: Path) -> list[str]:
    """The ids of an archive that another one has not."""
    return sorted(_ids(before) - _ids(after))


def repeated_records(data: Path) -> list[str]:
    """The records that are two articles of an archive, each with the ids."""
    ids: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    with sqlite3.connect(f"file:{data / 'archive.sqlite'}?mode=ro", uri=True) as archive:
        for article_id, *record in archive.execute(
            "SELECT article_id, file, place, raw_sha256 FROM versions"
        ):
            ids[tuple(record)].add(article_id)
    return [f"{record[0]}, {record[1]}: {', '.join(sorted(of))}" for record, of in ids.items() if len(of) > 1]


def _ids(data: Path) -> set[str]:
    with sqlite3.connect(f"file:{data / 'archive.sqlite'}?mode=ro", uri=True) as archive:
        return {row[0] for row in archive.execute("SELECT article_id FROM heads")}


def _kind(outcome: Outcome) -> str:
    return f"refused ({outcome.refused})" if outcome.refused else "an article"


def _text(outcome: Outcome | None) -> str:
    return _short(outcome.content.get("title", "")) if outcome else ""


def _short(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return repr(text[:_SHOWN])


def main() -> int:
    """Prints the changes; 1 where an archive that was brought on lost an id or has a record twice."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("before", type=Path)
    parser.add_argument("after", type=Path)
    parser.add_argument("--examples", type=int, default=3)
    parser.add_argument("--same-archive", action="store_true")
    given = parser.parse_args()
    before, after = outcomes(given.before), outcomes(given.after)
    counts: Counter[str] = Counter()
    examples: defaultdict[str, list[str]] = defaultdict(list)
    for kind, (file, place), values in changes(before, after):
        counts[kind] += 1
        if len(examples[kind]) < given.examples:
            examples[kind].append(f"    {file}, {place}: {values}")
    print(f"{len(before)} records before, {len(after)} after")
    for kind, count in counts.most_common():
        print(f"{count:7} {kind}", *examples[kind], sep="\n")
    if not given.same_archive:
        return 0
    faults = [f"lost: {name}" for name in lost_ids(given.before, given.after)]
    faults += [f"twice: {name}" for name in repeated_records(given.after)]
    print(f"{len(faults)} ids lost or records twice", *faults[: given.examples], sep="\n")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
