"""How is an article a record of RIS? A name without a comma is a whole name."""

from search_app.formats.citations.cited import LAST_CHANGE, Cited


def record(cited: Cited) -> str:
    """One record."""
    article, parts = cited.article, cited.date_parts
    lines = ["TY  - NEWS", *(f"AU  - {name.replace(',', ' ')}" for name in article.authors)]
    lines.append(f"TI  - {cited.title}")
    lines += [f"T2  - {article.source}"] if article.source else []
    lines += [f"SE  - {article.section}"] if article.section else []
    if parts:
        lines.append(f"PY  - {parts[0]:04}")
        pieces = [f"{part:02}" for part in parts] + [""] * (3 - len(parts))
        other = LAST_CHANGE if cited.is_last_change else ""  # what the form has its last place for
        lines.append(f"DA  - {'/'.join(pieces)}/{other}")
    lines += [f"KW  - {tag}" for tag in article.tags]
    lines.append("LA  - vi")
    lines += [f"N1  - {cited.rights.text}"] if cited.rights else []
    kept = [f"DB  - {cited.archive_name}", f"AN  - {article.id}"]
    lines += [f"UR  - {cited.address}"] if cited.address else kept
    lines += [f"Y2  - {cited.read_on:%Y/%m/%d}/", f"ID  - {article.id}"]
    return "\r\n".join([*(" ".join(line.splitlines()) for line in lines), "ER  - ", ""])
