"""What stands in a page? A small reader of HTML for the tests: elements, visible text, well-formedness."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = {"meta", "link", "input", "br", "hr", "img"}
_SPOKEN = ("aria-label", "title", "alt", "placeholder")


@dataclass(slots=True)
class Element:
    name: str
    attributes: dict[str, str]
    text: str = ""


@dataclass(slots=True)
class Page:
    elements: list[Element] = field(default_factory=list)
    texts: list[tuple[str, str]] = field(default_factory=list)
    """Visible and spoken texts, each with the language it is in."""
    faults: list[str] = field(default_factory=list)

    def all(self, name: str, /, **attributes: str) -> list[Element]:
        wanted = {key.rstrip("_").replace("_", "-"): value for key, value in attributes.items()}
        return [one for one in self.elements if one.name == name and wanted.items() <= one.attributes.items()]

    def marked_with(self, name: str) -> list[str]:
        """All values of an attribute."""
        return [one.attributes[name] for one in self.elements if name in one.attributes]


def read_html(text: str) -> Page:
    """The page; ``faults`` says where its elements do not nest."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    reader.page.faults += [f"<{element.name}> is never closed" for element, _ in reader.open]
    return reader.page


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Page()
        self.open: list[tuple[Element, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        if len(set(names)) < len(names):
            self.page.faults.append(f"<{tag}> has an attribute twice: {names}")
        element = Element(tag, {name: value or "" for name, value in attrs})
        language = element.attributes.get("lang", self.open[-1][1] if self.open else "")
        self.page.elements.append(element)
        self.page.texts += [
            (element.attributes[name], language) for name in _SPOKEN if name in element.attributes
        ]
        if tag not in _VOID:
            self.open.append((element, language))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1][0].name != tag:
            self.page.faults.append(f"</{tag}> closes {[element.name for element, _ in self.open[-1:]]}")
            return
        self.open.pop()

    def handle_data(self, data: str) -> None:
        if not self.open:
            return
        for element, _ in self.open:
            element.text += data
        if data.strip():
            self.page.texts.append((" ".join(data.split()), self.open[-1][1]))
