"""The third interface: ``khobao`` at a terminal.

Exit codes: 0; 2 what the user can correct; 3 what the operator can correct. A bug keeps its traceback.
"""

import gettext
import os
import sys

from corpus.errors import OperatorError, ReportableError
from search_app.cli.scarcity import check_limits, scarcity, sentence_of
from search_app.settings import read_settings


def main() -> None:
    """The console script."""
    try:
        check_limits()
        _run()
    except OperatorError as error:  # of the limits: those of the command are said below
        _end(sentence_of(error.message))
    except (OSError, MemoryError, ImportError, RuntimeError) as error:
        found = scarcity(error)
        if found is None:
            raise
        _end(sentence_of(found))


def _end(sentence: str) -> None:
    sys.stderr.write(sentence + "\n")
    sys.exit(3)


def _run() -> None:
    from search_app.language import CATALOGUES, translator  # noqa: PLC0415 - it loads what the limits must hold

    language = read_settings().language
    # click asks the gettext module for its own words ("Usage:"), which asks the environment.
    os.environ["LANGUAGE"] = language
    gettext.bindtextdomain("messages", CATALOGUES)
    # Help texts and numbers need the language first.
    from search_app.cli.commands import khobao  # noqa: PLC0415
    from search_app.cli.terminal import sentence  # noqa: PLC0415

    try:
        khobao.main(prog_name="khobao")
    except ReportableError as error:
        sys.stderr.write(sentence(error.message, translator(language)) + "\n")
        sys.exit(3 if isinstance(error, OperatorError) else 2)
    except BrokenPipeError:  # the reader of our output has gone: `khobao search … | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
