"""What a phrasebook knows of names and of the words around them, and what recognisers make of these."""

from __future__ import annotations

import zlib
from collections.abc import Container, Hashable
from functools import lru_cache
from typing import Protocol

from simulator.wording.likeness import Misheard, Outlines, likeness, outline_of
from simulator.wording.phrasebook import Phrasebook

ALIKE_FIRST_NAME = 0.85
LONG_NAME = 5
SHORTEST_TITLE = 4
MOST_REMEMBERED = 20_000
# How feminine given names end in the nominative, where names have cases.
BASIC_ENDINGS = ("a", "а", "я")
VOCATIVE_ENDINGS = "uе"


class NameKnowledge:
    """Made once per phrasebook."""

    def __init__(self, book: Phrasebook, vocabulary: Container[str], no_names: Container[int] = ()) -> None:
        names = book.names
        asked = {word for phrase in (*names.asking, *names.introducing) for word in phrase}
        self.names = names
        self.stop_words = book.stop_words
        glue = book.clause_glue & book.stop_words if names.cases else frozenset()
        self._passed_over = book.light | book.negators.words | glue
        self._vocabulary = vocabulary
        self._no_names = no_names
        self._after_others, self._others_endings = _words_and_endings(names.after_others)
        self._around = names.before_others | self._after_others | names.beside_address | names.roles | asked
        self._meant = Misheard(self._around, names)
        self._titles = Misheard(names.titles, names, letter_may_go=SHORTEST_TITLE)
        self._known = Misheard(names.surnames | names.first_names, names)
        self._first_names = Outlines(names.first_names, names)
        self._alike: dict[str, float] = {}

    @property
    def titles_are_pronouns(self) -> bool:
        return bool(self.names.surname_endings)

    def is_ordinary(self, word: str) -> bool:
        """Whether this is known to be another word than a name misheard."""
        return word in self.stop_words or word in self._around or word in self._vocabulary

    def is_word(self, word: str) -> bool:
        """The same by all words that were learnt besides; a listed name is no such word."""
        return self.is_ordinary(word) or (zlib.crc32(word.encode()) in self._no_names and not self.is_listed(word))

    def titles(self, word: str) -> tuple[str, ...]:
        """The title that was heard, or those that may have been said; none where it is no title."""
        if word in self.names.titles:
            return (word,)
        return () if self.is_ordinary(word) or self.is_known_name(word) else self._titles.all_meant(word)

    def meant(self, word: str) -> str:
        """Which of the words around names was most likely said; what was heard where it is a word itself."""
        return self.all_meant(word)[0]

    def all_meant(self, word: str) -> tuple[str, ...]:
        """Those words that may have been said, the likeliest first."""
        return (word,) if self.is_ordinary(word) else self._meant.all_meant(word) or (word,)

    def follows_others(self, word: str) -> bool:
        """Whether the word tells what a third person does or is."""
        return word in self._after_others or (
            len(word) > LONG_NAME and word.endswith(self._others_endings) and word not in self.names.beside_address
        )

    def may_be_passed_over(self, word: str) -> bool:
        """Whether a word after a name leaves open who acts ("Mr Brown never came")."""
        return word in self._passed_over

    def is_listed(self, word: str) -> bool:
        return word in self.names.surnames or word in self.names.first_names

    def is_known_name(self, word: str) -> bool:
        """A listed name, or one by its form where the language says what names look like."""
        return self.is_listed(word) or (self.titles_are_pronouns and word.endswith(self.names.surname_endings))

    def is_vocative(self, word: str) -> bool:
        """A given name in a form that mostly addresses (Anno, Ганно, Kamilu, Остапе)."""
        given = self.names.first_names
        if word not in given or not self.titles_are_pronouns:
            return False
        if word[-1] in VOCATIVE_ENDINGS and word[:-1] in given:
            return True
        return not word.endswith(BASIC_ENDINGS) and any(word[:-1] + ending in given for ending in BASIC_ENDINGS)

    def is_like_known_name(self, word: str) -> bool:
        """A known name, or what a recogniser makes of one."""
        if self.is_known_name(word):
            return True
        return len(word) >= LONG_NAME and not self.is_ordinary(word) and bool(self._known.meant(word))

    def is_like_first_name(self, word: str) -> bool:
        if word in self.names.first_names:
            return True
        if len(word) < LONG_NAME or self.titles_are_pronouns or self.is_ordinary(word):
            return False
        return self._nearest_first_name(word) >= ALIKE_FIRST_NAME

    def is_like_name_alone(self, word: str) -> bool:
        """What a recogniser may have made of a name, where no title says that it is one."""
        if len(word) < LONG_NAME or self.is_word(word):
            return False
        return self.is_known_name(word) or self._nearest_first_name(word) >= ALIKE_FIRST_NAME

    def _nearest_first_name(self, word: str) -> float:
        alike = self._alike.get(word)
        if alike is None:
            near = self._first_names.alike(outline_of(word, self.names), ALIKE_FIRST_NAME)
            alike = max((likeness(word, name, self.names) for name in near), default=0.0)
            if len(self._alike) < MOST_REMEMBERED:
                self._alike[word] = alike
        return alike


def _words_and_endings(listed: frozenset[str]) -> tuple[frozenset[str], tuple[str, ...]]:
    """`~ed` in a list of words stands for all words with that ending."""
    endings = tuple(sorted(word[1:] for word in listed if word.startswith("~")))
    return frozenset(word for word in listed if not word.startswith("~")), endings


class Vocabulary(Hashable, Protocol):
    """Words that are known to be something else than a misheard name."""

    def __contains__(self, word: object, /) -> bool: ...


@lru_cache(maxsize=16)
def knowledge_of(book: Phrasebook, vocabulary: Vocabulary, no_names: frozenset[int] = frozenset()) -> NameKnowledge:
    """`no_names` are checksums of words that are known to be no names."""
    return NameKnowledge(book, vocabulary, no_names)
