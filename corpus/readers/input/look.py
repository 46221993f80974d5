"""What does a file look like before it is read? Its first bytes and its name's end."""

from dataclasses import dataclass
from functools import cached_property

from corpus.readers.input.encoding import as_utf_8
from corpus.readers.input.source_file import SourceFile

HEAD_BYTES = 64 * 1024


@dataclass(frozen=True)
class Look:
    """What a format is known by.

    Attributes:
        first: the first bytes, decompressed, without a mark; UTF-8 where they are UTF-16.
        suffix: as :attr:`~corpus.readers.input.source_file.SourceFile.suffix`.
        named: whether some reader takes files that are named so.
    """

    first: bytes
    suffix: str
    named: bool = False

    @classmethod
    def at(cls, file: SourceFile, suffixes: frozenset[str]) -> "Look":
        """The look of a file; ``suffixes`` are those of all readers.

        Raises:
            OSError: the disk or the rights.
        """
        first = as_utf_8(file.head(HEAD_BYTES))
        return cls(first, file.suffix, file.suffix in suffixes)

    @cached_property
    def text(self) -> bytes:
        """The first bytes that are no white space."""
        return self.first.lstrip()

    @property
    def cut(self) -> bool:
        """Whether the file may go on behind ``first``."""
        return len(self.first) >= HEAD_BYTES - 3
