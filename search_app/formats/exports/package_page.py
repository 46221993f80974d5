"""Which page explains a package to whoever opens it in twenty years? One file, in Vietnamese and in English.

It needs no server, no style sheet and no script: what was asked, what was found, which files there are, how
they are proven and cited.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from markupsafe import Markup, escape

from corpus.message import Message, say
from search_app.answer.exporting.receipt import Receipt
from search_app.language import LANGUAGES, Translate, number_text, translator

PAGE = "README.html"

_STYLE = (
    "body{max-width:46em;margin:2em auto;padding:0 1em;font:1rem/1.5 serif;color:#1c1a17}"
    "h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:1.6em}dt{font-weight:bold}dd{margin:0 0 .5em}"
    "code,td.digest{font-family:monospace;font-size:.85em;overflow-wrap:anywhere}"
    "pre{overflow:auto;padding:.6em;background:#f4f1ea}table{border-collapse:collapse}"
    "th,td{text-align:left;vertical-align:top;padding:.2em .8em .2em 0}"
    "section+section{border-top:1px solid #ddd7ca}"
)


@dataclass(frozen=True, slots=True)
class PackedFile:
    """A file of a package: its name, what it is, its digest."""

    name: str
    what: Message
    sha256: str


def package_page(receipt: Receipt, files: Sequence[PackedFile], citations: Sequence[str]) -> str:
    """The page.

    Args:
        citations: of the result, ways of citing it one after the other.
    """
    parts = [_part(receipt, files, citations, language) for language in LANGUAGES]
    title = escape(f"Kho Báo: {receipt.query or '*'}")
    return (
        f'<!doctype html>\n<html lang="{LANGUAGES[0]}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{title}</title><style>{_STYLE}</style></head><body>\n{''.join(parts)}</body></html>\n"
    )


def _part(receipt: Receipt, files: Sequence[PackedFile], citations: Sequence[str], language: str) -> Markup:
    """The page in one language."""
    _ = translator(language)
    facts = Markup("").join(
        Markup("<dt>{}</dt><dd>{}</dd>\n").format(name.render(_), value)
        for name, value in _facts(receipt, language)
    )
    rows = Markup("").join(
        Markup('<tr><td><a href="{0}">{0}</a></td><td>{1}</td><td class="digest">{2}</td></tr>\n').format(
            one.name, one.what.render(_), one.sha256
        )
        for one in files
    )
    return Markup(
        '<section lang="{language}"><h1>{title}</h1>\n<p>{what}</p>\n<dl>\n{facts}</dl>\n'
        "<h2>{files}</h2>\n<table><tbody>\n{rows}</tbody></table>\n{proof}{cite}</section>\n"
    ).format(
        language=language,
        title=_("A result of Kho Báo, with its proof"),
        what=_(
            "This package holds the whole result of one search in an archive of Vietnamese news, as the"
            " archive stood at one change, and what proves it. It is a BagIt bag (RFC 8493)."
        ),
        facts=facts,
        files=_("Files"),
        rows=rows,
        proof=_proof(_),
        cite=_cite(citations, _),
    )


def _facts(receipt: Receipt, language: str) -> Iterator[tuple[Message, str | Markup]]:
    """What is said of the result: names and values."""
    result = receipt.result
    yield say("Search, as typed"), receipt.query or translator(language)("everything")
    if receipt.corrected:
        yield say("Searched in its place, for it found nothing"), receipt.corrected
    yield say("As it was understood"), receipt.understood or "–"
    if receipt.expansions:
        yield say("Also searched"), "; ".join(receipt.expansions)
    yield (
        say("Asked for again, for ever, at this address of the archive"),
        Markup("<code>/?{}</code>").format(urlencode(receipt.parameters)),
    )
    counts = (
        (say("Rows of the file"), result.rows),
        (say("Number of articles that match"), result.articles),
        (say("Stories that these are"), result.stories),
        (say("Hits in them"), result.hits),
        (say("Left out by the filter by date, for lack of a date"), result.excluded_undated),
    )
    yield from ((name, number_text(count, language)) for name, count in counts if count is not None)
    yield say("Archive"), f"Kho Báo {receipt.archive}"
    yield say("Its change, and when that happened"), f"{receipt.change} · {receipt.changed_at}"
    yield say("Made"), f"{receipt.made_at} · Kho Báo {receipt.programs.release}"
    if result.ids_sha256:
        yield say("SHA-256 of the ids in their order"), Markup("<code>{}</code>").format(result.ids_sha256)


def _proof(translate: Translate) -> Markup:
    steps: Iterable[tuple[str, str]] = (
        (
            translate("Every file is what was written: with any program that knows BagIt, or with"),
            "sha256sum -c manifest-sha256.txt",
        ),
        (
            translate("The archive still gives the same, or what differs and why (for its staff):"),
            "khobao verify data/receipt.json",
        ),
        (translate("The digest of the ids is that of this file:"), "sha256sum data/ids.txt"),
    )
    listed = Markup("").join(Markup("<p>{}</p><pre>{}</pre>\n").format(*step) for step in steps)
    return Markup("<h2>{}</h2>\n{}<p>{}</p>\n").format(
        translate("How it is proven"),
        listed,
        translate(
            "Promised is the same set of articles, the same counts and the same order by date, whatever"
            " is imported later. What was withdrawn from the archive meanwhile is missing there; its"
            " staff can say which articles. The order by relevance is the same as long as the index, the"
            " analysis and the ranking are those named in the receipt."
        ),
    )


def _cite(citations: Sequence[str], translate: Translate) -> Markup:
    if not citations:
        return Markup("")
    listed = Markup("").join(Markup("<p>{}</p>\n").format(one) for one in citations)
    return Markup("<h2>{}</h2>\n{}").format(translate("How it is cited"), listed)
