"""Which recogniser listens."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.adapters.scripted import NoRecogniser, ScriptedRecogniser
from simulator.domain.errors import BadInputError, SimulatorError
from simulator.ports import Recogniser
from simulator.practice.choose_recogniser import RecogniserMakers, choose_recogniser

MODEL = Path("models/vosk-model-small-en-us-0.15")


class Named(ScriptedRecogniser):
    def __init__(self, name: str) -> None:
        super().__init__([])
        self._name = name

    @property
    def name(self) -> str:
        return self._name


def makers(model_for: str = "", vosk_works: bool = True, pocketsphinx_works: bool = True) -> RecogniserMakers:
    def vosk(folder: Path) -> Recogniser:
        if not vosk_works:
            raise SimulatorError("broken model")
        return Named(f"vosk {folder.name}")

    def pocketsphinx() -> Recogniser:
        if not pocketsphinx_works:
            raise SimulatorError("broken wheel")
        return Named("pocketsphinx")

    return RecogniserMakers(
        lambda language: MODEL if language in model_for.split() else None, vosk, pocketsphinx, NoRecogniser
    )


@pytest.mark.parametrize(
    ("language", "make", "chosen"),
    [
        ("en", makers("en"), f"vosk {MODEL.name}"),
        ("pl", makers("pl"), f"vosk {MODEL.name}"),
        ("en", makers(), "pocketsphinx"),
        ("en", makers("pl"), "pocketsphinx"),
        ("hu", makers("en pl"), "none"),
        ("en", makers("en", vosk_works=False), "pocketsphinx"),
        ("pl", makers("pl", vosk_works=False), "none"),
        ("en", makers("", pocketsphinx_works=False), "none"),
    ],
)
def test_auto_takes_the_best_that_is_there(language: str, make: RecogniserMakers, chosen: str) -> None:
    assert choose_recogniser("auto", language, make).name == chosen


def test_one_asked_for_by_name_is_taken() -> None:
    assert choose_recogniser("pocketsphinx", "en", makers("en")).name == "pocketsphinx"
    assert choose_recogniser("none", "en", makers("en")).name == "none"
    assert choose_recogniser("vosk", "pl", makers("pl")).name.startswith("vosk")


@pytest.mark.parametrize(
    ("wanted", "language", "message"),
    [
        ("vosk", "pl", "No Vosk model for the language 'pl'.*models install pl"),
        ("pocketsphinx", "uk", "English only.*models install uk"),
    ],
)
def test_one_asked_for_by_name_that_is_not_there_is_an_error_and_not_another_one(
    wanted: str, language: str, message: str
) -> None:
    with pytest.raises(SimulatorError, match=message):
        choose_recogniser(wanted, language, makers("en"))
    with pytest.raises(SimulatorError, match="broken model"):
        choose_recogniser("vosk", "en", makers("en", vosk_works=False))


def test_an_unknown_name_lists_the_known_ones() -> None:
    with pytest.raises(BadInputError, match="auto, vosk, pocketsphinx, none"):
        choose_recogniser("whisper", "en", makers())
