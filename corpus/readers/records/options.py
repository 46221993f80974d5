"""What are the options of an import? One frozen value, which every reader is given."""

from dataclasses import dataclass, field
from pathlib import Path

from corpus.captures import Prefer
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
        format: the name of the reader for every file; empty: recognised for each file.
        encoding: the encoding of every text; empty: detected for each.
        limits: the limits of what one given file may contain.
        item: the limits of time and memory for one item.
        table, query: the table of a database to read, or the query to run.
        follow: whether links in a folder that lead out of it are followed.
        prefer: which version is current where the newer is a poorer capture of a page.
        into: the data folder that is imported into; it is skipped where it is in a given folder.
    """

    fields: FieldMap = field(default_factory=FieldMap.known)
    format: str = ""
    encoding: str = ""
    limits: Limits = field(default_factory=Limits)
    item: ItemLimits = field(default_factory=ItemLimits)
    table: str = ""
    query: str = ""
    follow: bool = False
    prefer: Prefer = Prefer.RICHER
    into: Path | None = None

    def context(self, file: SourceFile) -> Context:
        """The context that all records of a file share; a reader adds to it."""
        return Context(
            file=file.name, stem=file.stem, forced_encoding=self.encoding, maps=self.fields.options
        )
