"""What does the JSON of the commands hold that ask or change the archive itself?"""

from typing import Any, ClassVar

from marshmallow import fields as kinds

from corpus.archived import StoredRefusal
from corpus.fields import FIELDS
from search_app.fields import in_order
from search_app.formats.answers import shape
from search_app.formats.answers.article import OriginAnswer, declared_field
from search_app.formats.answers.shape import AnswerSchema


def _raw_bytes(refusal: StoredRefusal) -> int:
    return len(refusal.raw)


class FixityAnswer(AnswerSchema):
    """What a verification found (``khobao verify``)."""

    number = shape.count("of the verification")
    begun_at = shape.text("UTC, ISO 8601")
    ended_at = shape.text("the same")
    change = shape.count("the archive's number when it began")
    proven = shape.count("rows of the archive that fit their digests")
    unproven = shape.count("rows that were read, and have no digest")
    faults = shape.count("of the archive and of what is made of it")


class BackupAnswer(AnswerSchema):
    """A copy of the archive (``khobao backup``)."""

    at = shape.text("when it was proven: UTC, ISO 8601")
    change = shape.count("up to which it goes")
    folder = shape.text("where it was then")


class NextStepAnswer(AnswerSchema):
    """Something to be done."""

    code = shape.text("stable name of the cause")
    message = shape.message("the cause, the value, the remedy")
    command = shape.text("the remedy as it is typed")


class StatusAnswer(AnswerSchema):
    """What the archive and the index hold (``khobao status``)."""

    articles = shape.count("that are not withdrawn", "status.articles")
    withdrawn = shape.count("articles that are kept, and not searched", "status.withdrawn")
    versions = shape.count("of all articles", "status.versions")
    withdrawn_by_state = shape.counts(
        "articles and single versions that are withdrawn now, by state", "status.by_state"
    )
    refusals = shape.count("records that could not be taken", "status.refusals")
    archive_number = shape.count("its last change", "status.archive_number")
    index_number = shape.count(
        "change up to which the index holds it; null: there is no index", "status.index_number", none=True
    )
    indexed = shape.count("articles in the index", "status.indexed", none=True)
    index_format = shape.count("format of the index", "status.index_format", none=True)
    units_number = shape.count(
        "change up to which the table of units holds it; null: there is none",
        "status.units_number",
        none=True,
    )
    verified = shape.nested(
        FixityAnswer, "the last verification; null: there was none", "status.verified", none=True
    )
    backup = shape.nested(BackupAnswer, "the last copy; null: none is noted", none=True)
    compiled = shape.flag(
        "whether the loops of the search are compiled; else numpy does the same, more slowly"
    )
    next = shape.many(NextStepAnswer, "what is to be done, the most urgent first", "steps")


class AuditAnswer(AnswerSchema):
    """What was done with the archive once (``khobao log``)."""

    number = shape.count("of the row")
    at = shape.text("when it was done: UTC, ISO 8601")
    actor = shape.text("who did it: as named, or the login name")
    action = shape.text("stable name of what was done")
    detail = shape.by_name(shape.plain(), "what it did, by stable names")


class SourceAnswer(AnswerSchema):
    """A source of the archive (``khobao sources``)."""

    name = shape.text("as it is most often written; null: of articles that name none", none=True)
    articles = shape.count("that are not withdrawn")
    first = shape.text("first day of an article; null: no day is known", none=True)
    last = shape.text("last day", none=True)
    rights = shape.text(
        "what may be done with its articles; null: nothing is said", "rights.statement", none=True
    )
    licence = shape.text("address of the licence", "rights.licence", none=True)


class ReceiptAnswer(AnswerSchema):
    """What became of every record of an import (``khobao add``); see corpus.ingest.Receipt."""

    files = shape.count("files, archives, members and folders that were opened or refused")
    seen = shape.count("records and refusals")
    new = shape.count("articles the archive did not know")
    new_versions = shape.count("known articles with another content")
    unchanged = shape.count("articles whose content the archive held before")
    merged = shape.count("given before in this import")
    refused = shape.count("refusals stored now")
    refused_before = shape.count("refusals of an earlier import")
    refusals = shape.counts("refusals, old and new, by reason")
    faults = shape.count("refusals that are the program's fault")
    unused_fields = shape.counts("records that hold a field nothing takes, by its name")
    more_unused_fields = shape.count("names that are not listed")
    undated = shape.count("records whose article has no date of publication")
    untitled = shape.count("records without a title, whose first words stand for it in square brackets")
    unreadable = shape.counts(
        "records with a value that could not be read and was left out, by name and value"
    )
    more_unreadable = shape.count("such values that are not listed")
    dated = shape.counts(
        "records without a date, with a field that nothing takes and that holds one, by its name"
    )
    passed_over = shape.counts(
        "records of crawls and exports, and files of saved pages, that are no articles, by kind"
    )
    more_passed_over = shape.count("kinds that are not listed")
    told_apart = shape.texts_by_name(
        "articles whose id another publication's article has: the record's own id, by the id that they got"
    )
    more_told_apart = shape.count("further ones, not listed")
    poorer_captures = shape.lists_by_name(
        "what a poorer capture lacks, which is kept as a version behind the richer one, by id of the article"
    )
    more_poorer_captures = shape.count("further ones, not listed")
    erased_earlier = shape.count("records of articles that were erased: nothing of them was stored")


class StaffWithdrawalAnswer(AnswerSchema):
    """An article, or one version of it, that is withdrawn (``khobao withdrawals --json``)."""

    id = shape.text("of the article", "article_id")
    version = shape.count("the one version that is withdrawn; null: the article is", none=True)
    state = shape.text("hidden, tombstone or erased")
    reason = shape.text("why")
    by = shape.text("who withdrew it", "actor")
    at = shape.text("when: UTC, ISO 8601")
    until = shape.text("when it comes back by itself: UTC, ISO 8601; empty: never")
    change = shape.count("number of the change")


class RemovedAnswer(AnswerSchema):
    """What was removed with an erased article."""

    versions = shape.count("of the article")
    raws = shape.count("raw records")
    others = shape.texts("articles whose raw record was removed too, for it was the same")
    refusals = shape.count("refused records of the same bytes")


class CarriedOutAnswer(AnswerSchema):
    """What became of an order (``khobao withdraw --json``, ``reinstate --json``)."""

    id = shape.text("of the article", "order.article_id")
    version = shape.count("the one version; null: the article", "order.version", none=True)
    state = shape.text("hidden, tombstone or erased; null: shown again", "order.state", none=True)
    change = shape.count("number of the change; null: it was so already", none=True)
    removed = shape.nested(RemovedAnswer, "what was removed with an erasure; null: nothing", none=True)


class RetriedAnswer(AnswerSchema):
    """What became of the refused records (``khobao add --retry``)."""

    receipt = shape.nested(ReceiptAnswer)
    open_before = shape.count("refused records that were open")
    taken = shape.count("of them taken now")
    gone = shape.texts("files that are gone, whose record was not kept whole")


class CleanedChangeAnswer(AnswerSchema):
    """An article that cleaning makes otherwise."""

    article_id = shape.text("of the article")
    fields = shape.texts("names of those that differ")  # type: ignore[assignment]  # marshmallow moves it


class CleanedFaultAnswer(AnswerSchema):
    """An article that would be refused now."""

    id = shape.text("of the article", "article_id")
    reason = shape.text("stable code")
    message = shape.message("what, the value, the remedy")


class CleanedAnswer(AnswerSchema):
    """What cleaning again changed (``khobao clean``)."""

    articles = shape.count("in all")
    same = shape.count("made the same again")
    without = shape.count("without a raw record")
    changes = shape.many(CleanedChangeAnswer, "that become new versions")
    faults = shape.many(CleanedFaultAnswer, "refused now")
    fields = shape.counts("that differ in a field, by its name")  # type: ignore[assignment]  # the same


class RefusalAnswer(AnswerSchema):
    """A refused record (``khobao refusals``)."""

    number = shape.count("of the refusal")
    file = shape.text("as given at the import")
    place = shape.text("in the file")
    reason = shape.text("stable code")
    message = shape.message("what, the value, the remedy")
    raw_sha256 = shape.text("hex digest of the whole record")
    raw_bytes = shape.count("that are kept", _raw_bytes)
    whole = shape.flag("whether all of it is kept", "is_complete")
    at = shape.text("when it was refused: UTC, ISO 8601")
    taken_as = shape.text("id of the article that it became later", none=True)


class ContextAnswer(AnswerSchema):
    """What else than its bytes a record was read with (corpus.context.Context); what is empty is left out."""

    file = shape.text("that held the record", required=False)
    stem = shape.text("that file's own name, of which ids are derived", required=False)
    url = shape.text("where the record was found", required=False)
    declared_encoding = shape.text("what a header says of the bytes", required=False)
    forced_encoding = shape.text("what --encoding said", required=False)
    encoding = shape.text("in which the record was found to be written", required=False)
    encoding_found = shape.text("how that is known", required=False)
    lost = shape.text("what the encoding could not say", required=False)
    captured = shape.text("when the record was fetched", required=False)
    maps = shape.texts("the --map options as given", required=False)
    columns = shape.texts("names of the values of one row", required=False)
    delimiter = shape.text("what stands between the values of one row", required=False)


class _KeptFields(AnswerSchema):
    """All fields of an article as they are digested: what came later is left out where it is empty."""

    class Meta(AnswerSchema.Meta):
        """The fields that the tables say, in the archive's order."""

        include: ClassVar[dict[str, kinds.Field[Any]]] = {
            field.name: declared_field(shown, null=False, required=field.is_digested_empty)
            for field, shown in zip(FIELDS, in_order(*(field.name for field in FIELDS)), strict=True)
        }


class KeptArticleAnswer(_KeptFields):
    """An article as the archive keeps it (``khobao show``)."""

    provenance = shape.nested(OriginAnswer, of=shape.itself)
    context = shape.nested(ContextAnswer)
