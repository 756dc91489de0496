"""The customer's own names in all their forms, and how near a heard word comes to them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import Indel, Levenshtein

from simulator.domain.scenario import Gender
from simulator.wording.context import ReplyContext
from simulator.wording.likeness import LENGTHS_MAY_DIFFER, joined_outline, likeness, outline_of, sound_of
from simulator.wording.phrasebook import NameWords
from simulator.wording.tokens import normalised

# By so much a word's pieces can be less alike than the word, as doubled sounds count once.
DOUBLED = 0.08
ROUNDING = 1e-5
SHORTEST_PART = 3


@dataclass(frozen=True, slots=True)
class CustomerNames:
    """The names to compare with; `given` are those as the call has them, `titles` those this customer can have."""

    agent: frozenset[str]
    titles: frozenset[str]
    forms: tuple[str, ...]
    given: tuple[str, ...]


def customer_names(context: ReplyContext, names: NameWords) -> CustomerNames:
    """Worked out once for a customer, whatever they say."""
    return _names_of(replace(context, line="", facts=(), demand=""), names)


@lru_cache(maxsize=64)
def _names_of(context: ReplyContext, names: NameWords) -> CustomerNames:
    surnames, first_names = _parts(context.customer_name), _parts(context.customer_first_name)
    first_names |= {name for group in names.called for name in group if not first_names.isdisjoint(group)}
    for form in context.name_forms:
        for word in normalised(form).replace(".", " ").split():
            if word not in names.titles:
                (first_names if _is_first_name(word, context) else surnames).add(word)
    return CustomerNames(
        agent=frozenset(normalised(context.agent_name).split()),
        titles=_titles(context, names),
        forms=_with_cases(surnames, names) + _with_cases(first_names, names),
        given=tuple(sorted(_parts(context.customer_name) | _parts(context.customer_first_name))),
    )


def _parts(name: str) -> set[str]:
    """A double name whole and each of its parts (Zawadzka-Król, Олена Петрівна)."""
    parts = [part for part in re.split(r"[\s-]+", normalised(name)) if part]
    return {part for part in parts if len(part) >= SHORTEST_PART} | {"".join(parts)} if parts else set()


def _titles(context: ReplyContext, names: NameWords) -> frozenset[str]:
    title = normalised(context.customer_title).strip(".")
    female = context.gender is Gender.FEMALE or title in names.female_titles
    male = context.gender is Gender.MALE or title in names.male_titles
    if female == male:
        return names.titles
    return names.female_titles if female else names.male_titles


def _is_first_name(word: str, context: ReplyContext) -> bool:
    first = Indel.normalized_similarity(word, normalised(context.customer_first_name))
    return first > Indel.normalized_similarity(word, normalised(context.customer_name))


def _with_cases(given: set[str], names: NameWords) -> tuple[str, ...]:
    forms = {name for name in given if name}
    for name in tuple(forms):
        for old, new in names.cases:
            if name.endswith(old) and len(name) - len(old) >= 2:
                forms.add(name[: len(name) - len(old)] + new)
    return tuple(sorted(forms))


@lru_cache(maxsize=16_384)
def nearest(words: tuple[str, ...], own: tuple[str, ...], names: NameWords, least: float) -> tuple[float, int]:
    """How alike the words, said as one, are to the nearest of one's own forms, and how long that is; what is under
    `least` may be given as 0."""
    heard = "".join(words)
    alike, outlines_alike = _likenesses(heard, joined_outline(words, names), own, names)
    best = (0.0, 0)
    for at in np.argsort(-alike, kind="stable"):
        if alike[at] < best[0] - ROUNDING:
            break
        name = own[at]
        of_like_length = 2 * min(len(heard), len(name)) >= (least - LENGTHS_MAY_DIFFER) * (len(heard) + len(name))
        if of_like_length and outlines_alike[at] >= 2 * least - 1:
            best = max(best, (_alike(heard, name, names), len(name)))
    return best


def _likenesses(
    heard: str, outline: str, own: tuple[str, ...], names: NameWords
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """`likeness` of the word to each of one's own forms at once, and how alike their outlines are."""
    if not own:
        return np.zeros(0, np.float32), np.zeros(0, np.float32)
    sounds, outlines = _sounds(own, names)
    close = np.maximum(_table([[heard]], own, Indel), _table([[sound_of(heard, names)]], sounds, Indel) * 0.99)[0]
    by_outline = _table([[outline_of(heard, names)], [outline]], outlines, Levenshtein)
    return np.maximum(close, (close + by_outline[0]) / 2), by_outline[1]


@lru_cache(maxsize=16_384)
def nearest_form(heard: str, own: tuple[str, ...], names: NameWords) -> tuple[float, float, str]:
    """How alike letters and sounds are to the form that is nearest by both, and that form."""
    sound, (sounds, _) = sound_of(heard, names), _sounds(own, names)
    best = (0.0, 0.0, "")
    for name, own_sound in zip(own, sounds, strict=True):
        letters = Indel.normalized_similarity(heard, name)
        both = (letters, Indel.normalized_similarity(sound, own_sound), name)
        if both[0] + both[1] > best[0] + best[1]:
            best = both
    return best


def most_alike(words: Sequence[str], own: tuple[str, ...], names: NameWords, pieces: int) -> list[list[float]]:
    """A bound of how alike each word is to the nearest of one's own forms, then of each word said as one with the next,
    up to so many `pieces`: quicker than to ask for each, as few words are anything like a name."""
    if not own or not words:
        return [[0.0] * len(words)] * pieces
    parts = (words, [sound_of(word, names) for word in words], [outline_of(word, names) for word in words])
    letters, sounds, outlines = ([_joined(part, count) for count in range(1, pieces + 1)] for part in parts)
    own_sounds, own_outlines = _sounds(own, names)
    close = np.maximum(_table(letters, own, Indel), _table(sounds, own_sounds, Indel) + DOUBLED)
    bound = np.maximum(close, (close + _table(outlines, own_outlines, Levenshtein) + DOUBLED) / 2).max(axis=1)
    found: list[list[float]] = bound.reshape(pieces, len(words)).tolist()
    return found


def _joined(parts: Sequence[str], count: int) -> list[str]:
    """Each part with those that follow, `count` in all."""
    joined = list(parts)
    for later in range(1, count):
        joined = [
            part + more for part, more in zip(joined, [*parts[later:], *[""] * min(later, len(parts))], strict=True)
        ]
    return joined


def _table(heard: Sequence[Sequence[str]], own: Sequence[str], measure: Any) -> NDArray[np.float32]:
    queries = [word for words in heard for word in words]
    found: NDArray[np.float32] = process.cdist(queries, own, scorer=measure.normalized_similarity, dtype=np.float32)
    return found


@lru_cache(maxsize=128)
def _sounds(own: tuple[str, ...], names: NameWords) -> tuple[list[str], list[str]]:
    return [sound_of(name, names) for name in own], [outline_of(name, names) for name in own]


def _alike(heard: str, name: str, names: NameWords) -> float:
    """A surname with one of the usual endings (-owska, -енко) is told from others by what stands before it."""
    whole = likeness(heard, name, names)
    stem, own_stem = _stem(heard, names), _stem(name, names)
    if whole == 1.0 or stem == heard:
        return whole
    if own_stem == name:
        own_stem = name[: len(stem) - len(heard)]
    return min(whole, likeness(stem, own_stem, names))


@lru_cache(maxsize=4096)
def _stem(word: str, names: NameWords) -> str:
    """Without the longest of the usual endings, where enough is left."""
    endings = (len(e) for e in names.surname_endings if word.endswith(e) and 2 < len(e) < len(word) - 1)
    return word[: len(word) - max(endings, default=0)]
