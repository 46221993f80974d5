"""Work that several questions share: made once where it is shared, and never kept after it."""

from indexer.request_cache import cached, cached_if_frequent, can_cache, request_cache


def test_what_is_shared_is_made_once_within_its_room_and_forgotten() -> None:
    made: list[str] = []

    def make(name: str, size: int = 1) -> str:
        return cached(name, lambda: made.append(name) or name, lambda _: size)  # type: ignore[func-returns-value]

    assert (make("alone"), make("alone")) == ("alone", "alone")
    with request_cache(most=3):
        assert [make("a", 2), make("a", 2), make("b", 2), make("b", 2), make("c"), make("c")] == list(
            "aabbcc"
        )
    with request_cache():
        make("a")
    assert made == ["alone", "alone", "a", "b", "b", "c", "a"]


def test_what_is_large_is_kept_from_the_third_time_that_it_is_asked_for() -> None:
    made: list[str] = []

    def make(name: str) -> str:
        return cached_if_frequent(name, lambda: made.append(name) or name, lambda _: 1_000)  # type: ignore[func-returns-value]

    with request_cache(most=1_500):
        assert [make("a") for _ in range(6)] == ["a"] * 6
        assert len(made) == 3
        assert [make("b") for _ in range(6)] == ["b"] * 6, "there is no room for it"
        assert len(made) == 9
        assert can_cache("a", 1_000)
        assert not can_cache("b", 1_000)
    assert not can_cache("a", 0), "nothing is shared here"
