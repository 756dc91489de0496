"""`unruffled voices`: list, say and install, with the real synthesiser."""

from __future__ import annotations

import json
import wave
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from simulator.adapters.pyttsx3_voice import Pyttsx3Voice
from simulator.adapters.voice_files import VoiceFiles
from simulator.cli.main import run
from simulator.domain.errors import SimulatorError
from simulator.ports import Clip, Playback
from simulator.practice.services import Services
from simulator.practice.settings import Settings
from tests.conftest import PROJECT


class Headphones:
    """Takes clips; each is over at once, or the stream dies."""

    def __init__(self) -> None:
        self.played: list[tuple[Clip, str | None, float]] = []
        self.lost: str | None = None
        self.stopped = False

    def play(self, clip: Clip, device: str | None, volume: float, on_lost: Callable[[str], None]) -> Playback:
        self.played.append((clip, device, volume))
        if self.lost is not None:
            on_lost(self.lost)
        return cast(
            "Playback", SimpleNamespace(finished=self.lost is None, stop=lambda: setattr(self, "stopped", True))
        )


class Terminal:
    def __init__(self, data_folder: Path) -> None:
        self.voice = Pyttsx3Voice(VoiceFiles([PROJECT / "voices", data_folder / "voices"]))
        self.headphones = Headphones()
        settings = SimpleNamespace(load=lambda: Settings(output_device="ALSA: headset", customer_volume=0.4))
        self.services = cast(
            "Services",
            SimpleNamespace(voice=self.voice, voices=self.voice, speaker=self.headphones, settings=settings),
        )

    def run(self, *arguments: str) -> int:
        return run(["voices", *arguments], lambda: self.services, lambda demo: 99)


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    terminal = Terminal(tmp_path)
    yield terminal
    terminal.voice.close()


def test_the_list_has_two_women_and_two_men_for_english_and_the_other_languages(
    terminal: Terminal, capsys: pytest.CaptureFixture[str]
) -> None:
    assert terminal.run("list", "--json") == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    english = [row["gender"] for row in rows if row["language"] == "en"]
    assert sorted(english) == ["female", "female", "male", "male"]
    assert {"pl", "uk", "hu"} < {row["language"] for row in rows}
    assert all(row["available"] and row["engine_voice"] for row in rows)
    assert terminal.run("list") == 0
    assert "gmw/en+f2" in capsys.readouterr().out


def test_a_line_is_written_to_a_file(terminal: Terminal, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    to = tmp_path / "line.wav"
    assert terminal.run("say", "en-male-1", "Where is my parcel?", "--temper", "9", "--to", str(to), "--json") == 0
    described = json.loads(capsys.readouterr().out)
    with wave.open(str(to)) as file:
        assert file.getnframes() / file.getframerate() == pytest.approx(described["duration_s"], abs=0.01)
    assert len(described["word_starts_s"]) == 4
    assert terminal.headphones.played == []


def test_a_line_is_played_on_the_chosen_headphones(terminal: Terminal) -> None:
    assert terminal.run("say", "en-male-1", "Where is my parcel?") == 0
    ((clip, device, volume),) = terminal.headphones.played
    assert clip.duration_s > 0.5
    assert (device, volume) == ("ALSA: headset", 0.4)
    assert terminal.headphones.stopped


def test_headphones_that_die_are_said_plainly(terminal: Terminal, capsys: pytest.CaptureFixture[str]) -> None:
    terminal.headphones.lost = "The headset is gone."
    assert terminal.run("say", "en-male-1", "Where is my parcel?") == 1
    assert "The headset is gone." in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("say", "nobody", "Hello"), 2, "no customer voice 'nobody'"),
        (("say", "en-male-1", " "), 2, "no words"),
        (("say", "en-male-1", "Hello", "--temper", "11"), 2, "temper"),
        (("say", "en-male-1", "Hello", "--to", "/nonexistent/x.wav"), 1, "cannot be written"),
        (("install", "en", "--from", "nowhere.yaml"), 2, "cannot be read"),
    ],
)
def test_what_cannot_be_done_is_said_plainly(
    terminal: Terminal, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], code: int, message: str
) -> None:
    assert terminal.run(*arguments) == code
    assert message in capsys.readouterr().err


def test_a_voice_file_of_ones_own_can_be_added_and_spoken(
    terminal: Terminal, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mine = tmp_path / "en-grandma.yaml"
    mine.write_text((PROJECT / "voices" / "en-female-1.yaml").read_text(encoding="utf-8").replace("+f2", "+f5"))
    assert terminal.run("install", "en", "--from", str(mine)) == 0
    assert "gmw/en+f5" in capsys.readouterr().out
    assert terminal.voice.render("en-grandma", "Hello dear", 3).duration_s > 0.4
    assert terminal.run("install", "pl", "--from", str(mine)) == 2
    assert "is a voice for 'en'" in capsys.readouterr().err
    broken = tmp_path / "en-broken.yaml"
    broken.write_text(mine.read_text(encoding="utf-8").replace("gender: female", "gender: loud"), encoding="utf-8")
    assert terminal.run("install", "en", "--from", str(broken)) == 2
    assert "en-broken.yaml:4: gender:" in capsys.readouterr().err
    with pytest.raises(SimulatorError, match="no customer voice 'en-broken'"):
        terminal.voice.render("en-broken", "Hello", 3)
