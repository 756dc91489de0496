"""Which recogniser listens: the best one that this computer has for the language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from simulator.domain.errors import BadInputError, SimulatorError
from simulator.ports import Recogniser

CHOICES = ("auto", "vosk", "pocketsphinx", "none")
_BASIC_LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class RecogniserMakers:
    """How to find a Vosk model for a language, and how to make each recogniser (making one may take a second)."""

    find_model: Callable[[str], Path | None]
    vosk: Callable[[Path], Recogniser]
    pocketsphinx: Callable[[], Recogniser]
    none: Callable[[], Recogniser]


def choose_recogniser(wanted: str, language: str, make: RecogniserMakers) -> Recogniser:
    """`wanted` is one of CHOICES. "auto" takes Vosk where a model is installed and loads, else PocketSphinx for
    English, else none.

    Raises BadInputError for another name, and SimulatorError where a recogniser asked for by name is not there.
    """
    if wanted not in CHOICES:
        raise BadInputError(f"There is no recogniser '{wanted}'.", f"Known ones: {', '.join(CHOICES)}.")
    if wanted == "auto":
        return _best(language, make)
    if wanted == "vosk":
        model = make.find_model(language)
        if model is None:
            raise SimulatorError(
                f"No Vosk model for the language '{language}' is installed.",
                f"Install one with: unruffled models install {language}.",
            )
        return make.vosk(model)
    if wanted == "pocketsphinx":
        if language != _BASIC_LANGUAGE:
            raise SimulatorError(
                f"Basic recognition knows English only, not '{language}'.",
                f"Install a model with: unruffled models install {language}.",
            )
        return make.pocketsphinx()
    return make.none()


def _best(language: str, make: RecogniserMakers) -> Recogniser:
    model = make.find_model(language)
    if model is not None:
        try:
            return make.vosk(model)
        except SimulatorError:
            # A model that has gone bad must not stop the call; `models verify` and the doctor name what is wrong.
            pass
    if language == _BASIC_LANGUAGE:
        try:
            return make.pocketsphinx()
        except SimulatorError:
            # The voice is still measured without words, and the recogniser's name says that there are none. What is
            # broken is said to whoever asks for PocketSphinx by name.
            pass
    return make.none()
