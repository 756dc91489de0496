"""How well the words of this call will be understood, in two short sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from simulator.ports import ModelInfo
from simulator.ui.settings.model_row import size_words
from simulator.ui.widgets.case_words import language_name

BASIC_LANGUAGE = "en"
translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class RecognitionOutlook:
    """`good`: a real model listens."""

    good: bool
    text: str
    detail: str


def recognition_outlook(models: Sequence[ModelInfo], language: str, wanted: str) -> RecognitionOutlook:
    """`wanted` is the setting: "auto", "vosk", "pocketsphinx" or "none"."""
    name = language_name(language)
    model = next((each for each in models if each.language == language), None)
    if wanted == "none":
        text = translate("Recognition", "No recognition, as set")
        return RecognitionOutlook(False, text, translate("Recognition", "Your words are not scored, your voice is."))
    if wanted != "pocketsphinx" and any(m.folder is not None for m in models if m.language == language):
        return RecognitionOutlook(True, translate("Recognition", "Good recognition"), name)
    if language == BASIC_LANGUAGE:
        text = translate("Recognition", "Basic recognition")
        if wanted == "pocketsphinx" or model is None or model.size_bytes is None:
            return RecognitionOutlook(False, text, translate("Recognition", "Settings has better models to install."))
        better = translate("Recognition", "For good recognition install the English model, {size}.")
        return RecognitionOutlook(False, text, better.format(size=size_words(model.size_bytes)))
    text = translate("Recognition", "No recognition for {language}").format(language=name)
    if model is None:
        return RecognitionOutlook(False, text, translate("Recognition", "Your words are not scored, your voice is."))
    return RecognitionOutlook(False, text, translate("Recognition", "Install its model in the settings."))
