"""How is an article an entry of BibTeX (biblatex's fields, UTF-8)? Braces keep names and titles whole."""

import hashlib
import re

from indexer.text.fold import fold
from indexer.text.normalise import normalise
from search_app.formats.citations.cited import LAST_CHANGE, Cited
from search_app.formats.citations.exactness import notes

_SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#",
    "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip
_BRACES = {"{": r"\textbraceleft{}", "}": r"\textbraceright{}"}
_NOT_IN_KEY = re.compile(r"[^a-z0-9]+")
_KEY_CHARACTERS = 60


def entry(cited: Cited) -> str:
    """One entry; its key is made of the id, so it is the same every time."""
    parts = cited.date_parts
    fields = {
        "author": " and ".join(f"{{{escaped(name)}}}" for name in cited.authors),
        "title": f"{{{escaped(cited.title)}}}",
        "journaltitle": escaped(cited.source),
        "date": "-".join(f"{part:02}" for part in parts) + cited.date_mark * bool(parts),
        "year": str(parts[0]) if parts else "",
        "url": cited.link.replace("{", "%7B").replace("}", "%7D"),
        "version": str(cited.exact.version) if cited.exact else "",
        "note": escaped("; ".join(_notes(cited))),
        "copyright": escaped(cited.rights.text),
        "urldate": cited.read_on.isoformat(),
        "langid": "vietnamese",
        "entrysubtype": "newspaper",
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value and value != "{}"]
    return "\n".join([f"@article{{{_key(cited.key)},", *lines, "}"])


def _notes(cited: Cited) -> list[str]:
    where = [] if cited.address or cited.exact else [f"{cited.archive_name}, {cited.article.id}"]
    changed = [LAST_CHANGE] if cited.is_last_change else []
    return [*where, *changed, *notes(cited), *([cited.exact.identifier] if cited.exact else [])]


def escaped(text: str) -> str:
    """What TeX would read, escaped; a brace without its other by name, for readers count all braces."""
    names = _SPECIAL if _is_balanced(text) else _SPECIAL | _BRACES
    return "".join(names.get(character, character) for character in text)


def _is_balanced(text: str) -> bool:
    depth = 0
    for character in text:
        depth += (character == "{") - (character == "}")
        if depth < 0:
            return False
    return not depth


def _key(article_id: str) -> str:
    """Letters, digits and hyphens; where something is lost, a digest keeps ids apart."""
    plain = _NOT_IN_KEY.sub("-", fold(normalise(article_id))).strip("-")[:_KEY_CHARACTERS]
    if plain == article_id:
        return plain
    return f"{plain or 'bai'}-{hashlib.sha256(article_id.encode()).hexdigest()[:8]}"
