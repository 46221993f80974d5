"""How many of the matches that are counted are what was meant?

    python -m benchmarks.relevance.judged_matches

Up to 20 matches of each of 40 queries over the real corpora, drawn by seed with units ("after") and without
("before"), were judged by two readers who knew neither the system nor each other: 2, 1 or 0. Matches of names
were judged by rule, the quoted name stands there; two of each were read. Of the others found without units,
eight of each query were read. judged/matches.tsv has the judgements; the texts are not in this repository.
"""

import csv
from collections import defaultdict
from pathlib import Path
from statistics import mean

JUDGED = Path(__file__).with_name("judged") / "matches.tsv"
FOUND_BY = ("before", "after")

Shares = dict[str, dict[str, list[float]]]
"""By how it was found, and by query: 1 for a match that is what was meant, .5 where the readers differ."""


def main() -> None:
    """Prints the share of right matches by query, its means, and how far the readers agree."""
    rows = list(csv.DictReader(JUDGED.open(encoding="utf-8"), delimiter="\t"))
    shares = right_shares(rows)
    print("| query | without units | with units |\n| --- | ---: | ---: |")
    for query in sorted({row["query"] for row in rows}):
        cells = " | ".join(f"{mean(shares[way][query]):.2f}" for way in FOUND_BY)
        print(f"| {query} | {cells} |")
    means = " | ".join(f"{mean(map(mean, shares[way].values())):.3f}" for way in FOUND_BY)
    print(f"| mean of {len(shares['after'])} queries | {means} |")
    print(
        "\nThe readers agree on {:.1%} of {} grades, on {:.1%} of right or wrong; kappa {:.2f}.".format(
            *agreement(rows)
        )
    )


def right_shares(rows: list[dict[str, str]]) -> Shares:
    """Whether each match is what was meant; by rule where it was judged so."""
    shares: Shares = {way: defaultdict(list) for way in FOUND_BY}
    for row in rows:
        grades = [row["rule"]] if row["rule"] else [row["first"], row["second"]]
        right = mean(grade > "0" for grade in grades)
        for way in row["found_by"].split(","):
            shares[way][row["query"]].append(right)
    return shares


def agreement(rows: list[dict[str, str]]) -> tuple[float, int, float, float]:
    """The share of equal grades, their number, the share of equal verdicts, and Cohen's kappa of these."""
    pairs = [(row["first"], row["second"]) for row in rows if row["first"]]
    verdicts = [(first > "0", second > "0") for first, second in pairs]
    alike = mean(first == second for first, second in verdicts)
    yes = [mean(verdict[reader] for verdict in verdicts) for reader in (0, 1)]
    by_chance = yes[0] * yes[1] + (1 - yes[0]) * (1 - yes[1])
    same_grade = mean(first == second for first, second in pairs)
    return same_grade, len(pairs), alike, (alike - by_chance) / (1 - by_chance)


if __name__ == "__main__":
    main()
