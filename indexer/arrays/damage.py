"""What is said of a file of the index that is not what was written?"""

from pathlib import Path

from corpus.errors import OperatorError
from corpus.message import say


class DamagedFileError(OperatorError):
    """A file is not what was written.

    It says by itself what helps: the damage of a block is met deep inside the evaluation of a query, and
    wherever it comes up, one sentence is shown and the command ends with exit code 3.

    Attributes:
        fault: what differs, without the path and the remedy.
    """

    def __init__(self, path: Path, fault: str) -> None:
        super().__init__(
            say(
                "{path}: the index is damaged ({error}); make it again with: khobao rebuild",
                path=str(path),
                error=fault,
            )
        )
        self.fault = fault
