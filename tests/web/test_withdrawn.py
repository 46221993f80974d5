"""What is withdrawn comes out of no address: every row of the table, in every form, is asked for it."""

import html
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import product
from urllib.parse import quote, unquote_plus, urlencode

import pytest
from flask import Flask

from benchmarks.same_answers.neutral import neutral_answer
from indexer.facets import FacetName
from indexer.text.fold import fold
from search_app.api.current import current_service
from search_app.formats.exports.columns import COLUMNS
from search_app.formats.exports.forms import ExportForm
from search_app.web.citations import CHOICES
from search_app.web.oai.sets import set_spec
from search_app.web.route import Route
from search_app.web.routes import ROUTES
from search_app.web.tag_uris import article_tag
from tests.web.samples import VALUES
from tests.web.withheld import (
    BESIDE,
    BY_ID,
    ERASED,
    HIDDEN,
    REASON,
    TOMBSTONE,
    UNKNOWN,
    WITHHELD,
    Withheld,
)

Pair = tuple[str, str]

IDS = list(BY_ID)
FORMS = [(route, form) for route in ROUTES for form in route.forms]
ARTICLES = [one for one in FORMS if "<article:" in one[0].rules[0]]
WHOLE = [one for one in WITHHELD if one.version is None]
OUT_OF_SIGHT = [one for one in WITHHELD if one.state is not TOMBSTONE]
TWINS = ("", ".json", ".csv", ".jsonl")


def name_of(one: object) -> str | None:
    """What a case of a test is called."""
    match one:
        case Route():
            return one.endpoint
        case Withheld():
            return one.id
    return None


STATUS = {HIDDEN: 404, TOMBSTONE: 410, ERASED: 410}

VARIABLES: dict[str, list[str | int]] = {
    "article_id": [*IDS, BESIDE, "con-1"],
    "name": [one.value for one in FacetName],
    "what": ["undated", "short"],
    "number": [1, *range(14, 30)],
    "style": [*CHOICES],
    "identifier": [
        f"{what}/{each}" for each in [*IDS, BESIDE, "con-1"] for what in ("article", "version/1", "version/2")
    ],
}
"""What stands for a variable of an address; for another one its sample."""


BEGINNINGS = [word[:-1] for one in WITHHELD for word in (fold(one.title), fold(one.text))]
"""Of their words: what is typed of them may be said back, the rest may not."""
SLIPS = [f"{word[:3]}{word[4:]}" for word in BEGINNINGS]
FIELDS = {"source": "Báo", "section": "Mục", "author": "Tác giả", "tag": "thẻ"}


HARVESTS: list[list[Pair]] = [
    *([("verb", verb), ("metadataPrefix", "oai_dc")] for verb in ("ListRecords", "ListIdentifiers")),
    *([("verb", verb)] for verb in ("Identify", "ListSets", "ListMetadataFormats")),
]
"""What is asked of a repository, whose arguments say nothing one by one."""


def harvests(archive: str) -> Iterator[list[Pair]]:
    """Every way of harvesting what is withdrawn."""
    yield from HARVESTS
    for one in WITHHELD:
        of_source: list[Pair] = [*HARVESTS[0], ("set", set_spec(f"bao {fold(one.title)}"))]
        own = ("identifier", article_tag(archive, one.id))
        yield from (of_source, [("verb", "GetRecord"), ("metadataPrefix", "oai_dc"), own])


def asked(name: str, route: Route) -> list[list[Pair]]:
    """Values of a parameter by which something withdrawn could be had."""
    field = name.removeprefix("not_")
    if field in FIELDS:
        typed = [f"{FIELDS[field]} {one.title if field == 'source' else one.text}" for one in WITHHELD]
        return [[(name, value) for value in typed]]
    if name == "id":
        return [*([(name, each)] for each in IDS), [(name, each) for each in [*IDS, "con-1"]]]
    if name == "q" and "sugg" in route.endpoint:
        return [[(name, value)] for value in ["", "lu ve", *BEGINNINGS]]
    return [[(name, value)] for value in OTHERS.get(name, ())]


OTHERS = {
    "q": ["", "lu ve", " OR ".join(f"{word}*" for word in BEGINNINGS), *SLIPS[::4]],
    "find": [*BEGINNINGS[::4], "lu"],
    "against": IDS,
    "fields": [",".join(COLUMNS)],
    "version": ["1", "2"],
    "older": ["1", "2"],
    "newer": ["1", "2"],
    "page": ["2"],
    "stories": ["1"],
    "undated": ["1"],
    "excel": ["1"],
    "form": [*ExportForm],
    "cursor": ["12-0", "20-1"],
    "rows": ["2"],
    "sort": ["newest"],
    "as": ["file"],
    "by": ["name"],
}


OF_ONE = [("version", "1"), ("version", "2"), ("exact", "1"), ("as_of", "14"), ("at", "0")]
"""What narrows the article that is cited."""


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer, and what was asked for by name: that may be echoed."""

    path: str
    status: int
    text: str
    ids: frozenset[str]


@pytest.fixture
def app(withheld: Flask) -> Flask:
    return withheld


def addresses(app: Flask, route: Route, form: str) -> Iterator[str]:
    """Every address of a form, without parameters."""
    adapter = app.url_map.bind("localhost")
    own = bool(form) and route.twins_endpoint in {rule.endpoint for rule in app.url_map.iter_rules()}
    endpoint = route.twins_endpoint if own else route.endpoint
    rule = next(rule for rule in app.url_map.iter_rules() if rule.endpoint == endpoint)
    names = [name for name in rule.arguments if name != "form"]
    for values in product(*(VARIABLES.get(name, [VALUES[name]]) for name in names)):
        variables = dict(zip(names, values, strict=True)) | ({"form": form} if own else {})
        yield adapter.build(endpoint, variables) + (f".{form}" if form and not own else "")


def questions(route: Route, form: str) -> Iterator[list[Pair]]:
    """Every question to an address of a form."""
    honoured = route.honoured(form)
    yield []
    if route.has_own_errors:
        yield from harvests(current_service().monitoring.archive_uuid())
    for name in sorted(honoured):
        yield from asked(name, route)
    if {"q", "stories"} <= honoured:
        yield from ([*pairs, ("stories", "1")] for pairs in asked("q", route))
    if {"id", "version"} <= honoured:
        yield from ([("id", each), pair] for each in IDS for pair in OF_ONE)


def answers(app: Flask, route: Route, form: str) -> Iterator[Answered]:
    client = app.test_client()
    with app.app_context():
        every = list(questions(route, form))
    for address, pairs in product(addresses(app, route, form), every):
        path = f"{address}?{urlencode(pairs)}" if pairs else address
        answer = client.get(path, buffered=True)
        text = said_in(answer.data).casefold()
        named = frozenset(each for each in IDS if each in unquote_plus(path))
        yield Answered(path, answer.status_code, f"{text} {unquote_plus(html.unescape(text))}", named)


def said_in(data: bytes) -> str:
    """The text of an answer; of a zip that of its files and of their names."""
    if not data.startswith(b"PK"):
        return data.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return "\n".join(name + said_in(packed.read(name)) for name in packed.namelist())


def says_it(route: Route, answer: Answered) -> bool:
    """Whether an answer may say the title of a tombstone."""
    return answer.status == 410 or "/withdrawals" in answer.path or route.endpoint == "web.basket"


def says_title(route: Route, answer: Answered) -> bool:
    """The same; the name of its source, which has its title's word, is that of a set of a repository."""
    return says_it(route, answer) or route.has_own_errors


def says_id(one: Withheld, route: Route, answer: Answered) -> bool:
    """Whether an answer may say the id of something withdrawn: to harvesters of all that is not hidden."""
    return says_it(route, answer) or (route.has_own_errors and one.state is not HIDDEN)


@pytest.mark.parametrize(("route", "form"), FORMS, ids=name_of)
def test_nothing_withdrawn_comes_out(app: Flask, route: Route, form: str) -> None:
    for answer in answers(app, route, form):
        assert answer.status < 500, answer.path
        for one in WITHHELD:
            citable = one.state is TOMBSTONE and one.version is None and says_title(route, answer)
            telling = {one.text, fold(one.text)} if citable else set(one.words)
            typed = unquote_plus(answer.path)
            said = {word for word in telling if word in answer.text and word not in fold(typed) + typed}
            assert said == set(), answer.path
            if one.version is None and not (answer.ids or says_id(one, route, answer)):
                assert not re.search(rf"\b{re.escape(one.id)}\b", answer.text), answer.path


@pytest.mark.parametrize(("route", "form"), ARTICLES, ids=name_of)
@pytest.mark.parametrize("one", WHOLE, ids=name_of)
def test_an_article_is_gone_at_every_address_that_names_it(
    app: Flask, route: Route, form: str, one: Withheld
) -> None:
    adapter, client = app.url_map.bind("localhost"), app.test_client()
    path = adapter.build(route.endpoint, {"article_id": one.id}) + (f".{form}" if form else "")
    answer, head = client.get(path), client.head(path)
    assert (answer.status_code, head.status_code, head.data) == (STATUS[one.state], STATUS[one.state], b"")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "ETag" not in answer.headers
    if answer.is_json and one.state is not HIDDEN:
        said = answer.get_json()["error"]["withdrawal"]
        is_kept = one.state is TOMBSTONE
        assert (said["id"], said["state"], said["reason"]) == (one.id, one.state, REASON)
        assert said["at"].startswith(date.today().isoformat()[:4])  # noqa: DTZ011 - the server's year
        assert bool(said["title"]) is bool(said["source"]) is bool(said["permalink"]) is is_kept
        assert (said["until"], said["version"]) == (one.until or None, None)


def as_unknown(app: Flask, path: str, known: str, unknown: str) -> tuple[object, object]:
    """What is answered where one of them is named, and where the other is, both without the name."""
    client, found = app.test_client(), []
    for name in (known, unknown):
        answer = client.get(path.replace("@", quote(name)))
        headers = {key: value for key, value in answer.headers if key != "Content-Length"}
        body = neutral_answer(answer.data, date.today())  # noqa: DTZ011 - the server's day
        said = unquote_plus(body.decode()).replace(fold(name), "@").replace(name, "@")
        found.append((answer.status_code, headers.keys(), said))
    return found[0], found[1]


@pytest.mark.parametrize(
    "path",
    [
        *(f"/{page}/@{form}" for page in ("article", "why", "changes", "versions") for form in TWINS),
        *("/raw/@", "/raw/@?as=file", "/article/@?q=lu", "/why/@?q=lu&lang=en"),
        *("/api/article/@", "/api/explain/@?q=lu", "/api/changes/@", "/api/changes/con-1?against=@"),
        *("/basket?id=@", "/basket.json?id=@", "/basket?id=@&id=con-1", "/changes/@?against=con-1"),
        *(f"/cite/{style}?id=@" for style in CHOICES),
        *(f"/cite/{style}?id=con-1&id=@" for style in CHOICES),
        *(
            f"/cite/{style}?id=@&{more}"
            for style in ("vi", "ris")
            for more in ("exact=1", "at=0", "version=1")
        ),
        *("/cite?id=@", "/cite?id=@&exact=1", "/cite?id=@&at=0&to=4", "/cite?id=@&version=1"),
        *("/id/article/@", "/id/version/1/@", "/id/version/2/@"),
        *("/cite/ris?id=@&id=mat-bia", "/basket?id=@&id=mat-bia", "/versions/@?older=1"),
    ],
)
def test_what_is_hidden_is_answered_as_what_never_was(app: Flask, path: str) -> None:
    hidden, unknown = as_unknown(app, path, "mat-an", UNKNOWN)
    assert hidden == unknown


@pytest.mark.parametrize("one", OUT_OF_SIGHT, ids=name_of)
@pytest.mark.parametrize(
    "path",
    [
        *("/?q=@", "/api/search?q=@", "/search.csv?q=@", "/search.atom?q=@", "/timeline.json?q=@"),
        *("/search.jsonl?q=@", "/search.ris?q=@", "/concordance.jsonl?q=@"),
        *("/?q=lu+@", "/facet/source.json?q=@", "/api/suggest?q=@", "/suggestions.json?q=@"),
        "/api/search?q=tiêu_đề:@",
    ],
)
def test_its_words_find_what_no_word_finds(app: Flask, path: str, one: Withheld) -> None:
    """To the byte: counts, corrections, offers and readings are those of a word that was never there."""
    for word in (one.title, one.text):
        never = {9: "zwộfjwễzw", 8: "zwộfjwễz", 7: "zwộfjwễ", 10: "zwộfjwễzwf"}[len(word)]
        withdrawn, unknown = as_unknown(app, path, word, never)
        assert withdrawn == unknown


def test_the_tour_of_addresses_is_that_of_the_table() -> None:
    """Else a later variable or parameter would be tried with nothing."""
    variables = {
        name for route in ROUTES for rule in route.rules for name in re.findall(r"<(?:[^:<>]+:)?(\w+)>", rule)
    }
    assert variables <= VARIABLES.keys() | VALUES.keys()
