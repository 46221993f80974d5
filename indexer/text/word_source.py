"""Which underthesea is installed, and is it the one whose segmentation our arrays reproduce?

Only data is taken from it: the files of its model are read where it is installed, and its token pattern is
stored in our data, beside the digests of its files, by ``python -m indexer.text.from_underthesea``. None of
its code is run, and it is not imported: the import costs 0.9 s and 90 MB, the files 7 MB.
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
    """The name under which word boundaries are stored; it differs wherever the boundaries could differ."""
    installed = f"underthesea {version('underthesea')}"
    if is_proven():
        return installed
    digest = hashlib.sha256("".join(digests().values()).encode()).hexdigest()
    return f"{installed}, core {version('underthesea_core')}, files {digest[:16]}"


@cache
def is_proven() -> bool:
    """Whether the installed versions and files are those that the arrays were proven equal to."""
    installed = version("underthesea"), version("underthesea_core")
    return installed == (VERSION, CORE_VERSION) and digests() == _known_digests()


@cache
def digests() -> dict[str, str]:
    """SHA-256 of each known file as it is installed; empty for a file that is missing."""
    return {path: _digest(_root() / path) for path in _known_digests()}


def model() -> bytes:
    """The word model, a CRFsuite file."""
    return (_root() / MODEL / "models.bin").read_bytes()


def features() -> list[str]:
    """The names of the model's features, in the model's order; call it only where ``is_proven``."""
    names: list[str] = _unpickled("features.bin")
    return names


def dictionary() -> frozenset[str]:
    """The words of the model's ``is_in_dict``; call it only where ``is_proven``."""
    words: set[str] = _unpickled("dictionary.bin")
    return frozenset(words)


def _unpickled(file: str) -> Any:
    return _PlainValues(io.BytesIO((_root() / MODEL / file).read_bytes())).load()


class _PlainValues(pickle.Unpickler):
    """Reads strings, lists and sets; refuses a pickle that would call anything else."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in _CALLED:
            raise pickle.UnpicklingError(f"{module}.{name} is asked for; only a set of strings is expected")
        return set


def underthesea_pattern() -> re.Pattern[str]:
    """The pattern of underthesea's regex tokenizer, as stored in our data.

    Importing its module would import all of underthesea, at 0.9 s and 90 MB.
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
