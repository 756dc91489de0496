"""When each word of a rendered line begins: from the synthesiser's word events, else from the sound itself."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from simulator.acoustics.harshness import Samples, speech_frames

_FRAME_S = 0.01
_VOWEL_GROUP = re.compile(r"[aeiouyàáâäåąæèéêëęìíîïòóôöőøœùúûüűýаеєиіїоуюяыэё]+", re.IGNORECASE)


def words_with_starts(text: str) -> tuple[tuple[str, int], ...]:
    """The words as captions show them (split at white space) with their first character."""
    return tuple((match.group(), match.start()) for match in re.finditer(r"\S+", text))


def starts_from_events(text: str, events: Sequence[tuple[int, float]], duration_s: float) -> tuple[float, ...]:
    """One start a caption word, from (character, seconds) events of the synthesiser: never falling, within the clip.

    The first event inside a word counts (numbers have several); a word without one (a dash) starts with the next.
    """
    places = words_with_starts(text)
    found: list[float | None] = []
    for word, begin in places:
        inside = [at_s for character, at_s in events if begin <= character < begin + len(word)]
        found.append(min(inside) if inside else None)
    following = duration_s
    starts: list[float] = []
    for start in reversed(found):
        following = min(following, max(0.0, start)) if start is not None else following
        starts.append(following)
    return tuple(reversed(starts))


def starts_from_sound(text: str, samples: Samples, rate_hz: int) -> tuple[float, ...]:
    """The same where the synthesiser tells nothing: by each word's share of the syllables over the measured speech,
    so that no word starts in a pause."""
    words = [word for word, _ in words_with_starts(text)]
    frame = max(1, round(rate_hz * _FRAME_S))
    whole = len(samples) // frame * frame
    power = np.mean(samples[:whole].reshape(-1, frame).astype(np.float64) ** 2, axis=1)
    speech = np.flatnonzero(speech_frames(power)) if len(power) else np.array([], dtype=np.int64)
    if not words or len(speech) == 0:
        return ()
    syllables = np.array([max(1, len(_VOWEL_GROUP.findall(word))) for word in words], dtype=np.float64)
    share_before = np.concatenate([[0.0], np.cumsum(syllables)[:-1]]) / syllables.sum()
    frames = speech[(share_before * len(speech)).astype(np.int64)]
    return tuple(float(at) * frame / rate_hz for at in frames)
