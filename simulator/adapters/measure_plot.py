"""A picture of what was measured, drawn with matplotlib."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from simulator.acoustics.curves import Curves
from simulator.domain.errors import SimulatorError
from simulator.domain.measures import VoiceMeasures
from simulator.domain.utterance import Word

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FRAME_S = 0.010
_WAVE, _LEVEL, _PITCH, _PAUSE, _MARK = "#5b6b73", "#0072b2", "#009e73", "#e9c46a", "#d55e00"
_MOST_POINTS = 4000
_MOST_WORDS = 80


class PyplotPicture:
    """Three panels over one time axis: waveform with words, level, and pitch with the syllables."""

    def draw(self, title: str, curves: Curves, measures: VoiceMeasures, words: Sequence[Word], to: Path) -> None:
        # matplotlib takes 0.6 s to import, and only this needs it.
        from matplotlib.figure import Figure

        width = min(max(9.0, measures.duration_s * 0.8), 28.0)
        figure = Figure(figsize=(width, 6.4), layout="constrained")
        wave, level, pitch = figure.subplots(3, 1, sharex=True, height_ratios=(1.2, 1.0, 1.2))
        _draw_wave(wave, curves, words)
        _draw_level(level, curves, measures)
        _draw_pitch(pitch, curves, measures)
        for axes in (wave, level, pitch):
            for pause in measures.pauses:
                axes.axvspan(pause.start_s, pause.end_s, color=_PAUSE, alpha=0.35, linewidth=0)
            axes.grid(alpha=0.25)
            axes.spines[["top", "right"]].set_visible(False)
        wave.set_xlim(0, max(measures.duration_s, FRAME_S))
        wave.set_title(title, loc="left")
        pitch.set_xlabel("time (s); shaded: pauses")
        try:
            figure.savefig(to, dpi=110)
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else str(error).partition(" (")[0]
            raise SimulatorError(f"{to}: the picture could not be written ({reason}).") from None


def _thinned(values: np.ndarray[tuple[int, ...], np.dtype[np.float32]], largest: bool) -> tuple[np.ndarray, np.ndarray]:
    """At most some thousand points: the largest of each stretch, or its mean."""
    step = max(1, -(-len(values) // _MOST_POINTS))
    whole = len(values) // step * step
    stretches = values[:whole].reshape(-1, step)
    points = stretches.max(axis=1) if largest else stretches.mean(axis=1)
    return (np.arange(len(points)) + 0.5) * step * FRAME_S, points


def _draw_wave(axes: Axes, curves: Curves, words: Sequence[Word]) -> None:
    times, peaks = _thinned(curves.peak, largest=True)
    axes.fill_between(times, -peaks, peaks, color=_WAVE, linewidth=0)
    top = max(float(peaks.max(initial=0.0)), 1e-3)
    axes.set_ylim(-1.1 * top, 1.6 * top)
    axes.set_ylabel("sample value")
    for word in words[:_MOST_WORDS]:
        if word.span is not None:
            axes.text(word.span.start_s, 1.15 * top, word.text, fontsize=8, rotation=35, ha="left", va="bottom")


def _draw_level(axes: Axes, curves: Curves, measures: VoiceMeasures) -> None:
    times, level = _thinned(np.maximum(curves.level_dba, -90.0).astype(np.float32), largest=False)
    axes.plot(times, level, color=_LEVEL, linewidth=1.0)
    if measures.level.speech_dba_fs is not None:
        axes.axhline(measures.level.speech_dba_fs, color=_MARK, linewidth=1.0, linestyle="--", label="speech level")
        axes.legend(loc="lower right", fontsize=8, frameon=False)
    axes.set_ylabel("level (dB(A) re full scale)")


def _draw_pitch(axes: Axes, curves: Curves, measures: VoiceMeasures) -> None:
    voiced = curves.f0_hz > 0
    times = (np.flatnonzero(voiced) + 0.5) * FRAME_S
    axes.plot(times, curves.f0_hz[voiced], ".", color=_PITCH, markersize=2.5)
    axes.set_yscale("log", base=2)
    axes.set_yticks([75, 100, 150, 200, 300, 400, 600], ["75", "100", "150", "200", "300", "400", "600"])
    axes.set_ylim(60, 620)
    axes.set_ylabel("pitch (Hz), ▼ syllables")
    if measures.pace.syllables is not None:
        axes.plot(curves.syllables_s, np.full(len(curves.syllables_s), 570.0), "v", color=_MARK, markersize=4)
