"""Which underthesea is installed, and is it the one whose cuts our arrays are proven to give?

Its files are found and read without importing it: the import costs 0.9 s and 90 MB, the files 7 MB.
"""

import ast
import hashlib
import importlib.util
import pickle
import re
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

VERSION = "9.5.0"
CORE_VERSION = "3.3.2"  # underthesea_core: features and Viterbi, compiled

_KNOWN = Path(__file__).parent / "data" / "underthesea_files.tsv"
_TOKENIZER = "pipeline/word_tokenize/regex_tokenize.py"
_MODEL = "pipeline/word_tokenize/models/ws_crf_vlsp2013_20230727/"


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
    return (_root() / _MODEL / "models.bin").read_bytes()


def features() -> list[str]:
    """The names of the model's features, in the order it asks; only of files that are proven."""
    names: list[str] = _unpickled("features.bin")
    return names


def dictionary() -> frozenset[str]:
    """The words the model's ``is_in_dict`` asks for; only of files that are proven."""
    words: set[str] = _unpickled("dictionary.bin")
    return frozenset(words)


def _unpickled(file: str) -> Any:
    return pickle.loads((_root() / _MODEL / file).read_bytes())  # noqa: S301 - its SHA-256 is known


def token_pattern() -> re.Pattern[str]:
    """What underthesea's regex tokenizer finds tokens with; only of files that are proven.

    Its module would import all of underthesea; its assignments alone make the pattern.
    """
    path = _root() / _TOKENIZER
    module = ast.parse(path.read_bytes(), str(path))
    assignments: list[ast.stmt] = [line for line in module.body if isinstance(line, ast.Assign)]
    made = {"re": re}
    exec(compile(ast.Module(assignments, []), str(path), "exec"), made)  # noqa: S102 - SHA-256 known
    return made["patterns"]  # type: ignore[return-value] # the module's name for it


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
