"""Every request, by GET or by POST, is answered by a document of the protocol, with errors that help."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from corpus.errors import UserError
from corpus.published import Published
from corpus.rights import Rights
from corpus.withdrawing import WithdrawalOrder
from search_app.answer.archive.harvesting import Harvesting
from search_app.api.current import current_service
from search_app.app import create_app
from search_app.bootstrap import open_reading, open_service, open_shown, writing
from search_app.cli.writing import update_index
from search_app.public_url import read_public_url
from search_app.settings import Settings, read_admin_email
from search_app.web.tag_uris import article_tag
from tests.corpus.harvested import ERASED, HIDDEN, TOMBSTONE, publisher
from tests.corpus.records import reading
from tests.oai.asking import LISTS, Asked, Document, ask, pages

LIST = {"verb": "ListRecords", "metadataPrefix": "oai_dc"}
LINE, LICENCE = "© Báo Xóm & bạn đọc", "https://xom.example/quyen?a=1&b=2"


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Five articles of two sources, one of them withdrawn, one hidden, one erased."""
    made = Settings(tmp_path_factory.mktemp("oai"))
    with writing(made) as archive:
        archive.store(
            [
                reading(
                    "xóm/1",
                    title="Lũ về \x0b & <bản>",
                    lede="Nước lên nhanh.",
                    source="Báo Xóm",
                    section="Xã hội",
                    tags=("lũ", "Sa Pa"),
                    authors=("Thào Mí Sò", "Lê Hoàng Phúc"),
                    published=Published("2013-05~"),
                    url="https://xom.example/lu?a=1&b=2",
                ),
                reading("lang", title="Chợ họp", source="Bản Tin Làng"),
                *(reading(name, title=f"Tin {name}", source="Báo Xóm") for name in ("bia", "an", "xoa")),
            ]
        )
        for name, state in (("bia", TOMBSTONE), ("an", HIDDEN), ("xoa", ERASED)):
            archive.carry_out([WithdrawalOrder(name, None, state, "lý do")])
        archive.set_rights(publisher("Báo Xóm"), Rights(LINE, LICENCE))
        update_index(made, archive, str)
    return made


@pytest.fixture(scope="module")
def app(settings: Settings) -> Flask:
    return create_app(open_service(settings), settings)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    client = app.test_client()
    client.set_cookie("lang", "en")
    return client


@pytest.fixture
def small_pages(app: Flask, settings: Settings) -> Iterator[None]:
    """Lists of two articles a page."""
    with app.app_context():
        service = current_service()
    usual, service.harvesting = service.harvesting, Harvesting(open_shown(settings), 2)
    yield
    service.harvesting = usual


def tag(settings: Settings, article_id: str) -> str:
    return article_tag(open_reading(settings).uuid, article_id)


ERRORS: list[tuple[Asked, str, str]] = [
    ({}, "badVerb", "give one of Identify"),
    ({"verb": "identify"}, "badVerb", "“identify”; give one of Identify"),
    ([("verb", "Identify"), ("verb", "Identify")], "badVerb", "verb is given 2 times"),
    ({"verb": ""}, "badVerb", "“”"),
    ({"verb": "Identify", "utm_source": "a"}, "badArgument", "utm_source means nothing to Identify"),
    ({"verb": "Identify", "q": "gạo"}, "badArgument", "q means nothing to Identify"),
    ({"verb": "Identify", "metadataPrefix": "oai_dc"}, "badArgument", "metadataPrefix means nothing"),
    ({"verb": "ListSets", "set": "bao_xom"}, "badArgument", "It takes resumptionToken"),
    ({"verb": "ListRecords"}, "badArgument", "ListRecords needs metadataPrefix"),
    (
        {"verb": "ListIdentifiers", "from": "2026-01-01"},
        "badArgument",
        "ListIdentifiers needs metadataPrefix",
    ),
    ({"verb": "GetRecord", "metadataPrefix": "oai_dc"}, "badArgument", "GetRecord needs identifier"),
    ({"verb": "GetRecord", "identifier": "a"}, "badArgument", "GetRecord needs metadataPrefix"),
    ([*LIST.items(), ("set", "a"), ("set", "b")], "badArgument", "set is given 2 times"),
    (LIST | {"resumptionToken": "a"}, "badArgument", "leave out metadataPrefix"),
    (LIST | {"metadataPrefix": "a b"}, "badArgument", "give one of oai_dc"),
    (LIST | {"set": "báo xóm"}, "badArgument", "“báo xóm”; give the setSpec"),
    (LIST | {"set": ""}, "badArgument", "ListSets"),
    *(
        (LIST | {"from": moment}, "badArgument", f"from is “{moment}”")
        for moment in (
            "",
            "2026",
            "2026-02-30",
            "2026-11-30T07:05Z",
            "2026-11-30T07:05:00",
            "2026-11-30T24:00:00Z",
            "2026-11-30T07:05:00+07:00",
            "2026-11-30 07:05:00Z",
            "２０２６-11-30",
            "0000-01-01",
        )
    ),
    (LIST | {"until": "hôm qua"}, "badArgument", "until is “hôm qua”"),
    (LIST | {"from": "2026-01-01", "until": "2027-01-01T00:00:00Z"}, "badArgument", "both as days"),
    (LIST | {"from": "2026-01-02", "until": "2026-01-01"}, "badArgument", "after until"),
    (LIST | {"metadataPrefix": "marc21"}, "cannotDisseminateFormat", "“marc21”; give one of oai_dc"),
    (
        {"verb": "GetRecord", "metadataPrefix": "marc21", "identifier": "tag:a"},
        "cannotDisseminateFormat",
        "oai_dc",
    ),
    ({"verb": "ListRecords", "resumptionToken": "a"}, "badResumptionToken", "begin the list again"),
    ({"verb": "ListRecords", "resumptionToken": ""}, "badResumptionToken", "begin the list again"),
    ({"verb": "ListSets", "resumptionToken": "a"}, "badResumptionToken", "begin the list again"),
    (
        {"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": "xóm/1"},
        "idDoesNotExist",
        "/article/ID",
    ),
    ({"verb": "ListMetadataFormats", "identifier": "tag:a"}, "idDoesNotExist", "“tag:a”"),
    (LIST | {"set": "bao_khac"}, "noRecordsMatch", "“bao_khac”; ListSets"),
    (LIST | {"set": "bao_xom:a"}, "noRecordsMatch", "“bao_xom:a”; ListSets"),
    (LIST | {"until": "2001-01-01"}, "noRecordsMatch", "ask for a longer span"),
    (LIST | {"from": "2999-01-01"}, "noRecordsMatch", "ask for a longer span"),
]


@pytest.mark.parametrize("by_post", [False, True], ids=["GET", "POST"])
@pytest.mark.parametrize(("asked", "code", "said"), ERRORS, ids=[f"{one[1]} {one[0]}"[:70] for one in ERRORS])
def test_an_error_has_its_code_and_says_what_helps(
    client: FlaskClient, asked: Asked, code: str, said: str, by_post: bool
) -> None:
    document = ask(client, asked, by_post=by_post)
    assert document.error is not None
    assert (document.error[0], said in document.error[1]) == (code, True), document.error
    is_said_again = code not in {"badVerb", "badArgument"}
    said_again = {name: value for name, value in dict(asked).items() if value != "xóm/1"}  # is no URI
    assert document.said == (said_again if is_said_again else {})


@pytest.mark.parametrize(
    "identifier", ["", "a b", "%", "a:%zz", "1:2", "http://[", "a:\x00", "\ufffe", "a:" * 2_000]
)
def test_an_identifier_that_cannot_be_is_none_of_ours(client: FlaskClient, identifier: str) -> None:
    """And the document stays one of the protocol."""
    error = ask(client, {"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": identifier}).error
    assert error is not None
    assert error[0] == "idDoesNotExist"


def test_errors_are_said_in_the_readers_language(app: Flask) -> None:
    """The language is no argument of the protocol; every address of ours takes it."""
    vietnamese, english = (ask(app.test_client(), {"verb": "a", "lang": one}).error for one in ("vi", "en"))
    assert vietnamese is not None
    assert english is not None
    assert (english[0], vietnamese[0], english != vietnamese) == ("badVerb", "badVerb", True)
    answer = app.test_client().get("/oai?verb=Identify&lang=fr")
    assert (answer.status_code, answer.get_json()["error"]["code"]) == (400, "bad-parameter")


@pytest.mark.parametrize("by_post", [False, True], ids=["GET", "POST"])
def test_identify_says_what_the_repository_is(client: FlaskClient, settings: Settings, by_post: bool) -> None:
    document = ask(client, {"verb": "Identify"}, by_post=by_post)
    begun = open_reading(settings).begun_at.strftime("%Y-%m-%dT%H:%M:%SZ")
    expected = {
        "repositoryName": "Kho Báo",
        "baseURL": "http://localhost/oai",
        "protocolVersion": "2.0",
        "adminEmail": "postmaster@khobao.invalid",
        "earliestDatestamp": begun,
        "deletedRecord": "persistent",
        "granularity": "YYYY-MM-DDThh:mm:ssZ",
        "compression": "gzip",
    }
    assert {name: document.texts(name) for name in expected} == {
        name: [value] for name, value in expected.items()
    }
    assert document.said == {"verb": "Identify"}


@pytest.mark.parametrize(
    ("url", "email", "base_url", "said"),
    [
        ("https://baochi.example.vn/", "", "https://baochi.example.vn/oai", "postmaster@baochi.example.vn"),
        ("https://example.vn/kho/", "an@x.example", "https://example.vn/kho/oai", "an@x.example"),
        ("http://10.1.2.3/", "", "http://10.1.2.3/oai", "postmaster@khobao.invalid"),
        ("http://kho/", "", "http://kho/oai", "postmaster@khobao.invalid"),
    ],
)
def test_addresses_are_those_of_the_settings(
    settings: Settings, url: str, email: str, base_url: str, said: str
) -> None:
    public = replace(settings, url=read_public_url({"KHOBAO_URL": url}), admin_email=email)
    client = create_app(open_service(public), public).test_client()
    document = ask(client, {"verb": "Identify"})
    assert (document.texts("baseURL"), document.texts("adminEmail")) == ([base_url], [said])
    assert document.texts("request") == [base_url]
    described = ask(client, LIST)
    assert base_url.replace("/oai", "/article/lang") in described.texts("dc:identifier")


def test_without_a_known_address_the_setting_is_named(app: Flask) -> None:
    """A repository's own address stands in every document, and no Host of a request is anybody's word."""
    answer = app.test_client().get("/oai?verb=Identify", headers={"Host": "kho.example.vn"})
    assert (answer.status_code, answer.get_json()["error"]["code"]) == (404, "no-public-address")
    assert "KHOBAO_URL" in answer.get_json()["error"]["message"]


@pytest.mark.parametrize("given", ["", "  ", "an@x.example", "thư.viện@báo.example.vn", "a@[127.0.0.1]"])
def test_an_address_of_mail_is_taken(given: str) -> None:
    assert read_admin_email({"KHOBAO_ADMIN_EMAIL": given}) == given.strip()


@pytest.mark.parametrize(
    "given", ["an", "an@kho", "@x.example", "an@.vn", "an@vn.", "a b@x.example", "a@b@c.d"]
)
def test_another_value_is_refused_with_its_remedy(given: str) -> None:
    with pytest.raises(UserError, match=r"KHOBAO_ADMIN_EMAIL is “.*such as thuvien@baochi.example.vn"):
        read_admin_email({"KHOBAO_ADMIN_EMAIL": given})


def test_the_one_form_of_metadata_is_dublin_core(client: FlaskClient, settings: Settings) -> None:
    for asked in ({}, {"identifier": tag(settings, "lang")}, {"identifier": tag(settings, "bia")}):
        document = ask(client, {"verb": "ListMetadataFormats", **asked})
        assert document.texts("metadataPrefix") == ["oai_dc"]


def test_sets_are_the_sources_whose_articles_may_be_told(client: FlaskClient) -> None:
    document = ask(client, {"verb": "ListSets"})
    assert document.texts("setSpec") == ["ban_tin_lang", "bao_xom"]
    assert document.texts("setName") == ["Bản Tin Làng", "Báo Xóm"]


def test_an_archive_without_sources_has_no_sets(tmp_path: Path) -> None:
    made = Settings(tmp_path)
    with writing(made) as archive:
        archive.store([reading("a")])
    client = create_app(open_service(made), made).test_client()
    for asked in ({"verb": "ListSets"}, LIST | {"set": "bao_xom"}):
        error = ask(client, asked).error
        assert error is not None
        assert error[0] == "noSetHierarchy"
    assert len(ask(client, LIST).entries) == 1


def test_an_empty_archive_is_a_repository_too(tmp_path: Path) -> None:
    made = Settings(tmp_path)
    with writing(made):
        pass
    client = create_app(open_service(made), made).test_client()
    assert ask(client, {"verb": "Identify"}).texts("earliestDatestamp") == ["1970-01-01T00:00:00Z"]
    error = ask(client, LIST).error
    assert error is not None
    assert error[0] == "noRecordsMatch"


def test_an_article_is_described_by_dublin_core(client: FlaskClient, settings: Settings) -> None:
    own = tag(settings, "xóm/1")
    document = ask(client, {"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": own})
    expected = {
        "title": ["Lũ về \ufffd & <bản>"],
        "creator": ["Thào Mí Sò", "Lê Hoàng Phúc"],
        "publisher": ["Báo Xóm"],
        "date": ["2013-05"],
        "identifier": [own, "http://localhost/article/x%C3%B3m/1"],
        "source": ["https://xom.example/lu?a=1&b=2"],
        "subject": ["Xã hội", "lũ", "Sa Pa"],
        "description": ["Nước lên nhanh."],
        "rights": [LINE, LICENCE],
        "type": ["Text"],
        "language": ["vi"],
    }
    assert {name: document.texts(f"dc:{name}") for name in expected} == expected
    assert document.texts("setSpec") == ["bao_xom"]


def test_the_page_and_harvesters_are_told_the_same(client: FlaskClient, settings: Settings) -> None:
    """The page by the names of DCMI's narrower terms, where there are any."""
    document = ask(
        client, {"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": tag(settings, "lang")}
    )
    page = client.get("/article/lang").text
    for name in ("title", "publisher", "type", "language", "description"):
        [value] = document.texts(f"dc:{name}")
        assert f'<meta name="DC.{name}" content="{value}">' in page


def entries(document: Document) -> dict[str, bool]:
    return {identifier.rpartition("/article/")[2]: is_shown for identifier, _, is_shown in document.entries}


@pytest.mark.parametrize("verb", LISTS)
def test_what_says_that_it_is_withdrawn_is_a_header_and_what_is_hidden_is_not_there(
    client: FlaskClient, settings: Settings, verb: str
) -> None:
    document = ask(client, {"verb": verb, "metadataPrefix": "oai_dc"})
    assert entries(document) == {"x%C3%B3m/1": True, "lang": True, "bia": False, "xoa": False}
    moments = open_reading(settings).withdrawals().standing
    for identifier, moment, is_shown in document.entries:
        if not is_shown:
            told = moments[identifier.rpartition("/")[2], None]
            assert datetime.fromisoformat(moment) == datetime.fromisoformat(told.at)
    assert document.token is None
    assert "Tin bia" not in "".join(map(str, document.root.itertext()))


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        ("bao_xom", {"x%C3%B3m/1": True, "bia": False, "xoa": False}),
        ("ban_tin_lang", {"lang": True, "xoa": False}),  # of what is erased nobody says any more whose it was
    ],
)
def test_a_set_has_the_articles_of_its_source(
    client: FlaskClient, spec: str, expected: dict[str, bool]
) -> None:
    assert entries(ask(client, LIST | {"set": spec})) == expected


@pytest.mark.parametrize("name", ["bia", "xoa"])
def test_one_that_is_withdrawn_is_answered_by_its_header(
    client: FlaskClient, settings: Settings, name: str
) -> None:
    document = ask(
        client, {"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": tag(settings, name)}
    )
    assert entries(document) == {name: False}
    assert document.texts("setSpec") == (["bao_xom"] if name == "bia" else [])


def test_one_that_is_hidden_is_answered_as_one_that_never_was(
    client: FlaskClient, settings: Settings
) -> None:
    for verb in ("GetRecord", "ListMetadataFormats"):
        prefix = {"metadataPrefix": "oai_dc"} if verb == "GetRecord" else {}
        hidden, unknown = (
            ask(client, {"verb": verb, "identifier": tag(settings, name), **prefix}).error
            for name in ("an", "ma")
        )
        assert hidden is not None
        assert unknown is not None
        assert (hidden[0], hidden[1].replace("“an”", "“ma”")) == ("idDoesNotExist", unknown[1])


@pytest.mark.parametrize(
    "identifier",
    ["lang", "LANG", "l%61ng", "tag:khobao.invalid,2026:7d444840-9dc0-11d1-b245-5ffdce74fad2/article/lang"],
)
def test_an_identifier_is_compared_as_text(client: FlaskClient, settings: Settings, identifier: str) -> None:
    whole = identifier if ":" in identifier else tag(settings, "") + identifier
    error = ask(client, {"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": whole}).error
    assert error is None if identifier == "lang" else error is not None and error[0] == "idDoesNotExist"


@pytest.mark.usefixtures("small_pages")
@pytest.mark.parametrize("verb", LISTS)
def test_a_list_says_its_size_and_its_place_to_its_end(client: FlaskClient, verb: str) -> None:
    first, last = pages(client, verb, {})
    tokens = [one.token for one in (first, last)]
    assert [token is not None and dict(token.attrib) for token in tokens] == [
        {"completeListSize": "4", "cursor": "0"},
        {"completeListSize": "4", "cursor": "2"},
    ]
    assert tokens[0] is not None
    assert tokens[0].text
    assert tokens[1] is not None
    assert not tokens[1].text
    assert len({identifier for one in (first, last) for identifier, *_ in one.entries}) == 4
    assert last.said == {"verb": verb, "resumptionToken": tokens[0].text}


def test_a_span_is_of_days_or_of_seconds(client: FlaskClient) -> None:
    moments = [moment for _, moment, _ in ask(client, LIST).entries]
    first, last = min(moments), max(moments)
    for span in (
        {"from": first, "until": last},
        {"from": first[:10], "until": last[:10]},
        {"from": first},
        {"until": last[:10]},
        {"from": "0001-01-01T00:00:00Z", "until": "9999-12-31T23:59:59Z"},
        {"from": "0001-01-01", "until": "9999-12-31"},
    ):
        document = ask(client, LIST | span)
        assert (len(document.entries), document.said) == (len(moments), LIST | span)


def test_answers_are_kept_as_those_of_other_addresses_are(client: FlaskClient) -> None:
    asked = "/oai?verb=ListSets"
    first = client.get(asked, headers={"Accept-Encoding": "gzip"})
    assert first.headers["ETag"].startswith('W/"')
    assert client.get(asked, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    sent = client.post("/oai", data={"verb": "ListSets"})
    assert (sent.status_code, sent.headers["Cache-Control"], "ETag" in sent.headers) == (
        200,
        "no-store",
        False,
    )
    assert client.put("/oai").headers["Allow"].split(", ") == ["GET", "HEAD", "OPTIONS", "POST"]
    packed = client.get("/oai?verb=ListRecords&metadataPrefix=oai_dc", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"


def test_an_answer_says_when_it_was_made(client: FlaskClient) -> None:
    before = datetime.now(UTC).replace(microsecond=0)
    [said] = ask(client, {"verb": "Identify"}).texts("responseDate")
    assert before <= datetime.fromisoformat(said) <= datetime.now(UTC)


def test_programs_find_it_and_crawlers_leave_it_alone(client: FlaskClient) -> None:
    assert 'href="/oai?verb=Identify"' in client.get("/api").text
    assert "Disallow: /oai" in client.get("/robots.txt").text.splitlines()
