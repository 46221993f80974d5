"""A token goes on with its own list of its own archive, nothing else does; a set has its source's name."""

import re
from base64 import urlsafe_b64encode
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.harvest_walks import HarvestList
from search_app.web.oai.arguments import ErrorCode, ProtocolError, Verb
from search_app.web.oai.sets import key_of_set, set_spec
from search_app.web.oai.tokens import Resumption, Tokens

UUID = "7d444840-9dc0-11d1-b245-5ffdce74fad2"
LAST = 1_000
SPEC = re.compile(r"[A-Za-z0-9\-_.!~*'()]+")
"""A set that is in no other, as the protocol writes it."""


def mark(number: int) -> str | None:
    """By what a history of a thousand changes is known."""
    return f"{number:x}" if number <= LAST else None


TOKENS = Tokens(UUID, mark)
MOMENTS = st.integers(0, 2**32).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
KEYS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
PLACES = st.builds(
    Resumption,
    st.sampled_from([Verb.LIST_RECORDS, Verb.LIST_IDENTIFIERS]),
    st.builds(
        HarvestList,
        st.integers(0, LAST),
        MOMENTS,
        st.none() | KEYS,
        st.none() | MOMENTS,
        st.none() | MOMENTS,
    ),
    st.integers(0, LAST),
    st.integers(0, 2**40),
    st.integers(0, 2**40),
)


def refused(verb: Verb, token: str, tokens: Tokens = TOKENS) -> bool:
    try:
        tokens.read(verb, token)
    except ProtocolError as error:
        return error.code is ErrorCode.BAD_TOKEN
    return False


@given(PLACES)
def test_a_token_holds_a_place_in_a_list(place: Resumption) -> None:
    token = TOKENS.write(place)
    assert TOKENS.read(place.verb, token) == place
    assert re.fullmatch("[A-Za-z0-9_-]+", token)


@given(PLACES, st.data())
def test_a_token_that_was_changed_is_refused(place: Resumption, data: st.DataObject) -> None:
    token = TOKENS.write(place)
    at = data.draw(st.integers(0, len(token) - 1))
    other = data.draw(st.sampled_from("Aa0_-=. é\0").filter(lambda one: one != token[at]))
    for changed in (
        token[:at] + other + token[at + 1 :],
        token[:at] + token[at + 1 :],
        token[:at],
        token * 2,
    ):
        assert refused(place.verb, changed)


@given(PLACES)
def test_a_token_is_of_one_verb_one_archive_and_one_history(place: Resumption) -> None:
    token = TOKENS.write(place)
    others = set(Verb) - {place.verb}
    assert all(refused(verb, token) for verb in others)
    assert refused(place.verb, token, Tokens(UUID[::-1], mark))
    assert refused(place.verb, token, Tokens(UUID, lambda number: f"other {number}"))
    assert refused(place.verb, token, Tokens(UUID, lambda _number: None))


@given(st.text(max_size=60) | st.binary(max_size=60).map(lambda data: urlsafe_b64encode(data).decode()))
def test_what_is_no_token_is_refused(text: str) -> None:
    assert all(refused(verb, text) for verb in Verb)


@pytest.mark.parametrize(
    "values",
    [
        "[]",
        "null",
        "[" * 10_000,
        '["ListRecords",1,1,null,null,null,1,1]',
        '["ListRecords",-1,1,null,null,null,1,1,1]',
        '["ListRecords",1e3,1,null,null,null,1,1,1]',
        '["ListRecords",99999999999999999999,1,null,null,null,1,1,1]',
        '["ListRecords",1,null,null,null,null,1,1,1]',
        '["ListRecords",1,99999999999999999,null,null,null,1,1,1]',
        '["ListRecords",1,1,"a",null,null,1,1,1]',
        '["ListRecords",1,1,null,null,3,1,1,1]',
        '["ListRecords",1,1,null,null,{},"1",1,1]',
        '["Delete",1,1,null,null,null,1,1,1]',
        '{"verb":"ListRecords"}',
    ],
)
def test_what_cannot_be_a_place_is_refused_whatever_its_digest(values: str) -> None:
    body = urlsafe_b64encode(values.encode()).decode().rstrip("=")
    number = 1
    assert refused(Verb.LIST_RECORDS, body + TOKENS._digest(body, mark(number) or ""))


@given(KEYS | KEYS.map("host:{}".format))
def test_a_set_has_the_name_of_one_publisher(key: str) -> None:
    spec = set_spec(key)
    assert SPEC.fullmatch(spec)
    assert key_of_set(spec) == key


@given(KEYS, KEYS)
def test_two_publishers_have_two_sets(one: str, other: str) -> None:
    assert (set_spec(one) == set_spec(other)) == (one == other)
    assert (set_spec(f"host:{one}") == set_spec(other)) == (f"host:{one}" == other)


@given(st.text(max_size=12))
def test_a_name_that_no_publisher_has_is_no_set(spec: str) -> None:
    key = key_of_set(spec)
    assert key is None or set_spec(key) == spec
