"""The detector: a reply's words in, techniques with the exact words as evidence out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from simulator.domain.located import Located
from simulator.domain.technique import Detection, Evidence
from simulator.wording.context import ReplyContext
from simulator.wording.facts import fact_positions, fact_stems
from simulator.wording.lookup import LeafIndex
from simulator.wording.matching import Words
from simulator.wording.names import NameKind, NameUse, find_names
from simulator.wording.phrasebook import Phrasebook, parse_phrasebook
from simulator.wording.rules import Match, RuleBook
from simulator.wording.scope import clause_starts
from simulator.wording.tokens import Token, tokenise

TOO_OFTEN = 3


@dataclass(frozen=True, slots=True)
class _Reading:
    """A reply prepared: all its tokens, who is addressed, and the words the patterns see (without the vocatives)."""

    text: str
    tokens: Sequence[Token]
    uses: Sequence[NameUse]
    words: Words


class WordingDetector:
    """Finds the techniques of one language. Holds nothing of a reply between calls; safe to share by threads."""

    def __init__(self, book: Phrasebook) -> None:
        self.book = book
        self._rules = RuleBook(book)
        self._index = LeafIndex(leaf for leaf in self._rules.leaves() if not leaf.slot)
        self._slots = {leaf.slot: leaf for leaf in self._rules.leaves() if leaf.slot}

    def detect(self, text: str, context: ReplyContext) -> tuple[Detection, ...]:
        """Techniques in the order of their first words; evidence has character offsets into `text`."""
        reading = self._read(text, context)
        found: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for match in self._rules.matches(reading.words):
            found[match.technique].append(_characters(match, reading.words))
        for technique, use in _named(reading.uses):
            first, last = reading.tokens[use.first], reading.tokens[use.end - 1]
            found[technique].append((first.start, last.end))
        if len(found["apologise"]) >= TOO_OFTEN:
            found["over_apologise"] = list(found["apologise"])
        detections = [_detection(technique, spans, text) for technique, spans in found.items() if spans]
        return tuple(sorted(detections, key=lambda d: (d.evidence[0].start or 0, d.technique)))

    def _read(self, text: str, context: ReplyContext) -> _Reading:
        book = self.book
        tokens = [token for token in tokenise(text, book.spelling) if token.word not in book.fillers]
        starts = self._clause_starts(tokens)
        uses = find_names(tokens, starts, book, context)
        return _Reading(text, tokens, uses, self._words(_without_vocatives(tokens, uses), context))

    def _clause_starts(self, tokens: Sequence[Token]) -> list[bool]:
        hits = self._index.hits(tokens)
        light = [token.word in self.book.light for token in tokens]
        return clause_starts(tokens, hits.get(self.book.clause_starts, {}), self.book.clause_glue, light)

    def _words(self, tokens: Sequence[Token], context: ReplyContext) -> Words:
        hits = self._index.hits(tokens)
        light = [token.word in self.book.light for token in tokens]
        starts = clause_starts(tokens, hits.get(self.book.clause_starts, {}), self.book.clause_glue, light)
        for slot, leaf in self._slots.items():
            places = self._slot_places(slot, tokens, context)
            if places:
                hits[leaf] = {at: [at + 1] for at in places}
        return Words(tokens, light, starts, hits)

    def _slot_places(self, slot: str, tokens: Sequence[Token], context: ReplyContext) -> list[int]:
        if slot == "fact":
            return fact_positions((token.word for token in tokens), fact_stems(context, self.book), self.book)
        if slot == "number":
            return [at for at, token in enumerate(tokens) if token.word[0].isdigit()]
        return []


def detector_for(phrasebook: Located) -> WordingDetector:
    """Raises BadInputError naming file, line and key where the phrasebook has a mistake."""
    return WordingDetector(parse_phrasebook(phrasebook))


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


def _characters(match: Match, words: Words) -> tuple[int, int]:
    return words.tokens[match.start].start, words.tokens[match.end - 1].end


def _detection(technique: str, spans: list[tuple[int, int]], text: str) -> Detection:
    return Detection(technique, tuple(Evidence(text[start:end], start, end) for start, end in sorted(spans)))
