"""What reads text from outside takes linear time on texts of one piece again and again."""

from tests.patterns.faults import faults
from tests.patterns.long_texts import LONG_TEXTS, LongText


def test_long_texts_are_read_in_linear_time() -> None:
    slow = faults(LONG_TEXTS)
    assert not slow, "\n".join(f"{one.name}: {attack}" for one, attack in slow)


def test_what_reads_again_is_found() -> None:
    assert [fault.task.name for fault in faults([LongText("read again")])] == ["read again"]
