"""Who is addressed: the customer by a right name or a wrong one, a third person, or the agent themselves."""

from __future__ import annotations

import unicodedata
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from rapidfuzz.distance import Indel

from simulator.domain.scenario import Gender
from simulator.wording.context import ReplyContext
from simulator.wording.phrasebook import NameWords, Phrasebook
from simulator.wording.tokens import SOFT_BREAK, Token, normalised

ALIKE_AFTER_TITLE = 0.68
ALIKE_CALLED_OUT = 0.76
ALIKE_AFTER_PRONOUN = 0.72
ALIKE_ALONE = 0.84
ALIKE_SHORT = 0.9
ALIKE_EXACT = 0.95
ALIKE_FIRST_NAME = 0.8
LOOK_AHEAD = 4
# As spelt and as it sounds a name may be of different lengths; beyond this it cannot be alike.
LENGTHS_MAY_DIFFER = 0.12
SHORT_NAME = 4
LONG_NAME = 6
MOST_PIECES = 3


class NameKind(Enum):
    OWN = "own"
    WRONG = "wrong"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class NameUse:
    """A name at tokens [first, end). `inserted`: the sentence reads on without it (a vocative)."""

    kind: NameKind
    first: int
    end: int
    inserted: bool


@dataclass(frozen=True, slots=True)
class _Customer:
    """The names to compare with: as written and as they sound."""

    surnames: tuple[str, ...]
    first_names: tuple[str, ...]
    agent: frozenset[str]
    titles: frozenset[str]


def find_names(
    tokens: Sequence[Token],
    starts: Sequence[bool],
    book: Phrasebook,
    context: ReplyContext,
    vocabulary: Container[str] = (),
) -> list[NameUse]:
    """All addresses by name, in order. Empty where the customer's name is not known.

    `vocabulary` are the words that are known to be something else than a misheard name.
    """
    if not context.customer_name and not context.customer_first_name and not context.name_forms:
        return []
    finder = _Finder(tokens, starts, book, _customer_of(context, book.names), vocabulary)
    return list(finder.find())


@lru_cache(maxsize=64)
def _customer_of(context: ReplyContext, names: NameWords) -> _Customer:
    surnames, first_names = {normalised(context.customer_name)}, {normalised(context.customer_first_name)}
    for form in context.name_forms:
        for word in normalised(form).replace(".", " ").split():
            if word not in names.titles:
                (first_names if _nearer(word, context) else surnames).add(word)
    female = context.gender is Gender.FEMALE or normalised(context.customer_title).strip(".") in names.female_titles
    male = context.gender is Gender.MALE or normalised(context.customer_title).strip(".") in names.male_titles
    titles = names.titles if female == male else (names.female_titles if female else names.male_titles)
    return _Customer(
        _with_cases(surnames, names),
        _with_cases(first_names, names),
        frozenset(normalised(context.agent_name).split()),
        titles,
    )


def _nearer(word: str, context: ReplyContext) -> bool:
    first = Indel.normalized_similarity(word, normalised(context.customer_first_name))
    return first > Indel.normalized_similarity(word, normalised(context.customer_name))


def _with_cases(given: set[str], names: NameWords) -> tuple[str, ...]:
    forms = {name for name in given if name}
    for name in tuple(forms):
        for old, new in names.cases:
            if name.endswith(old) and len(name) - len(old) >= 2:
                forms.add(name[: len(name) - len(old)] + new)
    return tuple(sorted(forms))


@lru_cache(maxsize=4096)
def sound_of(word: str, names: NameWords) -> str:
    """A rough key of how a word sounds: the language's replacements, then no accents, and doubled letters once."""
    for old, new in names.sounds:
        word = word.replace(old, new)
    bare = "".join(letter for letter in unicodedata.normalize("NFD", word) if not unicodedata.combining(letter))
    return "".join(letter for at, letter in enumerate(bare) if at == 0 or letter != bare[at - 1])


@lru_cache(maxsize=16_384)
def likeness(heard: str, name: str, names: NameWords) -> float:
    """0 to 1: how alike two names are, as written or as they sound, whichever is more."""
    if heard == name:
        return 1.0
    by_sound = Indel.normalized_similarity(sound_of(heard, names), sound_of(name, names))
    return float(max(Indel.normalized_similarity(heard, name), by_sound * 0.99))


@lru_cache(maxsize=4096)
def _nearest_first_name(word: str, names: NameWords) -> float:
    return max((likeness(word, name, names) for name in names.first_names if name[0] == word[0]), default=0.0)


class _Finder:
    """Walks over one reply."""

    def __init__(
        self,
        tokens: Sequence[Token],
        starts: Sequence[bool],
        book: Phrasebook,
        customer: _Customer,
        vocabulary: Container[str],
    ) -> None:
        self._tokens = tokens
        self._starts = starts
        self._book = book
        self._names = book.names
        self._customer = customer
        self._vocabulary = vocabulary

    def find(self) -> Iterator[NameUse]:
        at = 0
        while at < len(self._tokens):
            use = self._titled(at) or self._bare(at)
            if use is not None and use.kind is not NameKind.OTHER:
                yield use
            at = use.end if use is not None else at + 1

    def _titled(self, at: int) -> NameUse | None:
        """A title with a name: the customer's, or somebody else's."""
        if self._tokens[at].word not in self._names.titles:
            return None
        if self._names.title_follows:
            return None
        if self._is_oblique(at) and not self._preceded_by(at, self._names.asking):
            return NameUse(NameKind.OTHER, at, at + 2, inserted=False)
        right_title = self._tokens[at].word in self._customer.titles
        end = self._own_name_end(at + 1, ALIKE_AFTER_PRONOUN if self._titles_are_pronouns else ALIKE_AFTER_TITLE)
        if end is not None and right_title:
            doubtful = (
                self._titles_are_pronouns and not self._is_exact(at + 1, end) and not self._tokens[at + 1].capital
            )
            if doubtful and not self._reads_on(end):
                return None
            return self._address(at, end, NameKind.OWN)
        if end is None and right_title and self._is_noise(at + 1):
            end = self._own_name_end(at + 2, ALIKE_ALONE)
            return None if end is None else self._address(at, end, NameKind.OWN)
        if end is not None and self._is_close(at + 1, end):
            return NameUse(NameKind.OTHER, at, end, inserted=False)
        return self._wrong_titled(at)

    def _wrong_titled(self, at: int) -> NameUse | None:
        """A title with a name that is not the customer's."""
        if not self._could_be_name(at + 1):
            return None
        end = at + 2
        first_name = self._tokens[at + 1].word in self._names.first_names
        if end < len(self._tokens) and first_name and self._could_be_name(end):
            end += 1
        return self._address(at, end, NameKind.WRONG, strict=True)

    def _bare(self, at: int) -> NameUse | None:
        """A first name or surname without a title, with a title after it where the language puts it there."""
        end = self._own_name_end(at, ALIKE_ALONE)
        if self._names.title_follows:
            use = self._before_title(at, end)
            if use is not None:
                return use
        if end is not None:
            return self._own_alone(at, end)
        if not self._titles_are_pronouns and self._could_be_name(at):
            end = self._own_name_end(at, ALIKE_CALLED_OUT)
            if end is not None and not self._knows(at, end):
                return self._address(at, end, NameKind.OWN, strict=True)
        word = self._tokens[at].word
        if self._is_whole_name(at) and word not in self._customer.agent:
            return self._address(at, at + 2, NameKind.WRONG, strict=True)
        if self._first_name_like(word) and word not in self._customer.agent:
            return self._address(at, at + 1, NameKind.WRONG, strict=True)
        return None

    def _before_title(self, at: int, end: int | None) -> NameUse | None:
        """A name with its title after it (Kovács úr)."""
        titles = (
            n for n in range(at + 1, min(at + 4, len(self._tokens))) if self._tokens[n].word in self._names.titles
        )
        title = next(titles, None)
        if title is None:
            return None
        if self._is_oblique_title(title):
            return NameUse(NameKind.OTHER, at, title + 1, inserted=False)
        near = self._own_name_end(at, ALIKE_AFTER_TITLE)
        if near is not None and near == title:
            return self._address(at, title + 1, NameKind.OWN)
        whole = title == at + 2 and self._tokens[at + 1].word in self._names.first_names
        if end is None and (title == at + 1 or whole) and self._could_be_name(at):
            return self._address(at, title + 1, NameKind.WRONG, strict=True)
        return None

    def _is_oblique_title(self, title: int) -> bool:
        """A title after the name in a case that nobody is addressed in, unless a word that asks follows
        ("Kovács úrral beszélek?")."""
        if not any(self._tokens[title].word == form for form, _ in self._names.oblique):
            return False
        following = title + 1
        return following >= len(self._tokens) or self._tokens[following].word not in self._names.beside_address

    def _own_alone(self, at: int, end: int) -> NameUse | None:
        if self._titles_are_pronouns:
            return self._address(at, end, NameKind.OWN, strict=not self._is_exact(at, end))
        use = self._address(at, end, NameKind.OWN)
        if self._names.title_follows and end == at + 1 and self._tokens[at].word in self._book.stop_words:
            return use if self._begins(at) and self._reads_on(end) else None
        sure = self._is_exact(at, end) and len(self._tokens[at].word) > SHORT_NAME
        return use if sure or self._begins(at) or self._reads_on(end) or not use.inserted else None

    def _is_whole_name(self, at: int) -> bool:
        """A known surname with a given name after it (Szabó Péter), where titles follow as well."""
        if not self._names.title_follows or at + 1 >= len(self._tokens):
            return False
        given = self._tokens[at + 1]
        known = self._tokens[at].word in self._names.surnames and given.word in self._names.first_names
        return known and given.breaks < SOFT_BREAK and given.word not in self._customer.agent

    def _is_noise(self, at: int) -> bool:
        """A little word that a recogniser put between title and name."""
        return at + 1 < len(self._tokens) and self._tokens[at].word in self._book.stop_words

    def _knows(self, at: int, end: int) -> bool:
        """Whether these are ordinary words of the phrasebook rather than a name misheard."""
        return all(token.word in self._vocabulary for token in self._tokens[at:end])

    def _first_name_like(self, word: str) -> bool:
        if word in self._names.first_names:
            return True
        if len(word) < LONG_NAME or self._titles_are_pronouns or word in self._vocabulary:
            return False
        return word not in self._book.stop_words and _nearest_first_name(word, self._names) >= ALIKE_FIRST_NAME

    def _own_name_end(self, at: int, threshold: float) -> int | None:
        """Where the customer's name (first, last or both) that begins at `at` ends; None where there is none."""
        best: tuple[float, int] | None = None
        joined = ""
        for end in range(at + 1, min(at + MOST_PIECES, len(self._tokens)) + 1):
            if end > at + 1 and self._tokens[end - 1].breaks >= SOFT_BREAK:
                break
            joined += self._tokens[end - 1].word
            score = self._own_likeness(joined, threshold)
            little = (self._tokens[end - 1].word, self._tokens[at].word if threshold > ALIKE_AFTER_PRONOUN else "")
            if end > at + 1 and score < ALIKE_EXACT and any(word in self._book.stop_words for word in little):
                continue
            if score >= threshold and (best is None or score > best[0]):
                best = (score, end)
        if best is None:
            return None
        following = best[1]
        if following < len(self._tokens) and self._tokens[following].breaks < SOFT_BREAK:
            rest = self._tokens[following].word
            if self._own_likeness(rest, ALIKE_ALONE) >= ALIKE_ALONE:
                return following + 1
        return best[1]

    def _own_likeness(self, heard: str, threshold: float) -> float:
        best = 0.0
        inexact = 1.0 if heard in self._book.stop_words else ALIKE_SHORT if self._is_known_name(heard) else 0.0
        for name in (*self._customer.surnames, *self._customer.first_names):
            shorter = min(len(heard), len(name))
            if 2 * shorter < (threshold - LENGTHS_MAY_DIFFER) * (len(heard) + len(name)):
                continue
            score = likeness(heard, name, self._names)
            if len(name) <= SHORT_NAME and threshold >= ALIKE_ALONE and score < ALIKE_SHORT:
                continue
            if score > best and score >= inexact:
                best = score
        return best

    def _could_be_name(self, at: int) -> bool:
        if at >= len(self._tokens) or (self._tokens[at].breaks >= SOFT_BREAK and not self._names.title_follows):
            return False
        word = self._tokens[at].word
        if len(word) < 3 or word in self._book.stop_words or word in self._names.titles or not word.isalpha():
            return False
        if not self._titles_are_pronouns or self._tokens[at].capital or self._is_known_name(word):
            return True
        return self._tokens[at - 1].word in self._names.vocative_titles and word not in self._vocabulary

    def _is_oblique(self, at: int) -> bool:
        """Title and name in a case that nobody is addressed in: somebody is spoken about."""
        if at + 1 >= len(self._tokens) or self._tokens[at + 1].breaks >= SOFT_BREAK:
            return False
        title, word = self._tokens[at].word, self._tokens[at + 1].word
        if not any(title == form and word.endswith(ending) for form, ending in self._names.oblique):
            return False
        return self._could_be_name(at + 1) or self._own_likeness(word, ALIKE_ALONE) >= ALIKE_ALONE

    @property
    def _is_unpunctuated(self) -> bool:
        """As recognisers write: then clauses alone tell little of where an address stands."""
        return not any(token.breaks >= SOFT_BREAK or token.capital for token in self._tokens[1:])

    @property
    def _titles_are_pronouns(self) -> bool:
        return bool(self._names.surname_endings)

    def _is_known_name(self, word: str) -> bool:
        """A name by its form; only where the language says what names look like."""
        names = self._names
        return self._titles_are_pronouns and (
            word in names.surnames or word in names.first_names or word.endswith(names.surname_endings)
        )

    def _is_exact(self, at: int, end: int) -> bool:
        """Whether all of [at, end) are forms of the customer's name, letter for letter."""
        own = (*self._customer.surnames, *self._customer.first_names)
        return all(token.word in own for token in self._tokens[at:end])

    def _address(self, first: int, end: int, kind: NameKind, *, strict: bool = False) -> NameUse:
        tokens = self._tokens
        other = NameUse(NameKind.OTHER, first, end, inserted=False)
        open_before = first == 0 or tokens[first].breaks >= SOFT_BREAK
        open_after = end >= len(tokens) or tokens[end].breaks >= SOFT_BREAK
        titled = tokens[first].word in self._names.titles
        introduced = self._preceded_by(first, self._names.introducing)
        if introduced and kind is NameKind.WRONG and not titled:
            return other
        if self._preceded_by(first, self._names.asking):
            return NameUse(kind, first, end, inserted=False)
        if introduced or self._is_apposition(first, end, kind):
            return other
        if not open_before and tokens[first - 1].word in self._names.before_others:
            return other
        if not open_after and tokens[end].word in self._names.after_others and not self._starts[end]:
            return other
        if strict:
            begins, ends = self._begins(first), self._reads_on(end)
            titled = tokens[end - 1 if self._names.title_follows else first].word in self._names.titles
            if tokens[first].word in self._names.vocative_titles:
                return NameUse(kind, first, end, inserted=True)
            one_will_do = titled and (not self._titles_are_pronouns or self._is_unpunctuated)
            begins = begins and not (self._names.title_follows and not ends)
            if self._somebody_acts(end) or not ((begins and ends) or (one_will_do and (begins or ends))):
                return other
        return NameUse(kind, first, end, inserted=True)

    def _begins(self, first: int) -> bool:
        """Whether an address can begin here: after a break, or after a word that addresses follow."""
        if first == 0 or self._tokens[first].breaks >= SOFT_BREAK:
            return True
        return self._tokens[first - 1].word in self._names.beside_address

    def _somebody_acts(self, end: int) -> bool:
        """ "Mrs Kelly from accounts will": a verb of a third person follows within the clause."""
        for at in range(end, min(end + LOOK_AHEAD, len(self._tokens))):
            if self._tokens[at].breaks >= SOFT_BREAK or self._starts[at]:
                return False
            if self._tokens[at].word in self._names.after_others:
                return True
            if self._tokens[at].word in self._book.stop_words:
                return False
        return False

    def _is_apposition(self, first: int, end: int, kind: NameKind) -> bool:
        """ "Your husband, Mr Novak", "Mr Brown, he": who somebody is, not who is spoken to."""
        tokens = self._tokens
        if first > 0 and tokens[first].breaks <= SOFT_BREAK and tokens[first - 1].word in self._names.roles:
            return True
        follows = end < len(tokens) and tokens[end].breaks <= SOFT_BREAK
        return kind is NameKind.WRONG and follows and tokens[end].word in self._names.referring

    def _is_close(self, at: int, end: int) -> bool:
        """Whether [at, end) is so near the customer's name that only the title can be wrong."""
        heard = "".join(token.word for token in self._tokens[at:end])
        return self._own_likeness(heard, ALIKE_ALONE) >= ALIKE_SHORT

    def _reads_on(self, end: int) -> bool:
        """Whether something new begins at `end`, so that what stands before can be a name put in."""
        if end >= len(self._tokens) or self._tokens[end].breaks >= SOFT_BREAK or self._starts[end]:
            return True
        return self._tokens[end].word in self._names.beside_address

    def _preceded_by(self, first: int, phrases: tuple[tuple[str, ...], ...]) -> bool:
        for phrase in phrases:
            begin = first - len(phrase)
            if begin >= 0 and all(self._tokens[begin + n].word == word for n, word in enumerate(phrase)):
                return True
        return False
