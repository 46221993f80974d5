"""How does a record become an article or a refusal? The last step of every reader."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from corpus.article import Article, Provenance
from corpus.cleaning.caption_places import places_after_split
from corpus.cleaning.glued import split_glued
from corpus.context import Context
from corpus.derived_id import derived_id
from corpus.errors import ImpossibleValueError
from corpus.fields import FieldKind, fields_of
from corpus.message import say
from corpus.publishers import publication_of
from corpus.readers.input.encoding import with_inner_encoding
from corpus.readers.input.refusing import refuse
from corpus.readers.input.source_file import SourceFile, Tally
from corpus.readers.input.whole_file import whole_or_refused
from corpus.readers.records.field_map import FieldMap, SortedFields
from corpus.readers.records.given_places import counted_in_lines, placed_captions
from corpus.readers.records.inferred_year import with_inferred_year
from corpus.readers.records.inner_texts import decode_inner_texts, inner_encoding_of
from corpus.readers.records.json_values import AmbiguousObject
from corpus.readers.records.options import ImportOptions
from corpus.readers.records.values import (
    parse_lines,
    parse_names,
    parse_numbers,
    parse_published,
    parse_text,
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
        self._tally.unused(fields.unused)
        return with_inferred_year(_decoded_article(fields, context), context)

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


def article_of_value(value: object, context: Context) -> Article:
    """The article of a decoded value with named fields.

    Raises:
        ImpossibleValueError: it is no object, a value has the wrong type, or the article cannot be.
    """
    return with_inferred_year(
        _decoded_article(_sorted(value, FieldMap.parse(context.maps)), context), context
    )


def _decoded_article(fields: SortedFields, context: Context) -> Article:
    """The article of fields after decoding their inner encoding; its id is that of the undecoded fields."""
    name = inner_encoding_of(dict(fields.taken), context)
    if not name:
        return article_of(fields.taken, context.stem)
    meant = {
        ours: (theirs, decode_inner_texts(value, name)) for ours, (theirs, value) in fields.taken.items()
    }
    if "id" in fields.taken:
        meant["id"] = fields.taken["id"]
    return replace(article_of(meant, context.stem), id=article_of(fields.taken, context.stem).id)


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


def article_of(taken: Mapping[str, tuple[str, object]], stem: str) -> Article:
    """The article of fields, given by our names, each with its name in the record and its value.

    Raises:
        ImpossibleValueError: a value has the wrong type, or the article cannot be.
    """
    absent: tuple[str, object] = ("", None)
    values: dict[str, Any] = {
        ours: parse_text(*taken.get(ours, absent)) for ours in fields_of(FieldKind.ID, FieldKind.LINE)
    }
    values["published"] = parse_published(*taken.get("published", absent))
    values["id"] = values["id"] or derived_id(
        stem,
        url=values["url"],
        source=values["source"],
        title=values["title"],
        published=values["published"].text,
    )
    body, pictures = (taken.get(ours, absent) for ours in ("paragraphs", "captions"))
    lines = parse_lines(*body)
    values["paragraphs"] = split_glued(lines)
    given = parse_numbers(*taken.get("caption_places", absent))
    values["captions"], places = placed_captions(pictures, counted_in_lines(body, given))
    values["lede"] = "\n".join(parse_lines(*taken.get("lede", absent)))
    values["caption_places"] = places_after_split(places, len(lines), len(values["paragraphs"]))
    values |= {ours: parse_names(*taken.get(ours, absent)) for ours in fields_of(FieldKind.NAMES)}
    values["related"] = parse_lines(*taken.get("related", absent))
    return Article(**values)
