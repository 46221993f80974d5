"""What did the person say about an import? One frozen value that every reader is given."""

from dataclasses import dataclass, field
from pathlib import Path

from corpus.context import Context
from corpus.readers.input.item_limits import ItemLimits
from corpus.readers.input.limits import Limits
from corpus.readers.input.source_file import SourceFile
from corpus.readers.records.field_map import FieldMap


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How files are to be read.

    Attributes:
        fields: which field of a record is which of ours.
        format: the name of the reader for every file, whatever it looks like; empty: found for each.
        encoding: what every text is written in, whatever it looks like; empty: found for each.
        limits: what one given file may hold.
        item: what the work on one item of it may take.
        table, query: of a database, the table to read or the query to ask.
        follow: whether links that lie in a folder and lead out of it are followed.
        into: the data folder that is imported into; it is left out where it lies in a given folder.
    """

    fields: FieldMap = field(default_factory=FieldMap.known)
    format: str = ""
    encoding: str = ""
    limits: Limits = field(default_factory=Limits)
    item: ItemLimits = field(default_factory=ItemLimits)
    table: str = ""
    query: str = ""
    follow: bool = False
    into: Path | None = None

    def context(self, file: SourceFile) -> Context:
        """What the records of a file share; a reader adds what it knows of each."""
        return Context(
            file=file.name, stem=file.stem, forced_encoding=self.encoding, maps=self.fields.options
        )
