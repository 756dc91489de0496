"""Reading what people give: any rate, any channels, and every way a file can be wrong."""

from __future__ import annotations

import os
import tracemalloc
from pathlib import Path

import numpy as np
import pytest
import soundfile

from simulator.adapters.audio_files import SoundFiles
from simulator.domain.errors import BadInputError

RATE = 16_000


def tone(rate_hz: int, seconds: float = 1.0, frequency_hz: float = 440.0) -> np.ndarray:
    return 0.5 * np.sin(2 * np.pi * frequency_hz * np.arange(round(seconds * rate_hz)) / rate_hz)


@pytest.mark.parametrize("rate_hz", [8_000, 11_025, 16_000, 22_050, 44_100, 48_000, 96_000])
@pytest.mark.parametrize("seconds", [0.5, 5.0])
def test_any_rate_becomes_16_khz_with_the_same_sound(tmp_path: Path, rate_hz: int, seconds: float) -> None:
    soundfile.write(tmp_path / "tone.wav", tone(rate_hz, seconds), rate_hz, "FLOAT")
    samples = SoundFiles().read(tmp_path / "tone.wav")
    assert samples.dtype == np.float32
    assert len(samples) == pytest.approx(seconds * RATE, abs=2)
    middle = slice(RATE // 8, len(samples) - RATE // 8)
    assert samples[middle] == pytest.approx(tone(RATE, seconds + 0.1)[: len(samples)][middle], abs=0.01)


@pytest.mark.parametrize(
    ("name", "format_", "subtype"),
    [
        ("a.wav", "WAV", "PCM_U8"),
        ("a.wav", "WAV", "PCM_24"),
        ("a.wav", "WAV", "ULAW"),
        ("a.flac", "FLAC", "PCM_16"),
        ("a.ogg", "OGG", "VORBIS"),
        ("a.mp3", "MP3", "MPEG_LAYER_III"),
        ("a.aiff", "AIFF", "PCM_16"),
    ],
)
def test_usual_formats_are_read(tmp_path: Path, name: str, format_: str, subtype: str) -> None:
    soundfile.write(tmp_path / name, tone(RATE, 1.0), RATE, subtype, format=format_)
    samples = SoundFiles().read(tmp_path / name)
    assert np.sqrt(np.mean(samples[4000:12000] ** 2)) == pytest.approx(0.5 / np.sqrt(2), rel=0.1)


def test_channels_are_mixed_or_chosen_and_said(tmp_path: Path) -> None:
    path = tmp_path / "stereo.wav"
    soundfile.write(path, np.column_stack([tone(RATE), np.zeros(RATE)]), RATE, "FLOAT")
    files = SoundFiles()
    mixed, left, right = (np.concatenate(list(files.open(path, c).blocks())) for c in (None, 1, 2))
    assert mixed == pytest.approx(0.5 * left, abs=1e-6)
    assert not right.any()
    assert files.open(path).source == "16000 Hz, 2 channels mixed"
    assert files.open(path, 2).source == "16000 Hz, channel 2 of 2"


def test_blocks_joined_are_the_whole_file(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "long.wav", tone(44_100, 7.3), 44_100)
    blocks = list(SoundFiles().open(tmp_path / "long.wav").blocks())
    assert len(blocks) >= 4
    assert np.concatenate(blocks) == pytest.approx(SoundFiles().read(tmp_path / "long.wav"))


def test_a_long_file_is_read_in_little_memory(tmp_path: Path) -> None:
    with soundfile.SoundFile(tmp_path / "long.wav", "w", 48_000, 2, "PCM_16") as file:
        for _ in range(120):
            file.write(np.zeros((48_000, 2), dtype=np.int16))
    tracemalloc.start()
    try:
        total = sum(len(block) for block in SoundFiles().open(tmp_path / "long.wav").blocks())
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert total == 120 * RATE
    assert most < 8_000_000


def bad_files(folder: Path) -> dict[str, Path]:
    soundfile.write(folder / "ok.wav", tone(RATE), RATE)
    (folder / "empty.wav").write_bytes(b"")
    (folder / "text.wav").write_text("this is no sound")
    (folder / "header.wav").write_bytes((folder / "ok.wav").read_bytes()[:20])
    soundfile.write(folder / "nothing.wav", np.zeros(0), RATE)
    soundfile.write(folder / "slow.wav", np.zeros(100), 1_000)
    (folder / "folder.wav").mkdir()
    return {p.name: p for p in folder.iterdir()}


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("missing.wav", "no such file"),
        ("empty.wav", "the file is empty"),
        ("text.wav", "no sound file"),
        ("header.wav", "no sound file"),
        ("nothing.wav", "no sound in it"),
        ("slow.wav", "1000 Hz"),
        ("folder.wav", "is a folder"),
    ],
)
def test_what_cannot_be_read_is_named_with_the_reason(tmp_path: Path, name: str, reason: str) -> None:
    bad_files(tmp_path)
    with pytest.raises(BadInputError, match=reason) as refused:
        SoundFiles().read(tmp_path / name)
    assert refused.value.problem.startswith(str(tmp_path / name))


def test_a_file_that_breaks_off_gives_what_it_has(tmp_path: Path) -> None:
    path = tmp_path / "cut.wav"
    soundfile.write(path, tone(RATE, 3.0), RATE)
    path.write_bytes(path.read_bytes()[: 44 + 2 * RATE])
    assert len(SoundFiles().read(path)) == pytest.approx(RATE, abs=10)


def test_a_flac_that_breaks_off_is_read_as_far_as_it_goes_or_named(tmp_path: Path) -> None:
    path = tmp_path / "cut.flac"
    noise = np.random.default_rng(1).uniform(-0.5, 0.5, 10 * RATE)
    soundfile.write(path, noise, RATE)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    problem, samples = "", np.zeros(0, dtype=np.float32)
    try:
        samples = SoundFiles().read(path)
    except BadInputError as error:
        problem = error.problem
    assert problem.startswith(str(path)) or 0 < len(samples) <= 10 * RATE


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_named(tmp_path: Path) -> None:
    path = tmp_path / "secret.wav"
    soundfile.write(path, tone(RATE), RATE)
    path.chmod(0)
    with pytest.raises(BadInputError, match="may not be read"):
        SoundFiles().read(path)


def test_no_such_channel_is_told_with_what_there_is(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "mono.wav", tone(RATE), RATE)
    with pytest.raises(BadInputError, match="1 channel, so no channel 2"):
        SoundFiles().open(tmp_path / "mono.wav", 2)
