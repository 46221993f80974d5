"""How is an article an entry of BibTeX (biblatex's fields, UTF-8)? Braces keep names and titles whole."""

import hashlib
import re

from indexer.text.fold import fold
from indexer.text.normalise import normalise
from search_app.formats.citations.cited import LAST_CHANGE, Cited

_SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#",
    "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip
_NOT_IN_KEY = re.compile(r"[^a-z0-9]+")
_KEY_CHARACTERS = 60


def entry(cited: Cited) -> str:
    """One entry; its key is made of the id, so it is the same every time."""
    article, parts = cited.article, cited.date_parts
    fields = {
        "author": " and ".join(f"{{{_escaped(name)}}}" for name in article.authors),
        "title": f"{{{_escaped(cited.title)}}}",
        "journaltitle": _escaped(article.source),
        "date": "-".join(f"{part:02}" for part in parts) + cited.date_mark * bool(parts),
        "year": str(parts[0]) if parts else "",
        "url": cited.address.replace("{", "%7B").replace("}", "%7D"),
        "note": _escaped("; ".join(_notes(cited))),
        "copyright": _escaped(cited.rights.text),
        "urldate": cited.read_on.isoformat(),
        "langid": "vietnamese",
        "entrysubtype": "newspaper",
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value and value != "{}"]
    return "\n".join([f"@article{{{_key(article.id)},", *lines, "}"])


def _notes(cited: Cited) -> list[str]:
    where = [] if cited.address else [f"{cited.archive_name}, {cited.article.id}"]
    return [*where, LAST_CHANGE] if cited.is_last_change else where


def _escaped(text: str) -> str:
    return "".join(_SPECIAL.get(character, character) for character in text)


def _key(article_id: str) -> str:
    """Letters, digits and hyphens; where something is lost, a digest keeps ids apart."""
    plain = _NOT_IN_KEY.sub("-", fold(normalise(article_id))).strip("-")[:_KEY_CHARACTERS]
    if plain == article_id:
        return plain
    return f"{plain or 'bai'}-{hashlib.sha256(article_id.encode()).hexdigest()[:8]}"
