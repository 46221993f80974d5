"""Fills the layouts: Jinja templates that are given one article of the sample, and others for their boxes."""

import json
import zlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

_HERE = Path(__file__).parent
_SAMPLE = Path(__file__).parents[3] / "corpus" / "sample"
ARTICLES, OTHERS = "articles", "others"  # folders of pages with an article, and of pages with none
OPEN, HELD_OUT = "open", "held_out"  # halves: looked at while the rules were made, and not


@dataclass(frozen=True, slots=True)
class Story:
    """An article as a layout prints it; texts are plain, and the template escapes them."""

    title: str
    lede: str
    paragraphs: tuple[str, ...]
    caption: str
    author: str
    source: str
    section: str
    date: str  # 2024-03-12
    day: str  # 12/3/2024
    time: str  # 08:10
    url: str
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """One layout, filled."""

    half: str
    kind: str
    name: str
    page: str
    story: Story


def layouts(half: str, kind: str) -> list[Layout]:
    """The filled layouts of one half and kind, by name."""
    environment = Environment(
        loader=FileSystemLoader(_HERE / half / kind), autoescape=True, undefined=StrictUndefined
    )
    return [_filled(environment, half, kind, name) for name in sorted(environment.list_templates())]


def _filled(environment: Environment, half: str, kind: str, name: str) -> Layout:
    stories = _stories()
    turn = zlib.crc32(name.encode()) % len(stories)
    story, *others = (*stories[turn:], *stories[:turn])
    page = environment.get_template(name).render(story=story, others=others)
    return Layout(half, kind, name.partition(".")[0], page, story)


@cache
def _stories() -> tuple[Story, ...]:
    paths = sorted(_SAMPLE.glob("*.jsonl"))
    lines = (line for path in paths for line in path.read_text("utf-8").splitlines())
    return tuple(_story(number, json.loads(line)) for number, line in enumerate(lines))


def _story(number: int, record: dict[str, object]) -> Story:
    month, day = number % 12 + 1, number % 28 + 1
    authors, captions = record.get("authors") or ["Thu Hà"], record.get("captions") or ["Một góc chợ sớm."]
    tags = record.get("tags") or ["đời sống"]
    assert isinstance(authors, list)
    assert isinstance(captions, list)
    assert isinstance(tags, list)
    return Story(
        title=str(record["title"]),
        lede=str(record["summary"]),
        paragraphs=tuple(str(record["body"]).split("\n")),
        caption=captions[0],
        author=authors[0],
        source=str(record["source"]),
        section=str(record.get("section") or "Thời sự"),
        date=f"2024-{month:02}-{day:02}",
        day=f"{day}/{month}/2024",
        time=f"{number % 24:02}:{number % 60:02}",
        url=str(record["url"]),
        tags=tuple(tags),
    )
