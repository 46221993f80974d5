"""How does APA cite a newspaper's article? With the names whole, as they are printed."""

from search_app.formats.citations.cited import Cited

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def citation(cited: Cited) -> str:
    """One citation."""
    article = cited.article
    title = cited.title if cited.title[-1] in ".?!…" else f"{cited.title}."
    changed = ", last changed" if cited.is_last_change else ""
    when = f"({_when(cited.date_parts)}{changed})."
    where = cited.address or f"{cited.archive_name} (Article {article.id})."
    begun = [_ended(_named(article.authors)), when, title] if article.authors else [title, when]
    return " ".join(filter(None, [*begun, _ended(article.source), where]))


def _named(authors: tuple[str, ...]) -> str:
    first, last = ", ".join(authors[:-1]), authors[-1]
    comma = "," if len(authors) > 2 else ""  # noqa: PLR2004 - before "&" in a list, as APA has it
    return f"{first}{comma} & {last}" if first else last


def _ended(text: str) -> str:
    return text if not text or text.endswith(".") else f"{text}."


def _when(parts: tuple[int, ...]) -> str:
    if not parts:
        return "n.d."
    rest = [_MONTHS[parts[1] - 1]] if len(parts) > 1 else []
    rest += [str(parts[2])] if len(parts) > 2 else []  # noqa: PLR2004 - a day is known
    return f"{parts[0]}, {' '.join(rest)}" if rest else str(parts[0])
