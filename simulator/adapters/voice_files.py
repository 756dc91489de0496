"""Customer voices as authors write them (voices/*.yaml): whose voice it is, and what temper does to it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path, PurePath

from simulator.adapters.yaml_files import load_yaml, parse_yaml
from simulator.domain.errors import BadInputError, SimulatorError
from simulator.domain.located import Located
from simulator.domain.scenario import Gender

_VOICE_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LIMITS = {
    "rate_wpm": (80.0, 400.0),
    "pitch": (0.0, 100.0),
    "pitch_range": (0.0, 100.0),
    "level_dbfs": (-45.0, -12.0),
    "roughness": (0.0, 1.0),
}


@dataclass(frozen=True, slots=True)
class Delivery:
    """How a line is said. `pitch` and `pitch_range` are eSpeak's 0 to 100 (50 is the voice's own); `level_dbfs` is the
    root mean square over the speech; `roughness` is 0 (smooth) to 1 (harsh)."""

    rate_wpm: float
    pitch: float
    pitch_range: float
    level_dbfs: float
    roughness: float


@dataclass(frozen=True, slots=True)
class VoiceFile:
    """One customer voice. `engine_voices` maps an engine to voice ids or parts of names, best first;
    `curve` is (temper, delivery) from temper 0 to 10."""

    id: str
    name: str
    language: str
    gender: Gender
    engine_voices: dict[str, tuple[str, ...]]
    curve: tuple[tuple[float, Delivery], ...]

    def delivery(self, temper: float) -> Delivery:
        """Between the written points on a straight line; a temper outside 0 to 10 counts as the nearer end."""
        tempers = [point[0] for point in self.curve]
        temper = min(max(temper, tempers[0]), tempers[-1])
        right = min(max(bisect_right(tempers, temper), 1), len(tempers) - 1)
        (low_temper, low), (high_temper, high) = self.curve[right - 1], self.curve[right]
        share = (temper - low_temper) / (high_temper - low_temper)
        return Delivery(
            *(getattr(low, f.name) + share * (getattr(high, f.name) - getattr(low, f.name)) for f in fields(Delivery))
        )


class VoiceFiles:
    """The voices in some folders, read when asked for; a voice in a later folder replaces one of the same id."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = tuple(folders)

    def voices(self) -> tuple[VoiceFile, ...]:
        """All of them by id. Raises BadInputError naming file, line and key of the first mistake."""
        return tuple(read_voice(path) for _, path in sorted(self._paths().items()))

    def find(self, voice_id: str) -> VoiceFile:
        path = self._paths().get(voice_id)
        if path is None:
            known = ", ".join(sorted(self._paths())) or "none"
            raise BadInputError(f"There is no customer voice '{voice_id}'.", f"Known voices: {known}.")
        return read_voice(path)

    def install(self, language: str, name: str, text: str) -> VoiceFile:
        """Put the voice file `text` (`name` is where it came from) into the last folder, once it is found good.

        Raises BadInputError naming file, line and key, or SimulatorError where the folder cannot be written.
        """
        voice_id = PurePath(name).stem
        if not _VOICE_ID.fullmatch(voice_id) or PurePath(name).suffix != ".yaml":
            raise BadInputError(f"{name}: a voice file is named like en-female-3.yaml.")
        voice = voice_from(parse_yaml(text, name), voice_id)
        if voice.language != language:
            raise BadInputError(f"{name}: is a voice for '{voice.language}', not for '{language}'.")
        folder = self._folders[-1]
        try:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"{voice_id}.yaml").write_text(text, encoding="utf-8")
        except OSError as error:
            raise SimulatorError(f"{folder} cannot be written ({error.strerror}).") from None
        return voice

    def _paths(self) -> dict[str, Path]:
        return {path.stem: path for folder in self._folders for path in sorted(folder.glob("*.yaml"))}


def read_voice(path: Path) -> VoiceFile:
    """Raises BadInputError naming file, line and key."""
    return voice_from(load_yaml(path), path.stem)


def voice_from(document: Located, voice_id: str) -> VoiceFile:
    keys = document.mapping(required=("name", "language", "gender", "engines", "curve"))
    return VoiceFile(
        id=voice_id,
        name=keys["name"].text(),
        language=_language(keys["language"]),
        gender=keys["gender"].one_of(Gender),
        engine_voices=_engine_voices(keys["engines"]),
        curve=_curve(keys["curve"]),
    )


def _language(written: Located) -> str:
    code = written.text()
    if not (2 <= len(code) <= 3 and code.isascii() and code.islower() and code.isalpha()):
        raise written.mistake(f"should be a language code such as en, not '{code}'")
    return code


def _engine_voices(written: Located) -> dict[str, tuple[str, ...]]:
    engines = written.mapping(required=("espeak",), optional=("sapi5", "nsss"))
    voices = {engine: place.texts() for engine, place in engines.items()}
    for engine, names in voices.items():
        if not names:
            raise engines[engine].mistake("should name at least one voice")
    return voices


def _curve(written: Located) -> tuple[tuple[float, Delivery], ...]:
    places = written.items()
    if len(places) < 2:
        raise written.mistake("should have at least two points, for temper 0 and temper 10")
    points: list[tuple[float, Delivery]] = []
    for place in places:
        keys = place.mapping(required=("temper", *_LIMITS))
        temper = keys["temper"].number(0, 10)
        delivery = Delivery(**{name: keys[name].number(*limits) for name, limits in _LIMITS.items()})
        if points:
            _must_rise(keys, points[-1], temper, delivery)
        points.append((temper, delivery))
    if points[0][0] != 0 or points[-1][0] != 10:
        raise written.mistake("should begin at temper 0 and end at temper 10")
    return tuple(points)


def _must_rise(keys: dict[str, Located], before: tuple[float, Delivery], temper: float, delivery: Delivery) -> None:
    if temper <= before[0]:
        raise keys["temper"].mistake(f"should be above {before[0]:g}, the temper of the point before")
    for name in _LIMITS:
        if getattr(delivery, name) < getattr(before[1], name):
            raise keys[name].mistake(f"should not fall as temper rises (it was {getattr(before[1], name):g})")
