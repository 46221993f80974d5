"""Work that several questions share: made once where it is shared, and never kept after it."""

from indexer.sharing import once, sharing


def test_what_is_shared_is_made_once_within_its_room_and_forgotten() -> None:
    made: list[str] = []

    def make(name: str, size: int = 1) -> str:
        return once(name, lambda: made.append(name) or name, lambda _: size)  # type: ignore[func-returns-value]

    assert (make("alone"), make("alone")) == ("alone", "alone")
    with sharing(most=3):
        assert [make("a", 2), make("a", 2), make("b", 2), make("b", 2), make("c"), make("c")] == list(
            "aabbcc"
        )
    with sharing():
        make("a")
    assert made == ["alone", "alone", "a", "b", "b", "c", "a"]
