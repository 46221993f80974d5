"""Is everything said in Vietnamese as well? The catalogue against the code, and the pages against both."""

import io
import re
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask
from flask.testing import FlaskClient

from search_app.language import CATALOGUES, count_translator, translator
from tests.shared import ROOT
from tests.web.html import read_html
from tests.web.samples import sample_addresses

PO = CATALOGUES / "vi" / "LC_MESSAGES" / "messages.po"
EXTRACT = "pybabel -q extract -F babel.cfg -k say -k translate --add-location=file --sort-output --no-wrap"
"""As search_app/language.py says it, but for the file."""

PAGES = [
    "/",
    "/?q=lao+cai",
    "/?q=gi%C3%A1+v%C3%A0ng+t%C4%83ng+m%E1%BA%A1nh+h%C3%B4m+qua",
    "/?q=&source=B%C3%A1o+S%C3%B4ng+H%E1%BB%93ng&year=2014&from=2010&to=2020",
    "/?q=%22xyzzy&year=2013&sort=oldest",
    "/?q=lao+cai&page=900",
    "/?page=abc",
    "/?page=99999",
    "/nowhere",
    "/article/bsh-2014-002?q=lao+cai",
    "/collocations?q=gi%C3%A1",
    "/collocations?q=xyzzy&unit=syllable&once=1&stories=1",
    "/keywords?q=gi%C3%A1&direction=asc",
    "/keywords?source=Tin+Mi%E1%BB%81n+N%C3%BAi&least=900",
    "/keywords",
    "/ngrams?length=2&page=2",
    "/ngrams?q=xyzzy",
    "/compare",
    "/compare?q=gi%C3%A1&other_q=l%C3%BAa&from=2012&other_from=2013",
    "/article/yearless?q=xyzzy",
    "/article/withdrawn",
    "/article/markup",
    "/versions/revised",
    "/cite?id=bsh-2014-002",
    "/cite?id=revised&exact=1",
    "/cite?id=markup&at=0&to=4",
    "/versions/withdrawn",
    "/facet/section?find=kinh&by=name",
    "/facet/source?find=xyzzy&source=TMN&not_section=",
    "/?q=lao+xyzzy&from=2013&to=2013",
    "/?q=lao&from=5-2013&to=5-2013",
    "/timeline",
    "/timeline?q=lao+cai&with=gi%C3%A1&from=2011&count=hits",
    "/timeline?q=gi%C3%A1&split=source&scale=relative&unit=year",
    "/timeline?q=laof+cai&unit=quarter",
    "/timeline?q=xyzzy",
    "/concordance?q=gi%C3%A1&sort=left",
    "/concordance?q=ti%C3%AAu_%C4%91%E1%BB%81:gi%C3%A1&stories=1&once=1&sample=3&page=9",
    "/concordance?q=gi%C3%A1&group=right",
    "/concordance?q=gi%C3%A1&group=left&beside=%C2%B6&as_of=60",
    "/concordance?q=&source=TMN",
    "/concordance?q=%22xyzzy+xyzzy%22",
    "/concordance?q=gi%C3%A1&beside=x",
    "/export?q=gi%C3%A1",
    "/export?q=ubnd+y%C3%AAn+b%C3%A1i&from=2012&stories=1",
    "/export?q=laof+cai",
    "/export?q=xyzzy",
    "/export/timeline?q=laof+cai",
    "/export/concordance?q=gi%C3%A1&group=right",
    "/export/collocations?q=gi%C3%A1",
    "/export/keywords?q=gi%C3%A1",
    "/export/ngrams?length=2",
    "/export/compare?q=gi%C3%A1&other_q=l%C3%BAa",
    "/export/facet/month?find=2013",
    "/basket",
    "/basket?id=bsh-2014-002&id=nobody",
    "/help",
    "/style",
    "/article/ktcl-2013-001",
    "/changes/ktcl-2013-001",
    "/changes",
    "/changes?from=3",
    "/changes?from=3&to=9&q=xyzzy",
    "/?q=%22gi%C3%A1+v%C3%A0ng+trong+n%C6%B0%E1%BB%9Bc%22&stories=1",
    "/why/bsh-2014-002?q=lao+cai",
    "/raw/bsh-2014-002",
    "/coverage",
    "/coverage/undated",
    "/coverage/refused",
    "/withdrawals",
    "/basket?id=withdrawn&id=bsh-2014-002",
    "/api",
]


def catalogue() -> Catalog:
    with PO.open("rb") as file:
        return read_po(file, locale="vi")


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """What the code says now, by the command in search_app/language.py."""
    path = tmp_path_factory.mktemp("messages") / "messages.pot"
    arguments = EXTRACT.split()[1:]
    command = [sys.executable, "-m", "babel.messages.frontend", *arguments, "-o", str(path), "."]
    subprocess.run(command, cwd=ROOT, check=True)
    with path.open("rb") as file:
        return read_po(file)


def forms(message: Message) -> list[str]:
    """The singular and, where it counts, the plural."""
    return [message.id] if isinstance(message.id, str) else list(message.id)


def translations(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string or ())


def places(text: str) -> set[str]:
    return set(re.findall(r"\{(\w*)[^}]*\}", text))


def test_the_commands_are_written_where_people_look() -> None:
    written = Path(ROOT / "search_app" / "language.py").read_text(encoding="utf-8")
    assert EXTRACT.replace(" -q", "") in written


def test_every_message_of_the_code_is_in_the_catalogue_and_no_other(extracted: Catalog) -> None:
    said = {forms(message)[0] for message in extracted if message.id}
    translated = {forms(message)[0] for message in catalogue() if message.id}

    assert said - translated == set(), "add them: see search_app/language.py"
    assert translated - said == set(), "no longer said: see search_app/language.py"


def test_every_message_is_translated_and_none_is_a_guess() -> None:
    messages = [message for message in catalogue() if message.id]

    assert [message.id for message in messages if not all(translations(message))] == []
    assert [message.id for message in messages if message.fuzzy] == []


def test_a_translation_has_the_places_of_its_message() -> None:
    wrong = [
        message.id
        for message in catalogue()
        if message.id and any(places(text) != places(forms(message)[-1]) for text in translations(message))
    ]
    assert wrong == []


def test_the_compiled_catalogue_is_the_written_one() -> None:
    fresh = io.BytesIO()
    write_mo(fresh, catalogue())
    assert fresh.getvalue() == PO.with_suffix(".mo").read_bytes(), "compile it: see search_app/language.py"


def test_the_translators_speak_their_language() -> None:
    assert translator("vi")("Nothing found") == "Không tìm thấy bài nào"
    assert translator("en")("Nothing found") == "Nothing found"
    assert translator("vi")("never said") == "never said"
    assert count_translator("en")("{count} article", "{count} articles", 1) == "{count} article"
    assert count_translator("vi")("{count} article", "{count} articles", 2) == "{count} bài"


def said_as(templates: list[str]) -> re.Pattern[str]:
    """What finds any of the templates as a whole sentence, whatever stands in its places."""
    sentences = (re.sub(r"\\\{\w+\\\}", ".+", re.escape(text)) for text in templates)
    return re.compile(r"(?:\W*)(?:" + "|".join(sentences) + r")(?:\W*)")


def test_every_page_of_the_table_is_tried(app: Flask, client: FlaskClient) -> None:
    """Of all addresses, those that answer with a page."""
    adapter = app.url_map.bind("localhost")
    tried = {adapter.match(path.partition("?")[0])[0] for path in PAGES if path != "/nowhere"}
    addresses = sample_addresses(app).items()
    pages = {name for name, path in addresses if client.get(path, buffered=True).mimetype == "text/html"}
    assert pages - {"coverage.refused_raw"} <= tried  # of no record here: an error, as a page


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_page_speaks_one_language(client: FlaskClient, path: str, language: str) -> None:
    """No template of the other language is seen, but in names of languages and quoted articles."""
    client.set_cookie("lang", language)
    page = read_html(client.get(path).text)
    both = [(forms(one), translations(one)) for one in catalogue() if one.id]
    different = [(ours, theirs) for ours, theirs in both if ours[0] != theirs[0]]
    foreign = said_as(
        [text for english, vietnamese in different for text in (english if language == "vi" else vietnamese)]
    )

    heard = [text for text, spoken in page.texts if spoken == language and text not in _SAME]

    assert heard
    assert [text for text in heard if foreign.fullmatch(text)] == []


_SAME = {"Kho Báo", "Tiếng Việt", "English", "APA"}
"""Written alike in both languages."""
