"""Short queries: the committed files, what readers are shown, what their grades come to."""

import itertools
import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.relevance import short_sheets
from benchmarks.relevance.short_judgements import (
    KINDS,
    Judgement,
    ShortQuery,
    read_grades,
    read_judgements,
    read_queries,
    unjudged,
    with_grades,
    write_judgements,
)
from benchmarks.relevance.short_precision import (
    STRICT,
    agreement_line,
    kind_table,
    mean_precision,
    precision,
    precision_table,
    unjudged_share,
)
from benchmarks.relevance.short_sheets import count_together, entry, passage, query_block, write_sheets
from corpus.article import Article
from tests.shared import shared

QUERIES = read_queries()
PEACE = ShortQuery("q", "place", "hoa binh", "the province, or peace")
TEN = [f"n{number}" for number in range(10)]


def article(name: str, title: str = "Tin", lede: str = "", body: str = "Không có gì.") -> Article:
    return Article(id=name, title=title, lede=lede, paragraphs=(body,))


def test_the_queries_are_short_and_of_every_kind_with_and_without_marks() -> None:
    assert len(QUERIES) >= 120
    assert len({query.text.lower() for query in QUERIES.values()}) == len(QUERIES)
    assert all(1 <= len(query.text.split()) <= 4 for query in QUERIES.values())
    assert all(query.need and unicodedata.is_normalized("NFC", query.text) for query in QUERIES.values())
    kinds = Counter(query.kind for query in QUERIES.values())
    assert kinds.keys() == set(KINDS)
    assert min(kinds.values()) >= 10
    assert 0.4 <= sum(query.text.isascii() for query in QUERIES.values()) / len(QUERIES) <= 0.6


def test_no_query_is_of_another_set() -> None:
    files = shared("relevance").glob("*/queries.tsv")
    known = {line.split("\t")[1].lower() for path in files for line in path.read_text("utf-8").splitlines()}
    assert not known & {query.text.lower() for query in QUERIES.values()}


def test_what_is_judged_is_of_known_queries() -> None:
    assert {query for query, _ in read_judgements()} <= QUERIES.keys()


def test_grades_of_both_readers_are_read_as_they_were_written(tmp_path: Path) -> None:
    path = tmp_path / "short.tsv"
    judged = with_grades({}, "a", {("s2", "x"): 2, ("s1", "y"): 0})
    judged = with_grades(judged, "b", {("s2", "x"): 1})
    write_judgements(judged, path)
    assert path.read_text("utf-8") == "query\tarticle\ta\tb\ns1\ty\t0\t\ns2\tx\t2\t1\n"
    assert read_judgements(path) == judged == {("s1", "y"): Judgement(0), ("s2", "x"): Judgement(2, 1)}
    assert judged["s2", "x"].mean == 1.5
    assert judged["s1", "y"].mean is None
    assert read_judgements(tmp_path / "none.tsv") == {}


def test_a_grade_that_is_taken_again_replaces_the_earlier_one() -> None:
    judged = with_grades({("s1", "x"): Judgement(2, 1)}, "b", {("s1", "x"): 0})
    assert judged == {("s1", "x"): Judgement(2, 0)}


def test_a_readers_file_may_have_a_header_empty_lines_and_a_line_twice(tmp_path: Path) -> None:
    path = tmp_path / "grades-a-1.tsv"
    path.write_text("query\tarticle\tgrade\ns1\tx\t2\n\ns1\tx\t2\r\ns1\ty\t 0\n", "utf-8")
    assert read_grades(path, ["s1"]) == {("s1", "x"): 2, ("s1", "y"): 0}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("s9\tx\t2", "query id, article id and grade"),
        ("s1 x 2", "query id, article id and grade"),
        ("s1\tx\t3", "'3' is no grade"),
        ("s1\tx\t", "'' is no grade"),
        ("s1\tx\t1\ns1\tx\t0", "line 2: s1 x has another grade"),
    ],
)
def test_a_line_that_is_no_grade_is_refused_with_its_place(tmp_path: Path, line: str, reason: str) -> None:
    path = tmp_path / "grades.tsv"
    path.write_text(line, "utf-8")
    with pytest.raises(SystemExit, match=re.escape(reason)):
        read_grades(path, ["s1"])


def test_the_pool_has_the_first_of_every_run_that_not_both_readers_judged() -> None:
    runs = [{"q": ["x", "y", "z"]}, {"q": ["v", "x"], "r": ["x"]}]
    judged = {("q", "x"): Judgement(2, 2), ("q", "y"): Judgement(1)}
    assert unjudged(runs, judged, depth=2) == {"q": {"y", "v"}, "r": {"x"}}


def test_what_was_not_read_is_right_in_the_upper_bound_alone() -> None:
    judged = {("q", "n0"): Judgement(2, 2), ("q", "n1"): Judgement(1, 1), ("q", "n2"): Judgement(1, 0)}
    judged |= {("q", name): Judgement(0, 0) for name in TEN[3:8]} | {("q", "n8"): Judgement(2)}
    right, strict = precision(judged, "q", TEN), precision(judged, "q", TEN, STRICT)
    assert (right.low, right.high) == (0.2, 0.4)
    assert (strict.low, strict.high) == (0.1, 0.3)
    assert unjudged_share(judged, {"q": TEN}) == 0.2


def test_a_list_of_fewer_than_ten_counts_as_ten_and_an_eleventh_not_at_all() -> None:
    judged = {("q", name): Judgement(2, 2) for name in [*TEN, "n10"]}
    assert precision(judged, "q", TEN[:4]).high == 0.4
    assert precision(judged, "q", [*TEN, "n10"]).low == 1.0
    assert precision(judged, "q", []).high == 0.0


def test_a_mean_has_the_standard_error_of_each_bound() -> None:
    judged = {("q", name): Judgement(2, 2) for name in TEN}
    mean = mean_precision([precision(judged, "q", TEN), precision(judged, "other", TEN)])
    assert (mean.low, mean.high) == (0.5, 1.0)
    assert mean.low_error == pytest.approx(0.5)
    assert str(mean) == "0.500 ± 0.500 to 1.000 ± 0.000"


def test_tables_have_every_system_and_kind() -> None:
    queries = {"q": PEACE, "r": ShortQuery("r", "good", "gạo", "rice")}
    judged = {(query, name): Judgement(2, 1) for query in queries for name in TEN}
    runs = {"ours": dict.fromkeys(queries, TEN), "theirs": {"q": TEN[:5]}}
    assert precision_table(queries, judged, runs).splitlines()[2:] == [
        "| ours | 2 | 1.000 ± 0.000 | 1.000 ± 0.000 | 0.0% |",
        "| theirs | 1 | 0.500 ± 0.000 | 0.500 ± 0.000 | 0.0% |",
    ]
    assert kind_table(queries, judged, runs).splitlines()[2:] == [
        "| place | 1 | 1.000 ± 0.000 | 0.500 ± 0.000 |",
        "| good | 1 | 1.000 ± 0.000 | not asked |",
        "| typed with a mark | 1 | 1.000 ± 0.000 | not asked |",
        "| typed without | 1 | 1.000 ± 0.000 | 0.500 ± 0.000 |",
    ]


def test_readers_agree_on_what_both_have_read() -> None:
    judged = {("q", "x"): Judgement(2, 1), ("q", "y"): Judgement(0, 0), ("q", "z"): Judgement(2)}
    assert agreement_line(judged).startswith("The readers agree on 50.0% of 2 grades, on 100.0% of right")
    assert agreement_line({("q", "z"): Judgement(2)}) == "No article was read by both readers."


def test_the_order_of_a_sheet_is_that_of_its_seed_whoever_found_what() -> None:
    articles = [article(name) for name in TEN]
    blocks = [query_block(PEACE, found, seed=1) for found in (articles, articles[::-1])]
    assert blocks[0] == blocks[1] != query_block(PEACE, articles, seed=2)
    assert "Meant: the province, or peace" in blocks[0]
    assert sorted(re.findall(r"^n\d", blocks[0], re.MULTILINE)) == TEN


def test_a_sheet_has_at_most_so_many_queries_and_none_without_articles(tmp_path: Path) -> None:
    queries = {f"s{number}": ShortQuery(f"s{number}", "other", "tin", "news") for number in range(13)}
    pooled = {name: [article("n")] for name in itertools.islice(queries, 12)}
    assert write_sheets(tmp_path, queries, pooled, seed=1) == 2
    sheets = [path.read_text("utf-8") for path in sorted(tmp_path.iterdir())]
    assert [sheet.count("\n## ") for sheet in sheets] == [short_sheets.QUERIES_A_SHEET, 2]
    assert sheets[1].startswith("# Sheet 2 of 2\n")


@pytest.mark.parametrize(
    ("query", "text", "count"),
    [
        ("hoa binh", "Hòa Bình, hoà bình; hoa của Bình", 2),
        ("Hòa Bình", "hoà bình, hoa binh, hóa bình", 1),
        ("bien Hòa", "Biên Hoà và biến hóa", 1),
        ("FBI", "FBI (fbi), FBIS", 2),
    ],
)
def test_words_typed_without_marks_have_any_reading_and_others_their_own(
    query: str, text: str, count: int
) -> None:
    assert count_together(text, query) == count


def test_an_entry_has_a_passage_only_where_its_beginning_lacks_the_words_together() -> None:
    beginning, far = "Mở đầu. " * 40, "Tỉnh Hòa Bình ở đây."
    with_passage = entry(PEACE, article("x", "Tin\nmới", "", f"{beginning}{far}"))
    assert with_passage.startswith("x | no date | 1× | **Tin mới**\nMở đầu. ")
    assert with_passage.rstrip().endswith(far)
    assert with_passage.count("\n> … ") == 1
    assert "\n> " not in entry(PEACE, article("x", "Hòa Bình", beginning, far))
    assert "\n> " not in entry(PEACE, article("x", "Tin", "Ngắn.", "Không có."))


def test_a_passage_has_most_different_words_then_most_side_by_side() -> None:
    gap = "và " * 200
    assert "hòa chung bình" in passage(f"hoa hoa {gap} hòa chung bình {gap} hoa", "hoa binh")
    assert "Hòa Bình" in passage(f"hòa chung bình {gap} Hòa Bình {gap}", "hoa binh")
    assert passage(gap, "hoa binh") == ""


@given(
    st.lists(st.sampled_from(["hoa", "Bình", "hoà", "x" * 30, "và", "—"]), max_size=60), st.integers(90, 200)
)
def test_a_passage_stands_in_the_text_and_keeps_to_its_length(words: list[str], limit: int) -> None:
    text = " ".join(words)
    shown = passage(text, "hoa binh", limit).removeprefix("… ").removesuffix(" …")
    assert shown in text
    assert len(shown) <= limit
    assert bool(shown) == bool({"hoa", "hoà", "Bình"} & set(words))
