"""What does a citation say so that one version, and a passage in it, can be told from every other?

The archive's UUID, the version, its digest and the change as of which the archive shows it; of a passage the
words, and the paragraph. Where no public address is known the version's identifier stands for the link.
"""

from indexer.places import Zone
from search_app.formats.citations.cited import Cited, Exact, Quoted, in_quotes, in_quotes_with_stop

_LONGEST = 500
_KEPT = 240
"""Characters of a longer passage that are quoted at its beginning, and at its end."""
_VIETNAMESE = {Zone.TITLE: "tiêu đề", Zone.LEDE: "sa-pô", Zone.BODY: "đoạn", Zone.CAPTIONS: "chú thích ảnh"}
_ENGLISH = {Zone.TITLE: "title", Zone.LEDE: "lede", Zone.BODY: "para.", Zone.CAPTIONS: "caption"}

_SEVERAL = {"đoạn": "các đoạn", "para.": "paras."}


def vietnamese_passage(cited: Cited) -> list[str]:
    """The place and the words of what is quoted; nothing where nothing is."""
    if cited.exact is None or cited.exact.quoted is None:
        return []
    quoted = cited.exact.quoted
    return [f"{_place(quoted, _VIETNAMESE)}: {in_quotes(shortened(quoted.words))}"]


def vietnamese_archive(cited: Cited) -> list[str]:
    """Version, archive, change, digest, and where the version is shown; nothing where it is not exact."""
    exact = cited.exact
    if exact is None:
        return []
    where = f"<{exact.link}>" if exact.link else f"mã định danh {exact.identifier}"
    of_version = f"phiên bản {exact.version}, {cited.archive_name}, thay đổi {exact.change}"
    return [of_version, f"SHA-256 {exact.digest}", where]


def english_passage(cited: Cited) -> list[str]:
    """The place and the words of what is quoted, as a sentence; nothing where nothing is."""
    if cited.exact is None or cited.exact.quoted is None:
        return []
    quoted = cited.exact.quoted
    place = _place(quoted, _ENGLISH)
    return [f"{place[0].upper()}{place[1:]}: {in_quotes_with_stop(shortened(quoted.words))}"]


def english_archive(cited: Cited, begun: str) -> list[str]:
    """Archive, change, digest, and where the version is shown; nothing where it is not exact."""
    exact = cited.exact
    if exact is None:
        return []
    said = f"{begun}{cited.archive_name}, change {exact.change}, SHA-256 {exact.digest}"
    return [f"{said}.", exact.link or f"{exact.identifier}."]


def notes(cited: Cited) -> list[str]:
    """What programs note of what is exact; whoever reads it may know one language alone."""
    exact = cited.exact
    if exact is None:
        return []
    version = f"{_both('phiên bản', 'version', exact.version)}, {_both('thay đổi', 'change', exact.change)}"
    said = [f"{cited.archive_name}, {version}, SHA-256 {exact.digest}"]
    if exact.link and cited.original:
        said.append(f"bản gốc (original): {cited.original}")
    return [*_quotation(exact), *said]


def shortened(words: str) -> str:
    """Words that are quoted, on one line: of many the first and the last ones."""
    line = " ".join(words.split())
    if len(line) <= _LONGEST:
        return line
    head = line[:_KEPT].rpartition(" ")[0] or line[:_KEPT]
    tail = line[-_KEPT:].partition(" ")[2] or line[-_KEPT:]
    return f"{head} […] {tail}"


def _quotation(exact: Exact) -> list[str]:
    if exact.quoted is None:
        return []
    place = f"{_place(exact.quoted, _VIETNAMESE)} ({_place(exact.quoted, _ENGLISH)})"
    return [f"{place}: {in_quotes(shortened(exact.quoted.words))}"]


def _both(vietnamese: str, english: str, number: int) -> str:
    return f"{vietnamese} {number} ({english} {number})"


def _place(quoted: Quoted, names: dict[Zone, str]) -> str:
    name = names[quoted.zone]
    if quoted.zone in {Zone.TITLE, Zone.LEDE}:
        return name
    if quoted.first == quoted.last:
        return f"{name} {quoted.first}"
    return f"{_SEVERAL[name]} {quoted.first}–{quoted.last}"
