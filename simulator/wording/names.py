"""Who is addressed: the customer by a right name or a wrong one, a third person, or the agent themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from simulator.wording.context import ReplyContext
from simulator.wording.customer_names import customer_names
from simulator.wording.name_candidates import Candidate, Candidates
from simulator.wording.name_features import NameFeatures
from simulator.wording.name_judge import NameJudge
from simulator.wording.name_knowledge import NameKnowledge, Vocabulary, knowledge_of
from simulator.wording.name_places import Places, Standing
from simulator.wording.name_shapes import SHORTEST_NAME, NameShapes
from simulator.wording.own_names import ALIKE_ALONE, ALIKE_CALLED_OUT, SHORT_NAME
from simulator.wording.phrasebook import Phrasebook
from simulator.wording.tokens import Token

# So many words after a wrong name the right one is its correction.
CORRECTED_WITHIN = 9
# So likely an address has to be where nothing but its place says that the word is a name.
SURE = 0.9
# And so likely a wrong name where it is like the customer's own: the same, or in what a recogniser wrote.
SURE_OF_WRONG, SAME = 0.98, 0.99
# And so likely an address where the rules hear it as well.
AGREED = 0.2


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


def find_names(
    tokens: Sequence[Token],
    starts: Sequence[bool],
    book: Phrasebook,
    context: ReplyContext,
    vocabulary: Vocabulary = (),
    judge: NameJudge | None = None,
) -> list[NameUse]:
    """All addresses by name, in order. Empty where the customer's name is not known.

    `vocabulary` are the words that are known to be something else than a misheard name. Where a `judge` was
    learnt, it decides; else the rules do.
    """
    if not _is_known(context):
        return []
    knowledge = knowledge_of(book, vocabulary, judge.words if judge else frozenset())
    places = Places(tokens, starts, knowledge)
    shapes = NameShapes(tokens, places, customer_names(context, book.names), knowledge)
    by_rules = list(_Finder(tokens, places, shapes, knowledge).find())
    if judge is None:
        return by_rules
    return _judged(tokens, _featured(tokens, starts, places, shapes, knowledge), by_rules, judge)


def read_candidates(
    tokens: Sequence[Token],
    starts: Sequence[bool],
    book: Phrasebook,
    context: ReplyContext,
    vocabulary: Vocabulary,
    no_names: frozenset[int],
) -> list[tuple[Candidate, list[int]]]:
    """All that may name somebody, with their features; the judge's training reads its replies the same way.

    `no_names` are checksums of words that are known to be no names.
    """
    if not _is_known(context):
        return []
    knowledge = knowledge_of(book, vocabulary, no_names)
    places = Places(tokens, starts, knowledge)
    shapes = NameShapes(tokens, places, customer_names(context, book.names), knowledge)
    return _featured(tokens, starts, places, shapes, knowledge)


def _featured(
    tokens: Sequence[Token], starts: Sequence[bool], places: Places, shapes: NameShapes, knowledge: NameKnowledge
) -> list[tuple[Candidate, list[int]]]:
    found = list(Candidates(tokens, places, shapes, knowledge).find())
    features = NameFeatures(tokens, starts, places, shapes, knowledge)
    return [(candidate, features.of(candidate, found)) for candidate in found]


def _is_known(context: ReplyContext) -> bool:
    return bool(context.customer_name or context.customer_first_name or context.name_forms)


def _judged(
    tokens: Sequence[Token],
    candidates: Sequence[tuple[Candidate, list[int]]],
    by_rules: Sequence[NameUse],
    judge: NameJudge,
) -> list[NameUse]:
    if not candidates:
        return []
    typed = any(token.capital for token in tokens)
    uses: list[NameUse] = []
    odds = judge.probabilities([features for _, features in candidates])
    for (candidate, _), (_, own, wrong) in zip(candidates, odds.tolist(), strict=True):
        agreed = {use.kind for use in by_rules if use.first < candidate.end and candidate.first < use.end}
        # The own surname with another title is as a rule the husband or wife.
        doubtful = candidate.own >= SAME or (not typed and (candidate.may_be_own or NameKind.OWN in agreed))
        if own >= _least_own(candidate, agreed, judge):
            uses.append(NameUse(NameKind.OWN, candidate.first, candidate.end, inserted=not candidate.asked))
        elif wrong >= (SURE_OF_WRONG if doubtful else _least_wrong(candidate, agreed, judge)):
            uses.append(NameUse(NameKind.WRONG, candidate.first, candidate.end, inserted=not candidate.asked))
    return uses


def _least_own(candidate: Candidate, agreed: set[NameKind], judge: NameJudge) -> float:
    if NameKind.OWN in agreed:
        return AGREED
    return SURE if candidate.ordinary else judge.least_own


def _least_wrong(candidate: Candidate, agreed: set[NameKind], judge: NameJudge) -> float:
    if NameKind.WRONG in agreed:
        return AGREED
    return SURE if candidate.is_doubtful else judge.least_wrong


class _Finder:
    """Walks over one reply."""

    def __init__(self, tokens: Sequence[Token], places: Places, shapes: NameShapes, knowledge: NameKnowledge) -> None:
        self._tokens = tokens
        self._places = places
        self._knowledge = knowledge
        self._names = knowledge.names
        self._shapes = shapes
        self._wrong_until = -CORRECTED_WITHIN

    def find(self) -> Iterator[NameUse]:
        at = 0
        titled = self._before_title if self._names.title_follows else self._after_title
        while at < len(self._tokens):
            use = titled(at) or self._bare(at)
            if use is not None and use.kind is not NameKind.OTHER:
                yield use
            if use is not None and use.kind is NameKind.WRONG:
                self._wrong_until = use.end
            at = use.end if use is not None else at + 1

    def _after_title(self, at: int) -> NameUse | None:
        """A title with a name after it: the customer's, or somebody else's."""
        titles = self._knowledge.titles(self._tokens[at].word)
        if not titles or at + 1 >= len(self._tokens):
            return None
        if self._shapes.is_spoken_about(at, titles):
            return _other(at, at + 2)
        name = at + 2 if self._shapes.is_inserted_word(at + 1) else at + 1
        end = self._shapes.own.end(name, self._shapes.least_alike(name) if name == at + 1 else ALIKE_ALONE)
        if end is not None and (
            self._shapes.is_right(titles) or (name == at + 1 and self._shapes.is_called_by_form(name, end))
        ):
            return None if self._shapes.is_doubtful_own(name, end) else self._address(at, end, NameKind.OWN)
        if end is not None and self._shapes.own.is_close(name, end):
            return _other(at, end)
        return self._wrong_after_title(at, name)

    def _wrong_after_title(self, at: int, name: int) -> NameUse | None:
        if not self._shapes.could_be_name(name, title=at):
            return None
        if name > at + 1 and not self._shapes.is_known(name):
            return None
        if self._shapes.may_be_own(name):
            return _other(at, name + 1)
        end = name + 1
        more = self._shapes.is_known(name) or len(self._tokens[name].word) < SHORTEST_NAME
        if more and self._shapes.could_be_name(end, title=at):
            end += 1
        return self._address(at, end, NameKind.WRONG, strict=True)

    def _before_title(self, at: int) -> NameUse | None:
        """A name with its title after it (Kovács úr)."""
        title = self._shapes.next_title(at)
        if title is None:
            return None
        near = self._shapes.own.end(at, self._shapes.least_alike(at))
        own = near is not None and (near == title or (near == title - 1 and self._shapes.is_inserted_word(near)))
        if not own and not (self._shapes.may_span(at, title) and self._shapes.could_be_name(at, title)):
            return None
        if self._shapes.is_oblique_title(title):
            return _other(at, title + 1)
        if own and self._shapes.is_right(self._shapes.titles(title)):
            return self._address(at, title + 1, NameKind.OWN)
        if own or self._shapes.may_be_own(at):
            return _other(at, title + 1)
        return self._address(at, title + 1, NameKind.WRONG, strict=True)

    def _bare(self, at: int) -> NameUse | None:
        """A first name or surname without a title."""
        end = self._shapes.own.end(at, ALIKE_ALONE)
        if end is not None:
            return self._own_alone(at, end)
        word = self._tokens[at].word
        if not self._knowledge.is_ordinary(word) and len(word) > SHORT_NAME:
            end = self._shapes.own.end(at, ALIKE_CALLED_OUT)
            if end is not None and self._places.begins(at) and self._places.reads_on(end):
                return self._address(at, end, NameKind.OWN, strict=True)
        if self._shapes.is_agent(word):
            return None
        if self._shapes.is_whole_name(at):
            return self._address(at, at + 2, NameKind.WRONG, strict=True)
        if self._knowledge.is_like_first_name(word):
            return None if self._shapes.may_be_own(at) else self._address(at, at + 1, NameKind.WRONG, strict=True)
        return None

    def _own_alone(self, at: int, end: int) -> NameUse | None:
        exact = self._shapes.own.is_exact(at, end)
        if self._knowledge.titles_are_pronouns:
            return self._address(at, end, NameKind.OWN, strict=not exact)
        use = self._address(at, end, NameKind.OWN)
        begins, ends = self._places.begins(at), self._places.reads_on(end)
        if self._names.title_follows and end == at + 1 and self._tokens[at].word in self._knowledge.stop_words:
            return use if begins and ends else None
        sure = exact and len(self._tokens[at].word) > SHORT_NAME
        return use if sure or begins or ends or not use.inserted else None

    def _address(self, first: int, end: int, kind: NameKind, *, strict: bool = False) -> NameUse:
        own = kind is NameKind.OWN
        titled = bool(self._shapes.titles(end - 1 if self._names.title_follows else first))
        called = titled and self._is_called(first, end, own)
        loose = titled or self._knowledge.is_vocative(self._tokens[first].word)
        standing = self._places.standing(first, end, own=own, titled=loose, strict=strict, vocative=called)
        if standing is Standing.ABOUT:
            return _other(first, end)
        return NameUse(kind, first, end, inserted=standing is Standing.INSERTED)

    def _is_called(self, first: int, end: int, own: bool) -> bool:
        """Whether the forms of title and name say that somebody is addressed, or the name corrects a wrong one."""
        if self._tokens[first].word in self._names.vocative_titles:
            return True
        if own and first - self._wrong_until < CORRECTED_WITHIN:
            return True
        if not self._knowledge.titles_are_pronouns:
            return False
        if own:
            return self._shapes.own.is_vocative(first + 1, end)
        return any(self._knowledge.is_vocative(token.word) for token in self._tokens[first + 1 : end])


def _other(first: int, end: int) -> NameUse:
    return NameUse(NameKind.OTHER, first, end, inserted=False)
