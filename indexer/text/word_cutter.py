"""How are many texts segmented with underthesea's word model, without importing underthesea?

Texts become token numbers (word_tokens), numbers become scores (word_scores), scores become words
(word_viterbi, and word_exact where two labels are too close); the model is read from underthesea's own files
(word_source, crfsuite, word_model).
"""

import threading
from collections.abc import Callable, Sequence
from functools import cached_property

import numpy as np

from indexer.text import word_source
from indexer.text.crfsuite import read_model
from indexer.text.token_pattern import TokenFinder, token_pattern
from indexer.text.word_exact import ExactModel
from indexer.text.word_model import WordModel
from indexer.text.word_scores import scores
from indexer.text.word_tokens import BEGIN, END, MARGIN, Batch, Stretches, TokenNumbers, Tokens
from indexer.text.word_viterbi import Flags, backtrack, forward, transitions_of

REMEMBERED = 200_000  # stretches of text that are kept with their tokens: some 50 MB


class WordCutter:
    """The model's tables, and the stretches and tokens met so far; safe for threads.

    Args:
        plain: rewrites a stretch (NFC) as the model was trained to read it.
    """

    def __init__(self, plain: Callable[[str], str]) -> None:
        self._plain = plain
        self._read = read_model(word_source.model())
        self._model = WordModel(self._read, word_source.dictionary())
        self._transitions = transitions_of(self._model.transitions)
        self._finder = TokenFinder(token_pattern())
        self._lock = threading.Lock()
        self._forget()

    @cached_property
    def _exact(self) -> ExactModel:
        return ExactModel(self._read, word_source.features(), word_source.dictionary())

    def _forget(self) -> None:
        self._tokens = Tokens(self._model)
        self._stretches = Stretches(self._finder, self._plain, self._tokens)

    def joins(self, texts: Sequence[str]) -> list[list[bool]]:
        """For each text (NFC), one flag per syllable: whether its word goes on with the next one."""
        with self._lock:
            batch, begins = self._cut(texts)
        word = np.cumsum(begins)
        joined = np.zeros(len(batch.first), bool)
        joined[:-1] = word[batch.last[:-1]] == word[batch.first[1:]]
        flags, ends = joined.tolist(), batch.ends.tolist()
        return [flags[start:end] for start, end in zip([0, *ends], ends, strict=False)]

    def words(self, texts: Sequence[str]) -> list[list[str]]:
        """The words of each text as ``underthesea.word_tokenize`` gives them; tests compare the two."""
        with self._lock:
            batch, begins = self._cut(texts)
            spelling = list(self._tokens)
        found: list[list[str]] = [[] for _ in texts]
        inner = batch.tokens > END
        columns = batch.tokens[inner], _text_of(batch.tokens)[inner], begins[inner]
        for token, text, begins_word in zip(*(column.tolist() for column in columns), strict=True):
            if begins_word:
                found[text].append(spelling[token])
            else:
                found[text][-1] += " " + spelling[token]
        return found

    def _cut(self, texts: Sequence[str]) -> tuple[Batch, Flags]:
        """The texts as token numbers (N,), and for each token whether a word begins there (N,)."""
        if len(self._stretches) > REMEMBERED:
            self._forget()
        batch = self._stretches.batch(texts)
        margin = batch.tokens <= END
        score = np.where(margin, 1.0, scores(batch.tokens, self._tokens, self._model))
        first, last = margin.copy(), margin.copy()
        first[1:] |= margin[:-1]
        last[:-1] |= margin[1:]
        begins, close = backtrack(forward(score, first, self._transitions), first, last, self._transitions)
        if close.any():
            self._decide(batch.tokens, close, begins)
        return batch, begins | first

    def _decide(self, tokens: TokenNumbers, close: Flags, begins: Flags) -> None:
        """Corrects ``begins`` in the texts that have a decision too close to be sure."""
        spelling = list(self._tokens)
        text_of = np.where(tokens <= END, -1, _text_of(tokens))
        for text in np.unique(text_of[close]).tolist():
            places = np.flatnonzero(text_of == text)
            begins[places] = self._exact.begins([spelling[number] for number in tokens[places].tolist()])


def _text_of(tokens: TokenNumbers) -> TokenNumbers:
    """For each token (N,) the number of its text, from 0."""
    return np.cumsum(tokens == BEGIN) // MARGIN - 1
