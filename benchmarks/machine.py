"""On what, with what and of what was a figure measured? The lines that stand under every report."""

import os
import platform
import shlex
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

_ROOT = Path(__file__).parent.parent
_PACKAGES = ("numpy", "whoosh", "tantivy", "underthesea", "ir-measures")


def provenance() -> str:
    """Command, commit, machine, date and versions, as a Markdown list."""
    command = shlex.join(["python", "-m", _module(), *sys.argv[1:]])
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return "\n".join(
        (
            f"- command: `{command}`",
            f"- commit: {_commit()}; {datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
            f"- machine: {_processor()}, {os.cpu_count()} cores, {memory:.0f} GiB, {platform.platform()}",
            f"- load of the machine when it ended, this run's own in it: {os.getloadavg()[0]:.1f}",
            f"- Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {_versions()}",
        )
    )


def _module() -> str:
    spec = sys.modules["__main__"].__spec__
    return spec.name.removesuffix(".__main__") if spec else Path(sys.argv[0]).stem


def _commit() -> str:
    def git(*arguments: str) -> str:
        command = ["git", "-C", str(_ROOT), *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()

    changed = ", with changes that are not committed" if git("status", "--porcelain") else ""
    return f"{git('rev-parse', '--short', 'HEAD') or 'unknown'}{changed}"


def _processor() -> str:
    names = [line for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")]
    return names[0].partition(": ")[2] if names else platform.machine()


def _versions() -> str:
    found: list[str] = []
    for package in _PACKAGES:
        try:
            found.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            continue
    return ", ".join(found)


def disk_bytes(folder: Path) -> int:
    """Bytes of all files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def report(text: str, out: Path | None) -> None:
    """Prints a report with its provenance, and keeps it where that was asked."""
    whole = f"{text}\n\n{provenance()}\n"
    print(whole)
    if out is not None:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(whole, "utf-8")
