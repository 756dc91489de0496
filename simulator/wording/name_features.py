"""What tells an address from talk about somebody, as numbers of features for `NameJudge`."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from functools import lru_cache

from simulator.wording.name_candidates import Candidate
from simulator.wording.name_knowledge import NameKnowledge
from simulator.wording.name_places import Places
from simulator.wording.name_shapes import NameShapes
from simulator.wording.tokens import Token

FEATURES = 1 << 14
AROUND = 4
CLOSE = 3
NEAR = 12
MOST_REMEMBERED = 100_000


@lru_cache(maxsize=65_536)
def number_of(feature: str) -> int:
    return zlib.crc32(feature.encode()) % FEATURES


class WordFeatures:
    """The features of the words around a candidate, each word's remembered. Made once per phrasebook."""

    def __init__(self, knowledge: NameKnowledge) -> None:
        self._knowledge = knowledge
        self._known: dict[tuple[str, int, str], tuple[int, ...]] = {}

    def of(self, side: str, slot: int, word: str) -> tuple[int, ...]:
        """Of a word that stands `slot` words before ("<") or after (">") a candidate."""
        key = (side, slot, word)
        found = self._known.get(key)
        if found is None:
            found = tuple(map(number_of, self._features(side, slot, word)))
            if len(self._known) < MOST_REMEMBERED:
                self._known[key] = found
        return found

    def _features(self, side: str, slot: int, word: str) -> Iterator[str]:
        knowledge, names = self._knowledge, self._knowledge.names
        yield f"{side} {word}"
        if slot > CLOSE:
            return
        yield f"{side}{slot} {word}"
        yield f"{side}{slot} ~{word[-3:]}"
        yield f"{side}{slot} ~{word[-2:]}"
        said = word if knowledge.is_word(word) else knowledge.meant(word)
        if said != word:
            yield f"{side}{slot} {said}"
        lists = {
            "others": said in names.before_others,
            "acts": knowledge.follows_others(said),
            "beside": said in names.beside_address,
            "role": said in names.roles,
            "referring": said in names.referring,
            "stop": said in knowledge.stop_words,
            "passed": knowledge.may_be_passed_over(said),
            "word": knowledge.is_word(said),
            "name": knowledge.is_listed(word),
            "title": bool(knowledge.titles(word)),
        }
        for name, carried in lists.items():
            if carried:
                yield f"{side}{slot} is {name}"


@lru_cache(maxsize=16)
def words_of(knowledge: NameKnowledge) -> WordFeatures:
    return WordFeatures(knowledge)


class NameFeatures:
    """The features of the candidates of one reply."""

    def __init__(
        self,
        tokens: Sequence[Token],
        starts: Sequence[bool],
        places: Places,
        shapes: NameShapes,
        knowledge: NameKnowledge,
    ) -> None:
        self._tokens = tokens
        self._starts = starts
        self._places = places
        self._shapes = shapes
        self._knowledge = knowledge
        self._words = words_of(knowledge)

    def of(self, candidate: Candidate, others: Sequence[Candidate]) -> list[int]:
        """Without repetition; `others` are all candidates of the reply."""
        found: set[int] = set()
        for slot in range(1, AROUND + 1):
            for side, at in (("<", candidate.first - slot), (">", candidate.end + slot - 1)):
                if 0 <= at < len(self._tokens):
                    found.update(self._words.of(side, slot, self._tokens[at].word))
        found.update(map(number_of, self._of_place(candidate)))
        found.update(map(number_of, self._of_name(candidate)))
        found.update(map(number_of, self._of_company(candidate, others)))
        return sorted(found)

    def _break(self, at: int) -> int:
        return self._tokens[at].breaks if 0 < at < len(self._tokens) else 3

    def _of_place(self, candidate: Candidate) -> Iterator[str]:
        first, end = candidate.first, candidate.end
        typed = "r" if self._places.unpunctuated else "t"
        before, after = self._break(first), self._break(end)
        opens = end < len(self._tokens) and self._starts[end]
        yield f"typed {typed}"
        yield f"breaks {typed}{before}{after}"
        yield f"opens {typed}{before}{after}{opens}"
        yield f"next break {typed}{after}{self._break(end + 1)}{self._break(end + 2)}"
        yield f"last break {typed}{before}{self._break(first - 1)}"
        own, titled = candidate.own > 0.9, candidate.title >= 0
        standing = self._places.standing(first, end, own=own, titled=titled, strict=False, vocative=False)
        strict = self._places.standing(first, end, own=own, titled=titled, strict=True, vocative=False)
        yield f"standing {standing.value} {strict.value}"
        yield f"standing {standing.value} {strict.value} {typed}{titled}"
        yield f"stands {self._places.begins(first)} {self._places.reads_on(end)} {titled}"
        asked = self._places.follows(first, self._knowledge.names.asking)
        yield f"asked {asked} {self._places.is_asked_after(end)} {titled}"
        yield f"introduced {self._places.follows(first, self._knowledge.names.introducing)} {titled}"
        around = [self._tokens[at].word if 0 <= at < len(self._tokens) else "|" for at in (first - 1, end)]
        yield f"between {around[0]} {around[1]}"

    def _of_name(self, candidate: Candidate) -> Iterator[str]:
        knowledge, names, shapes = self._knowledge, self._knowledge.names, self._shapes
        token = self._tokens[candidate.name]
        word, last = token.word, self._tokens[candidate.name_end - 1].word
        title = self._tokens[candidate.title].word if candidate.title >= 0 else ""
        meant = knowledge.titles(title)[0] if title else ""
        exact = shapes.own.is_exact(candidate.name, candidate.name_end)
        alike = "=" if exact else str(int(candidate.own * 20))
        listed = ("s" if word in names.surnames else "") + ("f" if word in names.first_names else "")
        kind = "w" if knowledge.is_ordinary(word) else "l" if knowledge.is_word(word) else "-"
        looks = "k" if not listed and knowledge.is_like_known_name(word) else ""
        shape = f"{listed}{looks}{kind}{'C' if token.capital else ''}"
        right = shapes.is_right(knowledge.titles(title)) if title else None
        letters, sounds, form = shapes.own.nearness(candidate.name, candidate.name_end)
        near = f"{int(letters * 12)} {int(sounds * 12)}"
        yield f"near {near}"
        yield f"near {near} {min(len(form), 8)} {bool(title)}"
        yield f"near {int(sounds * 20)} {shape} {'t' if token.capital else 'r'}"
        yield f"near {int(candidate.own * 20)} {listed} {looks} {kind} {min(len(form), 6)}"
        typed = "C" if token.capital else "r" if self._places.unpunctuated else "t"
        yield f"same {typed} {exact} {letters > 0.999} {sounds > 0.999} {int(candidate.own * 16)}"
        yield f"right {right} {int(sounds * 10)}"
        yield f"begins {word[:1] == form[:1]} {word[:2] == form[:2]} {last[-2:] == form[-2:]} {int(sounds * 6)}"
        yield f"longer {max(-3, min(3, len(word) - len(form)))} {int(sounds * 6)}"
        yield f"title {meant}"
        yield f"title heard {title} {right}"
        yield f"title {meant} {word[-2:]}"
        yield f"title {meant} {last[-3:]}"
        yield f"title {meant} own {alike}"
        yield f"title {right} own {alike}"
        yield f"own {alike}"
        yield f"own {alike} {shape}"
        yield f"own {candidate.own > 0.75} {exact} {right} {kind}"
        if knowledge.is_word(word):
            yield f"name {word}"
        yield f"ends {word[-2:]}"
        yield f"ends {word[-3:]}"
        yield f"shape {shape} {bool(title)} {title == meant}"
        yield f"shape {shape} {meant}"
        yield f"length {min(len(word), 9)} {kind}"
        yield f"words {candidate.name_end - candidate.name}"
        yield f"gap {candidate.name - candidate.title if title and candidate.title < candidate.name else 0}"
        yield f"agent {shapes.is_agent(word)}"
        yield f"called {knowledge.is_vocative(word)} {meant}"
        yield f"own form {exact and shapes.own.is_vocative(candidate.name, candidate.name_end)}"

    def _of_company(self, candidate: Candidate, others: Sequence[Candidate]) -> Iterator[str]:
        """Other candidates near by: a slip and its correction stand side by side."""
        for other in others:
            if other is candidate or abs(other.first - candidate.first) > NEAR:
                continue
            side = "before" if other.first < candidate.first else "after"
            yield f"{side} {other.own >= 0.9} {other.title >= 0} {candidate.own >= 0.9}"
