"""Does an article come out twice that an earlier Kho Báo imported already?

The files are imported by the readers of an earlier commit, of which the packages are taken from git, into an
archive of its format; then this checkout upgrades the archive and imports the same files. No article may be
new, but for records that the earlier readers refused.

    python -m benchmarks.twice [--commit 785cad9] PATH…
"""

import argparse
import json
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from corpus.archive import Archive
from corpus.captures import Prefer
from corpus.ingest import Receipt, ingest
from corpus.readers.records.options import ImportOptions

ROOT = Path(__file__).parent.parent
COMMIT = "785cad9"
_GIT = ("git", "-C", str(ROOT))
_PACKAGES = ("corpus", "indexer", "search_app")

_IMPORT = """
import json, sys
from pathlib import Path
from corpus.archive import Archive
from corpus.ingest import ingest
from corpus.readers.options import ImportOptions

if __name__ == "__main__":
    with Archive(Path(sys.argv[1])) as archive:
        paths = [Path(path) for path in sys.argv[2:]]
        ingest(paths, archive, options=ImportOptions(), on_progress=lambda _: None)
        print(json.dumps([archive.counts().articles, archive.counts().refusals]))
"""


@dataclass(frozen=True, slots=True)
class Compared:
    """What importing the same files twice did.

    Attributes:
        before, refused_before: articles and refusals that the earlier readers made.
        twice: articles that are new, though a version of another article was made of the same bytes, or has
            the same title and paragraphs.
    """

    before: int
    refused_before: int
    receipt: Receipt
    twice: tuple[str, ...]


def has_commit(commit: str = COMMIT) -> bool:
    """Whether git has the earlier commit here; a shallow clone has not."""
    git = [*_GIT, "cat-file", "-e", f"{commit}^{{commit}}"]
    return subprocess.run(git, capture_output=True, check=False).returncode == 0


def import_twice(paths: Sequence[Path], folder: Path, commit: str = COMMIT) -> Compared:
    """Imports files by the readers of a commit, then by these, into one archive in ``folder``."""
    earlier = folder / "earlier"
    git = [*_GIT, "archive", "--format=zip", commit, *_PACKAGES]
    packed = subprocess.run(git, capture_output=True, check=True).stdout
    with zipfile.ZipFile(BytesIO(packed)) as files:  # tarfile has its filter in no Python before 3.11.4
        files.extractall(earlier)
    (earlier / "import_files.py").write_text(_IMPORT, "utf-8")
    archive = folder / "archive.sqlite"
    said = subprocess.run(
        [sys.executable, earlier / "import_files.py", archive, *(path.absolute() for path in paths)],
        cwd=earlier, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    before, refused = json.loads(said)
    with Archive(archive) as again:
        number = again.number
        receipt = ingest(
            [path.absolute() for path in paths],
            again,
            options=ImportOptions(prefer=Prefer.RICHER),
            on_progress=lambda _: None,
        )
        return Compared(before, refused, receipt, _twice(again, number))


def _twice(archive: Archive, number: int) -> tuple[str, ...]:
    """Articles that came after a change, of bytes or of a text that an earlier version of another has."""
    held = {
        (version.article.title, version.article.paragraphs)
        for head in archive.heads_since(0)
        for version in archive.versions(head.article_id)
        if version.change <= number
    }
    raws = dict(
        archive.rows(
            "SELECT raw_sha256, min(article_id) FROM versions WHERE change <= ? GROUP BY 1", [number]
        )
    )
    new = [
        versions[0]
        for head in archive.heads_since(number)
        if (versions := archive.versions(head.article_id)) and versions[0].change > number
    ]
    refused = set(archive.rows("SELECT file, place FROM refusals"))  # a text may stand in several records
    return tuple(
        version.article.id
        for version in new
        if version.provenance.raw_sha256 in raws
        or (
            (version.article.title, version.article.paragraphs) in held
            and (version.provenance.file, version.provenance.place) not in refused
        )
    )


def main() -> None:
    """Prints what became of the files' records."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--commit", default=COMMIT)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        compared = import_twice(options.paths, Path(folder), options.commit)
    receipt = compared.receipt
    print(
        f"{compared.before:,} articles and {compared.refused_before:,} refusals at {options.commit}; now"
        f" {receipt.seen:,} records: {receipt.new:,} new, {receipt.new_versions:,} new versions,"
        f" {receipt.unchanged:,} unchanged, {len(receipt.told_apart) + receipt.more_told_apart:,} told apart;"
        f" {len(compared.twice):,} came out twice"
    )
    print(*compared.twice[:20], sep="\n")
    sys.exit(bool(compared.twice))


if __name__ == "__main__":
    main()
