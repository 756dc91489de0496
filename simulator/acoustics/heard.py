"""Where speech is in a sound, where it is voiced, and where only the room is heard."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulator.acoustics.activity import MARGIN_FRAMES, speech_mask, speech_spans
from simulator.acoustics.pcm import FRAME_S, Mask, Numbers
from simulator.acoustics.tracks import Tracks
from simulator.domain.turn import Span

VOICED_SHARE = (0.60, 0.93)
MOST_STILL_SHARE = 0.5
STILL_SEMITONES = 0.05


@dataclass(frozen=True, slots=True)
class Heard:
    """Masks over frames: `mask` loud enough to be speech, `within` the stretches of speech with their short gaps,
    `voiced` speech with a voice, `room` the pauses and what lies just beside the speech. `f0_hz` of the voiced frames
    whose pitch is sure."""

    mask: Mask
    within: Mask
    voiced: Mask
    room: Mask
    f0_hz: Numbers
    spans: tuple[Span, ...]
    like_speech: bool

    @property
    def speech_s(self) -> float:
        return float(self.within.sum()) * FRAME_S


def heard_in(tracks: Tracks) -> Heard | None:
    """None where no speech can be measured."""
    mask = speech_mask(tracks.speech_band)
    spans = speech_spans(mask) if mask is not None else ()
    if mask is None or not spans:
        return None
    within = np.zeros_like(mask)
    for span in spans:
        within[round(span.start_s / FRAME_S) : round(span.end_s / FRAME_S)] = True
    edges = np.flatnonzero(within)[[0, -1]]
    room = ~within
    room[: max(0, edges[0] - MARGIN_FRAMES)] = False
    room[edges[1] + 1 + MARGIN_FRAMES :] = False
    mask &= within
    voiced = mask & (tracks.strength > 0)
    f0_hz = tracks.f0_hz[mask & (tracks.f0_hz > 0)].astype(np.float64)
    return Heard(mask, within, voiced, room, f0_hz, spans, _like_speech(within, voiced, tracks))


def _like_speech(within: Mask, voiced: Mask, tracks: Tracks) -> bool:
    """Voiced and unvoiced sounds alternate in speech, and its pitch is never still for long.

    Real and synthetic speech was voiced in .63 to .85 of its time; whispers, creak, coughs, laughter and typing were
    below .59, held music above .93 or still.
    """
    share = float(voiced.sum()) / float(within.sum())
    if not VOICED_SHARE[0] <= share <= VOICED_SHARE[1]:
        return False
    pitched = voiced & (tracks.f0_hz > 0)
    semitones = 12.0 * np.log2(np.where(pitched, tracks.f0_hz, 1.0))
    steps = np.abs(np.diff(semitones))[pitched[1:] & pitched[:-1]]
    return len(steps) > 0 and float((steps < STILL_SEMITONES).mean()) <= MOST_STILL_SHARE
