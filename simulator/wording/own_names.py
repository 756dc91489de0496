"""Finds the customer's own name among the words of a reply, also where a recogniser split, joined or misheard it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from simulator.wording.customer_names import CustomerNames, most_alike, nearest, nearest_form
from simulator.wording.name_knowledge import NameKnowledge
from simulator.wording.tokens import SOFT_BREAK, Token

ALIKE_AFTER_TITLE = 0.7
ALIKE_IN_SOME_CASE = 0.74
ALIKE_AS_TYPED = 0.82
ALIKE_CALLED_OUT = 0.75
ALIKE_ALONE = 0.84
ALIKE_SHORT = 0.9
ALIKE_EXACT = 0.95
SHORT_NAME = 4
MOST_PIECES = 3
LEAST_DOUBT = 0.6


class OwnNames:
    """The own names in one reply."""

    def __init__(self, tokens: Sequence[Token], customer: CustomerNames, knowledge: NameKnowledge) -> None:
        self._tokens = tokens
        self._customer = customer
        self._most: list[list[float]] = []
        self._highest: list[float] = []
        self._knowledge = knowledge

    def end(self, at: int, least: float) -> int | None:
        """Where the name (first, last or both) that begins at `at` ends; None where there is none that is at
        least so much alike."""
        if not self._highest:
            self._most_alike()
        if at >= len(self._tokens) or self._highest[at] < least:
            return None
        best: tuple[float, int] | None = None
        for end in self._ends(at):
            other = end > at + 1 and self._has_other_word(at, end, least)
            needed = ALIKE_EXACT if other else least
            score = self._score_of(at, end, needed)
            if other and score >= needed and self._score_of(at + 1, end, least) >= least:
                continue
            if score >= needed and (best is None or score > best[0]):
                best = (score, end)
        if best is None:
            return None
        following = best[1]
        if following >= len(self._tokens) or self._tokens[following].breaks >= SOFT_BREAK:
            return following
        also = self._score_of(following, following + 1, ALIKE_ALONE) >= ALIKE_ALONE
        return following + 1 if also else following

    def _ends(self, at: int) -> Iterator[int]:
        """Where one to three words from `at` end."""
        for end in range(at + 1, min(at + MOST_PIECES, len(self._tokens)) + 1):
            if end > at + 1 and self._tokens[end - 1].breaks >= SOFT_BREAK:
                return
            yield end

    def _most_alike(self) -> list[list[float]]:
        """For one, two and three words from each token on, how alike they can be to a form of the name at most."""
        if not self._most:
            words = [token.word for token in self._tokens]
            self._most = most_alike(words, self._customer.forms, self._knowledge.names, MOST_PIECES)
            self._highest = [max(found) for found in zip(*self._most, strict=True)]
        return self._most

    def _has_other_word(self, at: int, end: int, least: float) -> bool:
        """Whether a little word, and not a piece of the name, is at the end of [at, end), or at its beginning
        where no title says that a name begins."""
        words = {self._tokens[end - 1].word}
        if least >= ALIKE_ALONE:
            words.add(self._tokens[at].word)
        return any(word in self._knowledge.stop_words for word in words)

    def score_of(self, at: int, end: int) -> float:
        """How alike [at, end) is, said as one, to the customer's name, whatever else it may be."""
        words = tuple([token.word for token in self._tokens[at:end]])
        return nearest(words, self._customer.forms, self._knowledge.names, LEAST_DOUBT)[0]

    def nearness(self, at: int, end: int) -> tuple[float, float, str]:
        """Of [at, end), said as one: how alike its letters and its sounds are to the nearest form of the name, and
        that form; 0, 0 and "" where none is anything like it."""
        heard = "".join([token.word for token in self._tokens[at:end]])
        return nearest_form(heard, self._customer.forms, self._knowledge.names)

    def score(self, at: int, least: float) -> float:
        """How alike the word at `at` is to the customer's name; 0 where it is rather another word or name."""
        return self._score_of(at, at + 1, least)

    def _score_of(self, at: int, end: int, least: float) -> float:
        """The same of the words of [at, end), said as one."""
        if self._most_alike()[end - at - 1][at] < least:
            return 0.0
        words = tuple([token.word for token in self._tokens[at:end]])
        score, length = nearest(words, self._customer.forms, self._knowledge.names, least)
        if score == 1.0 or score < least:
            return score
        heard = "".join(words)
        if heard in self._knowledge.stop_words:
            return 0.0
        if length <= SHORT_NAME and least >= ALIKE_ALONE and score < ALIKE_SHORT:
            return 0.0
        if score < ALIKE_EXACT and self._knowledge.is_listed(heard):
            return 0.0
        return score

    def is_exact(self, at: int, end: int) -> bool:
        """Whether all of [at, end) are forms of the customer's name, letter for letter."""
        return all(token.word in self._customer.forms for token in self._tokens[at:end])

    def is_close(self, at: int, end: int) -> bool:
        """Whether [at, end) is so near the customer's name that only the title can be wrong."""
        return self._score_of(at, end, ALIKE_ALONE) >= ALIKE_SHORT

    def likeness(self, at: int) -> float:
        """How alike the word at `at` is to the name as given, whatever else it may be."""
        words = (self._tokens[at].word,)
        return nearest(words, self._customer.given, self._knowledge.names, LEAST_DOUBT)[0]

    def is_vocative(self, at: int, end: int) -> bool:
        """Whether a form is used that is not as the name is given."""
        return any(
            token.word in self._customer.forms and token.word not in self._customer.given
            for token in self._tokens[at:end]
        )
