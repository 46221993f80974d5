"""What does a reader of the figures see? One table of all targets, then a table a set."""

from collections.abc import Callable, Mapping, Sequence

from benchmarks.engines import OURS
from benchmarks.relevance.measuring import FOLDED, Measured
from benchmarks.relevance.peers import Peer
from benchmarks.relevance.scores import Scores, difference, different, ratio
from benchmarks.relevance.sets import MEASURES, SETS, JudgedSet

HOW_IT_WAS_MEASURED = """
Each query goes through the service, as `khobao batch` sends it, and 100 results are asked for. Measures are
ir_measures' (trec_eval's), MRR@10 as RR@10; ± is one standard error of the mean; × is a part of the clean
set's figure with the interval of 95 % of resamples. "Ahead" is Kho Báo's figure less the peer's on the
queries that the peer was asked, by the measure of the set. "Folded" shows each story once: an article that
is asked for counts where its story stands. Peers get the same articles and the query as typed; their answers
are kept from run to run, so their times are of the run that asked. Times are of one thread, each query once,
while the machine did what the load below says.
"""


def whole(found: Mapping[str, Measured], peers: Sequence[Peer]) -> str:
    """The report."""
    parts = [
        "# Relevance, through the engine",
        HOW_IT_WAS_MEASURED.strip(),
        "\n".join(f"- {peer.name}: {peer.setup}" for peer in peers),
        _targets(found),
        *(_one_set(SETS[name], found) for name in found),
    ]
    return "\n\n".join(part for part in parts if part)


def _targets(found: Mapping[str, Measured]) -> str:
    lines = [
        f"| {name} | {_figure(found[name][OURS], SETS[name].measure)} | {_folded(name, found)}"
        f" | {SETS[name].target} | {outcome} |"
        for name in found
        for outcome in [_outcome(SETS[name], found)]
    ]
    head = ["| set | Kho Báo | folded | target | outcome |", "| --- | ---: | ---: | --- | --- |"]
    return "\n".join([*head, *lines])


def _folded(name: str, found: Mapping[str, Measured]) -> str:
    row = found[name]
    return _figure(row[FOLDED], SETS[name].measure) if FOLDED in row else ""


def _outcome(judged: JudgedSet, found: Mapping[str, Measured]) -> str:
    """Whether the target is reached, and what there is to say of it."""
    ours = found[judged.name][OURS]
    if judged.clean:
        clean = found[judged.clean][OURS]
        if judged.of_clean == 1:
            other = different(ours, clean)
            return _said(not other, f"{len(other)} of {len(ours.rankings)} queries answered otherwise")
        part, low, high = ratio(ours, clean, judged.measure)
        return _said(part >= judged.of_clean, f"× {part:.3f} ({low:.3f} to {high:.3f})")
    reached = bool(judged.least) and ours.mean(judged.measure) >= judged.least
    return _said(reached, f"{ours.mean(judged.measure) - judged.least:+.3f}") if judged.least else ""


def _said(reached: bool, more: str) -> str:
    return f"{'reached' if reached else 'MISSED'}; {more}"


def _one_set(judged: JudgedSet, found: Mapping[str, Measured]) -> str:
    row = found[judged.name]
    heads = ["", "queries", "nDCG@10", "MRR@10", "recall@100", "found nothing", "ms p50 / p95"]
    columns: list[Callable[[str], str]] = [
        lambda name: name,
        lambda name: str(len(row[name].rankings)),
        *(lambda name, measure=measure: _figure(row[name], measure) for measure in MEASURES),
        lambda name: str(row[name].nothing),
        lambda name: f"{row[name].timing.p50:.1f} / {row[name].timing.p95:.1f}",
    ]
    if judged.clean:
        heads.append("× clean")
        columns.append(lambda name: _part(row[name], found[judged.clean].get(name), judged.measure))
    if len(row) > 1:
        heads.append("ahead")
        columns.append(lambda name: _ahead(row, name, judged.measure))
    lines = [f"| {' | '.join(column(name) for column in columns)} |" for name in row]
    table = "\n".join([f"| {' | '.join(heads)} |", f"| --- |{' ---: |' * (len(heads) - 1)}", *lines])
    return f"## {judged.name}\n\nTarget: {judged.target}.\n\n{table}"


def _figure(scores: Scores, measure: str) -> str:
    return f"{scores.mean(measure):.3f} ± {scores.error(measure):.3f}"


def _part(scores: Scores, clean: Scores | None, measure: str) -> str:
    if clean is None or not clean.mean(measure):
        return ""
    part, low, high = ratio(scores, clean, measure)
    return f"{part:.3f} ({low:.3f} to {high:.3f})"


def _ahead(row: Measured, name: str, measure: str) -> str:
    if name == OURS:
        return ""
    far, error = difference(row[OURS], row[name], measure)
    return f"{far:+.3f} ± {error:.3f}"
