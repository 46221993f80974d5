"""Where do the lists of the cleaning rules come from? Text files beside them, one entry a line."""

from importlib import resources

from corpus.cleaning.lines import comparison_key


def word_list(name: str) -> frozenset[str]:
    """The entries of a list, as keys in lower case; lines that start with # are comments."""
    text = resources.files("corpus.cleaning").joinpath(name).read_text("utf-8")
    entries = (comparison_key(line).casefold() for line in text.splitlines() if not line.startswith("#"))
    return frozenset(entry for entry in entries if entry)
