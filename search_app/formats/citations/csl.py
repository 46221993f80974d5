"""How is an article an item of CSL-JSON? Names are literal, so that no style cuts or turns them."""

import json

from search_app.formats.citations.cited import Cited


def item(cited: Cited) -> str:
    """One item."""
    article, parts, read = cited.article, cited.date_parts, cited.read_on
    values: dict[str, object] = {
        "id": article.id,
        "type": "article-newspaper",
        "title": cited.title,
        "author": [{"literal": name} for name in article.authors],
        "container-title": article.source,
        "section": article.section,
        "issued": {"date-parts": [list(parts)]} if parts else None,
        "accessed": {"date-parts": [[read.year, read.month, read.day]]},
        "URL": cited.address,
        "archive": "" if cited.address else cited.archive_name,
        "archive_location": "" if cited.address else article.id,
        "language": "vi",
    }
    return json.dumps({name: value for name, value in values.items() if value}, ensure_ascii=False, indent=2)


def items(written: list[str]) -> str:
    """A list of items."""
    return "[" + ",\n".join(written) + "]\n"
