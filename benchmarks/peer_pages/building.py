"""What does it take to build what a page is served from? Each is built by a process of its own, and kept.

    python -m benchmarks.peer_pages.building "Flask + FTS5" DATA FOLDER

builds one peer; the measurement calls it so, and does not build again what the folder already holds.
"""

import json
import shutil
import sys
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from sqlite3 import connect

from benchmarks.machine import disk_bytes
from benchmarks.peer_pages import peer
from benchmarks.peer_pages.texts import Articles
from benchmarks.processes import Run, run
from search_app.settings import Settings


@dataclass(frozen=True, slots=True)
class Built:
    """What building took, and what it left on disk."""

    wall_s: float
    cpu_s: float
    disk: int


def peer_built(name: str, data: Path, folder: Path) -> Built:
    """Builds a peer of the articles of a data folder; what an earlier run built is as good."""
    done = folder / "built.json"
    if not done.exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        took = run([sys.executable, "-m", "benchmarks.peer_pages.building", name, str(data), str(folder)])
        _keep(done, _built(took, disk_bytes(folder)))
    return Built(**json.loads(done.read_text()))


def rebuilt(command: list[str], data: Path, folder: Path) -> Built:
    """Rebuilds what is derived from a data folder's archive, in a copy that is deleted; the figures stay."""
    done = folder / "built.json"
    if not done.exists():
        shutil.rmtree(folder, ignore_errors=True)
        copy = folder / "copy"
        copy.mkdir(parents=True)
        archive = Settings(data).archive
        with closing(connect(f"file:{archive}?mode=ro", uri=True)) as read:
            read.execute("VACUUM INTO ?", [str(copy / archive.name)])
        took = run([*command, "rebuild", "--data", str(copy)])
        _keep(done, _built(took, disk_bytes(copy)))
        shutil.rmtree(copy)
    return Built(**json.loads(done.read_text()))


def _built(took: Run, disk: int) -> Built:
    return Built(took.wall_s, took.cpu_s, disk)


def _keep(done: Path, built: Built) -> None:
    done.write_text(json.dumps(asdict(built)))


if __name__ == "__main__":
    peer(sys.argv[1]).build(Path(sys.argv[3]), Articles(Path(sys.argv[2])))
