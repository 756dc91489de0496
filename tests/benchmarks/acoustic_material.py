"""Speech for the acoustic benchmarks: real (not in the repository), synthesised in four languages, stretched, noisy."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import parselmouth
from numpy.typing import NDArray
from parselmouth.praat import call

from simulator.acoustics.word_syllables import syllables_in
from simulator.adapters.audio_files import SoundFiles

RATE = 16_000
SHARED = Path(__file__).resolve().parents[3] / "shared" / "speech"
Sound = NDArray[np.float32]
Rows = list[Sequence[object]]

TEXTS = {
    "en": (
        "I completely understand how frustrating this has been for you and I am going to look into it right now.",
        "Could you tell me the order number please so that I can find out where the parcel was last seen.",
        "Our courier told us that the delivery was attempted on Tuesday but nobody rang the bell.",
        "What I can do today is send a replacement by express and return the shipping costs to your account.",
    ),
    "pl": (
        "Bardzo przepraszam za kłopot, zaraz sprawdzę, co się stało z pańską przesyłką i kiedy zostanie dostarczona.",
        "Czy może mi pani podać numer zamówienia, żebym mógł znaleźć paczkę w naszym systemie.",
        "Rozumiem, że czekał pan na nas cały dzień i nikt nie zadzwonił, to nie powinno się było zdarzyć.",
    ),
    "uk": (
        "Мені дуже прикро, що так сталося, зараз я перевірю, де знаходиться ваше замовлення і коли його доставлять.",
        "Скажіть, будь ласка, номер замовлення, щоб я могла знайти посилку в нашій системі.",
        "Я розумію, що ви чекали на нас цілий день і ніхто не подзвонив, цього не мало статися.",
    ),
    "hu": (
        "Nagyon sajnálom a kellemetlenséget, azonnal megnézem, mi történt a csomagjával és mikor fogják kiszállítani.",
        "Kérem, mondja meg a rendelés számát, hogy megtaláljam a csomagot a rendszerünkben.",
        "Megértem, hogy egész nap várt ránk és senki sem telefonált, ennek nem lett volna szabad megtörténnie.",
    ),
}
ESPEAK = {
    "en": ("en-us", "en-us+f2", "en-us+m3"),
    "pl": ("pl", "pl+f2"),
    "uk": ("uk+f2", "uk+m3"),
    "hu": ("hu", "hu+f2"),
}
FLITE = ("slt", "rms", "awb")
REAL_SYLLABLES = {
    "librivox-austen-0870.wav": 31,
    "librivox-austen-0880.wav": 9,
    "librivox-austen-0890.wav": 20,
    "librivox-austen-0920.wav": 26,
    "librivox-austen-0930.wav": 13,
}


@dataclass(frozen=True, slots=True)
class Utterance:
    """`syllables` by the text's rule or dictionary; `kind` is "real", "flite" or "espeak"."""

    name: str
    kind: str
    language: str
    samples: Sound
    syllables: int | None
    sentences: tuple[Sound, ...] = ()
    sentence_syllables: tuple[int, ...] = ()


def real_speech() -> dict[str, Sound]:
    if not SHARED.is_dir():
        raise SystemExit("The real speech is not here (../shared/speech); this benchmark needs it.")
    files = sorted(p for p in SHARED.iterdir() if p.suffix in (".wav", ".flac"))
    return {path.name: SoundFiles().read(path) for path in files}


def synthetic_speech() -> list[Utterance]:
    """Every voice says its language's sentences, 0.4 s apart, in a faint room noise."""
    spoken = []
    for voice in FLITE if shutil.which("flite") else ():
        clips = tuple(_rendered(["flite", "-voice", voice, "-t", text, "-o"]) for text in TEXTS["en"])
        spoken.append(_utterance(f"flite {voice}", "flite", "en", clips))
    for language, voices in ESPEAK.items() if shutil.which("espeak-ng") else ():
        for voice in voices:
            clips = tuple(_rendered(["espeak-ng", "-v", voice, "-s", "150", text, "-w"]) for text in TEXTS[language])
            spoken.append(_utterance(f"espeak {voice}", "espeak", language, clips))
    return spoken


def _utterance(name: str, kind: str, language: str, clips: tuple[Sound, ...]) -> Utterance:
    counts = tuple(sum(_syllables(word, language) for word in text.split()) for text in TEXTS[language])
    gap = np.zeros(round(0.4 * RATE), dtype=np.float32)
    parts = [gap]
    for clip in clips:
        parts += [clip, gap]
    return Utterance(name, kind, language, with_room(np.concatenate(parts)), sum(counts), clips, counts)


def _syllables(word: str, language: str) -> int:
    return syllables_in(word.strip(".,"), language) or 0


def _rendered(command: list[str]) -> Sound:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "clip.wav"
        # espeak-ng takes -w FILE before or after the text, flite takes -o FILE.
        subprocess.run([*command, str(path)], check=True, capture_output=True)
        sound = SoundFiles().read(path)
    loud = sound[np.abs(sound) > 0.05 * np.abs(sound).max()]
    return (sound * (10 ** (-24 / 20) / np.sqrt(np.mean(np.square(loud))))).astype(np.float32)


def with_room(sound: Sound, level_db: float = -62.0) -> Sound:
    noise = np.random.default_rng(11).standard_normal(len(sound)) * 10 ** (level_db / 20)
    return (sound + noise).astype(np.float32)


def stretched(sound: Sound, tempo: float) -> Sound:
    """Praat's overlap-add (PSOLA) lengthening: the pace changes, pitch and timbre do not."""
    if tempo == 1.0:
        return sound
    longer = call(parselmouth.Sound(sound.astype(np.float64), RATE), "Lengthen (overlap-add)", 70, 500, 1.0 / tempo)
    return longer.values[0].astype(np.float32)
