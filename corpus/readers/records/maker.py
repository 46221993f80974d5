"""How does a record become an article or a refusal? The last step of every reader."""

import hashlib
from collections.abc import Callable, Iterator, Mapping

from corpus.article import Article, Provenance
from corpus.context import Context
from corpus.errors import ImpossibleValueError
from corpus.message import say
from corpus.publishers import publication_of
from corpus.readers.input.encoding import with_inner_encoding
from corpus.readers.input.refusing import refuse
from corpus.readers.input.source_file import SourceFile, Tally
from corpus.readers.input.whole_file import whole_or_refused
from corpus.readers.records.article_values import article_of_fields
from corpus.readers.records.field_map import FieldMap, SortedFields, holds_date
from corpus.readers.records.inner_texts import inner_encoding_of
from corpus.readers.records.json_values import AmbiguousObject
from corpus.readers.records.options import ImportOptions
from corpus.readers.records.values import (
    shown,
)
from corpus.records import WHOLE, Reading, Record, Refusal


class RecordMaker:
    """Makes the records of one file; it remembers ids, so that none is used for two articles."""

    def __init__(
        self,
        file: SourceFile,
        options: ImportOptions,
        tally: Tally,
        reader: tuple[str, int],
        context: Context | None = None,
    ) -> None:
        self._file = file
        self._fields = options.fields
        self._context = context or options.context(file)
        self._tally = tally
        self._reader = reader
        self._seen: dict[tuple[str, str], tuple[str, str]] = {}  # publication and id to digest and place

    def record(
        self, place: str, raw: bytes, decode: Callable[[], object], context: Context | None = None
    ) -> Record:
        """The record of a value with named fields, whose bytes are ``raw``.

        Args:
            decode: gives the value, or raises ImpossibleValueError.
        """
        known = context or self._context

        def make() -> tuple[Article, Context]:
            value = decode()
            name = inner_encoding_of(value, known)
            meant = with_inner_encoding(known, name) if name else known
            return self._of_value(value, meant), meant

        return self._made(place, raw, make)

    def record_made_by(
        self,
        place: str,
        raw: bytes,
        make: Callable[[bytes, Context], Article],
        context: Context | None = None,
    ) -> Record:
        """The record of ``raw``; ``make`` makes its article, with the file's context where none is given."""
        known = context or self._context
        return self._made(place, raw, lambda: (make(raw, known), known))

    def _made(self, place: str, raw: bytes, make: Callable[[], tuple[Article, Context]]) -> Record:
        """The record of an article and its context; making it is a step, which may be refused."""
        steps = self._tally.steps
        if cause := steps.item(self._file.name, place):
            return refuse(self._file, place, cause.reason, cause.message, raw)
        try:
            article, context = make()
        except ImpossibleValueError as error:
            return refuse(self._file, place, error.reason, error.message, raw)
        except MemoryError:
            raise
        except Exception as error:  # noqa: BLE001 - one record's fault ends no import
            cause = steps.failed(error)
            return refuse(self._file, place, cause.reason, cause.message, raw)
        return self._repeated(article, place, raw) or self._reading(article, place, raw, context)

    def _of_value(self, value: object, context: Context) -> Article:
        fields = _sorted(value, self._fields)
        named: Mapping[str, object] = value if isinstance(value, dict) else {}
        made = article_of_fields(fields, context, is_markup=True)
        self._tally.unused(fields.unused)
        self._tally.unread(made.unreadable)
        if not made.article.published.text:
            self._tally.looks_dated(name for name in fields.unused if holds_date(named[name]))
        return made.article

    def _repeated(self, article: Article, place: str, raw: bytes) -> Refusal | None:
        """A refusal where its publication used the id for other content in this file; None where not."""
        digest = article.digest
        publication = publication_of(article, self._file.name)
        known, first = self._seen.setdefault((publication.key, article.id), (digest, place))
        if digest == known:
            return None
        message = say(
            "the id {id} stands for another content at {first}; give each article an id or a url of its own",
            id=article.id,
            first=first,
        )
        return refuse(self._file, place, "duplicate-id", message, raw)

    def _reading(self, article: Article, place: str, raw: bytes, context: Context) -> Reading:
        name, version = self._reader
        digest = hashlib.sha256(raw).hexdigest()
        provenance = Provenance(self._file.name, place, digest, name, version, self._file.imported_at)
        return Reading(article, provenance, raw, context)


def record_of_file(
    file: SourceFile,
    options: ImportOptions,
    tally: Tally,
    reader: tuple[str, int],
    limit: int,
    make: Callable[[bytes, Context], Article],
) -> Iterator[Record]:
    """The one record of a file that is one article, of at most ``limit`` bytes; ``make`` makes it.

    Raises:
        OSError, DamagedError, TooMuchError: as ``SourceFile.pieces``.
    """
    raw = whole_or_refused(file, tally, limit)
    if isinstance(raw, Refusal):
        yield raw
    else:
        yield RecordMaker(file, options, tally, reader).record_made_by(WHOLE, raw, make)


def article_of_value(value: object, context: Context, *, is_markup: bool = True) -> Article:
    """The article of a decoded value with named fields, whose texts may be HTML where ``is_markup``.

    Raises:
        ImpossibleValueError: it is no object, it has no text, or the article cannot be.
    """
    fields = _sorted(value, FieldMap.parse(context.maps))
    return article_of_fields(fields, context, is_markup=is_markup).article


def _sorted(value: object, fields: FieldMap) -> SortedFields:
    """The fields of a value, sorted.

    Raises:
        ImpossibleValueError: it is no object, or has one field twice.
    """
    if not isinstance(value, dict):
        raise ImpossibleValueError(
            "not-an-article",
            say("the record is {value}, not an object with the fields of an article", value=shown(value)),
        )
    if isinstance(value, AmbiguousObject):
        raise ImpossibleValueError(
            "duplicate-key",
            say(
                "the record gives {key} twice, with different values; keep one of them", key=shown(value.key)
            ),
        )
    return fields.sort(value)
