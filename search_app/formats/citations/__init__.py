"""How is an article cited? Six styles, one small file each; Vietnamese names stay whole in all of them.

A Vietnamese name is no family name with initials: "Lê Hoàng Phúc" is never "Phúc, L. H.". Programs that
would cut it are told not to: braces in BibTeX, ``literal`` in CSL-JSON, no comma in RIS.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from search_app.formats.citations import apa, bibtex, chicago, csl, ris, vietnamese
from search_app.formats.citations.cited import Cited, Exact, Quoted

__all__ = ["READ_BY_PEOPLE", "Cited", "Exact", "Quoted", "Style", "cite"]


class Style(StrEnum):
    """A way of citing: three to be read, three for programs."""

    VIETNAMESE = "vi"
    APA = "apa"
    BIBTEX = "bib"
    RIS = "ris"
    CSL = "json"
    CHICAGO = "chicago"


READ_BY_PEOPLE = (Style.VIETNAMESE, Style.APA, Style.CHICAGO)


@dataclass(frozen=True, slots=True)
class _Way:
    write: Callable[[Cited], str]
    joined: Callable[[list[str]], str] = "\n".join


_WAYS: Mapping[Style, _Way] = {
    Style.VIETNAMESE: _Way(vietnamese.citation),
    Style.APA: _Way(apa.citation),
    Style.BIBTEX: _Way(bibtex.entry),
    Style.RIS: _Way(ris.record, "".join),
    Style.CSL: _Way(csl.item, csl.items),
    Style.CHICAGO: _Way(chicago.citation),
}


def cite(style: Style, articles: list[Cited]) -> str:
    """The citations of some articles, in their order."""
    way = _WAYS[style]
    return way.joined([way.write(one) for one in articles])
