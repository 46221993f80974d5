"""By what is a format recognised? By the first bytes of a file, and the suffix of its name."""

from dataclasses import dataclass
from functools import cached_property

from corpus.readers.input.encoding import as_utf_8
from corpus.readers.input.source_file import SourceFile

HEAD_BYTES = 64 * 1024


@dataclass(frozen=True)
class Look:
    """The features by which a format is recognised.

    Attributes:
        first: the first bytes, decompressed, without a byte order mark; UTF-16 is converted to UTF-8.
        suffix: as :attr:`~corpus.readers.input.source_file.SourceFile.suffix`.
        named: whether some reader takes files with this suffix.
    """

    first: bytes
    suffix: str
    named: bool = False

    @classmethod
    def at(cls, file: SourceFile, suffixes: frozenset[str]) -> "Look":
        """The features of a file; ``suffixes`` are those of all readers.

        Raises:
            OSError: the disk or the rights.
        """
        first = as_utf_8(file.head(HEAD_BYTES))
        return cls(first, file.suffix, file.suffix in suffixes)

    @cached_property
    def text(self) -> bytes:
        """The first bytes without leading white space."""
        return self.first.lstrip()

    @property
    def cut(self) -> bool:
        """Whether the file may be longer than ``first``."""
        return len(self.first) >= HEAD_BYTES - 3
