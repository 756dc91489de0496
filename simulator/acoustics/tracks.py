"""The heavy work, done as sound arrives: from samples to a few numbers per 10 ms. The sound itself is not kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.acoustics import envelope, spectrum
from simulator.acoustics.clipping import ClippingCounter
from simulator.acoustics.pcm import HOP, Batcher, GrowingTable, Samples, Track
from simulator.acoustics.pitch import CandidateFinder, PitchPath
from simulator.acoustics.sure_pitch import sure_pitch


@dataclass(frozen=True, slots=True)
class Tracks:
    """Everything later decisions need of a sound, per 10 ms frame: power in 80-4000 Hz, A-weighted, in 300-1000 Hz
    and in 1-3 kHz (re full scale), F0 (0 where unvoiced or not sure), its strength (0 to 1, 0 where unvoiced), the
    largest sample; and `nucleus_db`, the bands of `NucleusBands` per 5 ms."""

    samples: int
    speech_band: Track
    a_weighted: Track
    low_band: Track
    high_band: Track
    peak: Track
    f0_hz: Track
    strength: Track
    nucleus_db: NDArray[np.float16]
    loudest: float
    clipped_share: float


class TrackMaker:
    """Feed it 16 kHz mono float32 in blocks of any size."""

    def __init__(self) -> None:
        self._spectrum = spectrum.FrameSpectrum()
        self._frames = Batcher(spectrum.BATCH_LENGTH, spectrum.BATCH_FRAMES * HOP, spectrum.LEAD_IN)
        self._candidates = CandidateFinder(self._spectrum.window)
        self._path = PitchPath()
        self._sure: NDArray[np.float32] | None = None
        self._bands = envelope.NucleusBands()
        self._steps = Batcher(envelope.BATCH_LENGTH, envelope.BATCH_STEPS * envelope.STEP, envelope.LEAD_IN)
        self._powers = GrowingTable(5, np.dtype(np.float32))
        self._nucleus = GrowingTable(envelope.BANDS, np.dtype(np.float16))
        self._clipping = ClippingCounter()
        self._samples = 0

    def feed(self, samples: Samples) -> None:
        self._samples += len(samples)
        self._take_frames(self._frames.feed(samples))
        self._take_steps(self._steps.feed(samples))

    def _take_frames(self, batches: Iterator[Samples]) -> None:
        for sound in batches:
            spectra = self._spectrum.analyse(sound)
            own = sound[spectrum.LEAD_IN : spectrum.LEAD_IN + spectrum.BATCH_FRAMES * HOP]
            peaks = np.abs(own).reshape(spectrum.BATCH_FRAMES, HOP).max(axis=1)
            self._powers.extend(np.column_stack([spectra.bands, peaks]))
            self._clipping.feed(own)
            self._path.feed(self._candidates.find(spectra.power))

    def _take_steps(self, batches: Iterator[Samples]) -> None:
        for sound in batches:
            self._nucleus.extend(self._bands.analyse(sound))

    def so_far(self) -> Tracks:
        """The tracks up to now (the last 0.2 s may be missing), the pitch as far as it is settled."""
        return self._tracks(min(len(self._powers), len(self._nucleus) // 2))

    def finish(self) -> Tracks:
        """The tracks of the whole sound; a rest shorter than a frame is left out."""
        frames = self._samples // HOP
        self._take_frames(
            self._frames.flush(-(-frames // spectrum.BATCH_FRAMES) - len(self._powers) // spectrum.BATCH_FRAMES)
        )
        wanted = -(-2 * frames // envelope.BATCH_STEPS)
        self._take_steps(self._steps.flush(wanted - len(self._nucleus) // envelope.BATCH_STEPS))
        self._path.finish()
        self._sure = sure_pitch(self._path.settled)
        return self._tracks(frames)

    def _tracks(self, frames: int) -> Tracks:
        powers, path = self._powers.values[:frames], self._path.settled[:frames]
        return Tracks(
            samples=self._samples,
            speech_band=powers[:, 0],
            a_weighted=powers[:, 1],
            low_band=powers[:, 2],
            high_band=powers[:, 3],
            peak=powers[:, 4],
            f0_hz=path[:, 0] if self._sure is None else self._sure[:frames],
            strength=path[:, 1],
            nucleus_db=self._nucleus.values[: 2 * frames],
            loudest=self._clipping.loudest,
            clipped_share=self._clipping.count / max(self._samples, 1),
        )
