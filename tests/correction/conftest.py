"""What the tests of repair share: a small corpus that knows a few phrases well."""

import pytest

from indexer.engine import Lexicon
from indexer.engines.memory.reader import MemoryIndex, MemoryReader, MemoryWriter
from tests.indexer.articles import analysed, article

PHRASES = [
    "tỉnh Lào Cai", "đường cao tốc", "giá vàng tăng", "Nguyễn Văn A", "tổng tranh luận", "công trình",
    "công việc", "bạn bè", "học sinh giỏi", "thủ đô Hà Nội", "cái cây", "lao động", "Mỹ Đình",
    "nước Lào", "đi chợ", "chợ nổi", "một con đường", "tăng giá vàng", "facebook", "sinh viên đi học",
]  # fmt: skip


@pytest.fixture(scope="session")
def reader() -> MemoryReader:
    index = MemoryIndex()
    writer = MemoryWriter(index)
    for number in range(40):
        writer.add(analysed(article(f"{number:02}", title="Tin", body="\n".join(PHRASES[number % 3 :]))))
    writer.add(analysed(article("rare", body="cải cách")))
    writer.commit(1)
    return MemoryReader(index)


@pytest.fixture(scope="session")
def lexicon(reader: MemoryReader) -> Lexicon:
    return reader.lexicon()
