"""What does a table of names hold, and what is wrong with a line of it?

A table is text in UTF-8 with one name in each line and tabs between the cells. Empty lines and lines that
begin with "#" are skipped. The first other line names the columns, which determine the kind of the table:

==================================================  ==================================================
columns                                             meaning of a line
==================================================  ==================================================
``name short ways category source``                 a name and its abbreviations ("; " between);
                                                    ways: both, or one: the abbreviation is expanded
                                                    to the name, the name not to the abbreviation
``spellings category source``                       spellings of one name, "; " between
``name now until how ordinary source``              a name that changed, the names that replaced it, its
                                                    last day (2025-06-30 or 2025-06); how: merged,
                                                    renamed or split; ordinary: yes if the name is an
                                                    ordinary word too
``never source``                                    a text that no query is expanded to
``bind source``                                     syllables that are always one unit of a query
``never_bind source``                               syllables that are never one unit; where a run stands in
                                                    tables of both kinds, it is not bound
==================================================  ==================================================
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import OperatorError
from corpus.message import Message, say
from indexer.text.fold import fold
from indexer.text.syllables import terms
from search_app.query.names.changes import NameChange, NameChangeKind, last_day
from search_app.query.names.rows import Abbreviation, BoundRun, NeverBoundRun, NeverSearched, Row, Spelling
from search_app.query.names.shapes import is_syllable

MAX_SYLLABLES = 16
"""Syllables that a name may have."""

MIN_BOUND, MAX_BOUND = 2, 6
"""Syllables of a run that is bound, or never bound, to a unit."""

SEPARATOR = "; "
"""What stands between the names of one cell."""


@dataclass(frozen=True, slots=True)
class TableFault:
    """What is wrong with a line, counted from 1, and how to correct it."""

    line: int
    message: Message


@dataclass(frozen=True, slots=True)
class CheckedTable:
    """The rows of the correct lines of a table, and the faults of the others."""

    rows: tuple[Row, ...]
    faults: tuple[TableFault, ...]


class _FaultyCellError(Exception):
    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message


def read_table(path: Path) -> tuple[Row, ...]:
    """Reads the rows of a table.

    Raises:
        OperatorError: the file cannot be read, or a line is faulty; the message has the first fault.
    """
    checked = check_table(path)
    for fault in checked.faults:
        raise OperatorError(
            say(
                "{path}, line {line}: {fault}. All faults: khobao names check {path}",
                path=str(path),
                line=fault.line,
                fault=str(fault.message),
            )
        )
    return checked.rows


def check_table(path: Path) -> CheckedTable:
    """Reads the rows and the faults of a table.

    Raises:
        OperatorError: the file cannot be read.
    """
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise OperatorError(
            say(
                "{path}: the names cannot be read: {error}; give a file of text in UTF-8",
                path=str(path),
                error=str(error),
            )
        ) from error
    return check_text(text)


def check_text(text: str) -> CheckedTable:
    """Reads the rows and the faults of the text of a table."""
    lines = [
        (number, line)
        for number, line in enumerate(text.splitlines(), 1)
        if line.strip() and not line.startswith("#")
    ]
    if not lines:
        return CheckedTable((), ())
    number, header = lines[0]
    columns = tuple(header.split("\t"))
    if columns not in _MAKERS:
        return CheckedTable((), (TableFault(number, _unknown_columns(columns)),))
    rows: list[Row] = []
    faults: list[TableFault] = []
    seen: dict[Row, int] = {}
    for number, line in lines[1:]:
        try:
            row = _row(columns, line)
        except _FaultyCellError as error:
            faults.append(TableFault(number, error.message))
            continue
        if first := seen.get(row):
            message = say("the same stands in line {first}; leave one of them out", first=first)
            faults.append(TableFault(number, message))
        else:
            seen[row] = number
            rows.append(row)
    return CheckedTable(tuple(rows), tuple(faults))


def _unknown_columns(columns: tuple[str, ...]) -> Message:
    known = " | ".join(" ".join(names) for names in _MAKERS)
    return say(
        "the columns are “{columns}”; name them in the first line, with tabs between, as one of: {known}",
        columns=" ".join(columns)[:80],
        known=known,
    )


def _row(columns: tuple[str, ...], line: str) -> Row:
    cells = [cell.strip() for cell in line.split("\t")]
    if len(cells) != len(columns):
        raise _FaultyCellError(
            say(
                "there are {count} cells, not {wanted} ({columns}); put one tab between two cells",
                count=len(cells),
                wanted=len(columns),
                columns=" ".join(columns),
            )
        )
    named = dict(zip(columns, cells, strict=True))
    if not named["source"]:
        raise _FaultyCellError(say("there is no source; say where this is known from"))
    return _MAKERS[columns](named)


def _abbreviation(cells: dict[str, str]) -> Row:
    name, short = _name(cells["name"]), _names(cells["short"])
    both = _choice(cells["ways"], "ways", ("both", "one")) == "both"
    for abbreviation in short if both else ():
        syllables = terms(abbreviation)
        if len(syllables) == 1 and is_syllable(fold(syllables[0])):
            raise _FaultyCellError(
                say(
                    "“{short}” is also an ordinary syllable, which the name would find;"
                    " write one instead of both",
                    short=abbreviation,
                )
            )
    return Abbreviation(name, short, both)


def _spelling(cells: dict[str, str]) -> Row:
    forms = _names(cells["spellings"])
    if len(forms) == 1:
        raise _FaultyCellError(
            say(
                "“{name}” has no other spelling; write at least two, with “; ” between them",
                name=forms[0],
            )
        )
    return Spelling(forms)


def _change(cells: dict[str, str]) -> Row:
    until = last_day(cells["until"])
    if until is None:
        raise _FaultyCellError(
            say(
                "until is “{value}”, which is no day; write it as 2025-06-30 or 2025-06",
                value=cells["until"],
            )
        )
    how = NameChangeKind(_choice(cells["how"], "how", tuple(NameChangeKind)))
    ordinary = _choice(cells["ordinary"], "ordinary", ("", "yes")) == "yes"
    return NameChange(_name(cells["name"]), _names(cells["now"]), *until, how, ordinary)


def _never(cells: dict[str, str]) -> Row:
    return NeverSearched(_name(cells["never"]))


def _bound(cells: dict[str, str]) -> Row:
    return BoundRun(_run(cells["bind"]))


def _never_bound(cells: dict[str, str]) -> Row:
    return NeverBoundRun(_run(cells["never_bind"]))


def _run(text: str) -> tuple[str, ...]:
    if SEPARATOR.strip() in text:
        raise _FaultyCellError(say("“{text}” is several; write each in a line of its own", text=text[:80]))
    syllables = tuple(terms(text))
    if not MIN_BOUND <= len(syllables) <= MAX_BOUND:
        raise _FaultyCellError(
            say(
                "“{text}” has {count} syllables; a unit that is bound, or never bound, has {least} to {most}",
                text=text[:80],
                count=len(syllables),
                least=MIN_BOUND,
                most=MAX_BOUND,
            )
        )
    return syllables


def _choice(value: str, column: str, choices: tuple[str, ...]) -> str:
    if value not in choices:
        raise _FaultyCellError(
            say(
                "{column} is “{value}”; write one of: {choices}",
                column=column,
                value=value,
                choices=", ".join(filter(None, choices)),
            )
        )
    return value


def _names(cell: str) -> tuple[str, ...]:
    names = tuple(map(_name, cell.split(SEPARATOR.strip())))
    for place, name in enumerate(names):
        if name in names[:place]:
            raise _FaultyCellError(say("“{name}” stands twice; leave one out", name=name))
    return names


def _name(text: str) -> str:
    name = text.strip()
    count = len(terms(name))
    if not 1 <= count <= MAX_SYLLABLES:
        raise _FaultyCellError(
            say(
                "“{name}” has {count} syllables; a name has 1 to {most}",
                name=name[:80],
                count=count,
                most=MAX_SYLLABLES,
            )
        )
    return name


_MAKERS: dict[tuple[str, ...], Callable[[dict[str, str]], Row]] = {
    ("name", "short", "ways", "category", "source"): _abbreviation,
    ("spellings", "category", "source"): _spelling,
    ("name", "now", "until", "how", "ordinary", "source"): _change,
    ("never", "source"): _never,
    ("bind", "source"): _bound,
    ("never_bind", "source"): _never_bound,
}


def shipped_tables() -> Iterator[Path]:
    """The tables of the project, in the order of their names."""
    yield from sorted(Path(__file__).parent.glob("*.tsv"))
