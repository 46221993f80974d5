"""Which errors are reported to people? The user's (exit code 2) and the operator's (exit code 3).

They are raised with a :class:`~corpus.message.Message` that says what was wrong, the value and the remedy,
and are caught once, by the interface. Every other exception is a bug and keeps its traceback.
"""

from corpus.message import Message


class ReportableError(Exception):
    """An error whose message is shown to a person, who can remedy it."""

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return str(self.message)


class UserError(ReportableError):
    """An error in what the user gave: a path, a query, an option."""


class OperatorError(ReportableError):
    """An error that the operator can remedy: a full disk, a read-only folder, an index of another version."""


class ImpossibleValueError(UserError):
    """A value that cannot be an article or a part of one; ``reason`` is a stable code."""

    def __init__(self, reason: str, message: Message) -> None:
        super().__init__(message)
        self.reason = reason
