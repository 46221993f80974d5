"""Which file of an export does an address ask for, and which part of it?"""

from dataclasses import dataclass

from corpus.message import say
from search_app.answer.exporting.cursor import Cursor, read_cursor
from search_app.api.faults import ParameterError, abbreviate
from search_app.api.parameters import (
    CURSOR,
    FIELDS,
    FORM,
    ROWS,
    SPREADSHEET,
    Values,
    for_spreadsheet,
    number_within,
    read_choice,
)
from search_app.formats.exports.columns import COLUMNS, USUAL
from search_app.formats.exports.forms import ExportForm, has_columns

_MOST = 1_000_000_000
"""No result has as many rows."""


@dataclass(frozen=True, slots=True)
class AskedFile:
    """The file that is asked for, whole.

    Attributes:
        columns: of its rows; empty where its form has none.
        spreadsheet: whether it is for spreadsheets.
    """

    form: ExportForm
    columns: tuple[str, ...] = ()
    spreadsheet: bool = False

    @property
    def parameters(self) -> tuple[tuple[str, str], ...]:
        """Those that ask for it beside the selection; what it is without them is left out."""
        columns = self.columns if self.columns != USUAL else ()
        said = ((FIELDS, ",".join(columns)), (SPREADSHEET, "1" if self.spreadsheet else ""))
        return tuple(pair for pair in said if pair[1])


@dataclass(frozen=True, slots=True)
class AskedPart:
    """The part that is asked for: after its cursor, so many rows at the most."""

    cursor: Cursor | None = None
    rows: int | None = None


def asked_file(form: ExportForm, values: Values) -> AskedFile:
    """The file of a form that is asked for.

    Raises:
        ParameterError: there is no such column, or a parameter that the form does not take.
    """
    if not has_columns(form):
        _refuse(FIELDS, form, values)
    if form is not ExportForm.CSV:
        _refuse(SPREADSHEET, form, values)
    given = ",".join(values.getlist(FIELDS))  # all in one, or one by one as a form sends them
    columns = columns_named(given, FIELDS) if has_columns(form) else ()
    return AskedFile(form, columns, for_spreadsheet(values))


def file_by_form(values: Values) -> AskedFile:
    """The file that is asked for where a parameter says its form; else a CSV.

    Raises:
        ParameterError: there is no such form; see ``asked_file``.
    """
    return asked_file(read_choice(values, FORM, ExportForm.CSV, ExportForm), values)


def columns_named(given: str, parameter: str) -> tuple[str, ...]:
    """The columns of a list with commas between them; those that are usual where none is named.

    Args:
        parameter: by which the list is given, for the error.

    Raises:
        ParameterError: there is no such column.
    """
    names = tuple(filter(None, given.split(","))) or USUAL
    for name in names:
        if name not in COLUMNS:
            raise ParameterError.choice(parameter, name, COLUMNS)
    return names


def asked_part(values: Values) -> AskedPart:
    """The part of a file that is asked for.

    Raises:
        ParameterError: the cursor is none, or the number of rows cannot be.
    """
    typed = values.get(CURSOR, "").strip()
    cursor = read_cursor(typed) if typed else None
    if typed and cursor is None:
        raise ParameterError(
            say(
                "cursor is “{value}”; give the number of a change and of the rows that are there already, as"
                " in 70-2000, or what the header X-Cursor of the part before said",
                value=abbreviate(typed),
            )
        )
    return AskedPart(cursor, number_within(values, ROWS, 0, 1, _MOST) or None)


def _refuse(name: str, form: ExportForm, values: Values) -> None:
    if name in values:
        raise ParameterError(
            say("{name} means nothing for the form {form}; leave it out", name=name, form=form.value)
        )
