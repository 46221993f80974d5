"""Where do the word lists of the cleaning rules come from? From text files with one entry per line."""

from functools import cache
from importlib import resources

from corpus.cleaning.lines import comparison_key


@cache
def word_list(name: str) -> frozenset[str]:
    """The entries of a list, as comparison keys in lower case; lines that begin with # are comments."""
    text = resources.files("corpus.cleaning").joinpath(name).read_text("utf-8")
    entries = (comparison_key(line).casefold() for line in text.splitlines() if not line.startswith("#"))
    return frozenset(entry for entry in entries if entry)
