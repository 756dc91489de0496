"""`unruffled voices`: who the customers speak with."""

from __future__ import annotations

import json
import wave
from pathlib import Path
from time import sleep

import click
import numpy as np

from simulator.cli.main import ServicesMaker
from simulator.domain.errors import SimulatorError
from simulator.ports import Clip, VoiceInfo
from simulator.practice.services import Services


@click.group()
def voices() -> None:
    """Customer voices: which there are, and how they sound."""


@voices.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.pass_obj
def list_voices(make: ServicesMaker, as_json: bool) -> None:
    """Every customer voice, and whether this computer can speak it."""
    for voice in make().voices.available():
        click.echo(json.dumps(_described(voice), ensure_ascii=False) if as_json else _line(voice))


@voices.command()
@click.argument("voice")
@click.argument("text")
@click.option("--temper", type=click.FloatRange(0, 10), default=5.0, show_default=True, help="10 furious, 0 satisfied.")
@click.option("--to", "to", type=click.Path(path_type=Path, dir_okay=False), help="Write a WAV file instead.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object about the clip.")
@click.pass_obj
def say(make: ServicesMaker, voice: str, text: str, temper: float, to: Path | None, as_json: bool) -> None:
    """Speak TEXT as the customer VOICE, over the headphones or into a file."""
    services = make()
    clip = services.voice.render(voice, text, temper)
    if to is not None:
        _write(clip, to)
    else:
        _play(clip, services)
    if as_json:
        starts = [round(at_s, 3) for at_s in clip.word_starts_s]
        described = {"duration_s": round(clip.duration_s, 3), "rate_hz": clip.rate_hz, "word_starts_s": starts}
        click.echo(json.dumps(described | {"file": str(to) if to else None}, ensure_ascii=False))
    elif to is not None:
        click.echo(f"Wrote {to} ({clip.duration_s:.1f} s).", err=True)


@voices.command()
@click.argument("language")
@click.option("--from", "source", metavar="FILE_OR_URL", required=True, help="A voice file (YAML).")
@click.pass_obj
def install(make: ServicesMaker, language: str, source: str) -> None:
    """Add a customer voice for LANGUAGE from a voice file, for your own scenarios to use."""
    click.echo(_line(make().voices.install(language, source)))


def _play(clip: Clip, services: Services) -> None:
    settings = services.settings.load()
    lost: list[str] = []
    playback = services.speaker.play(clip, settings.output_device, settings.customer_volume, lost.append)
    try:
        while not playback.finished and not lost:
            sleep(0.05)
    finally:
        playback.stop()
    if lost:
        raise SimulatorError(lost[0])


def _write(clip: Clip, to: Path) -> None:
    samples = np.clip(np.rint(clip.samples * 32767), -32768, 32767).astype("<i2")
    try:
        with to.open("wb") as out, wave.open(out, "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(clip.rate_hz)
            file.writeframes(samples.tobytes())
    except OSError as error:
        raise SimulatorError(f"{to}: cannot be written ({error.strerror}).", "Choose another place.") from None


def _described(voice: VoiceInfo) -> dict[str, object]:
    return {
        "id": voice.id,
        "name": voice.name,
        "language": voice.language,
        "gender": voice.gender.value,
        "available": voice.engine_voice is not None,
        "engine_voice": voice.engine_voice,
        "why_not": voice.why_not or None,
    }


def _line(voice: VoiceInfo) -> str:
    spoken_by = voice.engine_voice or f"not here: {voice.why_not}"
    return f"{voice.id:<14} {voice.language:<4} {voice.gender.value:<7} {voice.name:<28} {spoken_by}"
