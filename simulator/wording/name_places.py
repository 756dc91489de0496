"""Where in a reply a name stands: where somebody is addressed, or where somebody else is spoken about."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from simulator.wording.name_knowledge import NameKnowledge
from simulator.wording.tokens import HARD_BREAK, SOFT_BREAK, Token

LOOK_AHEAD = 4


class Standing(Enum):
    """Of a name: spoken about, asked for ("am I speaking with"), or put in where the sentence reads on without."""

    ABOUT = "about"
    ASKED = "asked"
    INSERTED = "inserted"


class Places:
    """The places of one reply."""

    def __init__(self, tokens: Sequence[Token], starts: Sequence[bool], knowledge: NameKnowledge) -> None:
        self._tokens = tokens
        self._starts = starts
        self._knowledge = knowledge
        self._names = knowledge.names
        self._followed: dict[tuple[int, int], bool] = {}
        self.unpunctuated = not any(
            token.capital or (at and token.breaks >= SOFT_BREAK) for at, token in enumerate(tokens)
        )

    def standing(self, first: int, end: int, *, own: bool, titled: bool, strict: bool, vocative: bool) -> Standing:
        """Of the name at [first, end). `strict`: it has to stand where addresses stand; `vocative`: its form
        says that somebody is addressed."""
        introduced = self.follows(first, self._names.introducing)
        if introduced and not own and not titled:
            return Standing.ABOUT
        if self.is_asked(first, end):
            acts = bool(self._names.cases) and self._somebody_acts(end, titled)
            told = not own and (acts or self._is_referred_to(end))
            return Standing.ABOUT if told else Standing.ASKED
        if introduced:
            return Standing.ABOUT
        if vocative:
            return Standing.INSERTED
        if self._is_apposition(first, end, own, titled):
            return Standing.ABOUT
        if self._is_spoken_about(first, end, own, titled) or (strict and not self._is_put_in(first, end, titled)):
            return Standing.ABOUT
        return Standing.INSERTED

    def begins(self, first: int) -> bool:
        """Whether an address can begin here: after a break, or after a word that addresses follow."""
        return self._is_open(first) or self._said(first - 1) in self._names.beside_address

    def reads_on(self, end: int) -> bool:
        """Whether something new begins at `end`, so that what stands before can be a name put in."""
        return self._is_open(end) or self._starts[end] or self._said(end) in self._names.beside_address

    def follows(self, first: int, phrases: tuple[tuple[str, ...], ...]) -> bool:
        """Whether one of the phrases stands right before `first`; one word alone only where something begins."""
        key = (first, id(phrases))
        found = self._followed.get(key)
        if found is None:
            found = self._followed[key] = first > 0 and self._do_follow(first, phrases)
        return found

    def _do_follow(self, first: int, phrases: tuple[tuple[str, ...], ...]) -> bool:
        last = self._may_have_said(first - 1)
        for phrase in phrases:
            begin = first - len(phrase)
            if phrase[-1] not in last or begin < 0 or (len(phrase) == 1 and not self._is_afresh(begin)):
                continue
            if all(word in self._may_have_said(begin + n) for n, word in enumerate(phrase)):
                return True
        return False

    def _is_afresh(self, at: int) -> bool:
        """Whether the words begin anew: a sentence, or after a word that addresses stand beside."""
        if at == 0 or self._tokens[at].breaks >= HARD_BREAK:
            return True
        return self._said(at - 1) in self._names.beside_address

    def is_asked(self, first: int, end: int) -> bool:
        """Whether the name is asked for, before it or after ("am I speaking with")."""
        return self.follows(first, self._names.asking) or self.is_asked_after(end)

    def is_asked_after(self, end: int) -> bool:
        """Whether a word that asks follows the name in its clause ("Kovács úrral beszélek?")."""
        return not self._is_open(end) and (self._said(end),) in self._names.asking

    def _said(self, at: int) -> str:
        word = self._tokens[at].word
        return self._knowledge.meant(word) if self.unpunctuated else word

    def _may_have_said(self, at: int) -> tuple[str, ...]:
        word = self._tokens[at].word
        return self._knowledge.all_meant(word) if self.unpunctuated else (word,)

    def _is_open(self, at: int) -> bool:
        return at <= 0 or at >= len(self._tokens) or self._tokens[at].breaks >= SOFT_BREAK

    def _is_spoken_about(self, first: int, end: int, own: bool, titled: bool) -> bool:
        """By the words before and after. After "yes" or "thank you" a customer's own name and title are an address."""
        named = own and titled
        if not self._is_open(first) and not self._names.before_others.isdisjoint(self._may_have_said(first - 1)):
            return not (named and self.unpunctuated and self.begins(first - 1) and self.reads_on(end))
        if named and not self._is_open(first) and self.begins(first):
            return False
        return not self._is_open(end) and not self._starts[end] and self._knowledge.follows_others(self._said(end))

    def _is_put_in(self, first: int, end: int, titled: bool) -> bool:
        """Whether a name stands where addresses stand. A title leaves less doubt, unless it is a pronoun as well."""
        begins, ends = self.begins(first), self.reads_on(end)
        if self._somebody_acts(end, titled):
            return False
        if not self.unpunctuated and self._names.cases and not (self._is_open(end) or self._is_open(end + 1)):
            return False
        if not titled or (self._names.cases and not self.unpunctuated):
            return begins and ends
        if self._names.cases:
            return begins or ends or not (self._knowledge.titles_are_pronouns or self._acted(first, end))
        return ends or not self._is_open(first)

    def _somebody_acts(self, end: int, titled: bool) -> bool:
        """ "Mrs Kelly from accounts will": a verb of a third person follows within the clause."""
        for at in range(end, min(end + LOOK_AHEAD, len(self._tokens))):
            word = self._tokens[at].word
            passed_over = titled and self._knowledge.may_be_passed_over(word)
            if self._tokens[at].breaks >= SOFT_BREAK or (self._starts[at] and not passed_over):
                return False
            if self._knowledge.follows_others(self._said(at)):
                return True
            if word in self._knowledge.stop_words and not passed_over:
                return False
        return False

    def _acted(self, first: int, end: int) -> bool:
        """Whether a verb of a third person stands before the name, or who they are behind it."""
        before = self._knowledge.follows_others(self._said(first - 1))
        return before or (not self._is_open(end) and self._said(end) in self._names.roles)

    def _is_apposition(self, first: int, end: int, own: bool, titled: bool) -> bool:
        """ "Your husband, Mr Novak", "Mr Brown, he": who somebody is, not who is spoken to."""
        tokens = self._tokens
        role = first > 0 and tokens[first].breaks <= SOFT_BREAK and self._said(first - 1) in self._names.roles
        if role and not (own and titled and self.unpunctuated):
            return True
        return not own and (self._is_referred_to(end) or self._is_introduced_as(first))

    def _is_referred_to(self, end: int) -> bool:
        """ "Mr Brown, he" or "Mr Brown and he"."""
        tokens = self._tokens
        joined = end + 1 < len(tokens) and tokens[end].word in self._names.before_others and not self._is_open(end)
        at = end + 1 if joined else end
        return at < len(tokens) and tokens[at].breaks <= SOFT_BREAK and tokens[at].word in self._names.referring

    def _is_introduced_as(self, first: int) -> bool:
        """ "He is Mr Brown", "my manager is Mr Brown"."""
        if first < 2 or self._is_open(first) or self._is_open(first - 1):
            return False
        if self._said(first - 2) in self._names.roles:
            return True
        return self._tokens[first - 2].word in self._names.referring and self.reads_on(first - 2)
