"""How does a receipt become a file, and a file a receipt? As JSON with a digest of its own."""

import hashlib
import json
import sys
from dataclasses import replace
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from marshmallow import EXCLUDE

from corpus.errors import UserError
from corpus.message import say
from corpus.moment import now
from indexer.scoring import RANKING
from indexer.text.words import segmenter
from search_app.answer.exporting.facts import ResultFacts, StateFacts
from search_app.answer.exporting.pinning import can_be_pinned
from search_app.answer.exporting.receipt import (
    ARTICLES,
    MOST_LISTED,
    RECEIPT_VERSION,
    Programs,
    Receipt,
    ReceiptFile,
    ReceiptResult,
)
from search_app.answer.pages import SearchRequest
from search_app.answer.selection import Selection
from search_app.api.parameters import write_parameters
from search_app.api.view_tables import VIEWS, ViewTable
from search_app.formats.answers.dumping import dump
from search_app.formats.answers.receipt import ExportReceiptAnswer
from search_app.formats.exports.columns import COLUMNS
from search_app.formats.exports.forms import ExportForm, Layout, has_columns

_DIGEST = "receipt_sha256"
"""The last key: SHA-256 (hex) of all others as canonical JSON."""

_SCHEMA = ExportReceiptAnswer(unknown=EXCLUDE)
_Json = dict[str, Any]


def receipt_file(name: str, form: ExportForm, layout: Layout, size: int, sha256: str) -> ReceiptFile:
    """The file of an export, as its receipt names it.

    Args:
        layout: by which it was written.
        size, sha256: of its bytes.
    """
    columns = layout.columns if has_columns(form) else ()
    spreadsheet = layout.spreadsheet and form is ExportForm.CSV
    return ReceiptFile(name, form.value, columns, spreadsheet, size, sha256, layout.addresses.permalink(""))


def receipt_of_articles(archive: str, facts: ResultFacts, ids: list[str], file: ReceiptFile) -> Receipt:
    """The receipt of a file whose rows are the articles of a result.

    Args:
        archive: UUID of the archive.
        ids: of the rows.

    Raises:
        UserError: the query as understood is too long to be asked for again.
    """
    check_asked_again(facts)
    listed = tuple(ids) if len(ids) <= MOST_LISTED else None
    result = ReceiptResult(
        facts.rows,
        facts.articles,
        facts.stories,
        facts.hits,
        facts.stories_number,
        facts.excluded_undated,
        facts.ids_sha256,
        facts.sorted_sha256,
        listed,
    )
    return Receipt(
        archive,
        now(),
        ARTICLES,
        facts.asked.query,
        facts.pinned.query,
        facts.corrected,
        tuple(one.also for one in facts.expansions),
        tuple(write_parameters(SearchRequest(facts.pinned))),
        facts.change,
        facts.at.isoformat(timespec="seconds"),
        programs_of(facts.index_format, facts.analyser),
        result,
        file,
    )


def receipt_of_view(
    archive: str, view: str, found: ViewTable, state: StateFacts, rows_sha256: str, file: ReceiptFile
) -> Receipt:
    """The receipt of a file whose rows are those of a view.

    Args:
        archive: UUID of the archive.
        view: its name.
        state: that the rows are of.
        rows_sha256: see ReceiptResult.

    Raises:
        UserError: the query as understood is too long to be asked for again.
    """
    pinned = found.pinned
    _check(pinned.pinned)
    return Receipt(
        archive,
        now(),
        view,
        pinned.asked.query,
        pinned.pinned.query,
        pinned.corrected,
        tuple(one.also for one in pinned.expansions),
        pinned.parameters,
        found.change,
        state.at.isoformat(timespec="seconds"),
        programs_of(state.index_format, state.analyser),
        replace(found.result, rows_sha256=rows_sha256),
        file,
    )


def check_asked_again(facts: ResultFacts) -> None:
    """Refuses a result that cannot be asked for again.

    Raises:
        UserError: the query as understood is longer than queries may be.
    """
    _check(facts.pinned)


def _check(pinned: Selection) -> None:
    if not can_be_pinned(pinned):
        raise UserError(
            say(
                "the query as understood has {count} characters, too many to be asked for again; a shorter"
                " one can be cited and proven",
                count=len(pinned.query),
            )
        )


def programs_of(index_format: int, analyser: str) -> Programs:
    """The programs that make results now, over an index."""
    return Programs(version("khobao"), index_format, analyser, segmenter(), RANKING)


def write_receipt(receipt: Receipt) -> str:
    """The receipt as the text of a file."""
    said = dump(ExportReceiptAnswer, receipt)
    return json.dumps(said | {_DIGEST: _digest(said)}, ensure_ascii=False, indent=2) + "\n"


def read_receipt(text: str, name: str) -> Receipt:
    """The receipt in a file.

    Args:
        name: of the file, for errors.

    Raises:
        UserError: it is no receipt, or one of a later version; it was cut off or changed.
    """
    said = _json_object(text, name)
    number = said.get("receipt")
    if not isinstance(number, int) or _DIGEST not in said:
        raise _no_receipt(name)
    if number > RECEIPT_VERSION:
        raise UserError(
            say(
                "{name} is a receipt of version {number}, and this release reads up to {newest}; verify it"
                " with a newer one",
                name=name,
                number=number,
                newest=RECEIPT_VERSION,
            )
        )
    digest = said.pop(_DIGEST)
    if digest != _digest(said):
        raise UserError(
            say(
                "{name} was changed since it was written: its digest does not fit; take it from where it"
                " was kept, or export again",
                name=name,
            )
        )
    if _SCHEMA.validate(said) or not _can_be(said):  # anybody can make a digest that fits
        raise _no_receipt(name)
    return _receipt(said)


def _no_receipt(name: str) -> UserError:
    return UserError(
        say("{name} is no receipt of Kho Báo; name the file that was written beside an export", name=name)
    )


def _can_be(said: _Json) -> bool:
    """Whether values, whose types are right, are among those that are written."""
    file = said["file"]
    try:
        json.dumps(said, ensure_ascii=False).encode()
        ExportForm(file["form"])
        moment = datetime.fromisoformat(said["changed_at"])
    except ValueError:
        return False
    is_known = set(file["columns"]) <= set(COLUMNS) if said["view"] == ARTICLES else said["view"] in VIEWS
    is_small = max(said["change"], said["rows"], file["size"]) < sys.maxsize
    return is_known and is_small and moment.tzinfo is not None and bool(Path(file["name"]).name.strip("."))


def _json_object(text: str, name: str) -> _Json:
    try:
        said = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UserError(
            say("{name} is no JSON, or was cut off: {error}; name a receipt", name=name, error=str(error))
        ) from error
    return said if isinstance(said, dict) else {}


def _receipt(said: _Json) -> Receipt:
    result = ReceiptResult(
        **{name: said[name] for name in ReceiptResult.__slots__ if name != "ids"},
        ids=tuple(said["ids"]) if "ids" in said else None,
    )
    file = said["file"]
    return Receipt(
        said["archive"],
        said["made_at"],
        said["view"],
        said["query"],
        said["understood"],
        said["corrected"] or "",
        tuple(said["expansions"]),
        tuple((one["name"], one["value"]) for one in said["parameters"]),
        said["change"],
        said["changed_at"],
        Programs(**{name: said[name] for name in Programs.__slots__}),
        result,
        ReceiptFile(**file | {"columns": tuple(file["columns"])}),
    )


def _digest(said: _Json) -> str:
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
