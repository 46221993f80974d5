"""How are answers kept and compared? A line with a digest for each, and the answers by their digests."""

import difflib
import hashlib
import json
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TextIO

_DIFF_LINES = 12
_DIFF_WIDTH = 300


@dataclass(frozen=True, slots=True)
class Header:
    """Of what digests were made.

    Attributes:
        commit: of the checkout; "changed" stands behind it where the working tree differs.
        day: on which it was asked; pages say it, and "this day in other years" depends on it.
        data: articles and the archive's number, as ``/healthz`` gives them.
    """

    commit: str
    day: str
    data: dict[str, int]


class Recorder:
    """Takes answers; each name once."""

    def __init__(self, lines: TextIO, bodies: zipfile.ZipFile) -> None:
        self._lines = lines
        self._bodies = bodies
        self._kept = set(bodies.namelist())
        self.count = 0

    def take(self, name: str, answer: bytes) -> None:
        """Writes the digest of an answer, and the answer once."""
        digest = hashlib.sha256(answer).hexdigest()
        self._lines.write(json.dumps({"name": name, "sha256": digest}, ensure_ascii=False) + "\n")
        self.count += 1
        if digest not in self._kept:
            self._kept.add(digest)
            self._bodies.writestr(digest, answer)


def bodies_of(digests: Path) -> Path:
    """The zip file that belongs to a file of digests."""
    return digests.with_suffix(".zip")


@contextmanager
def recording(digests: Path, header: Header) -> Iterator[Recorder]:
    """Writes both files anew."""
    digests.parent.mkdir(parents=True, exist_ok=True)
    with (
        digests.open("w", encoding="utf-8") as lines,
        zipfile.ZipFile(bodies_of(digests), "w", zipfile.ZIP_DEFLATED, compresslevel=3) as bodies,
    ):
        lines.write(json.dumps(asdict(header)) + "\n")
        yield Recorder(lines, bodies)


def read_digests(path: Path) -> tuple[Header, dict[str, str]]:
    """The header, and digests by name."""
    with path.open(encoding="utf-8") as lines:
        header = Header(**json.loads(next(lines)))
        return header, {one["name"]: one["sha256"] for one in map(json.loads, lines)}


def compare(before: Path, after: Path, shown: int = 40) -> tuple[int, str]:
    """How many items differ or are there once only, and a report that names ``shown`` of them with a diff."""
    old_header, old = read_digests(before)
    new_header, new = read_digests(after)
    differing = [name for name in old if new.get(name) != old[name]] + [
        name for name in new if name not in old
    ]
    lines = [f"{before}: {old_header}", f"{after}: {new_header}"]
    if (old_header.day, old_header.data) != (new_header.day, new_header.data):
        lines.append("The days or the data differ: record both on one day, over one data folder.")
    lines.append(f"{len(old.keys() | new.keys()):,} items, {len(differing):,} differ")
    for name in differing[:shown]:
        lines += [f"\n* {name}", _difference(before, old.get(name), after, new.get(name))]
    if len(differing) > shown:
        lines += ["", f"… and {len(differing) - shown} more:", *differing[shown:]]
    return len(differing), "\n".join(lines)


def _difference(before: Path, old: str | None, after: Path, new: str | None) -> str:
    if old is None or new is None:
        return f"  only in {after if old is None else before}"
    found = difflib.unified_diff(
        _lines_of(before, old), _lines_of(after, new), "before", "after", lineterm="", n=0
    )
    diff = [line[:_DIFF_WIDTH] for line in found]
    more = [f"… {len(diff) - _DIFF_LINES} more lines"] if len(diff) > _DIFF_LINES else []
    return "\n".join(f"  {line}" for line in diff[:_DIFF_LINES] + more)


def _lines_of(digests: Path, digest: str) -> list[str]:
    """An answer as lines; JSON on one line is parted at its commas."""
    with zipfile.ZipFile(bodies_of(digests)) as bodies:
        text = bodies.read(digest).decode("utf-8", "backslashreplace")
    return [
        part
        for line in text.splitlines()
        for part in line.replace(', "', ',\n"').replace(',"', ',\n"').splitlines()
    ]
