"""How is ``khobao`` run at a terminal?

The exit code is 0; 2 for an error that the user can correct; 3 for one that the operator can correct. A
fault of the program keeps its traceback. Modules are imported in the functions below only after the limits
of the process were checked and the language is known, because help texts are translated when the commands
are imported.
"""

import gettext
import os
import sys

from corpus.errors import OperatorError, ReportableError
from search_app.cli.scarcity import check_limits, disk_error, scarcity, sentence_of
from search_app.settings import read_settings


def main() -> None:
    """Runs the console script."""
    try:
        check_limits()
        _run()
    except OperatorError as error:  # raised by check_limits; those of commands are caught in _run
        _exit(sentence_of(error.message))
    except (OSError, MemoryError, ImportError, RuntimeError) as error:
        reason = scarcity(error) or disk_error(error)
        if reason is None:
            raise
        _exit(sentence_of(reason))


def _exit(sentence: str, code: int = 3) -> None:
    _give_up_output()
    sys.stderr.write(sentence + "\n")
    sys.exit(code)


def _give_up_output() -> None:
    """Drops what standard output does not take: Python tries it once more at its end, and exits with 120."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _run() -> None:
    from search_app.language import CATALOGUES, translator  # noqa: PLC0415 - loads libraries: after check_limits

    language = read_settings().language
    # click translates its own words ("Usage:") by the gettext module, which reads the language here.
    os.environ["LANGUAGE"] = language
    gettext.bindtextdomain("messages", CATALOGUES)
    # Help texts and separators of numbers are fixed at import, so the language must be set before.
    from search_app.cli.commands import khobao  # noqa: PLC0415
    from search_app.cli.terminal import sentence  # noqa: PLC0415

    try:
        khobao.main(prog_name="khobao")
    except ReportableError as error:
        code = 3 if isinstance(error, OperatorError) else 2
        _exit(sentence(error.message, translator(language)), code)
    except BrokenPipeError:  # the program that reads the output has ended: `khobao search … | head`
        _give_up_output()
        sys.exit(0)
