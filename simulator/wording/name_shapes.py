"""Which words of a reply have the shape of a name or a title, whoever is meant and wherever they stand."""

from __future__ import annotations

from collections.abc import Sequence

from simulator.wording.customer_names import CustomerNames
from simulator.wording.likeness import likeness
from simulator.wording.name_knowledge import NameKnowledge
from simulator.wording.name_places import Places
from simulator.wording.own_names import (
    ALIKE_AFTER_TITLE,
    ALIKE_ALONE,
    ALIKE_AS_TYPED,
    ALIKE_IN_SOME_CASE,
    SHORT_NAME,
    OwnNames,
)
from simulator.wording.tokens import SOFT_BREAK, Token

ALIKE_AGENT = 0.8
SHORTEST_NAME = 3
# A word next to a title that is just so much less alike may still be the customer's name misheard; so may a
# known name that is as alike as this.
DOUBT = 0.03
DOUBTFUL_IF_KNOWN = 0.84


class NameShapes:
    """The names and titles that there may be in one reply."""

    def __init__(
        self, tokens: Sequence[Token], places: Places, customer: CustomerNames, knowledge: NameKnowledge
    ) -> None:
        self._tokens = tokens
        self._places = places
        self._customer = customer
        self._knowledge = knowledge
        self._names = knowledge.names
        self.own = OwnNames(tokens, customer, knowledge)

    def is_right(self, titles: tuple[str, ...]) -> bool:
        return not self._customer.titles.isdisjoint(titles)

    def is_called_by_form(self, name: int, end: int) -> bool:
        """Whether the case of the customer's name alone says that they are addressed."""
        return self._knowledge.titles_are_pronouns and self._places.unpunctuated and self.own.is_vocative(name, end)

    def least_alike(self, at: int) -> float:
        """How alike a name next to a title has to be. More where it was typed (recognisers write no capitals), and
        where a name has many forms, of which one or another is like much."""
        if self._tokens[at].capital:
            return ALIKE_AS_TYPED
        return ALIKE_IN_SOME_CASE if self._names.cases else ALIKE_AFTER_TITLE

    def is_doubtful_own(self, name: int, end: int) -> bool:
        """Where titles are pronouns ("pani umowa") a name that is only alike needs a new beginning after it."""
        if not self._knowledge.titles_are_pronouns or self.own.is_exact(name, end) or self._tokens[name].capital:
            return False
        return self._knowledge.is_ordinary(self._tokens[name].word) or not (
            self._places.reads_on(end) or self.own.score(name, ALIKE_ALONE) >= ALIKE_ALONE
        )

    def is_known(self, at: int) -> bool:
        return self._knowledge.is_like_known_name(self._tokens[at].word)

    def may_span(self, at: int, title: int) -> bool:
        """Whether what stands from `at` to the title may be one name, and not the customer's after another word."""
        if title == at + 1:
            return True
        if title > at + 2 or self.own.end(at + 1, self.least_alike(at + 1)) == title:
            return False
        if self._tokens[at + 1].word in self._names.first_names or self.is_inserted_word(at + 1):
            return True
        return not any(self._knowledge.is_ordinary(token.word) for token in self._tokens[at:title])

    def titles(self, at: int) -> tuple[str, ...]:
        return self._knowledge.titles(self._tokens[at].word)

    def next_title(self, at: int) -> int | None:
        for n in range(at + 1, min(at + 4, len(self._tokens))):
            if self._tokens[n].breaks >= SOFT_BREAK:
                return None
            if self.titles(n):
                return n
        return None

    def is_oblique_title(self, title: int) -> bool:
        """A title after the name in a case that nobody is addressed in, unless a word that asks follows
        ("Kovács úrral beszélek?")."""
        forms = {form for form, _ in self._names.oblique}
        oblique = forms.issuperset(self.titles(title))
        return oblique and not self._places.is_asked_after(title + 1)

    def is_agent(self, word: str) -> bool:
        return any(likeness(word, name, self._names) >= ALIKE_AGENT for name in self._customer.agent)

    def is_whole_name(self, at: int) -> bool:
        """A known surname with a given name after it (Szabó Péter), where titles follow as well."""
        if not self._names.title_follows or at + 1 >= len(self._tokens):
            return False
        given = self._tokens[at + 1]
        known = self._tokens[at].word in self._names.surnames and given.word in self._names.first_names
        return known and given.breaks < SOFT_BREAK and given.word not in self._customer.agent

    def is_inserted_word(self, at: int) -> bool:
        """A little word that a recogniser put between title and name."""
        if not self._places.unpunctuated or at + 1 >= len(self._tokens):
            return False
        return self._tokens[at].word in self._knowledge.stop_words

    def may_be_own(self, at: int) -> bool:
        """Whether it stays open if this is another name or the customer's, misheard."""
        if self._tokens[at].capital:
            return False
        listed = self._knowledge.is_listed(self._tokens[at].word)
        return self.own.likeness(at) >= (DOUBTFUL_IF_KNOWN if listed else self.least_alike(at) - DOUBT)

    def could_be_name(self, at: int, title: int) -> bool:
        """Whether the word, next to a title, is somebody's name."""
        if at >= len(self._tokens) or (self._tokens[at].breaks >= SOFT_BREAK and at > title):
            return False
        knowledge, word = self._knowledge, self._tokens[at].word
        if not word.isalpha() or word in self._names.titles:
            return False
        if len(word) < SHORTEST_NAME and (knowledge.is_ordinary(word) or not self.is_piece(at)):
            return False
        if word in knowledge.stop_words:
            return self._names.title_follows and word in self._names.surnames
        if self._tokens[at].capital or knowledge.is_known_name(word):
            return True
        said = self._tokens[title].word
        if knowledge.titles_are_pronouns:
            called = self.is_vocative_title(title) or self.is_asked(title) or self.stands_between(title, at + 1)
            return knowledge.is_like_known_name(word) or (called and not knowledge.is_ordinary(word))
        if said in self._names.titles and not knowledge.is_ordinary(said):
            return not self._names.title_follows or not knowledge.is_ordinary(word)
        return len(word) >= SHORT_NAME and not knowledge.is_ordinary(word)

    def stands_between(self, title: int, end: int) -> bool:
        """Whether the title follows a word that addresses follow, and something new begins at `end`."""
        return self._places.unpunctuated and title > 0 and self._places.begins(title) and self._places.reads_on(end)

    def is_piece(self, at: int) -> bool:
        """Whether a recogniser may have split a name here ("th ornton")."""
        following = at + 1
        if not self._places.unpunctuated or following >= len(self._tokens) or self._names.title_follows:
            return False
        return not self._knowledge.is_ordinary(self._tokens[following].word)

    def is_asked(self, title: int) -> bool:
        return self._places.follows(title, self._names.asking)

    def is_spoken_about(self, at: int, titles: tuple[str, ...]) -> bool:
        """Title and name in cases that nobody is addressed in, unless asked for; where a recogniser wrote, a
        given name in the vocative stands against the title."""
        if not all(self.is_oblique(title, at) for title in titles) or self.is_asked(at):
            return False
        return not (self._places.unpunctuated and self._knowledge.is_vocative(self._tokens[at + 1].word))

    def is_oblique(self, title: str, at: int) -> bool:
        """Title and name in a case that nobody is addressed in: somebody is spoken about."""
        name = at + 1
        if self._tokens[name].breaks >= SOFT_BREAK:
            return False
        word = self._tokens[name].word
        if not any(title == form and word.endswith(ending) for form, ending in self._names.oblique):
            return False
        return self.could_be_name(name, at) or self.own.score(name, ALIKE_ALONE) >= ALIKE_ALONE

    def is_vocative_title(self, at: int) -> bool:
        return not self._names.vocative_titles.isdisjoint(self.titles(at))
