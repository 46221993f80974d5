"""How do browsers and crawlers find their way? OpenSearch, its suggestions, sitemaps and robots."""

from xml.etree import ElementTree as ET

from flask import Response, abort, json, request, url_for

from search_app.api.current import current_language, current_service, current_translate
from search_app.api.public_address import absolute_address, needed_origin
from search_app.public_url import VARIABLE
from search_app.query.grammar import GRAMMAR
from search_app.web.route import hidden_beginnings

_OPENSEARCH = "http://a9.com/-/spec/opensearch/1.1/"
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
SITEMAP_URLS = 50_000
"""Addresses of one sitemap: the limit of its protocol."""

_TERMS = "%7BsearchTerms%7D"


def opensearch() -> Response:
    """What a browser needs to search here."""
    origin = needed_origin()
    root = ET.Element("OpenSearchDescription", xmlns=_OPENSEARCH)
    ET.SubElement(root, "ShortName").text = "Kho Báo"
    ET.SubElement(root, "Description").text = current_translate()("Search the archive")
    for kind, endpoint in (
        ("text/html", "web.search"),
        ("application/atom+xml", "feeds.atom"),
        ("application/x-suggestions+json", "discovery.suggestions"),
    ):
        address = origin + url_for(endpoint, q="{searchTerms}", g=GRAMMAR)
        template = address.replace(_TERMS, "{searchTerms}")
        ET.SubElement(root, "Url", type=kind, template=template)
    icon = ET.SubElement(root, "Image", width="16", height="16", type="image/svg+xml")
    icon.text = origin + url_for("web.static", filename="icon.svg")
    ET.SubElement(root, "Language").text = current_language()
    ET.SubElement(root, "InputEncoding").text = "UTF-8"
    ET.SubElement(root, "OutputEncoding").text = "UTF-8"
    return _xml(root, "application/opensearchdescription+xml")


def suggestions() -> Response:
    """What a browser's own box offers: OpenSearch's suggestions extension."""
    typed = request.args.get("q", "")
    found = current_service().suggesting.suggest(typed)
    counts = [str(one.count) for one in found]
    body = json.dumps([typed, [one.text for one in found], counts, []])
    return Response(body, mimetype="application/x-suggestions+json")


def sitemap_index() -> Response:
    """The sitemaps of all articles."""
    origin, articles = needed_origin(), current_service().accounts.searchable()
    root = ET.Element("sitemapindex", xmlns=_SITEMAP)
    for number in range(1, -(-articles // SITEMAP_URLS) + 1):
        entry = ET.SubElement(root, "sitemap")
        ET.SubElement(entry, "loc").text = origin + url_for("discovery.sitemap", number=number)
    return _xml(root, "application/xml")


def sitemap(number: int) -> Response:
    """Addresses of articles, with the moment of their last version."""
    origin = needed_origin()
    listed = current_service().accounts.listed(SITEMAP_URLS, (number - 1) * SITEMAP_URLS) if number else []
    if not listed:
        abort(404)
    root = ET.Element("urlset", xmlns=_SITEMAP)
    for article_id, imported_at in listed:
        entry = ET.SubElement(root, "url")
        ET.SubElement(entry, "loc").text = origin + url_for("web.article", article_id=article_id)
        ET.SubElement(entry, "lastmod").text = imported_at
    return _xml(root, "application/xml")


def robots() -> Response:
    """What crawlers may read: articles, not every search there could be.

    Without a public address there is no sitemap; what they may read is said all the same.
    """
    lines = ["User-agent: *"]
    lines += [f"Disallow: {request.script_root}/{path}" for path in (*hidden_beginnings(), "?")]
    sitemaps = absolute_address(url_for("discovery.sitemap_index"))
    lines.append(f"Sitemap: {sitemaps}" if sitemaps else f"# No sitemap: {VARIABLE} is not set")
    return Response("\n".join([*lines, ""]), mimetype="text/plain")


def _xml(root: ET.Element, mimetype: str) -> Response:
    return Response(ET.tostring(root, encoding="utf-8", xml_declaration=True), mimetype=mimetype)
