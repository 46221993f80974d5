"""What the tests of exports share: a small archive whose every state is known, and the addresses in it."""

from collections.abc import Iterator
from datetime import date

import pytest

from corpus.archive import Archive
from corpus.published import Published
from indexer.build import build
from indexer.stories.update import update_stories
from search_app.answer.service import Service
from search_app.bootstrap import index_writer, open_service
from search_app.formats.exports.columns import Addresses
from search_app.settings import Settings
from tests.corpus.records import reading

ADDRESSES = Addresses(
    "0-1", lambda one: f"https://kho.example/article/{one}", lambda one: f"tag:{one}", date(2026, 12, 1)
)
_TEXT = "Mưa lớn gây lũ quét ở bản vùng cao, {number} nhà bị cuốn trôi; lũ rút vào chiều hôm sau. "


def index(made: Settings, archive: Archive) -> None:
    """Brings the index and the stories up to the archive."""
    with index_writer(made) as writer:
        build(archive, writer, lambda _done, _total: None, workers=0)
    update_stories(archive, made.stories, lambda _done, _total: None)


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """Articles about floods, of which two are prints of one text, and others; none of it changes."""
    made = Settings(tmp_path_factory.mktemp("exports"))
    with Archive(made.archive) as opened:
        for number in range(12):
            text = _TEXT.format(number=number)
            opened.store(
                [
                    reading(
                        f"lu-{number}",
                        f'Lũ quét "{number}"',
                        paragraphs=(text, text * (number % 3)),
                        published=Published(f"2026-10-{number + 1:02}"),
                        source="Báo Suối, và Đồi",
                    )
                ]
            )
        long = "Nước sông dâng cao trong đêm, nhiều bản ở vùng thấp phải sơ tán khẩn cấp lên đồi. " * 6
        opened.store([reading("in-1", "Nước dâng", lede=long), reading("in-2", "Nước dâng lại", lede=long)])
        opened.store([reading("dấu/đ#1", "=Giá vàng\tnghỉ", lede="Giá vàng đứng yên & <chờ> {tin} 100%.")])
        index(made, opened)
        yield opened


@pytest.fixture(scope="session")
def service(archive: Archive) -> Service:
    return open_service(Settings(archive.path.parent))
