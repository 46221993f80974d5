"""How does APA cite a newspaper's article? With the names whole, as they are printed."""

from search_app.formats.citations.cited import Cited, english_month
from search_app.formats.citations.exactness import english_archive, english_passage


def citation(cited: Cited) -> str:
    """One citation."""
    article = cited.article
    ended = cited.title if cited.title[-1] in ".?!…" else f"{cited.title}."
    title = f"{cited.title} (Version {cited.exact.version})." if cited.exact else ended
    changed = ", last changed" if cited.is_last_change else ""
    when = f"({_when(cited.date_parts)}{changed})."
    named = cited.address or f"{cited.archive_name} (Article {article.id})."
    where = [cited.original, *english_archive(cited, "Archived in ")] if cited.exact else [named]
    begun = [_ended(_named(cited.authors)), when, title] if cited.authors else [title, when]
    return " ".join(filter(None, [*begun, *english_passage(cited), _ended(cited.source), *where]))


def _named(authors: tuple[str, ...]) -> str:
    first, last = ", ".join(authors[:-1]), authors[-1]
    comma = "," if len(authors) > 2 else ""  # noqa: PLR2004 - before "&" in a list, as APA has it
    return f"{first}{comma} & {last}" if first else last


def _ended(text: str) -> str:
    return text if not text or text.endswith(".") else f"{text}."


def _when(parts: tuple[int, ...]) -> str:
    if not parts:
        return "n.d."
    rest = [english_month(parts[1])] if len(parts) > 1 else []
    rest += [str(parts[2])] if len(parts) > 2 else []  # noqa: PLR2004 - a day is known
    return f"{parts[0]}, {' '.join(rest)}" if rest else str(parts[0])
