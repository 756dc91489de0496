"""The official Vosk models: which one a language gets, and what their publisher says of the files."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

from simulator.domain.errors import BadInputError, SimulatorError

MODELS_URL = "https://alphacephei.com/vosk/models/"


@dataclass(frozen=True, slots=True)
class OfficialModel:
    """`about_bytes` is the rough size of the download, for people; the exact one is in the publisher's list."""

    name: str
    language: str
    about_bytes: int


@dataclass(frozen=True, slots=True)
class Published:
    """What the publisher's list says of a model's file."""

    url: str
    md5: str
    size_bytes: int


OFFICIAL = (
    OfficialModel("vosk-model-small-en-us-0.15", "en", 40_000_000),
    OfficialModel("vosk-model-small-pl-0.22", "pl", 51_000_000),
    OfficialModel("vosk-model-small-uk-v3-small", "uk", 133_000_000),
)

# https://github.com/alphacep/vosk-api/issues/1626
_WITHOUT = {
    "hu": "There is no official Vosk model for Hungarian.",
}
_INSTEAD = (
    "A model from elsewhere can be installed with --from; without one the voice is measured, and replies can be typed."
)


def official_model(language: str) -> OfficialModel:
    """Raises SimulatorError where the publisher has none for the language, with what remains."""
    for model in OFFICIAL:
        if model.language == language:
            return model
    raise SimulatorError(_WITHOUT.get(language, f"No Vosk model is known for the language '{language}'."), _INSTEAD)


def published(model: OfficialModel, base_url: str, fetch: Callable[[str], str | None]) -> Published:
    """Size and MD5 of the model's file, from the publisher's own list (model-list.json), which is all that is
    published to check a download against; it comes over HTTPS from the same place as the file.

    Raises SimulatorError where the list cannot be had or does not name the model.
    """
    url = base_url + "model-list.json"
    listing = fetch(url)
    try:
        entries = json.loads(listing or "")
        for entry in entries:
            if entry["name"] == model.name:
                return Published(str(entry["url"]), str(entry["md5"]).lower(), int(entry["size"]))
    except (ValueError, TypeError, KeyError):
        raise BadInputError(f"{url} is not a list of models.", "Try again later, or install with --from.") from None
    raise SimulatorError(f"The publisher's list no longer names {model.name}.", "Install another one with --from.")
