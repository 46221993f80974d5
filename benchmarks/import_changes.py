"""What do two releases make of the same files? Compares two archives record by record.

Both releases import the same paths into a new data folder; then

    python -m benchmarks.import_changes BEFORE AFTER [--examples 3]

prints, for each kind of change, how many records changed that way and some of them. Whether an article comes
out twice in one archive is what ``make twice`` shows.
"""

import argparse
import json
import sqlite3
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


def _kind(outcome: Outcome) -> str:
    return f"refused ({outcome.refused})" if outcome.refused else "an article"


def _text(outcome: Outcome | None) -> str:
    return _short(outcome.content.get("title", "")) if outcome else ""


def _short(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return repr(text[:_SHOWN])


def main() -> None:
    """Prints the changes."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("before", type=Path)
    parser.add_argument("after", type=Path)
    parser.add_argument("--examples", type=int, default=3)
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


if __name__ == "__main__":
    main()
