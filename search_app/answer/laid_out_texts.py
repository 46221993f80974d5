"""Where do the searched texts of an article lie, when they are laid end to end? By zone, and by character.

Between two texts lies one character that is in neither.
"""

from bisect import bisect_right

from corpus.article import Article
from indexer.spans import text_starts
from indexer.text.analyse import searched_texts


class LaidOutTexts:
    """The searched texts of an article, and where each begins.

    Attributes:
        zones, texts: of each text, in their order.
        starts: of each text, and of one text more.
    """

    def __init__(self, article: Article) -> None:
        pairs = list(searched_texts(article))
        self.zones = [zone for zone, _ in pairs]
        self.texts = [text for _, text in pairs]
        self.starts = text_starts(list(map(len, self.texts)))

    def number_at(self, offset: int) -> int:
        """The number of the text in which a character stands."""
        return bisect_right(self.starts, offset) - 1

    def paragraph(self, number: int) -> int:
        """The number of a text in its zone, from 1."""
        return number - self.zones.index(self.zones[number]) + 1
