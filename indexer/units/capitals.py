"""What do the capitals of a query say of its names?"""

from collections.abc import Sequence

from indexer.query import Match


class Capitals:
    """What the capitals of a query say; nothing where all of it, or none of it, is in capitals."""

    def __init__(self, words: Sequence[Match]) -> None:
        text = "".join(word.label for word in words)
        telling = not text.isupper() and not text.islower()
        self._capital = [telling and word.label[:1].isupper() for word in words]
        self._short = [word.label.isupper() and len(word.label) > 1 for word in words]
        self.telling = any(self._capital[1:])

    def all(self, first: int, last: int) -> bool:
        """Whether all of the words have a capital."""
        return all(self._capital[first:last])

    def make_name(self, first: int, last: int) -> bool:
        """Whether the words can be an unknown name: capitals, and no abbreviation among them."""
        return self.telling and self.all(first, last) and not any(self._short[first:last])

    def change(self, first: int, last: int) -> bool:
        """Whether a capital is followed by a small letter, where capitals tell."""
        here = self._capital[first:last]
        return self.telling and any(here) and not all(here)
