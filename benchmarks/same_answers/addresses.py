"""Which addresses are asked? Every route with parameters that stand for its uses, in both languages.

tests/programs/test_same_answers.py holds that no route of the app is missing here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlencode

LANGUAGES = ("vi", "en")

_QUERIES = (
    "giá vàng",
    "lao cai",
    '"học sinh"',
    "lũ OR bão -mưa",
    "tiêu_đề:giá",
    "ngày:2013 bong da",
    "khong co gi nhu the xyzzy",
)
_NARROWED = (
    {"q": "giá", "stories": "1"},
    {"q": "giá", "sort": "newest", "size": "5", "page": "2"},
    {"q": "giá", "sort": "oldest", "not_year": "2013"},
    {"q": "gia", "year": "2013", "widen": "0"},
    {"q": "", "from": "2013", "to": "6/2013"},
    {"q": "ubnd tphcm", "not_also": "Ủy ban nhân dân"},
    {"q": "laof cai", "as_typed": "1"},
    {"q": "", "source": ""},
    {"q": "giá", "tag": "Giá cả", "not_author": ""},
    {"q": "giá", "page": "99999"},
)
_FAULTY = (
    {"q": "a" * 1001},
    {"page": "x"},
    {"sort": "x"},
    {"from": "x"},
    {"from": "2014", "to": "2013"},
    {"widen": "2"},
    {"year": "x"},
)
_TRENDS: tuple[dict[str, str], ...] = (
    {},
    {"q": "giá", "with": "lao cai", "unit": "year", "count": "hits"},
    {"q": "giá", "split": "source", "scale": "relative"},
    {"q": "lao cai", "from": "2013", "to": "2014", "unit": "month", "stories": "1", "once": "1"},
    {"q": "giá", "unit": "x"},
)
_FACETS = ("source", "section", "year", "month", "author", "tag")
_STATIC = (
    "accounts.css",
    "article.css",
    "concordance.css",
    "fonts/OFL.txt",
    "fonts/khobao-serif-400.woff2",
    "fonts/khobao-serif-600.woff2",
    "citing.js",
    "coins.js",
    "hits.js",
    "icon.svg",
    "page.css",
    "page.js",
    "parts.js",
    "print.css",
    "results.css",
    "style.css",
    "suggest.js",
    "timeline.js",
    "trends.css",
    "trends.js",
    "nothing.css",
)
_HARVESTS: tuple[dict[str, str], ...] = (
    {},
    {"verb": "Identify"},
    {"verb": "ListMetadataFormats"},
    {"verb": "ListSets"},
    {"verb": "ListIdentifiers", "metadataPrefix": "oai_dc"},
    {"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "2001-01-01"},
    {"verb": "ListRecords", "metadataPrefix": "marc21"},
    {"verb": "ListRecords", "resumptionToken": "a"},
    {"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": "a"},
)
_STYLES = ("vi", "apa", "bib", "ris", "json", "csv", "chicago", "endnote")


@dataclass(frozen=True, slots=True)
class Known:
    """What addresses are made of: ids that the archive holds, a source of theirs."""

    ids: Sequence[str]
    source: str


def addresses(known: Known) -> Iterator[str]:
    """Every address, without its language."""
    yield from ("/", "/help", "/style", "/api", "/api/openapi.json", "/healthz", "/nowhere", "/api/nowhere")
    yield from ("/healthz/live", "/healthz/ready", "/metrics?q=a")  # what is counted is never the same
    yield from (
        "/opensearch.xml",
        "/robots.txt",
        "/sitemap.xml",
        "/sitemap-1.xml",
        "/sitemap-0.xml",
        "/sitemap-9999.xml",
    )
    yield from (f"/static/{name}" for name in _STATIC)
    yield from (f"/oai?{urlencode(asked)}" for asked in _HARVESTS)
    yield from _searches()
    yield from _facets()
    yield from _concordances()
    yield from _exports()
    yield from _coverage(known)
    yield from _history(known)
    yield from _items(known)
    yield from _baskets(known)
    for article_id in (*known.ids, "nobody"):
        yield from _of_article(quote(article_id, safe=""), known.ids[0])


def spoken(address: str) -> Iterator[tuple[str, str]]:
    """An address in each language: the language, and the address that asks for it."""
    for language in LANGUAGES:
        yield language, address + ("&" if "?" in address else "?") + urlencode({"lang": language})


def _searches() -> Iterator[str]:
    searches = [*({"q": query} for query in _QUERIES), *_NARROWED]
    for asked in (*searches, *_FAULTY):
        for page in ("/", "/api/search", "/search.json", "/search.atom", "/timeline.json", "/timeline.csv"):
            yield f"{page}?{urlencode(asked)}"
    for page in ("", ".json", ".csv", ".svg"):
        yield from (f"/timeline{page}?{urlencode(asked)}" for asked in _TRENDS)
    yield from (f"/api/timeline?{urlencode(asked)}" for asked in _TRENDS)
    for narrow in (
        {"q": '"học sinh"', "year": "2013"},
        {"q": "lao cai", "from": "2013-01-01", "to": "2013-01-31"},
    ):
        for more in ({}, {"excel": "1"}, {"fields": "id,title,body,score"}, {"fields": "x"}):
            yield f"/search.csv?{urlencode(narrow | more)}"
    yield from (
        f"/cite/search/{style}?q=gi%C3%A1&as_of=1" for style in ("vi", "apa", "chicago", "bib", "ris", "json")
    )
    yield "/search.bag.zip?fields=x"  # a package says when it was made
    for typed in ("", "lao", "lào c", "hoc sin", "tiêu_đề:gi", "ngày:20", '"học s', "xyzzy"):
        yield f"/api/suggest?{urlencode({'q': typed})}"
        yield f"/suggestions.json?{urlencode({'q': typed})}"


def _concordances() -> Iterator[str]:
    for asked in (
        {"q": ""},
        {"q": "giá", "sort": "left", "size": "20", "page": "2"},
        {"q": '"học sinh"', "sort": "right", "context": "sentence"},
        {"q": "giá OR lũ", "sort": "source", "left": "2", "right": "0", "stories": "1"},
        {"q": "giá", "group": "left"},
        {"q": "giá", "group": "right", "unit": "word", "beside": "vàng"},
        {"q": "giá", "sample": "10", "seed": "a", "once": "1"},
        {"q": "giá", "sample": "x"},
        {"q": "giá", "beside": "vàng"},
    ):
        for page in ("/concordance", "/concordance.json", "/concordance.csv", "/api/concordance"):
            if page != "/concordance.csv" or "page" not in asked:
                yield f"{page}?{urlencode(asked)}"


def _exports() -> Iterator[str]:
    searches = ({"q": "lũ quét"}, {"q": "giá", "stories": "1", "from": "2013"}, {"q": "giá", "sort": "x"})
    for asked in searches:
        yield from (f"/export{page}?{urlencode(asked)}" for page in ("", "/concordance", "/facet/source"))
        for form in ("jsonl", "txt.zip", "ris", "bib", "csl.json"):
            yield f"/search.{form}?{urlencode(asked)}"
            yield f"/search.receipt.json?{urlencode(asked | {'form': form})}"
    for form in ("csv", "jsonl", "ris", "bib", "csl.json"):
        for part in ({"rows": "3"}, {"cursor": "40-1"}, {"cursor": "x"}, {"rows": "0"}):
            yield f"/search.{form}?{urlencode({'q': 'lũ quét'} | part)}"
    yield f"/api/receipt?{urlencode({'q': 'lũ quét', 'fields': 'id,hits,context', 'excel': '1'})}"
    for view in ("timeline", "concordance", "collocations", "keywords", "ngrams", "compare", "facet/source"):
        yield f"/export/{view}?{urlencode({'q': 'giá'})}"
        yield f"/{view}.receipt.json?{urlencode({'q': 'giá', 'form': 'jsonl'})}"
        yield from (f"/{view}.{form}?{urlencode({'q': 'giá', 'rows': '2'})}" for form in ("csv", "jsonl"))


def _facets() -> Iterator[str]:
    for facet in (*_FACETS, "nothing"):
        for suffix in ("", ".json", ".csv", ".jsonl"):
            for asked in (
                {"q": "giá"},
                {"find": "20", "by": "name"},
                {"by": "x"},
                {"q": "giá", "not_year": "2013", "excel": "1"},
            ):
                yield f"/facet/{facet}{suffix}?{urlencode(asked)}"


def _coverage(known: Known) -> Iterator[str]:
    for page in ("/coverage", "/coverage.json", "/coverage.csv", "/api/coverage"):
        yield from (page, f"{page}?{urlencode({'source': known.source})}", f"{page}?source=nobody")
    for what in ("undated", "short"):
        for page in ("", ".json", ".csv"):
            narrow = "" if not page else f"?{urlencode({'source': known.source})}"
            yield from (f"/coverage/{what}{page}{narrow}", f"/coverage/{what}{page}?source=nobody&page=2")
    for page in ("", ".json", ".csv"):
        yield from (f"/coverage/refused{page}", f"/coverage/refused{page}?reason=no-title")
    yield from (f"/withdrawals{page}" for page in ("", ".json", ".csv", ".atom", "?page=2", ".csv?excel=1"))
    yield from ("/coverage/refused/1/raw", "/coverage/refused/999999/raw", "/coverage/unknown")


def _history(known: Known) -> Iterator[str]:
    asked: tuple[dict[str, str], ...] = (
        {},
        {"before": "3"},
        {"from": "1"},
        {"from": "1", "to": "9", "q": "giá"},
        {"to": "2013", "source": known.source},
        {"from": "9", "to": "1"},
        {"page": "2"},
    )
    for page in ("/changes", "/changes.json", "/changes.csv"):
        yield from (f"{page}?{urlencode(some)}" if some else page for some in asked)


def _items(known: Known) -> Iterator[str]:
    asked: dict[str, tuple[dict[str, str], ...]] = {
        "collocations": (
            {"q": "giá"},
            {"q": "giá vàng", "unit": "syllable", "left": "2", "right": "0", "by": "log_dice", "least": "1"},
            {"q": "lao cai", "stories": "1", "once": "1", "direction": "asc", "page": "2", "size": "3"},
            {"q": "xyzzy"},
            {"q": "giá", "left": "99"},
        ),
        "keywords": (
            {"q": "giá"},
            {"source": known.source, "unit": "syllable", "by": "log_ratio", "direction": "asc"},
            {"q": ""},
            {"q": "giá", "by": "log_dice"},
        ),
        "ngrams": ({"q": ""}, {"q": "giá", "length": "3", "least": "1"}, {"q": "giá", "length": "6"}),
        "compare": (
            {"q": "giá"},
            {"q": "giá", "other_q": "lao cai", "stories": "1"},
            {"q": "giá", "from": "2012", "to": "2013", "other_from": "2014"},
            {"q": "giá", "other_from": "x"},
        ),
    }
    for name, values in asked.items():
        for page in (f"/{name}", f"/{name}.json", f"/{name}.csv", f"/api/{name}"):
            yield from (f"{page}?{urlencode(some)}" for some in values)


def _baskets(known: Known) -> Iterator[str]:
    some = urlencode([("id", one) for one in (*known.ids[:4], "nobody")])
    many = urlencode([("id", number) for number in range(501)])
    for page in ("/basket", "/basket.json", "/basket.csv"):
        yield from (page, f"{page}?{some}", f"{page}?{many}")
    for style in _STYLES:
        yield from (f"/cite/{style}", f"/cite/{style}?{some}", f"/cite/{style}?{some}&exact=1")


def _of_article(name: str, other: str) -> Iterator[str]:
    query = urlencode({"q": "giá vàng hoc sinh"})
    for suffix in ("", ".json", ".csv"):
        yield from (
            f"/article/{name}{suffix}",
            f"/article/{name}{suffix}?{query}",
            f"/why/{name}{suffix}?{query}",
        )
        yield from (f"/versions/{name}{suffix}", f"/changes/{name}{suffix}")
        yield f"/changes/{name}{suffix}?{urlencode({'against': other})}"
    yield from (f"/cite?id={name}", f"/cite?id={name}&exact=1", f"/cite?id={name}&at=0&to=4")
    yield from (f"/id/article/{name}", f"/id/version/1/{name}", f"/id/version/99/{name}")
    yield from (f"/versions/{name}?older=1&newer=2", f"/why/{name}", f"/raw/{name}", f"/raw/{name}?as=file")
    yield from (f"/api/article/{name}", f"/api/article/{name}?{query}", f"/api/explain/{name}?{query}")
    yield from (f"/api/changes/{name}", f"/api/changes/{name}?{urlencode({'against': other})}")
