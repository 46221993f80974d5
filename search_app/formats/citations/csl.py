"""How is an article an item of CSL-JSON? Names are literal, so that no style cuts or turns them."""

import json

from search_app.formats.citations.cited import LAST_CHANGE, Cited


def item(cited: Cited) -> str:
    """One item."""
    article, read = cited.article, cited.read_on
    values: dict[str, object] = {
        "id": article.id,
        "type": "article-newspaper",
        "title": cited.title,
        "author": [{"literal": name} for name in article.authors],
        "container-title": article.source,
        "section": article.section,
        "issued": _issued(cited),
        "note": "; ".join(filter(None, [LAST_CHANGE if cited.is_last_change else "", cited.rights.text])),
        "accessed": {"date-parts": [[read.year, read.month, read.day]]},
        "URL": cited.address,
        "archive": "" if cited.address else cited.archive_name,
        "archive_location": "" if cited.address else article.id,
        "language": "vi",
    }
    return json.dumps({name: value for name, value in values.items() if value}, ensure_ascii=False, indent=2)


def _issued(cited: Cited) -> dict[str, object] | None:
    """The date; "circa" where it is inferred or that of the last change."""
    if not cited.date_parts:
        return None
    return {"date-parts": [list(cited.date_parts)]} | ({"circa": True} if cited.date_mark else {})


def items(written: list[str]) -> str:
    """A list of items."""
    return "[" + ",\n".join(written) + "]\n"
