"""How is the library compiled? With the C compiler of the machine, in a second, at set-up.

    python -m indexer.kernels.compiling

Without a compiler nothing is made, and numpy does the same more slowly; that is said, with what helps.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from indexer.kernels.library import library_path, source, version

_FLAGS = ("-std=c11", "-O3", "-fPIC", "-shared", "-ffp-contract=off", "-fno-math-errno", "-Wall", "-Wextra")
_SECONDS = 120
SLOWER = (
    "slower than it could be: no C compiler was found; install one (Debian: apt install gcc libc6-dev)"
    " and give make run again"
)


def compiler() -> str:
    """The C compiler: that of the variable CC, else cc; empty where there is none."""
    return shutil.which(os.environ.get("CC") or "cc") or ""


def compile_library(*, flags: tuple[str, ...] = ()) -> str:
    """Makes the library of this source, unless it is there; an empty text, or why there is none."""
    target = library_path()
    if target.is_file():
        return ""
    if not compiler():
        return SLOWER
    target.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        made = Path(folder) / target.name
        code = Path(folder) / "kernels.c"
        code.write_bytes(source())
        command = [
            compiler(),
            *_FLAGS,
            *flags,
            f"-DKERNELS_VERSION={version()}LL",
            "-o",
            str(made),
            str(code),
        ]
        ended = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=False)  # noqa: S603
        if ended.returncode or not made.is_file():
            return f"slower than it could be: the C compiler said: {ended.stderr.strip()[:400]}"
        made.replace(target)  # at once: another process may be compiling too
    for old in target.parent.glob("kernels-*"):
        if old != target:
            old.unlink(missing_ok=True)
    return ""


if __name__ == "__main__":
    if said := compile_library():
        sys.stderr.write(said + "\n")
