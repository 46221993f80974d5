"""How do Vietnamese theses and journals cite a newspaper? Author (year), “title”, paper, day, address."""

from search_app.formats.citations.cited import Cited, vietnamese_day
from search_app.formats.citations.exactness import vietnamese_archive, vietnamese_passage

_INNER = str.maketrans("“”", "‘’")
"""Quotation marks of a title, which stands in quotation marks."""


def citation(cited: Cited) -> str:
    """One citation, as a sentence."""
    article, parts = cited.article, cited.date_parts
    changed = "sửa lần cuối " if cited.is_last_change else ""
    year = f"({changed}{parts[0]})" if parts else "(không rõ năm)"
    authors = ", ".join(cited.authors)
    begun = f"{authors} {year}" if authors else f"{cited.source or 'Không rõ tác giả'} {year}"
    pieces = [begun, f"“{cited.title.translate(_INNER)}”"]
    if cited.source and authors:
        pieces.append(cited.source)
    if len(parts) > 1:
        pieces.append(changed + ("ngày " if len(parts) > 2 else "tháng ") + vietnamese_day(parts))  # noqa: PLR2004 - a day is known
    read = vietnamese_day((cited.read_on.year, cited.read_on.month, cited.read_on.day))
    pieces += vietnamese_passage(cited)
    if cited.exact:
        pieces += [*([f"<{cited.original}>"] if cited.original else []), *vietnamese_archive(cited)]
    else:
        pieces.append(f"<{cited.address}>" if cited.address else f"{cited.archive_name}, mã bài {article.id}")
    return f"{', '.join(pieces)}, truy cập ngày {read}."
