"""Replies as the network reads them: invented company, recognisers' damage, and tensors."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from itertools import islice

import numpy as np
import torch
from torch import Tensor

from simulator.wording.glossary import Glossary
from simulator.wording.learned import LANGUAGES, flags_of, pieces_of, stem_of
from simulator.wording.wordpieces import Wordpieces
from wording_training.replies import LEARNED, TokenReply

BATCH = 32
MOST_WORDS, MOST_PIECES = 90, 200
WORDS_DROPPED, LETTERS_CHANGED = 0.03, 0.04
BREAKS_HIDDEN, RULES_HIDDEN, STEMS_HIDDEN = 0.5, 0.5, 0.3
LETTERS = {"uk": "аеіоустрнлк"}
LONG_ALREADY = 2


class Reader:
    """Turns words into piece numbers as the program does."""

    def __init__(self, pieces: Wordpieces, glossaries: Mapping[str, Mapping[str, str]]) -> None:
        self._pieces = pieces
        self._glossaries = {language: Glossary(words) if words else None for language, words in glossaries.items()}
        self._known: dict[tuple[str, str], tuple[int, ...]] = {}

    def of(self, word: str, language: str) -> tuple[int, ...]:
        found = self._known.get((language, word))
        if found is None:
            found = self._known[language, word] = pieces_of(word, self._pieces, self._glossaries[language])
        return found

    @property
    def frame(self) -> tuple[int, int]:
        return self._pieces.start, self._pieces.end


def in_company(replies: Sequence[TokenReply], chance: random.Random) -> list[TokenReply]:
    """All replies once, short ones of a language joined to up to four, with words lost now and then."""
    waiting = list(replies)
    chance.shuffle(waiting)
    made: list[TokenReply] = []
    while waiting:
        first = waiting.pop()
        alone = len(first.labels) > LONG_ALREADY or first.only >= 0
        joined = [first]
        for _ in range(0 if alone else chance.choice((0, 0, 1, 1, 2, 2, 3))):
            words = sum(len(reply.words) for reply in joined)
            if not waiting or waiting[-1].only >= 0 or words + len(waiting[-1].words) > MOST_WORDS:
                break
            joined.append(waiting.pop())
        made.append(_joined(joined, chance))
    return made


def batches_of(replies: Sequence[Sequence[TokenReply]], chance: random.Random) -> list[list[TokenReply]]:
    """All replies in company, those of about the same length together, in random order."""
    made = [reply for of_language in replies for reply in in_company(of_language, chance)]
    made.sort(key=lambda reply: len(reply.words) + chance.random() * 6)
    batches = [made[at : at + BATCH] for at in range(0, len(made), BATCH)]
    chance.shuffle(batches)
    return batches


def _joined(replies: Sequence[TokenReply], chance: random.Random) -> TokenReply:
    whole = TokenReply(replies[0].language, only=replies[0].only)
    for reply in replies:
        before = len(whole.labels)
        kept = [at for at in range(len(reply.words)) if chance.random() >= WORDS_DROPPED] or [0]
        whole.words += [reply.words[at] for at in kept]
        whole.breaks += [reply.breaks[at] for at in kept]
        whole.facts += [reply.facts[at] for at in kept]
        whole.rules += [reply.rules[at] for at in kept]
        whole.part += [before + reply.part[at] for at in kept]
        whole.labels += reply.labels
    return whole


def _damaged(word: str, language: str, chance: random.Random) -> str:
    if len(word) < 3 or chance.random() >= LETTERS_CHANGED:
        return word
    at = chance.randrange(len(word))
    return word[:at] + chance.choice(LETTERS.get(language, "aeioustrnlk")) + word[at + 1 :]


def tensors_of(replies: Sequence[TokenReply], reader: Reader, chance: random.Random | None) -> dict[str, Tensor]:
    """One batch. With `chance`, as in training: letters changed, breaks and pattern matches hidden half of the time.

    `pieces`, `of_word`, `place` (in the word), `real` (replies, pieces); `flags`, `stems`, `piece_count`, `said`
    (replies, words); `rules` (replies, words, most); `language` (replies,). `of_word` is `words` where a piece belongs
    to no word.
    """
    spelt = [
        [reader.of(_damaged(word, reply.language, chance) if chance else word, reply.language) for word in reply.words]
        for reply in replies
    ]
    words = max(len(found) for found in spelt)
    length = min(MOST_PIECES, 2 + max(sum(map(len, found)) for found in spelt))
    most = max(1, *(len(found) for reply in replies for found in reply.rules))
    shape = (len(replies), words)
    pieces, of_word, place = (np.full((len(replies), length), fill, dtype=np.int64) for fill in (0, words, 0))
    flags, stems = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
    rules = np.zeros((*shape, most), dtype=np.int64)
    count, said = np.ones(shape, dtype=np.float32), np.zeros(shape, dtype=np.float32)
    real = np.zeros((len(replies), length), dtype=bool)
    for row, (reply, found) in enumerate(zip(replies, spelt, strict=True)):
        flat = [(number, at, n) for at, numbers in enumerate(found) for n, number in enumerate(numbers)]
        numbers = list(islice(flat, length - 2))
        end = len(numbers) + 1
        pieces[row, 0], pieces[row, end] = reader.frame
        pieces[row, 1:end], of_word[row, 1:end], place[row, 1:end] = zip(*numbers, strict=True)
        real[row, : end + 1] = True
        no_breaks = chance is not None and chance.random() < BREAKS_HIDDEN
        no_rules = chance is not None and chance.random() < RULES_HIDDEN
        for at, word in enumerate(reply.words):
            flags[row, at] = flags_of(word, 0 if no_breaks else reply.breaks[at], reply.facts[at])
            if chance is None or chance.random() >= STEMS_HIDDEN:
                stems[row, at] = stem_of(word, reply.language)
            count[row, at], said[row, at] = len(found[at]), 1
            if not no_rules:
                rules[row, at, : len(reply.rules[at])] = [1 + rule for rule in reply.rules[at]]
    arrays = {"pieces": pieces, "of_word": of_word, "real": real, "flags": flags, "rules": rules, "stems": stems}
    arrays |= {"piece_count": count, "said": said, "place": place}
    arrays["language"] = np.array([LANGUAGES.index(reply.language) for reply in replies])
    return {name: torch.from_numpy(array) for name, array in arrays.items()}


def targets_of(replies: Sequence[TokenReply], words: int) -> tuple[Tensor, Tensor, Tensor]:
    """What each word carries, what each reply carries, and what of it is known: (r, w, k), (r, k), (r, k)."""
    by_word = np.zeros((len(replies), words, len(LEARNED)), dtype=np.float32)
    by_reply = np.zeros((len(replies), len(LEARNED)), dtype=np.float32)
    known = np.ones_like(by_reply)
    for row, reply in enumerate(replies):
        for at, part in enumerate(reply.part):
            by_word[row, at, list(reply.labels[part])] = 1
        for labels in reply.labels:
            by_reply[row, list(labels)] = 1
        if reply.only >= 0:
            known[row] = 0
            known[row, reply.only] = 1
    return torch.from_numpy(by_word), torch.from_numpy(by_reply), torch.from_numpy(known)
