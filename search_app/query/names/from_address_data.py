"""How are the tables of places made from the address data of underthesea?

``python -m search_app.query.names.from_address_data`` writes ``provinces.tsv``, the names that went out of
use when the 63 provinces became 34, and ``places.tsv``, the provinces and districts before that day, each
with the form that is typed without spaces: Lào Cai, Laocai. underthesea is not imported; only its file is
read.
"""

import json
from collections.abc import Iterator
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from indexer.text.fold import fold
from indexer.text.normalise import normalise
from indexer.text.syllables import terms
from search_app.query.names.shapes import is_syllable
from search_app.query.names.tables import SEPARATOR

LAST_DAY = "2025-06-30"
"""The last day of the 63 provinces, by Nghị quyết 202/2025/QH15."""

_ORDINARY = frozenset({"Hòa Bình", "Hải Dương"})
"""Provinces whose names are ordinary words too: peace, ocean."""

_OFTEN_SHORT = {"Hồ Chí Minh": "Thành phố Hồ Chí Minh"}
"""Names that alone are somebody else's, with the whole name of the place."""

_KINDS = ("Quận", "Huyện", "Thị xã", "Thành phố", "Tỉnh")
_JOINED = range(4, 15)
"""Numbers of letters that a name without spaces may have."""

_FOREIGN = frozenset(
    {"babe", "bacai", "bato", "codo", "conco", "coto", "dian", "longan", "maison", "nari", "samson", "triton"}
    | {"bacha", "donghai", "hocmon", "lacson", "nampo"}
)
"""Names without spaces that the press uses as other words or for others, and that are left out."""


def main() -> None:
    """Writes both tables."""
    folder = Path(__file__).parent
    for name, text in tables().items():
        folder.joinpath(name).write_text(text, "utf-8")


def tables() -> dict[str, str]:
    """The text of each table by the name of its file.

    Raises:
        ModuleNotFoundError: underthesea is not installed.
    """
    data = json.loads(_file().read_text("utf-8"))
    source = f"underthesea {version('underthesea')}, address/data/mapping.json"
    made_by = "# Made by: python -m search_app.query.names.from_address_data; changes belong there."
    return {
        "provinces.tsv": "\n".join(
            [
                "# The names of provinces that went out of use on 1 July 2025, when 63 became 34.",
                made_by,
                "name\tnow\tuntil\thow\tordinary\tsource",
                *(f"{line}\t{source}; Nghị quyết 202/2025/QH15" for line in _provinces(data)),
                "",
            ]
        ),
        "places.tsv": "\n".join(
            [
                "# Provinces and districts as they were until 30 June 2025, and their names typed in one.",
                made_by,
                "spellings\tcategory\tsource",
                *(f"{line}\tđịa danh\t{source}" for line in _places(data)),
                "",
            ]
        ),
    }


def _file() -> Path:
    spec = find_spec("underthesea")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("underthesea is not installed")
    return Path(spec.origin).parent / "address" / "data" / "mapping.json"


def _provinces(data: dict[str, dict[str, dict[str, str]]]) -> Iterator[str]:
    old, new = data["old_province_names"], data["province_names"]
    kept = {province["short"] for province in new.values()}
    for key, later in sorted(data["province_mapping"].items()):
        name = old[key]["short"]
        if name not in kept:
            now = new[str(later)]["short"]
            ordinary = "yes" if name in _ORDINARY else ""
            yield f"{name}\t{_OFTEN_SHORT.get(now, now)}\t{LAST_DAY}\tmerged\t{ordinary}"


def _places(data: dict[str, list[dict[str, str]]]) -> list[str]:
    names = {
        _without_kind(row[level])
        for row in data["ward_mapping"]
        for level in ("old_province", "old_district")
    }
    lines = {}
    for name in sorted(names):
        joined = fold(normalise("".join(terms(name))))
        sound = joined.isalpha() and len(joined) in _JOINED and not is_syllable(joined)
        if len(terms(name)) > 1 and sound and joined not in _FOREIGN:
            lines[name] = f"{name}{SEPARATOR}{joined.capitalize()}"
    return [line for name, line in lines.items() if name not in _OFTEN_SHORT]


def _without_kind(name: str) -> str:
    kind = next((kind for kind in _KINDS if name.startswith(kind + " ")), "")
    return name.removeprefix(kind).strip()


if __name__ == "__main__":
    main()
