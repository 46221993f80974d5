"""How is an article a record of RIS? A name without a comma is a whole name."""

from search_app.formats.citations.cited import LAST_CHANGE, Cited
from search_app.formats.citations.exactness import notes


def _kept(cited: Cited) -> list[str]:
    """Where it is: its address, or the archive and its place there; of one version both."""
    exact = cited.exact
    address = [f"UR  - {cited.link}"] if cited.link else []
    if exact is None:
        return address or [f"DB  - {cited.archive_name}", f"AN  - {cited.article.id}"]
    version = f"ET  - phiên bản {exact.version} (version {exact.version})"
    noted = [f"N1  - {note}" for note in notes(cited)]
    return [version, *noted, f"DB  - {cited.archive_name}", f"AN  - {exact.identifier}", *address]


def record(cited: Cited) -> str:
    """One record."""
    article, parts = cited.article, cited.date_parts
    lines = ["TY  - NEWS", *(f"AU  - {name.replace(',', ' ')}" for name in cited.authors)]
    lines.append(f"TI  - {cited.title}")
    lines += [f"T2  - {cited.source}"] if cited.source else []
    lines += [f"SE  - {article.section}"] if article.section else []
    if parts:
        lines.append(f"PY  - {parts[0]:04}")
        pieces = [f"{part:02}" for part in parts] + [""] * (3 - len(parts))
        other = LAST_CHANGE if cited.is_last_change else ""  # what the form has its last place for
        lines.append(f"DA  - {'/'.join(pieces)}/{other}")
    lines += [f"KW  - {tag}" for tag in article.tags]
    lines.append("LA  - vi")
    lines += [f"N1  - {cited.rights.text}"] if cited.rights else []
    lines += _kept(cited)
    lines += [f"Y2  - {cited.read_on:%Y/%m/%d}/", f"ID  - {cited.key}"]
    return "\r\n".join([*(" ".join(line.splitlines()) for line in lines), "ER  - ", ""])
