"""Which underthesea is installed, and is it the one whose cuts our arrays are proven to give?

What we take of it are values: its model's files are read, and the pattern of its tokenizer is kept beside
the digests of its files, by ``python -m indexer.text.from_underthesea``. None of its code is run.
Its files are found and read without importing it: the import costs 0.9 s and 90 MB, the files 7 MB.
"""

import hashlib
import importlib.util
import io
import pickle
import re
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

VERSION = "9.5.0"
CORE_VERSION = "3.3.2"  # underthesea_core: features and Viterbi, compiled

_DATA = Path(__file__).parent / "data"
_KNOWN = _DATA / "underthesea_files.tsv"
TOKEN_PATTERN = _DATA / "underthesea_tokens.txt"
"""Written by indexer.text.from_underthesea: a line that names source and licence, and the pattern."""

_CALLED = {("builtins", "set"), ("__builtin__", "set")}
MODEL = "pipeline/word_tokenize/models/ws_crf_vlsp2013_20230727/"


@cache
def name() -> str:
    """What the installed underthesea is called where its cuts are kept: other cuts, another name."""
    installed = f"underthesea {version('underthesea')}"
    if is_proven():
        return installed
    digest = hashlib.sha256("".join(digests().values()).encode()).hexdigest()
    return f"{installed}, core {version('underthesea_core')}, files {digest[:16]}"


@cache
def is_proven() -> bool:
    """Whether versions and files are those the arrays were proven equal to."""
    installed = version("underthesea"), version("underthesea_core")
    return installed == (VERSION, CORE_VERSION) and digests() == _known_digests()


@cache
def digests() -> dict[str, str]:
    """SHA-256 of each known file as it is installed; empty where there is no such file."""
    return {path: _digest(_root() / path) for path in _known_digests()}


def model() -> bytes:
    """The word model, a CRFsuite file."""
    return (_root() / MODEL / "models.bin").read_bytes()


def features() -> list[str]:
    """The names of the model's features, in the order it asks; only of files that are proven."""
    names: list[str] = _unpickled("features.bin")
    return names


def dictionary() -> frozenset[str]:
    """The words the model's ``is_in_dict`` asks for; only of files that are proven."""
    words: set[str] = _unpickled("dictionary.bin")
    return frozenset(words)


def _unpickled(file: str) -> Any:
    return _PlainValues(io.BytesIO((_root() / MODEL / file).read_bytes())).load()


class _PlainValues(pickle.Unpickler):
    """Reads strings, lists and sets; a pickle that names anything else to be called is refused."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in _CALLED:
            raise pickle.UnpicklingError(f"{module}.{name} is asked for; only a set of strings is expected")
        return set


def underthesea_pattern() -> re.Pattern[str]:
    """What underthesea's regex tokenizer finds tokens with, as this package keeps it.

    Its module would import all of underthesea, at 0.9 s and 90 MB.
    """
    _source, pattern = TOKEN_PATTERN.read_text(encoding="utf-8").split("\n", 1)
    return re.compile(pattern, re.VERBOSE)


@cache
def _known_digests() -> dict[str, str]:
    _source, *lines = _KNOWN.read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t") for line in lines)


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def _root() -> Path:
    """The folder of the installed package."""
    found = importlib.util.find_spec("underthesea")
    if found is None or found.origin is None:
        raise ModuleNotFoundError("underthesea is not installed; install the project's requirements")
    return Path(found.origin).parent
