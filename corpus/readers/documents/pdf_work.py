"""How much drawing must be read for a PDF's text? Counted before any is, as often as it is drawn.

Two hundred pages may share one stream, a page may draw one form a thousand times, and a form others: the file
stays small, and what is read of it grows without an end.
"""

import re
from collections.abc import Iterator

from pypdf import Configuration, PageObject
from pypdf.generic import DictionaryObject, StreamObject

MAX_CONTENT_BYTES = 8 * 1024 * 1024  # of one page's drawing, unpacked
MAX_ALL_BYTES = 16 * 1024 * 1024  # of all pages' drawing, each form counted as often as it is drawn
_FONT_SHARE = 4  # bytes of a font's table of letters that take as long as one of drawing
_LETTER_SHARE = 4  # bytes of drawing that take as long, and fill as much, as one letter of a font's table
_DEEPEST = 10  # forms in each other
_RANGE = re.compile(rb"<([0-9A-Fa-f]{1,8})>\s{0,8}<([0-9A-Fa-f]{1,8})>\s{0,8}<[0-9A-Fa-f]{0,64}>")

LIMITS = Configuration(
    zlib_maximum_output_length=2 * MAX_CONTENT_BYTES,
    lzw_maximum_output_length=2 * MAX_CONTENT_BYTES,
    run_length_maximum_output_length=2 * MAX_CONTENT_BYTES,
    brotli_maximum_output_length=2 * MAX_CONTENT_BYTES,
    array_based_stream_maximum_output_length=2 * MAX_CONTENT_BYTES,
    stream_decoding_work_maximum_length=8 * MAX_CONTENT_BYTES,
    stream_filters_maximum_length=4,
    page_tree_maximum_entries=10_000,
    xmp_maximum_input_length=1_000_000,
)
"""What pypdf may unpack and follow."""


def count_work(page: PageObject) -> int:
    """How many bytes of drawing are read for the text of a page; its letters' tables count in part."""
    content = page.get_contents()
    drawing = content.get_data() if content is not None else b""
    resources = _dictionary(page.get("/Resources"))
    return len(drawing) + _fonts(resources) + _drawn(drawing, resources, {}, 0)


def _drawn(drawing: bytes, resources: DictionaryObject, known: dict[int, int], depth: int) -> int:
    """The bytes of all forms that a drawing draws.

    Args:
        known: the work of the forms seen, by identity; of one that is being counted 0.
    """
    if depth > _DEEPEST or b"Do" not in drawing:
        return 0
    return sum(
        drawing.count(name.encode("latin-1", "replace") + b" Do") * _form(form, known, depth)
        for name, form in _forms(resources)
    )


def _form(form: StreamObject, known: dict[int, int], depth: int) -> int:
    if id(form) not in known:
        known[id(form)] = 0
        drawing, resources = form.get_data(), _dictionary(form.get("/Resources"))
        known[id(form)] = len(drawing) + _fonts(resources) + _drawn(drawing, resources, known, depth + 1)
    return known[id(form)]


def _forms(resources: DictionaryObject) -> Iterator[tuple[str, StreamObject]]:
    for name, entry in _dictionary(resources.get("/XObject")).items():
        form = entry.get_object()
        if isinstance(form, StreamObject) and form.get("/Subtype") == "/Form":
            yield str(name), form


def _fonts(resources: DictionaryObject) -> int:
    """The work of the tables that say which letters the fonts' signs are: their bytes, and what they name.

    A range of ten bytes names up to 65,536 letters, and each font unfolds its table anew.
    """
    fonts = (_dictionary(entry.get_object()) for entry in _dictionary(resources.get("/Font")).values())
    tables = (font["/ToUnicode"].get_object() for font in fonts if "/ToUnicode" in font)
    return sum(_letters(one.get_data()) for one in tables if isinstance(one, StreamObject))


def _letters(table: bytes) -> int:
    """The work of one table.

    >>> _letters(b"1 beginbfrange <0000> <FFFF> <0000> endbfrange") // _LETTER_SHARE
    65538
    """
    sections = (part.partition(b"endbfrange")[0] for part in table.split(b"beginbfrange")[1:])
    ranges = (found for section in sections for found in _RANGE.finditer(section))
    named = sum(
        max(0, int(last, 16) - int(first, 16) + 1) for first, last in (one.groups() for one in ranges)
    )
    return len(table) // _FONT_SHARE + _LETTER_SHARE * named


def _dictionary(value: object) -> DictionaryObject:
    found = value.get_object() if hasattr(value, "get_object") else value
    return found if isinstance(found, DictionaryObject) else DictionaryObject()
