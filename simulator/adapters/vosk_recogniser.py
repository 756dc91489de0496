"""Vosk behind `ports.Recogniser`: a model folder on disk, a fresh recogniser for every turn."""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import vosk

from simulator.adapters.heard_words import (
    REMEDY_FOR_MODELS,
    as_int16,
    mean_confidence,
    name_phrases,
    replace_spans,
    whole_names,
)
from simulator.adapters.vosk_files import is_look_ahead, is_vosk_model
from simulator.domain.errors import BadInputError, SimulatorError
from simulator.domain.turn import Span
from simulator.domain.utterance import Utterance, Word
from simulator.ports import CAPTURE_RATE_HZ, Samples

_SILENCE_LOG = -1
# Words that only mark noise in some models.
_NOT_WORDS = frozenset({"[unk]", "<unk>", "[noise]", "[laughter]"})
_FILLERS = ("um", "uh")


class VoskRecogniser:
    """A loaded model. `begin_turn` may be called from any thread; each turn belongs to one."""

    def __init__(self, folder: Path) -> None:
        """Raises BadInputError where the folder holds no model, SimulatorError where libvosk cannot load it."""
        if not is_vosk_model(folder):
            raise BadInputError(f"{folder}: is not a Vosk model (no acoustic model or graph).", REMEDY_FOR_MODELS)
        if sys.platform == "win32" and not str(folder).isascii():
            # https://github.com/alphacep/vosk-api/issues/1072
            raise SimulatorError(
                f"{folder}: Vosk cannot read folders with letters outside English on Windows.",
                "Put the model under a plain path and set VOSK_MODEL_PATH to it.",
            )
        vosk.SetLogLevel(_SILENCE_LOG)
        self._label = folder.resolve().name
        self._model = _load(folder)
        self._takes_grammar = is_look_ahead(folder)
        self._writes_fillers = all(self._knows(filler) for filler in _FILLERS)

    @property
    def name(self) -> str:
        return "vosk"

    @property
    def label(self) -> str:
        return self._label

    @property
    def takes_grammar(self) -> bool:
        """Whether this is a look-ahead model, the only kind that can listen for given phrases."""
        return self._takes_grammar

    def begin_turn(self, phrases: Sequence[str] = ()) -> VoskTurn:
        names = [phrase for phrase in name_phrases(phrases) if all(self._knows(word) for word in phrase.split())]
        listener = None
        if self._takes_grammar and names:
            listener = vosk.KaldiRecognizer(self._model, CAPTURE_RATE_HZ, json.dumps([*names, "[unk]"]))
            listener.SetWords(True)
        recogniser = vosk.KaldiRecognizer(self._model, CAPTURE_RATE_HZ)
        return VoskTurn(recogniser, listener, names, self._writes_fillers)

    def _knows(self, word: str) -> bool:
        return bool(self._model.vosk_model_find_word(word) >= 0)


class VoskTurn:
    """One reply. A recogniser of its own, because Vosk's times run on over everything it was ever fed."""

    def __init__(self, recogniser: Any, listener: Any | None, names: Sequence[str], writes_fillers: bool) -> None:
        recogniser.SetWords(True)
        self._recogniser = recogniser
        self._listener = listener
        self._listened_for = tuple(names)
        self._writes_fillers = writes_fillers
        self._settled: list[dict[str, Any]] = []
        self._heard_names: list[dict[str, Any]] = []
        self._pending = np.zeros(0, dtype=np.int16)
        self._partial = ""

    def feed(self, samples: Samples) -> str:
        self._pending = np.concatenate([self._pending, as_int16(samples)])
        # Always the same pieces, whatever the blocks: the words must not depend on how the sound arrived.
        whole = len(self._pending) // _PIECE * _PIECE
        for at in range(0, whole, _PIECE):
            self._accept(self._pending[at : at + _PIECE].tobytes())
        self._pending = self._pending[whole:]
        return " ".join([*(word["word"] for word in self._settled), self._partial]).strip()

    def finish(self) -> Utterance:
        if len(self._pending):
            self._accept(self._pending.tobytes())
            self._pending = self._pending[:0]
        self._settled += _words_of(self._recogniser.FinalResult())
        words = [_word(found) for found in self._settled if found["word"] not in _NOT_WORDS]
        if self._listener is not None:
            self._heard_names += _words_of(self._listener.FinalResult())
            heard = [_word(found) for found in self._heard_names]
            words = replace_spans(words, whole_names(heard, self._listened_for, words))
        return Utterance(
            words=tuple(words),
            recogniser="vosk",
            confidence=mean_confidence(words),
            writes_fillers=self._writes_fillers,
        )

    def _accept(self, piece: bytes) -> None:
        if self._recogniser.AcceptWaveform(piece):
            self._settled += _words_of(self._recogniser.Result())
            self._partial = ""
        else:
            self._partial = str(json.loads(self._recogniser.PartialResult()).get("partial", ""))
        if self._listener is not None and self._listener.AcceptWaveform(piece):
            self._heard_names += _words_of(self._listener.Result())


_PIECE = 1600


def _words_of(result: str) -> list[dict[str, Any]]:
    found = json.loads(result).get("result", [])
    return list(found)


def _word(found: dict[str, Any]) -> Word:
    confidence = found.get("conf")
    return Word(
        text=str(found["word"]),
        span=Span(float(found["start"]), max(float(found["start"]), float(found["end"]))),
        confidence=None if confidence is None else min(1.0, max(0.0, float(confidence))),
    )


def _load(folder: Path) -> Any:
    # A refused model makes vosk's __del__ complain on standard error; the reason is in our own message.
    try:
        with contextlib.redirect_stderr(io.StringIO()):
            return vosk.Model(model_path=os.fspath(folder))
    except Exception:  # noqa: BLE001  vosk raises the bare Exception
        raise SimulatorError(f"{folder}: Vosk could not load this model.", REMEDY_FOR_MODELS) from None
