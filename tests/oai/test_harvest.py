"""What a harvester has is what the archive shows, whatever happens between its requests."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from oaipmh_scythe import Scythe
from oaipmh_scythe.config import HTTPConfig
from oaipmh_scythe.exceptions import (
    BadArgument,
    BadResumptionToken,
    CannotDisseminateFormat,
    IdDoesNotExist,
    NoRecordsMatch,
    NoSetHierarchy,
)
from oaipmh_scythe.models import Header, Record, Set

from corpus.archive import Archive
from corpus.shown_archive import ShownArchive
from search_app.answer.archive.harvesting import Harvesting
from search_app.api.current import current_service
from search_app.app import create_app
from search_app.bootstrap import open_service, open_shown
from search_app.settings import Settings
from search_app.web.oai.datestamps import written
from tests.corpus.harvested import HIDDEN, NAMES, STEP, TOMBSTONE, Step, at, take
from tests.corpus.records import reading
from tests.oai.asking import LISTS, Document, ask, pages
from tests.web.browser import serving

STEPS = st.lists(STEP, min_size=1, max_size=12)


@dataclass
class Harvester:
    """Keeps what it was told last of each article: whether it is shown, and by what title and text."""

    copies: dict[str, str | None] = field(default_factory=dict)
    moments: list[str] = field(default_factory=list)

    def take(self, document: Document) -> None:
        records = document.root.iter("{*}record")
        for (identifier, moment, is_shown), record in zip(document.entries, records, strict=True):
            texts = Document(record).texts("dc:description")
            self.copies[identifier.rpartition("/")[2]] = texts[0] if is_shown else None
            self.moments.append(moment)


@contextmanager
def archived(steps: Sequence[Step]) -> Iterator[tuple[Archive, ShownArchive, Flask]]:
    """An archive with a history, open to be written, read and harvested."""
    with tempfile.TemporaryDirectory() as folder:
        made = Settings(Path(folder))
        with Archive(made.archive) as archive:
            for step in steps:
                take(archive, step)
            with open_shown(made) as shown:
                yield archive, shown, create_app(open_service(made), made)


def set_size(app: Flask, shown: ShownArchive, size: int) -> None:
    """As of a server that was started anew with pages of another size: it knows of no list."""
    with app.app_context():
        current_service().harvesting = Harvesting(shown, size)


def held(shown: ShownArchive) -> dict[str, str | None]:
    """What the archive shows, and what it says to be withdrawn."""
    found: dict[str, str | None] = {}
    for name in NAMES:
        withdrawal, article = shown.withdrawn().article(name), shown.article(name)
        if article is not None or (withdrawal is not None and withdrawal.state is not HIDDEN):
            found[name] = article.article.lede if article else None
    return found


@settings(max_examples=40)
@given(STEPS, st.lists(STEP, max_size=10), st.data())
def test_two_harvests_are_the_archive_whatever_happens_within_them(
    before: list[Step], meanwhile: list[Step], data: st.DataObject
) -> None:
    with archived(before) as (archive, shown, app):
        stood, harvester, pending = held(shown), Harvester(), list(meanwhile)
        if not stood:
            return
        ever_hidden: set[str] = set()
        sizes = st.integers(1, 3)
        set_size(app, shown, data.draw(sizes))
        for document in pages(app.test_client(), "ListRecords", {}):
            harvester.take(document)
            for step in pending[: data.draw(st.integers(0, 3))]:
                take(archive, step)
                pending.pop(0)
                ever_hidden |= {name for name in NAMES if name not in held(shown)}
            set_size(app, shown, data.draw(sizes))
        assert len(harvester.moments) == len(harvester.copies)
        assert harvester.copies.keys() <= stood.keys()
        assert stood.keys() - harvester.copies.keys() <= ever_hidden
        for step in pending:
            take(archive, step)
        for document in pages(app.test_client(), "ListRecords", {"from": max(harvester.moments)}):
            if document.error is None:
                harvester.take(document)
        assert {name: harvester.copies[name] for name in held(shown)} == held(shown)


@pytest.fixture(params=["GET", "POST"])
def scythe(request: pytest.FixtureRequest) -> Iterator[tuple[Archive, ShownArchive, Scythe]]:
    """A harvester that others wrote, of a server that runs, with two articles on a page."""
    steps: list[Step] = [(name, "gió", None) for name in NAMES]
    with archived(steps) as (archive, shown, app), serving(app) as address:
        set_size(app, shown, 2)
        with Scythe(f"{address}/oai", http_config=HTTPConfig(http_method=request.param)) as harvester:
            yield archive, shown, harvester


def name_of(header: Header) -> str:
    """The article that a header is of."""
    return str(header.identifier).rpartition("/")[2]


def harvested(records: Iterator[object]) -> dict[str, str | None]:
    """What a harvester read, by article."""
    found: dict[str, str | None] = {}
    for record in records:
        assert isinstance(record, Record)
        metadata = record.metadata if not record.deleted else {"description": [None]}
        found[name_of(record.header)] = metadata["description"][0]
    return found


def test_a_known_harvester_reads_all_six_verbs(scythe: tuple[Archive, ShownArchive, Scythe]) -> None:
    archive, shown, harvester = scythe
    take(archive, ("b", None, HIDDEN))
    take(archive, ("c", None, TOMBSTONE))
    whole = harvested(harvester.list_records())
    assert whole == held(shown) == {"a": "gió", "c": None, "d": "gió", "e": "gió", "f": "gió"}
    headers = [one for one in harvester.list_identifiers() if isinstance(one, Header)]
    assert {name_of(one): one.deleted for one in headers} == {
        name: text is None for name, text in whole.items()
    }
    assert [one.setSpecs for one in headers if name_of(one) == "c"] == [["ban_tin_lang"]]
    assert harvested(harvester.list_records(ignore_deleted=True)).keys() == whole.keys() - {"c"}
    assert harvested(harvester.list_records(set_="ban_tin_lang")).keys() == {"c", "d"}
    assert harvester.identify().repositoryName == "Kho Báo"
    assert len(list(harvester.list_metadata_formats())) == 1
    assert {one.setSpec: one.setName for one in harvester.list_sets() if isinstance(one, Set)} == {
        "ban_tin_lang": "Bản Tin Làng",
        "bao_xom": "Báo Xóm",
        "host.ban.example": "ban.example",
    }
    one = harvester.get_record(headers[0].identifier or "")
    assert isinstance(one, Record)
    assert one.metadata["title"] == ["Nước sông Thao lên nhanh"]


def test_a_known_harvester_goes_on_while_articles_come(scythe: tuple[Archive, ShownArchive, Scythe]) -> None:
    archive, shown, harvester = scythe
    records = harvester.list_records()
    first = next(records)
    for step in (("a", "lũ", None), ("d", "lũ", None), ("e", None, TOMBSTONE), ("f", None, HIDDEN)):
        take(archive, step)
    copies = harvested(iter([first, *records]))
    assert copies == {"a": "gió", "b": "gió", "c": "gió", "d": "gió", "e": None}
    later = harvested(harvester.list_records(from_=written(at(6))))
    assert later == {"a": "lũ", "d": "lũ", "e": None}
    assert copies | later == held(shown)


REFUSED: list[tuple[Callable[[Scythe], Iterator[object]], type[Exception]]] = [
    (lambda one: one.list_records(from_="hôm qua"), BadArgument),
    (lambda one: one.list_records(from_="2026-01-02", until="2026-01-01"), BadArgument),
    (lambda one: one.list_records(metadata_prefix="marc21"), CannotDisseminateFormat),
    (lambda one: one.list_records(until="2001-01-01"), NoRecordsMatch),
    (lambda one: one.list_identifiers(set_="khong_co"), NoRecordsMatch),
    (lambda one: one.list_records(resumption_token="a"), BadResumptionToken),  # noqa: S106 - no password
    (lambda one: one.list_sets(resumption_token="a"), BadResumptionToken),  # noqa: S106 - the same
    (lambda one: iter([one.get_record("tag:a")]), IdDoesNotExist),
    (lambda one: one.list_metadata_formats("tag:a"), IdDoesNotExist),
]


def test_a_known_harvester_knows_our_errors(scythe: tuple[Archive, ShownArchive, Scythe]) -> None:
    for ask_for, error in REFUSED:
        with pytest.raises(error):
            next(ask_for(scythe[2]))


def test_a_known_harvester_knows_that_there_are_no_sets(tmp_path: Path) -> None:
    made = Settings(tmp_path)
    with Archive(made.archive) as archive:
        archive.store([reading("a")])
    app = create_app(open_service(made), made)
    with serving(app) as address, Scythe(f"{address}/oai") as harvester, pytest.raises(NoSetHierarchy):
        next(harvester.list_sets())


def test_a_token_of_another_archive_begins_nothing(tmp_path: Path) -> None:
    """Nor does one of changes that a restored backup does not have."""
    tokens = []
    for name in ("one", "other"):
        made = Settings(tmp_path / name)
        with Archive(made.archive) as archive:
            archive.store([reading(each, title=f"Tin {each}") for each in NAMES])
            client = create_app(open_service(made), made).test_client()
            with open_shown(made) as shown:
                set_size(client.application, shown, 2)
                tokens.append(next(pages(client, "ListRecords", {})).token)
    for token, code in zip(tokens, ("badResumptionToken", None), strict=True):
        assert token is not None
        error = ask(client, {"verb": "ListRecords", "resumptionToken": token.text or ""}).error
        assert (error and error[0]) == code


@pytest.mark.parametrize("verb", LISTS)
def test_pages_of_every_size_are_the_same_list(verb: str) -> None:
    with archived([(name, "gió", None) for name in NAMES]) as (_, shown, app):
        lists = []
        for size in range(1, 8):
            set_size(app, shown, size)
            documents = list(pages(app.test_client(), verb, {}))
            assert len(documents) == -(-len(NAMES) // size)
            lists.append([one for document in documents for one in document.entries])
        assert all(one == lists[0] for one in lists)
