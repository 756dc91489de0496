"""The author's own sentences of a case, said by the trainee: what the author wrote them for is what they show."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from simulator.domain.scenario import BetterWording
from simulator.domain.technique import Detection, Evidence

LEAST_WORDS = 4
ENOUGH = 0.8
LONGEST_STRETCH = 1.4
NEGATIONS = frozenset({"not", "no", "never", "cannot", "nie", "nigdy", "не", "ні", "ніколи", "nem", "ne", "soha"})
_WORD = re.compile(r"[^\W_]+(?:['’ʼ][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    start: int
    end: int


def authored_techniques(text: str, wordings: Iterable[BetterWording], known: Iterable[str]) -> tuple[Detection, ...]:
    """Techniques of the wordings that are in `text`: four fifths of their words in order, and nothing negated there.

    The evidence is those words. Techniques in `known` were found already and are left out; wordings of under four
    words say too little.
    """
    said = _tokens(text)
    left_out = set(known)
    found: dict[str, Detection] = {}
    for wording in wordings:
        if wording.technique in left_out or wording.technique in found:
            continue
        evidence = _evidence(text, said, [token.text for token in _tokens(wording.text)])
        if evidence is not None:
            found[wording.technique] = Detection(wording.technique, (evidence,))
    return tuple(found.values())


def _evidence(text: str, said: Sequence[_Token], wanted: Sequence[str]) -> Evidence | None:
    heard = [token.text for token in said]
    if len(wanted) < LEAST_WORDS or len(set(wanted) & set(heard)) < ENOUGH * len(set(wanted)):
        return None
    blocks = SequenceMatcher(None, wanted, heard, autojunk=False).get_matching_blocks()
    matched = [block.b + at for block in blocks for at in range(block.size)]
    if len(matched) < ENOUGH * len(wanted) or matched[-1] - matched[0] >= LONGEST_STRETCH * len(wanted):
        return None
    between = set(heard[max(0, matched[0] - 1) : matched[-1] + 1]) - set(wanted)
    if any(word in NEGATIONS or word.endswith("n't") for word in between):
        return None
    start, end = said[matched[0]].start, said[matched[-1]].end
    return Evidence(text[start:end], start, end)


def _tokens(text: str) -> list[_Token]:
    return [
        _Token(word.group().lower().replace("’", "'").replace("ʼ", "'"), word.start(), word.end())
        for word in _WORD.finditer(text)
    ]
