"""How is the library compiled? With the C compiler of the machine, in a second, at set-up.

    python -m indexer.kernels.compiling

Nothing that goes wrong here ends a set-up, for numpy does the same: it is said, with what helps.
"""

import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from indexer.kernels.library import IN, library_path, sources, version

_FLAGS = ("-std=c11", "-O3", "-fPIC", "-shared", "-ffp-contract=off", "-fno-math-errno", "-Wall", "-Wextra")
_SECONDS = 120
_CHECK = "from indexer.kernels.library import library; raise SystemExit(library() is None)"
SLOWER = "slower than it could be: "
NO_COMPILER = (
    f"{SLOWER}no C compiler was found; install one (Debian: apt install"
    " gcc libc6-dev) and give make run again"
)


def compiler() -> list[str]:
    """The command of the C compiler: that of the variable CC, else cc; empty where there is none."""
    command = shlex.split(os.environ.get("CC") or "cc")
    return command if command and shutil.which(command[0]) else []


def compile_library(*, flags: tuple[str, ...] = ()) -> str:
    """Makes the library of this source, unless one that answers is there; an empty text, or why not."""
    target = library_path()
    if target.is_file() and _answers():
        return ""
    if not compiler():
        return NO_COMPILER
    try:
        return _compile(target, flags)
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"{SLOWER}{error}"


def _answers() -> bool:
    """Whether the library that is there can be used: asked in another process, which a broken one may end."""
    asked = [sys.executable, "-c", _CHECK]
    return subprocess.run(asked, capture_output=True, timeout=_SECONDS, check=False).returncode == 0  # noqa: S603


def _compile(target: Path, flags: tuple[str, ...]) -> str:
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        made = Path(folder) / target.name
        for name, code in sources().items():
            (Path(folder) / name).write_bytes(code)
        files = (str(Path(folder) / name) for name in sources() if name.endswith(".c"))
        given = (f"-DKERNELS_VERSION={version()}LL", "-o", str(made), *files)
        command = [*compiler(), *_FLAGS, *flags, *given]
        ended = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=False)  # noqa: S603
        if ended.returncode or not made.is_file():
            return f"{SLOWER}the C compiler said: {ended.stderr.strip()[:400]}"
        with made.open("rb") as file:
            os.fsync(file.fileno())
        made.replace(target)  # at once: another process may be compiling too
    if IN not in os.environ:  # else several checkouts may share the folder
        for old in target.parent.glob("kernels-*"):
            if old != target:
                old.unlink(missing_ok=True)
    return ""


if __name__ == "__main__":
    if said := compile_library():
        sys.stderr.write(said + "\n")
