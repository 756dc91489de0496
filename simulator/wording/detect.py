"""The detector: a reply's words in, techniques with the exact words as evidence out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from simulator.domain.located import Located
from simulator.domain.technique import Detection, Evidence
from simulator.wording.context import ReplyContext
from simulator.wording.encoder import Floats
from simulator.wording.facts import fact_positions, fact_stems
from simulator.wording.learned import Learned, LearnedWording
from simulator.wording.lookup import LeafIndex
from simulator.wording.matching import Words
from simulator.wording.name_candidates import Candidate
from simulator.wording.name_judge import NameJudge
from simulator.wording.names import NameKind, NameUse, find_names, read_candidates
from simulator.wording.phrasebook import Phrasebook, parse_phrasebook
from simulator.wording.positions import positions_of
from simulator.wording.rules import Match, RuleBook
from simulator.wording.scope import Clauses
from simulator.wording.tokens import Token, tokenise

TOO_OFTEN = 3
# How far below the threshold a word may be and still belong to the words that were heard.
NEARLY = -1.5
# Evidence is at least so clear as this share of the clearest.
CLEARLY = 0.5


@dataclass(frozen=True, slots=True)
class Reading:
    """A reply prepared: all its tokens, the names in it, the words the patterns see (without the vocatives) and
    what the patterns matched in them, or matched and took back; `facts` are the words that say
    a fact of the complaint."""

    tokens: Sequence[Token]
    uses: Sequence[NameUse]
    words: Words
    facts: Sequence[int]
    matches: Sequence[Match]
    taken_back: Sequence[Match]


class WordingDetector:
    """Finds the techniques of one language. Keeps nothing of a reply between calls."""

    def __init__(self, book: Phrasebook, learned: LearnedWording | None = None, names: NameJudge | None = None) -> None:
        self.book = book
        self._names = names
        self._rules = RuleBook(book)
        leaves = dict.fromkeys(self._rules.leaves())
        self._index = LeafIndex(leaf for leaf in leaves if not leaf.slot)
        self._slots = [leaf for leaf in leaves if leaf.slot]
        self._clauses = Clauses(book)
        self._learned = learned

    def detect(self, text: str, context: ReplyContext) -> tuple[Detection, ...]:
        """Techniques in the order of their first words; evidence has character offsets into `text`."""
        reading = self.read(text, context)
        found: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for match in self._judged(reading):
            first, last = reading.words.tokens[match.start], reading.words.tokens[match.end - 1]
            found[match.technique].append((first.start, last.end))
        for technique, use in _named(reading.uses):
            found[technique].append((reading.tokens[use.first].start, reading.tokens[use.end - 1].end))
        if found["apologise"]:
            found["over_apologise"] = self._too_many_apologies(reading, found["apologise"])
        detections = [_detection(technique, spans, text) for technique, spans in found.items() if spans]
        return tuple(sorted(detections, key=lambda d: (d.evidence[0].start or 0, d.technique)))

    def read(self, text: str, context: ReplyContext) -> Reading:
        """All that is looked at before anything is judged; training reads its sentences the same way."""
        tokens = self._said(text)
        starts = self._clauses.starts(tokens)
        uses = find_names(tokens, starts, self.book, context, self._index, self._names)
        if any(use.inserted for use in uses):
            kept = _without_vocatives(tokens, uses)
            words = self._words(kept, self._clauses.starts(kept))
        else:
            words = self._words(tokens, starts)
        facts = fact_positions((token.word for token in words.tokens), fact_stems(context, self.book), self.book)
        for leaf in self._slots:
            if places := _slot_places(leaf.slot, words, facts):
                words.hits.words[leaf] = positions_of(places)
        return Reading(tokens, uses, words, facts, *self._rules.matches(words))

    def name_candidates(
        self, text: str, context: ReplyContext, no_names: frozenset[int]
    ) -> tuple[Sequence[Token], list[tuple[Candidate, list[int]]]]:
        """The tokens of a reply and all that may name somebody there, as the judge of names has to learn it."""
        tokens = self._said(text)
        starts = self._clauses.starts(tokens)
        return tokens, read_candidates(tokens, starts, self.book, context, self._index, no_names)

    def _said(self, text: str) -> list[Token]:
        return [token for token in tokenise(text, self.book.spelling) if token.word not in self.book.fillers]

    def _too_many_apologies(self, reading: Reading, apologies: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """Apologies counted by their words ("sorry", "apologise") where the phrasebook has them, as one stretch can
        hold several; empty below three."""
        words = reading.words
        spans = words.hits.spans(self.book.apologies)
        said = [(words.tokens[first].start, words.tokens[end - 1].end) for first, end in spans]
        most = max(said, apologies, key=len)
        return list(most) if len(most) >= TOO_OFTEN else []

    def _words(self, tokens: Sequence[Token], clause_starts: Sequence[bool]) -> Words:
        return Words(tokens, self._clauses.light(tokens), clause_starts, self._index.hits(tokens))

    def _judged(self, reading: Reading) -> Sequence[Match]:
        """What counts: the patterns' matches, or, where a model was learnt, the words it hears something in."""
        if self._learned is None or not len(reading.words):
            return reading.matches
        scores = self._learned.scores(reading.words.tokens, reading.facts, reading.matches)
        found = [
            match
            for column in np.flatnonzero((scores > 0).any(axis=0))
            for match in _evidence(self._learned.techniques[column], scores[:, column], reading)
        ]
        new = [match for match in reading.matches if not self._learned.knows(match.pattern)]
        return found + [match for match in new if not any(_overlap(match, other) for other in found)]


def detector_for(phrasebook: Located, learned: Learned | None = None) -> WordingDetector:
    """Without `learned` the patterns work alone.

    Raises BadInputError naming file, line and key where the phrasebook has a mistake.
    """
    book = parse_phrasebook(phrasebook)
    if learned is None:
        return WordingDetector(book)
    names = NameJudge(learned.arrays, book.language) if NameJudge.knows(learned.arrays, book.language) else None
    return WordingDetector(book, LearnedWording(learned, book.language), names)


def _slot_places(slot: str, words: Words, facts: Sequence[int]) -> Sequence[int]:
    if slot == "fact":
        return facts
    return [at for at, token in enumerate(words.tokens) if token.word[0].isdigit()] if slot == "number" else []


def _evidence(technique: str, scores: Floats, reading: Reading) -> list[Match]:
    """Runs of words around each that was heard; where a pattern matched inside one, its words are the evidence. A run
    without a pattern that is much less clear than the clearest would only blur what was heard."""
    found: list[Match] = []
    runs = [run for run in _runs(scores, reading.words) if _stands(technique, run, reading)]
    clear = CLEARLY * max((float(scores[start:end].max()) for start, end in runs), default=0.0)
    for start, end in runs:
        inside = [m for m in reading.matches if m.technique == technique and m.start >= start and m.end <= end]
        if inside:
            found += inside
        elif scores[start:end].max() >= clear:
            found.append(Match(technique, start, end))
    return found


def _runs(scores: Floats, words: Words) -> list[tuple[int, int]]:
    """From each word above the threshold as far as words are at least `NEARLY` heard and the sentence goes on; into
    another clause only by a word above the threshold."""

    def goes_on(word: int, border: int) -> bool:
        least = 0.0 if words.clause_starts[border] else NEARLY
        return bool(scores[word] > least) and not words.sentence_ends_before(border)

    runs: list[tuple[int, int]] = []
    for at in np.flatnonzero(scores > 0):
        if runs and at < runs[-1][1]:
            continue
        start, end = int(at), int(at) + 1
        while start and goes_on(start - 1, start):
            start -= 1
        while end < len(words) and goes_on(end, end):
            end += 1
        runs.append((start, end))
    return runs


def _stands(technique: str, place: tuple[int, int], reading: Reading) -> bool:
    """False where all that the patterns saw of the technique here was taken back ("I'm sorry, but")."""
    here = Match(technique, *place)
    if not any(_overlap(here, match) for match in reading.taken_back):
        return True
    return any(_overlap(here, match) for match in reading.matches)


def _overlap(match: Match, other: Match) -> bool:
    return match.technique == other.technique and match.start < other.end and other.start < match.end


def _without_vocatives(tokens: Sequence[Token], uses: Sequence[NameUse]) -> list[Token]:
    kept: list[Token] = []
    gone = {at for use in uses if use.inserted for at in range(use.first, use.end)}
    carried = 0
    for at, token in enumerate(tokens):
        if at in gone:
            carried = max(carried, token.breaks)
            continue
        breaks = max(carried, token.breaks)
        kept.append(Token(token.word, token.start, token.end, breaks) if breaks != token.breaks else token)
        carried = 0
    return kept


def _named(uses: Sequence[NameUse]) -> list[tuple[str, NameUse]]:
    own = [use for use in uses if use.kind is NameKind.OWN]
    found = [("use_name" if use.kind is NameKind.OWN else "wrong_name", use) for use in uses]
    if len(own) >= TOO_OFTEN:
        found += [("overuse_name", use) for use in own]
    return found


def _detection(technique: str, spans: list[tuple[int, int]], text: str) -> Detection:
    return Detection(technique, tuple(Evidence(text[start:end], start, end) for start, end in sorted(spans)))
