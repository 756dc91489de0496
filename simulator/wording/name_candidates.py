"""The places of a reply where somebody may be named: a title with a name, or a name alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from simulator.wording.name_knowledge import NameKnowledge
from simulator.wording.name_places import Places
from simulator.wording.name_shapes import NameShapes
from simulator.wording.own_names import ALIKE_AFTER_TITLE, ALIKE_ALONE
from simulator.wording.tokens import SOFT_BREAK, Token

# So alike a word has to be to the customer's name to be looked at: next to a title, and alone.
BESIDE_TITLE, ALONE = 0.6, 0.7
# So alike a heard name may be the customer's own misheard; it has to be more so where it is a known
# name itself, and less where the title was misheard as well.
DOUBTFUL, DOUBTFUL_IF_KNOWN, DOUBTFUL_BY_TITLE = 0.78, 0.84, 0.7
LONGEST_ABBREVIATION = 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """Tokens [first, end) that may name somebody, of them [name, name_end) the name; `title` is the token of the
    title, -1 without one. `own`: how alike the name is to the customer's, from 0 to 1. `asked`: it is asked for ("am
    I speaking with"), so that the sentence does not read on without it; `known`: the name is a listed one, `ordinary`:
    it is another word of the language as well, and not the customer's name letter for letter;
    `misheard`: the title is not as it is written."""

    first: int
    end: int
    title: int
    name: int
    name_end: int
    own: float
    asked: bool = False
    known: bool = False
    ordinary: bool = False
    misheard: bool = False

    @property
    def may_be_own(self) -> bool:
        """Whether a recogniser may have made this of the customer's name: then only who is sure may call it wrong."""
        doubtful = DOUBTFUL_BY_TITLE if self.misheard else DOUBTFUL
        return self.own >= (DOUBTFUL_IF_KNOWN if self.known else doubtful)

    @property
    def is_doubtful(self) -> bool:
        """A word that neither a title nor a list shows to be a name."""
        return self.title < 0 and not self.known


class Candidates:
    """Walks over one reply, and takes no word into two candidates."""

    def __init__(self, tokens: Sequence[Token], places: Places, shapes: NameShapes, knowledge: NameKnowledge) -> None:
        self._tokens = tokens
        self._places = places
        self._knowledge = knowledge
        self._shapes = shapes

    def find(self) -> Iterator[Candidate]:
        titled = self._before_title if self._knowledge.names.title_follows else self._after_title
        at = 0
        while at < len(self._tokens):
            found = titled(at) or self._alone(at)
            if found is not None:
                word = self._tokens[found.name].word
                ordinary = self._knowledge.is_word(word) and not self._shapes.own.is_exact(found.name, found.name_end)
                title = self._tokens[found.title].word
                misheard = found.title >= 0 and title not in self._knowledge.names.titles
                asked = self._places.is_asked(found.first, found.end)
                known = self._knowledge.is_listed(word)
                yield replace(found, asked=asked, known=known, ordinary=ordinary, misheard=misheard)
            at = found.end if found is not None else at + 1

    def _after_title(self, at: int) -> Candidate | None:
        if at + 1 >= len(self._tokens) or not self._knowledge.titles(self._tokens[at].word):
            return None
        if self._tokens[at + 1].breaks >= SOFT_BREAK and not self._is_abbreviated(at):
            return None
        name = at + 1
        inserted = self._shapes.is_inserted_word(name) and self._own_end(name, ALIKE_AFTER_TITLE) is None
        inserted = inserted and self._is_surely_name(name + 1)
        if inserted or self._tokens[name].word in self._knowledge.names.ranks:
            name += 1
        if name >= len(self._tokens) or (name > at + 1 and self._tokens[name].breaks >= SOFT_BREAK):
            return None
        end = self._own_end(name, BESIDE_TITLE)
        own = self._own(name, end)
        if end is None:
            if not self._could_be_name(name):
                return None
            end = name + 2 if self._goes_on(name) else name + 1
        return Candidate(at, end, at, name, end, own)

    def _before_title(self, at: int) -> Candidate | None:
        title = self._shapes.next_title(at)
        if title is None:
            return None
        end = self._own_end(at, BESIDE_TITLE)
        own = self._own(at, end)
        if any(self._own(later, self._own_end(later, BESIDE_TITLE)) > own for later in range(at + 1, title)):
            return None
        if end is not None and (end == title or (end == title - 1 and self._shapes.is_inserted_word(end))):
            return Candidate(at, title + 1, title, at, end, own)
        rank = title - 1 if self._tokens[title - 1].word in self._knowledge.names.ranks else title
        if rank == at or (rank > at + 1 and not (rank == at + 2 and self._are_two_names(at))):
            return None
        if end == rank and own >= BESIDE_TITLE:
            return Candidate(at, title + 1, title, at, end, own)
        return Candidate(at, title + 1, title, at, rank, own) if self._could_be_name(at) else None

    def _alone(self, at: int) -> Candidate | None:
        word = self._tokens[at].word
        end = self._own_end(at, ALONE)
        if end is not None and not self._begins_later(at, end):
            own = self._own(at, end)
            if own >= ALIKE_ALONE or not self._knowledge.is_ordinary(word):
                return Candidate(at, end, -1, at, end, own)
        listed = self._knowledge.is_listed(word) or self._knowledge.is_like_name_alone(word)
        if not (listed or self._is_written_as_name(at)):
            return None
        end = at + 2 if self._are_two_names(at) else at + 1
        return Candidate(at, end, -1, at, end, self._shapes.own.likeness(at))

    def _is_written_as_name(self, at: int) -> bool:
        """A word that is unknown and has a capital, with a break after it."""
        token = self._tokens[at]
        ends = at + 1 == len(self._tokens) or self._tokens[at + 1].breaks >= SOFT_BREAK
        return token.capital and ends and token.word.isalpha() and not self._knowledge.is_word(token.word)

    def _own_end(self, at: int, least: float) -> int | None:
        """Where the customer's own name that begins at `at` ends; no title is a part of it."""
        end = self._shapes.own.end(at, least)
        if end is None:
            return None
        titles = self._knowledge.names.titles
        return next((later for later in range(at + 1, end) if self._tokens[later].word in titles), end)

    def _own(self, at: int, end: int | None) -> float:
        """How alike [at, end), or a part of it, is to the customer's name."""
        if end is None:
            return self._shapes.own.likeness(at)
        return max(self._shapes.own.score_of(at, last) for last in range(at + 1, end + 1))

    def _begins_later(self, at: int, end: int) -> bool:
        """Whether the name begins after `at`: "helps shanelle" is like Shanelle, but "shanelle" is more so."""
        own = self._shapes.own
        return end > at + 1 and any(own.score_of(later, end) > own.score_of(at, end) for later in range(at + 1, end))

    def _is_surely_name(self, at: int) -> bool:
        if at >= len(self._tokens) or self._tokens[at].breaks >= SOFT_BREAK:
            return False
        return self._knowledge.is_like_known_name(self._tokens[at].word) or self._own_end(at, ALIKE_ALONE) is not None

    def _could_be_name(self, at: int) -> bool:
        token = self._tokens[at]
        if not token.word.isalpha() or token.word in self._knowledge.names.titles:
            return False
        return token.capital or self._knowledge.is_listed(token.word) or token.word not in self._knowledge.stop_words

    def _goes_on(self, at: int) -> bool:
        """Whether the name has a second word."""
        if at + 1 >= len(self._tokens) or self._tokens[at + 1].breaks >= SOFT_BREAK:
            return False
        return self._are_two_names(at) or (
            self._tokens[at].capital and self._tokens[at + 1].capital and self._could_be_name(at + 1)
        )

    def _are_two_names(self, at: int) -> bool:
        """Two names, or pieces of one, side by side."""
        if at + 1 >= len(self._tokens) or self._tokens[at + 1].breaks >= SOFT_BREAK:
            return False
        words = (self._tokens[at].word, self._tokens[at + 1].word)
        if any(word in self._knowledge.stop_words and not self._knowledge.is_listed(word) for word in words):
            return False
        return all(self._knowledge.is_like_known_name(word) for word in words) or not any(
            self._knowledge.is_word(word) for word in words
        )

    def _is_abbreviated(self, title: int) -> bool:
        """ "Mr. Brown": the break is that of the abbreviation."""
        token = self._tokens[title]
        return len(token.word) <= LONGEST_ABBREVIATION and self._tokens[title + 1].capital
