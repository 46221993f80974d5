"""How is an article an item of CSL-JSON? Names are literal, so that no style cuts or turns them."""

import json

from search_app.formats.citations.cited import LAST_CHANGE, Cited
from search_app.formats.citations.exactness import notes


def item(cited: Cited) -> str:
    """One item."""
    article, read = cited.article, cited.read_on
    values: dict[str, object] = {
        "id": cited.key,
        "type": "article-newspaper",
        "title": cited.title,
        "author": [{"literal": name} for name in cited.authors],
        "container-title": cited.source,
        "section": article.section,
        "issued": _issued(cited),
        "version": str(cited.exact.version) if cited.exact else "",
        "note": "; ".join(_notes(cited)),
        "accessed": {"date-parts": [[read.year, read.month, read.day]]},
        "URL": cited.link,
        "archive": "" if cited.address and not cited.exact else cited.archive_name,
        "archive_location": cited.exact.identifier if cited.exact else "" if cited.address else article.id,
        "language": "vi",
    }
    return json.dumps({name: value for name, value in values.items() if value}, ensure_ascii=False, indent=2)


def _notes(cited: Cited) -> list[str]:
    changed = LAST_CHANGE if cited.is_last_change else ""
    return [note for note in (changed, *notes(cited), cited.rights.text) if note]


def _issued(cited: Cited) -> dict[str, object] | None:
    """The date; "circa" where it is inferred or that of the last change."""
    if not cited.date_parts:
        return None
    return {"date-parts": [list(cited.date_parts)]} | ({"circa": True} if cited.date_mark else {})


def items(written: list[str]) -> str:
    """A list of items."""
    return "[" + ",\n".join(written) + "]\n"
