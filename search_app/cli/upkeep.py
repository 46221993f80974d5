"""In which state is a data folder, and what is to be done for it next? Read for ``khobao status``."""

from datetime import UTC, datetime

from corpus.backup_note import noted_backup
from corpus.readers.input.steps import FAULT
from indexer.kernels.library import library
from search_app.answer.archive.next_steps import StatusReport, Upkeep, next_steps
from search_app.bootstrap import index_is_newest, open_service
from search_app.settings import Settings


def report_status(settings: Settings) -> StatusReport:
    """The counts of a data folder, its last copy, and what is to be done next.

    Raises:
        OperatorError: the archive cannot be read.
    """
    service = open_service(settings)
    status = service.monitoring.status()
    upkeep = Upkeep(
        is_newest=index_is_newest(settings),
        faults=sum(one.refusals - one.taken for one in service.accounts.refused() if one.reason == FAULT),
        fault_log=str(settings.import_log),
        backup=noted_backup(settings.data),
        begun=service.monitoring.begun_at(),
    )
    steps = next_steps(status, upkeep, datetime.now(UTC))
    return StatusReport(status, upkeep.backup, steps, compiled=library() is not None)
