"""Are files of citations what their readers take them for? rispy, bibtexparser and citeproc-py say so."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from bibtexparser.library import Library
from bibtexparser.middlewares import SeparateCoAuthors
from citeproc import (
    Citation,
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
    formatter,
)
from citeproc.source.json import CiteProcJSON
from pylatexenc.latex2text import LatexNodes2Text

from search_app.formats.citations import Cited, Style, cite
from tests.citing.articles import ARCHIVE, DIGEST, EVERY, IDENTIFIER, LINK, PASSAGE, cited, exact

STYLE = Path(__file__).with_name("style.csl")
NAMED = {r"\textbraceleft{}": r"\{", r"\textbraceright{}": r"\}"}
"""Two names of LaTeX's own that pylatexenc does not know."""
EXACT = [
    replace(one, archive=ARCHIVE, exact=exact(link, quoted))
    for one in EVERY
    for link in (LINK, "")
    for quoted in (None, PASSAGE)
]


def line(text: str) -> str:
    return " ".join(text.split())


def lines(texts: tuple[str, ...]) -> list[str]:
    return [line(text) for text in texts]


def read_bibtex(text: str) -> Library:
    library = parse_string(text, append_middleware=[SeparateCoAuthors()])
    assert library.failed_blocks == []
    return library


def plain(text: str) -> str:
    """What TeX prints, without the braces that keep it whole."""
    assert text.startswith("{")
    assert text.endswith("}")
    for name, brace in NAMED.items():
        text = text.replace(name, brace)
    return str(LatexNodes2Text().latex_to_text(text[1:-1]))


def test_every_record_of_ris_is_read_whole() -> None:
    records = rispy.loads(cite(Style.RIS, EVERY))
    assert len(records) == len(EVERY)
    for one, record in zip(EVERY, records, strict=True):
        article = one.article
        assert record["type_of_reference"] == "NEWS"
        assert record["title"] == line(article.title)
        assert lines(record.get("authors", ())) == [line(name.replace(",", " ")) for name in article.authors]
        assert record.get("secondary_title", "") == line(article.source)
        assert record.get("keywords", []) == lines(article.tags)
        assert (record["urls"], record["language"], record["id"]) == ([one.link], "vi", article.id)
        assert record.get("year", "") == (article.published.plain[:4] if article.published.span else "")
        assert "unknown_tag" not in record


def test_every_entry_of_bibtex_is_read_whole() -> None:
    entries = read_bibtex(cite(Style.BIBTEX, EVERY)).entries
    assert len(entries) == len(EVERY) == len({entry.key for entry in entries})
    for one, entry in zip(EVERY, entries, strict=True):
        assert plain(entry["title"]) == line(one.article.title)
        names = entry["author"] if "author" in entry.fields_dict else []
        assert [plain(name) for name in names] == lines(one.article.authors)
        assert entry["url"].replace("%7B", "{").replace("%7D", "}") == one.link
        assert (entry.entry_type, entry["entrysubtype"]) == ("article", "newspaper")


def test_every_brace_of_bibtex_has_its_other() -> None:
    """For BibTeX and biber count all of them, escaped or not, and lose what comes behind."""
    for one in (*EVERY, *EXACT):
        text = cite(Style.BIBTEX, [one])
        depths = [text[:at].count("{") - text[:at].count("}") for at in range(len(text))]
        assert min(depths) == 0
        assert text.count("{") == text.count("}")


def rendered(every: list[Cited]) -> list[str]:
    """What a style makes of the items, its parts between bars."""
    style = CitationStylesStyle(str(STYLE), validate=True)
    source = CiteProcJSON(json.loads(cite(Style.CSL, every)))
    bibliography = CitationStylesBibliography(style, source, formatter.plain)
    for one in every:
        bibliography.register(Citation([CitationItem(one.key.lower())]))
    return [str(one) for one in bibliography.bibliography()]


def test_every_item_of_csl_is_rendered_with_whole_names() -> None:
    """By a style that turns names and cuts them to initials wherever it may."""
    for one, text in zip(EVERY, rendered(EVERY), strict=True):
        for name in lines(one.article.authors):
            assert name in text
        if "<" not in one.article.title:  # CSL-JSON reads marks of HTML, and has no escape for them
            assert line(one.article.title) in text
        assert f" | {one.link}" in text
        assert "\n" not in text


@pytest.mark.parametrize("style", [Style.VIETNAMESE, Style.APA, Style.CHICAGO])
def test_a_citation_to_be_read_is_one_line(style: Style) -> None:
    assert len(cite(style, [*EVERY, *EXACT]).splitlines()) == len(EVERY) + len(EXACT)


def test_programs_read_which_version_is_meant() -> None:
    """And where it is kept, by what it is known, which passage is quoted."""
    for quoted in (None, PASSAGE):
        for link in (LINK, ""):
            one = replace(cited(), archive=ARCHIVE, exact=exact(link, quoted))
            (record,) = rispy.loads(cite(Style.RIS, [one]))
            assert record["edition"] == "phiên bản 2 (version 2)"
            assert record["name_of_database"] == f"Kho Báo {ARCHIVE}"
            assert record["accession_number"] == IDENTIFIER
            assert record["urls"] == [link or one.original]
            (entry,) = read_bibtex(cite(Style.BIBTEX, [one])).entries
            assert entry["version"] == "2"
            (item,) = json.loads(cite(Style.CSL, [one]))
            assert (item["version"], item["archive"]) == ("2", f"Kho Báo {ARCHIVE}")
            assert item["archive_location"] == IDENTIFIER
            assert item["URL"] == (link or one.original)
            for noted in ("; ".join(record["notes"]), entry["note"], item["note"]):
                for said in (
                    "phiên bản 2 (version 2)",
                    "thay đổi 57 (change 57)",
                    f"SHA-256 {DIGEST}",
                    ARCHIVE,
                ):
                    assert said in noted
                assert ("các đoạn 3–4 (paras. 3–4): “nước ‘lên’ nhanh" in noted) == (quoted is not None)
            (text,) = rendered([one])
            assert f" | 2 | Kho Báo {ARCHIVE} | {IDENTIFIER} | {link or one.original}" in text


def test_two_passages_and_the_version_are_three_records() -> None:
    """So that no library takes one for the other."""
    other = replace(PASSAGE, start=150, stop=170)
    every = [replace(cited(), archive=ARCHIVE, exact=exact(quoted=one)) for one in (None, PASSAGE, other)]
    assert len({entry.key for entry in read_bibtex(cite(Style.BIBTEX, every)).entries}) == 3
    assert len({record["id"] for record in rispy.loads(cite(Style.RIS, every))}) == 3
    assert len({item["id"] for item in json.loads(cite(Style.CSL, every))}) == 3
