"""The terms and places of many articles, found at once, are those that a walk from token to token finds."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from indexer.places import PARAGRAPH_GAP, ZONE_WEIGHTS, Place, Zone, pack
from indexer.spans import pack_spans
from indexer.term_places import PackedPlaces
from indexer.text.normalise import normalise
from indexer.text.syllables import TOKEN
from indexer.text.text_places import ZonedTexts, text_places
from indexer.text.words import pack_joins

_TEXTS = st.text(st.sampled_from("aÀ đ\u01117\u0300\u200b\n .\u115f東"), max_size=12)
_ARTICLES = st.lists(
    st.lists(st.tuples(st.sampled_from(Zone), _TEXTS), min_size=1, max_size=6).map(
        lambda texts: sorted(texts, key=lambda text: text[0])
    ),
    max_size=4,
)


def _walked(article: ZonedTexts, joined: Sequence[bool]) -> tuple[dict[str, tuple[int, ...]], float, bytes]:
    places: dict[str, list[int]] = {}
    positions = dict.fromkeys(Zone, 0)
    length, number = 0.0, 0
    spans = [[token.span() for token in TOKEN.finditer(text)] for _, text in article]
    for (zone, text), here in zip(article, spans, strict=True):
        for start, end in here:
            begins = not (number and joined[number - 1])
            place = pack(Place(zone, positions[zone], begins=begins, ends=not joined[number]))
            places.setdefault(normalise(text[start:end]), []).append(place)
            positions[zone] += 1
            number += 1
        positions[zone] += PARAGRAPH_GAP
        length += ZONE_WEIGHTS[zone] * len(here)
    packed = pack_spans(spans, [len(text) for _, text in article])
    return {term: tuple(of_term) for term, of_term in places.items()}, length, packed


@given(_ARTICLES, st.data())
def test_places_are_those_of_a_walk(articles: list[ZonedTexts], data: st.DataObject) -> None:
    counts = [sum(len(TOKEN.findall(text)) for _, text in article) for article in articles]
    joins = [data.draw(st.lists(st.booleans(), min_size=count, max_size=count)) for count in counts]
    found = text_places(articles, [pack_joins(flags) for flags in joins])
    walked = [_walked(article, flags) for article, flags in zip(articles, joins, strict=True)]
    assert [(dict(one.places), one.length, one.spans) for one in found] == walked


@given(st.dictionaries(st.text(max_size=2), st.lists(st.integers(0, 9), min_size=1).map(tuple)))
def test_packed_places_equal_what_was_packed(places: dict[str, tuple[int, ...]]) -> None:
    packed = PackedPlaces.of(places)
    assert packed == places
    assert all(packed[term] == own for term, own in places.items())
    assert len(packed) == len(places)
