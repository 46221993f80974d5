"""How is the whole result of a search cited? What was asked, when, of which archive, and how many it found.

It has no author and no publisher but the archive; programs take it for a set of data. The digest of the ids
tells a reader who asks again whether the result is the same.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from search_app.formats.citations import Style
from search_app.formats.citations.bibtex import escaped
from search_app.formats.citations.cited import english_day, vietnamese_day
from search_app.language import number_text

_EVERYTHING = {"vi": "mọi bài", "en": "everything"}


@dataclass(frozen=True, slots=True)
class CitedSearch:
    """A result that is cited.

    Attributes:
        query: as typed; empty: everything.
        understood: the query as it was understood, or the correction that was searched in its place.
        filters: what else narrows it, as an address says it: ``from=2013-05-01``.
        articles: that match.
        change, day: the archive's change that the result is of, and the day of that in Vietnam.
        ids_sha256: digest of the ids in their order (search_app.answer.exporting.facts).
        archive: UUID.
        link: the address that asks for the same for ever; empty where no public address is known.
        identifier: the URI of the same.
        read_on: the day on which it was read.
    """

    query: str
    understood: str
    filters: tuple[str, ...]
    articles: int
    change: int
    day: date
    ids_sha256: str
    archive: str
    link: str
    identifier: str
    read_on: date

    @property
    def archive_name(self) -> str:
        """Of the archive."""
        return f"Kho Báo {self.archive}"

    @property
    def where(self) -> str:
        """Its address, else its URI."""
        return self.link or self.identifier

    @property
    def key(self) -> str:
        """By which programs know it: the same result has the same."""
        return f"kho-bao-{self.change}-{self.ids_sha256[:12]}"

    def title(self, language: str) -> str:
        """What was asked, on one line.

        Args:
            language: "vi" or "en".
        """
        asked = " ".join(self.query.split())
        begun = f"“{asked.translate(_INNER)}”" if asked else _EVERYTHING[language]
        understood = {"vi": "hiểu là", "en": "understood as"}[language]
        said = [f"{understood} {self.understood}"] if self.understood not in {"", asked} else []
        more = "; ".join([*said, *self.filters])
        return f"{begun} [{more}]" if more else begun

    def counted(self, language: str) -> str:
        """How many articles."""
        words = {"vi": "bài", "en": "article" if self.articles == 1 else "articles"}
        return f"{number_text(self.articles, language)} {words[language]}"


_INNER = str.maketrans("“”", "‘’")


def cite_search(style: Style, cited: CitedSearch) -> str:
    """The citation of a result."""
    return _WAYS[style](cited)


def _vietnamese(cited: CitedSearch) -> str:
    state = f"kho ở thay đổi {cited.change}, ngày {vietnamese_day(_parts(cited.day))}"
    return (
        f"{cited.archive_name} ({cited.day.year}), kết quả tìm {cited.title('vi')}, {cited.counted('vi')},"
        f" {state}, SHA-256 của các mã bài {cited.ids_sha256}, <{cited.where}>, truy cập ngày"
        f" {vietnamese_day(_parts(cited.read_on))}."
    )


def _apa(cited: CitedSearch) -> str:
    state = f"state of {english_day(_parts(cited.day))}, change {cited.change}"
    proof = f"SHA-256 of ids {cited.ids_sha256}"
    return (
        f"{cited.archive_name}. ({cited.day.year}). Search for {cited.title('en')}"
        f" ({cited.counted('en')}; {state}; {proof}) [Data set]. {cited.where}"
    )


def _chicago(cited: CitedSearch) -> str:
    return (
        f"{cited.archive_name}. Search for {cited.title('en')}. {cited.counted('en')}, state of"
        f" {english_day(_parts(cited.day))} (change {cited.change}). SHA-256 of ids {cited.ids_sha256}."
        f" Accessed {english_day(_parts(cited.read_on))}. {cited.where}."
    )


def _bibtex(cited: CitedSearch) -> str:
    fields = {
        "author": f"{{{escaped(cited.archive_name)}}}",
        "title": f"{{{escaped(_named(cited))}}}",
        "date": cited.day.isoformat(),
        "year": str(cited.day.year),
        "version": str(cited.change),
        "url": cited.where.replace("{", "%7B").replace("}", "%7D"),
        "urldate": cited.read_on.isoformat(),
        "note": escaped("; ".join(_notes(cited))),
        "langid": "vietnamese",
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items()]
    return "\n".join([f"@misc{{{cited.key},", *lines, "}"])


def _ris(cited: CitedSearch) -> str:
    lines = [
        "TY  - DATA",
        f"AU  - {cited.archive_name}",
        f"TI  - {_named(cited)}",
        f"PY  - {cited.day.year:04}",
        f"DA  - {cited.day:%Y/%m/%d}/",
        f"ET  - {cited.change}",
        *(f"N1  - {note}" for note in _notes(cited)),
        f"DB  - {cited.archive_name}",
        f"AN  - {cited.identifier}",
        f"UR  - {cited.where}",
        f"Y2  - {cited.read_on:%Y/%m/%d}/",
        f"ID  - {cited.key}",
    ]
    return "\r\n".join([*(" ".join(line.splitlines()) for line in lines), "ER  - ", ""])


def _csl(cited: CitedSearch) -> str:
    day, read = cited.day, cited.read_on
    item = {
        "id": cited.key,
        "type": "dataset",
        "title": _named(cited),
        "author": [{"literal": cited.archive_name}],
        "issued": {"date-parts": [[day.year, day.month, day.day]]},
        "version": str(cited.change),
        "accessed": {"date-parts": [[read.year, read.month, read.day]]},
        "URL": cited.where,
        "archive": cited.archive_name,
        "archive_location": cited.identifier,
        "note": "; ".join(_notes(cited)),
    }
    return f"[{json.dumps(item, ensure_ascii=False, indent=2)}]\n"


def _named(cited: CitedSearch) -> str:
    """What programs show of it; whoever reads it may know one language alone."""
    return f"Kết quả tìm (search for) {cited.title('vi')}"


def _notes(cited: CitedSearch) -> list[str]:
    return [
        f"{cited.articles} bài (articles)",
        f"thay đổi (change) {cited.change}",
        f"SHA-256 của các mã bài (of the ids) {cited.ids_sha256}",
    ]


def _parts(day: date) -> tuple[int, ...]:
    return day.year, day.month, day.day


_WAYS: Mapping[Style, Callable[[CitedSearch], str]] = {
    Style.VIETNAMESE: _vietnamese,
    Style.APA: _apa,
    Style.CHICAGO: _chicago,
    Style.BIBTEX: _bibtex,
    Style.RIS: _ris,
    Style.CSL: _csl,
}
