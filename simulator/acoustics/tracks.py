"""The heavy work, done as sound arrives: from samples to one number per 10 ms (5 ms for the envelope)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from simulator.acoustics import envelope, spectrum
from simulator.acoustics.pcm import HOP, Batcher, GrowingTrack, Samples, Track
from simulator.acoustics.pitch import CandidateFinder, PitchPath

FULL_SCALE = 0.999


@dataclass(frozen=True, slots=True)
class Tracks:
    """Everything later decisions need of a sound: a few numbers per 10 ms frame (`nucleus`: per 5 ms)."""

    samples: int
    speech_band: Track
    a_weighted: Track
    low_band: Track
    high_band: Track
    f0_hz: Track
    nucleus: Track
    peak: Track
    loudest: float
    clipped_share: float


class TrackMaker:
    """Feed it 16 kHz mono float32 in blocks of any size; it keeps tracks, never the sound."""

    def __init__(self) -> None:
        self._spectrum = spectrum.FrameSpectrum()
        self._frames = Batcher(spectrum.BATCH_LENGTH, spectrum.BATCH_FRAMES * HOP, spectrum.LEAD_IN)
        self._candidates = CandidateFinder(self._spectrum.window)
        self._path = PitchPath()
        self._envelope = envelope.NucleusEnvelope()
        self._blocks = Batcher(envelope.OVERLAP + envelope.BLOCK, envelope.BLOCK, envelope.OVERLAP)
        self._speech_band, self._a_weighted = GrowingTrack(), GrowingTrack()
        self._low_band, self._high_band = GrowingTrack(), GrowingTrack()
        self._nucleus, self._peak = GrowingTrack(), GrowingTrack()
        self._samples = 0
        self._loudest = 0.0
        self._clipped = 0

    def feed(self, samples: Samples) -> None:
        self._samples += len(samples)
        self._take_frames(self._frames.feed(samples))
        self._take_blocks(self._blocks.feed(samples))

    def _take_frames(self, batches: Iterator[Samples]) -> None:
        for sound in batches:
            spectra = self._spectrum.analyse(sound)
            self._speech_band.extend(spectra.speech_band)
            self._a_weighted.extend(spectra.a_weighted)
            self._low_band.extend(spectra.low_band)
            self._high_band.extend(spectra.high_band)
            self._path.feed(self._candidates.find(spectra.power))
            own = np.abs(sound[spectrum.LEAD_IN : spectrum.LEAD_IN + spectrum.BATCH_FRAMES * HOP])
            peaks = own.reshape(spectrum.BATCH_FRAMES, HOP).max(axis=1)
            self._peak.extend(peaks)
            self._loudest = max(self._loudest, float(peaks.max()))
            if self._loudest >= FULL_SCALE:
                self._clipped += int((own >= FULL_SCALE).sum())

    def _take_blocks(self, blocks: Iterator[Samples]) -> None:
        for sound in blocks:
            self._nucleus.extend(self._envelope.analyse(sound))

    def so_far(self) -> Tracks:
        """The tracks up to now (the last 0.2 s may be missing), without a settled pitch."""
        return self._tracks(len(self._a_weighted), np.zeros(0, dtype=np.float32))

    def finish(self) -> Tracks:
        frames = self._samples // HOP
        missing = -(-frames // spectrum.BATCH_FRAMES) - len(self._a_weighted) // spectrum.BATCH_FRAMES
        self._take_frames(self._frames.flush(missing))
        steps = 2 * frames + envelope.DELAY_STEPS
        missing = -(-steps // envelope.BLOCK_STEPS) - len(self._nucleus) // envelope.BLOCK_STEPS
        self._take_blocks(self._blocks.flush(missing))
        return self._tracks(frames, self._path.finish()[:frames])

    def _tracks(self, frames: int, f0_hz: Track) -> Tracks:
        late = envelope.DELAY_STEPS
        return Tracks(
            samples=self._samples,
            speech_band=self._speech_band.values[:frames],
            a_weighted=self._a_weighted.values[:frames],
            low_band=self._low_band.values[:frames],
            high_band=self._high_band.values[:frames],
            f0_hz=f0_hz,
            nucleus=self._nucleus.values[late : late + 2 * frames],
            peak=self._peak.values[:frames],
            loudest=self._loudest,
            clipped_share=self._clipped / max(self._samples, 1),
        )
