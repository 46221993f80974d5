"""An archive of which one article in each state is withdrawn; each has words that stand nowhere else."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.context import Context
from corpus.message import say
from corpus.published import Published
from corpus.readers.input.refusing import refuse
from corpus.readers.input.source_file import SourceFile
from corpus.records import Reading, Refusal
from corpus.withdrawals import WithdrawalState
from corpus.withdrawing import WithdrawalOrder
from indexer.build import build
from indexer.stories.update import update_stories
from indexer.suggest.update import update_suggestions
from indexer.text.fold import fold
from indexer.units.update import update_units
from search_app.bootstrap import index_writer, unit_sources, writing
from search_app.settings import Settings
from tests.corpus.records import AT, reading, with_raw

REASON = "toà soạn đề nghị"
UNTIL = "2999-01-01T00:00:00+00:00"
HIDDEN, TOMBSTONE, ERASED = WithdrawalState.HIDDEN, WithdrawalState.TOMBSTONE, WithdrawalState.ERASED


@dataclass(frozen=True, slots=True)
class Withheld:
    """What is withdrawn.

    Attributes:
        title: a word of its title and its source alone.
        text: a word of its text and every other field alone.
        version: the one version that is; None: the article.
    """

    id: str
    state: WithdrawalState
    title: str
    text: str
    version: int | None = None
    until: str = ""

    @property
    def order(self) -> WithdrawalOrder:
        return WithdrawalOrder(self.id, self.version, self.state, REASON, "thủ thư", self.until)

    @property
    def words(self) -> tuple[str, ...]:
        """Both, as they are written and folded."""
        return (self.title, self.text, fold(self.title), fold(self.text))


WITHHELD = (
    Withheld("mat-an", HIDDEN, "xoắnphìn", "gruốcvầy"),
    Withheld("an-doi.csv", HIDDEN, "phạchniễu", "trứngkhoằm"),
    Withheld("mat-bia", TOMBSTONE, "quậtlễnh", "vẫyngòm"),
    Withheld("bia-doi.json", TOMBSTONE, "khịtmổn", "lướngxạp"),
    Withheld("mat-han", TOMBSTONE, "đuỗnkhế", "bốngriệt", until=UNTIL),
    Withheld("mat-xoa", ERASED, "thuẫnbệch", "ngoẵmdụt"),
    Withheld("ban-an", HIDDEN, "chuểnhrẹo", "sượtgằm", version=1),
    Withheld("ban-bia", TOMBSTONE, "nhượtphe", "giễukhoạc", version=2),
    Withheld("ban-xoa", ERASED, "vuộngxẻn", "hẫngtrọe", version=1),
)
BY_ID = {one.id: one for one in WITHHELD}
BESIDE = "chung-ban-ghi"
"""An article that is shown, and was read from the same record as the first above."""
UNKNOWN = "mat-no"
"""An id that was never there, as long as that of the first above."""


def readings() -> Iterator[Reading]:
    """The articles that are withdrawn, and some around them that have their other words too."""
    for number in range(12):
        lede = f"Nước lên nhanh ở bản {number}, dân đi tránh."
        yield _reading(f"con-{number}", f"Lũ về bản {number}", lede)
    of_one_file = _reading(BESIDE, "Chợ đêm mở lại", "Khách đến đông ở chợ đêm.")
    yield _at(with_raw(of_one_file, _raw(WITHHELD[0])), BESIDE)
    for one in WITHHELD:
        versions = [_withheld(one)]
        if one.version is not None:
            other = _reading(one.id, f"Chợ {one.id} còn họp", f"Khách đến {one.id} từ sáng.")
            versions.insert(2 - one.version, other)
        yield from versions


def make(settings: Settings, *, withdraws: bool = True) -> None:
    """Archives them in a folder, withdraws what is to be, and makes all that is made of an archive."""
    with writing(settings) as archive:
        for one in readings():
            archive.store([one, *_refusals(one.raw)])
        if withdraws:
            archive.carry_out([one.order for one in WITHHELD])
    refresh(settings)


def refresh(settings: Settings) -> None:
    """Makes the index and what is kept beside it fit the archive."""
    with writing(settings) as archive, index_writer(settings) as writer:
        build(archive, writer, lambda _done, _total: None, workers=0)
        update_stories(archive, settings.stories, lambda _done, _total: None)
        update_suggestions(archive, settings.suggestions, lambda _done, _total: None)
    with unit_sources(settings) as sources:
        update_units(sources, settings.units, lambda _done, _total: None)


def _refusals(raw: bytes) -> list[Refusal]:
    """The bytes of an article as a record that was refused at another place."""
    file = SourceFile.on_disk(Path("thu.jsonl"), AT)
    return [refuse(file, "line 1", "bad-json", say("hỏng"), raw)]


def _withheld(one: Withheld) -> Reading:
    made = reading(
        one.id,
        f"Lũ về {one.title} {one.title}",
        source="Báo Sông" if one.version else f"Báo {one.title}",
        lede=f"Nước lên ở {one.text}.",
        paragraphs=(f"Dân {one.text} đi tránh lũ.", f"Ở {one.text} nước rút."),
        captions=(f"Ảnh: {one.text}",),
        section=f"Mục {one.text}",
        authors=(f"Tác giả {one.text}",),
        tags=(f"thẻ {one.text}",),
        related=(f"Xem thêm {one.text}",),
        url="" if one.version else f"https://bao.example/{fold(one.text)}",
        published=Published("2013-05-27"),
    )
    return _at(with_raw(made, _raw(one)), one.id)


def _at(made: Reading, name: str) -> Reading:
    """Found at an address of its own, so that no other article is taken for it."""
    return replace(made, context=Context(url=f"https://bao.example/{name}"))


def _raw(one: Withheld) -> bytes:
    return f"<p>{one.title} {one.text}</p>".encode()


def _reading(article_id: str, title: str, lede: str) -> Reading:
    made = reading(article_id, title, lede=lede, source="Báo Sông", published=Published("2013-05-26"))
    return with_raw(made, f"<p>{title}: {lede}</p>".encode())
