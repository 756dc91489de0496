"""Whether this machine is ready to rehearse: each part with a verdict and what to do."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from simulator.domain.errors import SimulatorError
from simulator.ports import AudioDevices, SpeechModels, VoiceCatalogue

LOW_DISK_BYTES = 1_000_000_000
# An hour of both sides as WAV before it is packed, and the database.
TOO_LITTLE_DISK_BYTES = 250_000_000


class Verdict(StrEnum):
    GOOD = "good"
    LIMITED = "limited"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Finding:
    """One part: what was found in one sentence, and what to do where it is not good."""

    part: str
    verdict: Verdict
    found: str
    remedy: str = ""


def check_all(
    devices: AudioDevices, voices: VoiceCatalogue, models: SpeechModels, data_folder: Path
) -> Sequence[Finding]:
    """Look at everything; a part whose check fails is a finding, not an error."""
    checks: list[tuple[str, Callable[[], Finding]]] = [
        ("microphone", lambda: _microphone(devices)),
        ("headphones", lambda: _headphones(devices)),
        ("voice", lambda: _voice(voices)),
        ("recognition", lambda: _recognition(models)),
        ("disk", lambda: _disk(data_folder)),
    ]
    findings = []
    for part, check in checks:
        try:
            findings.append(check())
        except SimulatorError as error:
            findings.append(Finding(part, Verdict.MISSING, error.problem, error.remedy))
    return findings


def _microphone(devices: AudioDevices) -> Finding:
    inputs = [device for device in devices.list() if device.inputs]
    if not inputs:
        remedy = "Plug in a headset; until then replies can be typed."
        return Finding("microphone", Verdict.MISSING, "No microphone was found.", remedy)
    chosen = next((device for device in inputs if device.is_default_input), inputs[0])
    return Finding("microphone", Verdict.GOOD, f"{chosen.name} ({chosen.host_api}), {len(inputs)} in all.")


def _headphones(devices: AudioDevices) -> Finding:
    outputs = [device for device in devices.list() if device.outputs]
    if not outputs:
        remedy = "Plug in a headset; until then the customer's lines are shown."
        return Finding("headphones", Verdict.MISSING, "No headphones were found.", remedy)
    chosen = next((device for device in outputs if device.is_default_output), outputs[0])
    return Finding("headphones", Verdict.GOOD, f"{chosen.name} ({chosen.host_api}), {len(outputs)} in all.")


def _voice(voices: VoiceCatalogue) -> Finding:
    known = voices.available()
    spoken = [voice for voice in known if voice.engine_voice is not None]
    if not spoken:
        why = next((voice.why_not for voice in known if voice.why_not), "No customer voice can speak here.")
        return Finding("voice", Verdict.MISSING, why, "Install a synthesiser (Debian: apt-get install libespeak-ng1).")
    verdict = Verdict.GOOD if len(spoken) == len(known) else Verdict.LIMITED
    remedy = "" if verdict is Verdict.GOOD else "See which with: unruffled voices list"
    return Finding("voice", verdict, f"{len(spoken)} of {len(known)} customer voices can speak.", remedy)


def _recognition(models: SpeechModels) -> Finding:
    installed = [model for model in models.list() if model.folder is not None]
    if installed:
        return Finding("recognition", Verdict.GOOD, f"Installed: {', '.join(model.name for model in installed)}.")
    remedy = "For good recognition run: unruffled models install en"
    return Finding("recognition", Verdict.LIMITED, "Basic recognition, English only.", remedy)


def _disk(data_folder: Path) -> Finding:
    free = shutil.disk_usage(data_folder).free
    found = f"{free / 1e9:.1f} GB free in {data_folder}."
    if free < TOO_LITTLE_DISK_BYTES:
        return Finding("disk", Verdict.MISSING, found, "Free some space: an hour of calls takes about 250 MB.")
    if free < LOW_DISK_BYTES:
        return Finding("disk", Verdict.LIMITED, found, "Free some space soon.")
    return Finding("disk", Verdict.GOOD, found)
