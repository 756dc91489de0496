"""PocketSphinx behind `ports.Recogniser`: "basic recognition", English only, its model comes with the wheel."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pocketsphinx

from simulator.adapters.heard_words import as_int16, mean_confidence, name_phrases, replace_spans
from simulator.adapters.letters_to_sounds import sounds_of
from simulator.domain.errors import SimulatorError
from simulator.domain.turn import Span
from simulator.domain.utterance import Utterance, Word
from simulator.ports import CAPTURE_RATE_HZ, Samples

_FRAMES_PER_S = 100
_PIECE = 1600
_VAD_FRAME_S = 0.03
_VAD_FRAME = int(_VAD_FRAME_S * CAPTURE_RATE_HZ)
# At a pause this long what was said so far is settled, so that little is left to do when the reply ends.
_SETTLE_PAUSE_S = 0.36
# Without one for this long, a shorter pause will do: the last pass takes longer than in proportion to the length.
_LONG_STRETCH_S = 6.0
_SHORT_PAUSE_S = 0.12
# The decoder's first guess of the sound's mean suits speech of this level: a turn is brought to it by one factor, found
# in its first half second of speech (words wrong on flite at a fiftieth of full level: 37 % without it, 12 % with it).
_GAIN_FROM_SPEECH_S = 0.5
_SPEECH_RMS = 0.02
_MOST_GAIN = 300.0
_LONGEST_HELD = 2 * CAPTURE_RATE_HZ
_NAME_THRESHOLD = "1e-20"
_NAME_SEARCH = "names"
_ALTERNATIVE = re.compile(r"\(\d+\)$")


class PocketSphinxRecogniser:
    """A loaded decoder; loading takes about a second. One turn at a time: a new one takes the decoder over.

    `language_model` is a file made by `pocketsphinx_language.mixed_language_model`; None: the wheel's own. What is
    settled at each pause and at the end is the best path of the first pass's word lattice, with posterior
    probabilities as confidences; the flat second pass (fwdflat) is left out, it takes longest where time is short.
    """

    def __init__(self, language_model: Path | None = None) -> None:
        """Raises SimulatorError where the wheel's model is missing or broken."""
        self._decoder = _decoder(**({"lm": os.fspath(language_model)} if language_model else {}))
        self._spotter = _decoder(lm=None)
        self._spotted: tuple[str, ...] = ()
        self._turn: PocketSphinxTurn | None = None

    @property
    def name(self) -> str:
        return "pocketsphinx"

    @property
    def label(self) -> str:
        return "basic recognition"

    def begin_turn(self, phrases: Sequence[str] = ()) -> PocketSphinxTurn:
        if self._turn is not None:
            self._turn.abandon()
        _forget(self._decoder)
        names = tuple(name_phrases(phrases))
        if names:
            self._listen_for(names)
            _forget(self._spotter)
        self._turn = PocketSphinxTurn(self._decoder, self._spotter if names else None)
        return self._turn

    def _listen_for(self, names: tuple[str, ...]) -> None:
        if names == self._spotted:
            return
        for word in {word for name in names for word in name.split()}:
            if self._spotter.lookup_word(word) is None:
                self._spotter.add_word(word, sounds_of(word), True)
        with tempfile.TemporaryDirectory() as folder:
            keyphrases = Path(folder) / "names.txt"
            keyphrases.write_text("".join(f"{name} /{_NAME_THRESHOLD}/\n" for name in names), encoding="utf-8")
            self._spotter.add_kws(_NAME_SEARCH, os.fspath(keyphrases))
        self._spotter.activate_search(_NAME_SEARCH)
        self._spotted = names


class _Gain:
    """Holds sound back until it has heard enough speech to know one factor for the whole turn.

    Silence before the speech is not held for longer than 2 s, or a long one would all be left to do at once.
    """

    def __init__(self) -> None:
        self._vad = pocketsphinx.Vad(pocketsphinx.Vad.LOOSE, CAPTURE_RATE_HZ, _VAD_FRAME_S)
        self._held: Samples = np.zeros(0, dtype=np.float32)
        self._judged = 0
        self._speech: list[Samples] = []
        self._factor: float | None = None

    def apply(self, samples: Samples) -> Samples:
        if self._factor is not None:
            return samples * np.float32(self._factor)
        self._held = np.concatenate([self._held, samples])
        while self._factor is None and self._judged + _VAD_FRAME <= len(self._held):
            frame = self._held[self._judged : self._judged + _VAD_FRAME]
            self._judged += _VAD_FRAME
            if self._vad.is_speech(as_int16(frame).tobytes()):
                self._speech.append(frame)
            if len(self._speech) * _VAD_FRAME_S >= _GAIN_FROM_SPEECH_S:
                self._factor = self._found()
        if self._factor is not None:
            return self.rest()
        too_long = max(0, self._judged - _LONGEST_HELD) // _VAD_FRAME * _VAD_FRAME
        released, self._held = self._held[:too_long], self._held[too_long:]
        self._judged -= too_long
        return released

    def rest(self) -> Samples:
        """What is still held back, brought to level by what was heard of it."""
        rest, self._held = self._held, self._held[:0]
        return rest * np.float32(self._factor if self._factor is not None else self._found())

    def _found(self) -> float:
        if not self._speech:
            return 1.0
        rms = float(np.sqrt(np.mean(np.concatenate(self._speech) ** 2)))
        return min(_MOST_GAIN, _SPEECH_RMS / rms) if rms > 0 else 1.0


class PocketSphinxTurn:
    """One reply. Sound is taken in pieces of 0.1 s whatever the blocks, so that the words do not depend on them."""

    def __init__(self, decoder: Any, spotter: Any | None) -> None:
        self._decoder = decoder
        self._spotter = spotter
        self._vad = pocketsphinx.Vad(pocketsphinx.Vad.LOOSE, CAPTURE_RATE_HZ, _VAD_FRAME_S)
        self._pending: Samples = np.zeros(0, dtype=np.float32)
        self._unjudged = np.zeros(0, dtype=np.int16)
        self._gain = _Gain()
        self._taken = 0
        self._stretch_starts = 0
        self._spoke = False
        self._pause_s = 0.0
        self._settled: list[Word] = []
        self._open = True
        self._decoder.start_utt()
        if self._spotter is not None:
            self._spotter.start_utt()

    def feed(self, samples: Samples) -> str:
        if not self._open:
            return ""
        self._pending = np.concatenate([self._pending, self._gain.apply(samples)])
        whole = len(self._pending) // _PIECE * _PIECE
        for at in range(0, whole, _PIECE):
            self._take(as_int16(self._pending[at : at + _PIECE]))
        self._pending = self._pending[whole:]
        guess = self._decoder.hyp()
        return " ".join([*(word.text for word in self._settled), guess.hypstr if guess else ""]).strip()

    def finish(self) -> Utterance:
        if not self._open:
            return Utterance((), self.recogniser)
        rest = np.concatenate([self._pending, self._gain.rest()])
        for at in range(0, len(rest), _PIECE):
            self._take(as_int16(rest[at : at + _PIECE]))
        words = [*self._settled, *self._last_pass()]
        if self._spotter is not None:
            self._spotter.end_utt()
            words = replace_spans(words, _spotted(self._spotter))
        self._open = False
        return Utterance(tuple(words), self.recogniser, confidence=mean_confidence(words))

    def abandon(self) -> None:
        """Give the decoder back without a result (a turn that was never finished)."""
        if self._open:
            self._decoder.end_utt()
            if self._spotter is not None:
                self._spotter.end_utt()
            self._open = False

    @property
    def recogniser(self) -> str:
        return "pocketsphinx"

    def _take(self, piece: np.ndarray[Any, np.dtype[np.int16]]) -> None:
        self._decoder.process_raw(piece.tobytes())
        if self._spotter is not None:
            self._spotter.process_raw(piece.tobytes())
        self._taken += len(piece)
        self._watch_for_pauses(piece)
        long_stretch = self._taken - self._stretch_starts > _LONG_STRETCH_S * CAPTURE_RATE_HZ
        if self._spoke and self._pause_s >= (_SHORT_PAUSE_S if long_stretch else _SETTLE_PAUSE_S):
            self._settled += self._last_pass()
            self._decoder.start_utt()
            self._stretch_starts = self._taken
            self._spoke = False

    def _watch_for_pauses(self, piece: np.ndarray[Any, np.dtype[np.int16]]) -> None:
        sound = np.concatenate([self._unjudged, piece])
        whole = len(sound) // _VAD_FRAME * _VAD_FRAME
        for at in range(0, whole, _VAD_FRAME):
            if self._vad.is_speech(sound[at : at + _VAD_FRAME].tobytes()):
                self._spoke = True
                self._pause_s = 0.0
            else:
                self._pause_s += _VAD_FRAME_S
        self._unjudged = sound[whole:]

    def _last_pass(self) -> list[Word]:
        self._decoder.end_utt()
        if self._decoder.hyp() is None:
            return []
        return _words(self._decoder, self._stretch_starts / CAPTURE_RATE_HZ, _posterior)


def _forget(decoder: Any) -> None:
    """A decoder remembers the noise and the mean of the sound before: without this, a turn would depend on others."""
    decoder.reinit_feat()


def _words(decoder: Any, offset_s: float, confidence: Callable[[Any], float]) -> list[Word]:
    words = []
    for segment in decoder.seg():
        text = _ALTERNATIVE.sub("", segment.word).lower()
        if text[:1] in "<[+":
            continue
        start_s = offset_s + segment.start_frame / _FRAMES_PER_S
        end_s = offset_s + (segment.end_frame + 1) / _FRAMES_PER_S
        words.append(Word(text, Span(start_s, end_s), confidence(segment)))
    return words


def _posterior(segment: Any) -> float:
    return float(min(1.0, max(0.0, segment.prob)))


def _spotted(spotter: Any) -> list[Word]:
    """Each name found, as words that share its time by their letters."""
    if spotter.hyp() is None:
        return []
    words = []
    for found in _words(spotter, 0.0, _posterior):
        assert found.span is not None
        parts = found.text.split()
        letters = sum(len(part) for part in parts)
        at = found.span.start_s
        for part in parts:
            end = min(found.span.end_s, at + found.span.duration_s * len(part) / letters)
            words.append(Word(part, Span(at, end), found.confidence))
            at = end
    return words


def _decoder(**options: Any) -> Any:
    try:
        return pocketsphinx.Decoder(samprate=CAPTURE_RATE_HZ, loglevel="FATAL", fwdflat=False, **options)
    except (RuntimeError, ValueError, OSError):
        raise SimulatorError(
            "The basic recogniser could not be loaded: its English model is missing or broken.",
            "Install the program again, or install a Vosk model with: unruffled models install en.",
        ) from None
