"""What can a row of an export hold? One table of columns: as the cell of a table, and as a value of JSON."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from corpus.message import Message, say
from search_app.answer.counting.lines import Line
from search_app.answer.exporting.rows import ExportRow, Extra
from search_app.fields import ShownField, in_order
from search_app.formats.citations import Cited
from search_app.formats.server_paths import file_name
from search_app.formats.table import Cell

Value = Cell | list[str] | list[dict[str, str | int]]


@dataclass(frozen=True, slots=True)
class Addresses:
    """How the articles of an archive are addressed in an export.

    Attributes:
        archive: the archive's UUID.
        permalink: the address of an article's page; empty where no public address is known.
        identifier: the URI of an article, which holds for ever.
        seen_on: the day by which citations say when an article was seen: that of the change that is exported,
            so that the same file is written on any day.
    """

    archive: str
    permalink: Callable[[str], str]
    identifier: Callable[[str], str]
    seen_on: date

    def cited(self, row: ExportRow) -> Cited:
        """An article as it is cited in an export."""
        article = row.archived.article
        return Cited(article, self.permalink(article.id), self.seen_on, self.archive, row.rights)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of an export.

    Attributes:
        title: what it holds, to a person.
        cell: what stands in a table.
        value: what stands in JSON; None: the same.
        extra: what has to be worked out for it.
    """

    title: Message
    cell: Callable[[ExportRow, Addresses], Cell]
    value: Callable[[ExportRow, Addresses], Value] | None = None
    extra: Extra | None = None


def _of_row(title: Message, cell: Callable[[ExportRow], Cell], extra: Extra | None = None) -> Column:
    return Column(title, lambda row, _addresses: cell(row), extra=extra)


def _of_field(field: ShownField) -> Column:
    def values(row: ExportRow, _addresses: Addresses) -> Value:
        return list(field.texts(row.archived.article))

    return Column(
        field.title or say("Id"),
        lambda row, _addresses: field.cell(row.archived.article),
        values if field.kind.is_several else None,
    )


def _context(row: ExportRow, _addresses: Addresses) -> Cell:
    """Each hit on a line, in brackets."""
    return "\n".join(f"{one.left}[{one.hit}]{one.right}" for one in row.lines)


def _lines(row: ExportRow, _addresses: Addresses) -> Value:
    return [_line(one) for one in row.lines]


def _line(line: Line) -> dict[str, str | int]:
    place: dict[str, str | int] = {
        "zone": line.zone.name.lower(),
        "paragraph": line.paragraph,
        "offset": line.offset,
    }
    return place | {"left": line.left, "hit": line.hit, "right": line.right}


_FIELDS = tuple(
    in_order("id", "title", "source", "section", "published", "authors", "tags", "url", "lede", "paragraphs")
)
_USUAL: dict[str, Column] = {
    "rank": _of_row(say("Rank"), lambda row: row.rank),
    **{field.column: _of_field(field) for field in _FIELDS if field.is_usual},
    "score": _of_row(say("Score"), lambda row: f"{row.score:.6f}"),
}
USUAL = tuple(_USUAL)
"""The columns where none are chosen."""

COLUMNS: Mapping[str, Column] = _USUAL | {
    **{field.column: _of_field(field) for field in _FIELDS if field.column and not field.is_usual},
    "version": _of_row(say("Number of the version"), lambda row: row.archived.version),
    "change": _of_row(say("Change of the archive that brought it"), lambda row: row.archived.change),
    "file": _of_row(say("File"), lambda row: file_name(row.archived.provenance.file)),
    "place": _of_row(say("Place in the file"), lambda row: row.archived.provenance.place),
    "raw_sha256": _of_row(say("SHA-256 of the record"), lambda row: row.archived.provenance.raw_sha256),
    "rights": _of_row(say("Rights"), lambda row: row.rights.statement),
    "licence": _of_row(say("Address of the licence"), lambda row: row.rights.licence),
    "sha256": _of_row(say("SHA-256 of the version's content"), lambda row: row.archived.article.digest),
    "story": _of_row(say("Story: the id of its first print"), lambda row: row.story, Extra.STORY),
    "hits": _of_row(say("Number of hits"), lambda row: row.hits, Extra.HITS),
    "snippet": _of_row(say("Sentences that show the hits"), lambda row: row.snippet, Extra.SNIPPET),
    "context": Column(say("Each hit in its line"), _context, _lines, Extra.CONTEXT),
    "permalink": Column(
        say("Permalink"), lambda row, addresses: addresses.permalink(row.archived.article.id)
    ),
    "identifier": Column(
        say("Identifier, the same for ever"),
        lambda row, addresses: addresses.identifier(row.archived.article.id),
    ),
}
"""Every column by its name."""


def extras_of(names: Sequence[str]) -> frozenset[Extra]:
    """What has to be worked out for some columns."""
    return frozenset(extra for name in names if (extra := COLUMNS[name].extra) is not None)
