"""Which label does underthesea give, to the last bit? For the few texts that the arrays cannot decide.

In a list of names that the model has never seen one score repeats, and two segmentations can have exactly the
same score: then the rounding of underthesea's sums decides. So the sums are added here as they are there:
each label by itself, feature by feature in the model's order, label after label along the text. Source:
``featurizers.rs``, ``model.rs`` and ``tagger.rs`` of underthesea_core 3.3.2.
"""

import re
from collections.abc import Iterable, Sequence

from indexer.text.crfsuite import CrfModel
from indexer.text.word_features import DIGIT, IN_DICTIONARY, LOWER, TITLE, is_digit, is_title

LabelScores = tuple[float, float]
"""Of B-W and of I-W."""

_FEATURE = re.compile(r"T\[(-?\d)(?:,(-?\d))?\](.*)")


class ExactModel:
    """The model evaluated as underthesea does, at some thousand tokens a second.

    Args:
        model: labels B-W and I-W, in this order.
        features: the names of features, in the order in which they are added.
        dictionary: the words of ``is_in_dict``.
    """

    def __init__(self, model: CrfModel, features: Iterable[str], dictionary: frozenset[str]) -> None:
        begin, inside = model.states.T.tolist()
        self._weights = dict(zip(model.attributes, zip(begin, inside, strict=True), strict=True))
        self._from_begin, self._from_inside = model.transitions.tolist()
        self._features = [_parsed(feature) for feature in features]
        self._dictionary = dictionary

    def begins(self, tokens: Sequence[str]) -> list[bool]:
        """For each token of a text: whether a word begins there."""
        before: list[tuple[bool, bool]] = []
        best = self._emission(tokens, 0)
        for place in range(1, len(tokens)):
            best, came_from = self._step(best, self._emission(tokens, place))
            before.append(came_from)
        found = [best[0] >= best[1]]
        for if_begins, if_inside in reversed(before):
            found.append(if_begins if found[-1] else if_inside)
        return found[::-1]

    def _step(self, best: LabelScores, said: LabelScores) -> tuple[LabelScores, tuple[bool, bool]]:
        """The best scores up to the next token, and for each label whether a word began before it."""
        scores: list[float] = []
        came_from: list[bool] = []
        for label in (0, 1):
            begun = best[0] + self._from_begin[label]
            inside = best[1] + self._from_inside[label]
            scores.append(max(begun, inside) + said[label])
            came_from.append(begun >= inside)
        return (scores[0], scores[1]), (came_from[0], came_from[1])

    def _emission(self, tokens: Sequence[str], place: int) -> LabelScores:
        begin = inside = 0.0
        for name, first, last, function in self._features:
            answer = self._answer(tokens, place + first, place + last, function)
            for_begin, for_inside = self._weights.get(f"{name}={answer}", (0.0, 0.0))
            begin += for_begin
            inside += for_inside
        return begin, inside

    def _answer(self, tokens: Sequence[str], first: int, last: int, function: str) -> str:
        if first < 0 or last < 0:
            return "BOS"
        if last >= len(tokens):
            return "EOS"
        run = tokens[first : last + 1]
        written = " ".join(run)
        if function == DIGIT:
            return str(is_digit(written))
        if function == TITLE:
            return str(all(map(is_title, run)))
        if function == IN_DICTIONARY:
            return str(written.lower() in self._dictionary)
        return written.lower() if function == LOWER else written


def _parsed(name: str) -> tuple[str, int, int, str]:
    """A feature's name, the distances of its first and last token, its function."""
    found = _FEATURE.fullmatch(name)
    if found is None:
        raise ValueError(f"the word model's feature {name!r} is none we know")
    first, last, function = found.groups()
    return name, int(first), int(last or first), function
