"""Whose is it to mend? Three families: the user's (exit 2), the operator's (exit 3), a bug.

Raised with a :class:`~corpus.message.Message` that says what was wrong, the value and the remedy;
caught once, at the door. Anything else that is raised is a bug and keeps its traceback.
"""

from corpus.message import Message


class ReportableError(Exception):
    """An error that a person can mend; its text is safe to show."""

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return str(self.message)


class UserError(ReportableError):
    """Yours to mend: a path, a query, an option."""


class OperatorError(ReportableError):
    """The operator's to mend: a full disk, a read-only folder, an index of another version."""


class ImpossibleValueError(UserError):
    """An article, or a part of one, that cannot be; ``reason`` is its stable code."""

    def __init__(self, reason: str, message: Message) -> None:
        super().__init__(message)
        self.reason = reason
