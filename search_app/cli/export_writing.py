"""How is an export written to a file, and how does one go on that broke off?

It goes on at the change at which it began. Rows of articles go on after the last whole one; the last of those
that are there are made again and compared, for a power loss may have torn them, and what was withdrawn since
may have changed their scores: the file is the one that an unbroken export writes. A zip
is one stream, and the rows of a view are counted together: they are made again from the beginning, compared
with what is there, and gone on with.
"""

import json
from collections import deque
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from corpus.errors import UserError
from corpus.message import say
from search_app.answer.exporting.cursor import OtherResultError
from search_app.answer.exporting.receipt import ARTICLES, Receipt
from search_app.answer.service import Service
from search_app.api.receipts import read_receipt
from search_app.cli.export_files import (
    PLAN,
    UNSURE,
    ExportPlan,
    ExportTarget,
    PartFile,
    forget_plan,
    give_name,
    is_named,
    is_unfinished,
    read_plan,
    report_target_errors,
    write_plan,
)
from search_app.cli.export_job import ExportAsked, ExportJob, begin_job
from search_app.formats.exports.forms import goes_on
from search_app.formats.exports.held_rows import held_rows

OnProgress = Callable[[int, int], None]
"""Called with rows written and rows in all."""


@dataclass(frozen=True, slots=True)
class ExportOrder:
    """An export to a file.

    Attributes:
        output: a file, or a folder that gets one.
        resume: goes on with one that broke off.
        overwrite: replaces a file that is there, and what was left unfinished.
        language: see begin_job.
    """

    asked: ExportAsked
    output: Path
    resume: bool
    overwrite: bool
    language: str


@dataclass(frozen=True, slots=True)
class ExportDone:
    """A file that is written, and what proves it."""

    target: ExportTarget
    receipt: Receipt


class ExportWriter:
    """Writes one export to a file.

    Args:
        compared: the rows of at least so many bytes before a break are made again.
    """

    def __init__(
        self, service: Service, order: ExportOrder, on_progress: OnProgress, compared: int = UNSURE
    ) -> None:
        self._service = service
        self._order = order
        self._on_progress = on_progress
        self._compared = compared
        self._job: ExportJob | None = None

    @property
    def done(self) -> int:
        """Rows that are written."""
        return self._job.done if self._job else 0

    @property
    def rows(self) -> int:
        """Rows in all; 0 where they are not found yet."""
        return self._job.rows if self._job else 0

    def write(self) -> ExportDone:
        """Writes it, or what is missing of it.

        Raises:
            UserError: a file is there already, what is there is not part of this export, or something was
                withdrawn since it began.
            OperatorError: the disk fails.
        """
        target = _named_target(self._order)
        if target is None:
            named = self._begin().name(self._order.asked.view, self._order.asked.form)
            target = ExportTarget(self._order.output / named)
        with report_target_errors(target):
            plan = _plan_to_go_on(target, self._order)
            if plan is None:
                return self._write_new(target)
            if is_named(target, plan):
                forget_plan(target)
                receipt = read_receipt(target.receipt.read_text("utf-8"), str(target.receipt))
                return ExportDone(target, receipt)
            return self._write_rest(target, plan)

    def _begin(self, asked: ExportAsked | None = None, after: int = 0) -> ExportJob:
        order = self._order
        self._job = begin_job(self._service, order.language, asked or order.asked, after)
        return self._job

    def _write_new(self, target: ExportTarget) -> ExportDone:
        job = self._job or self._begin()
        with PartFile(target.part) as part:
            part.keep(0)
            draft = job.prove(job.file(target.path.name, 0, ""))
            plan = ExportPlan(_as_json(self._order.asked), self._order.overwrite, draft)
            write_plan(target, plan)
            return self._write_rows(target, part, plan, job)

    def _write_rest(self, target: ExportTarget, plan: ExportPlan) -> ExportDone:
        with PartFile(target.part) as part:
            asked = replace(self._order.asked, parameters=plan.draft.parameters)
            try:
                job = self._begin(asked, _rows_to_keep(part, asked, self._compared))
            except OtherResultError as error:
                raise _other_result(target) from error
            now = job.prove(job.file(target.path.name, 0, "")).result
            if (now.rows, now.ids_sha256) != (plan.draft.result.rows, plan.draft.result.ids_sha256):
                raise _other_result(target)
            return self._write_rows(target, part, plan, job)

    def _write_rows(
        self, target: ExportTarget, part: PartFile, plan: ExportPlan, job: ExportJob
    ) -> ExportDone:
        for piece in job.pieces:
            part.write(piece)
            self._on_progress(job.done, job.rows)
        if job.done != job.rows:
            raise _other_result(target)
        proven = job.prove(job.file(target.path.name, part.size, part.end()))
        result = replace(plan.draft.result, rows_sha256=proven.result.rows_sha256)
        receipt = replace(plan.draft, made_at=proven.made_at, result=result, file=proven.file)
        if not plan.overwrites:
            check_free(target)
        give_name(target, receipt)
        return ExportDone(target, receipt)


def _named_target(order: ExportOrder) -> ExportTarget | None:
    """The file that is written; None: a new one in a folder, which is named for its rows."""
    if not order.output.is_dir():
        return ExportTarget(order.output)
    if order.resume:
        for path in sorted(order.output.glob(f"*{PLAN}")):
            target = ExportTarget(path.with_name(path.name.removesuffix(PLAN)))
            plan = read_plan(target)
            if plan is not None and plan.asked == _as_json(order.asked):
                return target
    return None


def _plan_to_go_on(target: ExportTarget, order: ExportOrder) -> ExportPlan | None:
    """What broke off and is gone on with; None: it is begun.

    Raises:
        UserError: a file is there already, or something else was left unfinished.
    """
    plan = read_plan(target) if order.resume else None
    if plan is not None:
        if plan.asked != _as_json(order.asked):
            raise UserError(
                say(
                    "{path}: another export was begun here, of {query}; give the command that began it, or"
                    " begin anew with --overwrite",
                    path=str(target.path),
                    query=plan.draft.query or "*",
                )
            )
        if not plan.overwrites and not is_named(target, plan):
            check_free(target)
        return plan
    if not order.overwrite:
        check_free(target, target.receipt)
        if is_unfinished(target):
            raise UserError(
                say(
                    "{path}: an export that was begun here is not finished; go on with the same command and"
                    " --resume, or begin anew with --overwrite",
                    path=str(target.path),
                )
            )
    return None


def check_free(target: ExportTarget, *others: Path) -> None:
    """Refuses to write over a file.

    Raises:
        UserError: one is there.
    """
    for path in (target.path, *others):
        if path.exists():
            raise UserError(
                say(
                    "{path}: there is such a file; choose another name with --output, or write over it with"
                    " --overwrite",
                    path=str(path),
                )
            )


def _rows_to_keep(part: PartFile, asked: ExportAsked, compared: int) -> int:
    """Cuts off what stands behind the last whole row of a part; after how many rows the export goes on.

    The rows after these are made again and compared: those of so many bytes as ``compared`` says.
    """
    if asked.view != ARTICLES or not goes_on(asked.form):
        return 0
    ends, before = deque([0]), 0
    with part.read() as file:
        for row in held_rows(asked.form, file):
            ends.append(row.end)
            while len(ends) > 1 and ends[1] + compared <= ends[-1]:
                ends.popleft()
                before += 1
    part.keep(ends[-1])
    part.skip(ends[0])
    return before


def _other_result(target: ExportTarget) -> UserError:
    return UserError(
        say(
            "{path}: something was withdrawn from the archive since this export began, so that it has other"
            " rows now; begin it anew with --overwrite",
            path=str(target.path),
        )
    )


def _as_json(asked: ExportAsked) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(json.dumps(asdict(asked)))
    return said
