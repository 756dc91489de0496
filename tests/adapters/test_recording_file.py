"""Recordings on a real disk: whole at any moment, verified when finished, mended after a crash."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.adapters.recording_file import RecordingFiles
from simulator.adapters.wav_track import WavTrack, header, to_pcm
from simulator.domain.errors import SimulatorError
from simulator.ports import CAPTURE_RATE_HZ, Clip


@pytest.fixture
def recordings(tmp_path: Path) -> RecordingFiles:
    return RecordingFiles(tmp_path / "recordings")


def tone(duration_s: float, rate_hz: int = CAPTURE_RATE_HZ) -> np.ndarray:
    time = np.arange(round(duration_s * rate_hz)) / rate_hz
    return (0.4 * np.sin(2 * np.pi * 300 * time)).astype(np.float32)


def left_behind(wav: Path, sound: np.ndarray) -> None:
    """A working file as a program that ended too early leaves it."""
    wav.parent.mkdir(parents=True, exist_ok=True)
    track = WavTrack(wav)
    track.write(to_pcm(sound))
    track.close()


def test_a_finished_track_is_flac_and_gives_back_what_was_written(recordings: RecordingFiles, tmp_path: Path) -> None:
    sound = tone(3.2)
    sink = recordings.start("s1", "trainee")
    for start in range(0, len(sound), 512):
        sink.write(sound[start : start + 512])
    path = sink.finish()
    assert path == tmp_path / "recordings" / "s1" / "trainee.flac"
    pcm, rate = soundfile.read(path, dtype="int16")
    assert rate == CAPTURE_RATE_HZ
    np.testing.assert_array_equal(pcm, to_pcm(sound))
    assert [p.name for p in path.parent.iterdir()] == ["trainee.flac"]


def test_the_working_file_goes_only_after_the_finished_one_was_noted(recordings: RecordingFiles) -> None:
    there_when_noted: list[bool] = []
    sink = recordings.start("s1", "trainee")
    sink.write(tone(0.5))
    sink.finish(lambda path: there_when_noted.append(path.is_file() and path.with_suffix(".wav").is_file()))
    assert there_when_noted == [True]


def test_a_clip_of_another_rate_lands_at_its_time(recordings: RecordingFiles) -> None:
    sink = recordings.start("s1", "customer")
    assert sink.write_at(Clip(tone(1.0, 22_050), 22_050), 2 * CAPTURE_RATE_HZ) == 3 * CAPTURE_RATE_HZ
    sink.finish()
    assert not recordings.read("s1", "customer", 0.0, 2.0).samples.any()
    heard = recordings.read("s1", "customer", 2.1, 2.9).samples
    assert np.abs(heard).max() == pytest.approx(0.4, abs=0.01)


def test_a_clip_that_would_overlap_goes_to_the_end(recordings: RecordingFiles) -> None:
    sink = recordings.start("s1", "customer")
    sink.write(tone(1.0))
    assert sink.write_at(Clip(tone(0.5), CAPTURE_RATE_HZ), 100) == round(1.5 * CAPTURE_RATE_HZ)
    sink.finish()


def test_a_call_still_running_can_be_heard(recordings: RecordingFiles) -> None:
    sink = recordings.start("s1", "trainee")
    sink.write(tone(2.0))
    clip = recordings.read("s1", "trainee", 0.5, 1.5)
    np.testing.assert_allclose(clip.samples, tone(2.0)[8_000:24_000], atol=1e-4)
    sink.finish()


def test_a_track_without_sound_is_finished_too(recordings: RecordingFiles) -> None:
    assert soundfile.info(recordings.start("s1", "trainee").finish()).frames > 0


def test_a_stretch_beyond_the_track_is_left_out(recordings: RecordingFiles) -> None:
    sink = recordings.start("s1", "trainee")
    sink.write(tone(1.0))
    sink.finish()
    assert recordings.read("s1", "trainee", 0.5, 9.0).duration_s == pytest.approx(0.5)
    assert recordings.read("s1", "trainee", 5.0, 9.0).duration_s == 0.0


def test_a_missing_and_a_broken_recording_are_said_plainly(recordings: RecordingFiles, tmp_path: Path) -> None:
    with pytest.raises(SimulatorError, match="no recording"):
        recordings.read("s1", "trainee", 0.0, 1.0)
    folder = tmp_path / "recordings" / "s1"
    folder.mkdir(parents=True)
    (folder / "trainee.flac").write_bytes(b"fLaC but not really")
    with pytest.raises(SimulatorError, match="cannot be read"):
        recordings.read("s1", "trainee", 0.0, 1.0)


@pytest.mark.parametrize("session_id", ["", "..", "../elsewhere", "a/b"])
def test_a_session_id_cannot_leave_the_folder(recordings: RecordingFiles, session_id: str) -> None:
    with pytest.raises(SimulatorError, match="no session"):
        recordings.delete(session_id)


def test_deleting_takes_both_tracks_and_may_be_repeated(recordings: RecordingFiles) -> None:
    for track in ("trainee", "customer"):
        sink = recordings.start("s1", track)
        sink.write(tone(0.1))
        sink.finish()
    recordings.delete("s1")
    recordings.delete("s1")
    assert recordings.path("s1", "trainee") is None


def test_a_folder_that_cannot_be_written_is_said_plainly(tmp_path: Path) -> None:
    (tmp_path / "recordings").write_text("a file where the folder should be")
    with pytest.raises(SimulatorError, match="cannot be written"):
        RecordingFiles(tmp_path / "recordings").start("s1", "trainee")


# Broken off


CUT_OFF = """
import sys, time
import numpy as np
from pathlib import Path
from simulator.adapters.recording_file import RecordingFiles
sink = RecordingFiles(Path(sys.argv[1])).start("s1", "trainee")
sound = (np.arange(16_000) % 1_000 / 2_000).astype(np.float32)
for second in range(5):
    sink.write(sound)
    print(second, flush=True)
time.sleep(60)
"""


def test_a_killed_program_loses_nothing_it_wrote(recordings: RecordingFiles, tmp_path: Path) -> None:
    child = subprocess.Popen(
        [sys.executable, "-c", CUT_OFF, str(tmp_path / "recordings")], stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    with child.stdout:
        for line in child.stdout:
            if line.strip() == "4":
                break
        child.send_signal(signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
    child.wait(10)
    left = tmp_path / "recordings" / "s1" / "trainee.wav"
    assert soundfile.info(left).frames == 5 * CAPTURE_RATE_HZ
    assert recordings.repair_orphans() == ("s1",)
    assert soundfile.info(left.with_suffix(".flac")).frames == 5 * CAPTURE_RATE_HZ
    assert not left.exists()
    assert recordings.repair_orphans() == ()


@settings(max_examples=25, deadline=None)
@given(cut=st.integers(0, 44 + 2 * 16_000))
def test_a_file_cut_anywhere_is_mended_up_to_the_cut(tmp_path_factory: pytest.TempPathFactory, cut: int) -> None:
    folder = tmp_path_factory.mktemp("cut")
    wav = folder / "s1" / "trainee.wav"
    left_behind(wav, tone(1.0))
    with wav.open("r+b") as file:
        file.truncate(cut)
    mended = RecordingFiles(folder).repair_orphans()
    whole = max(0, cut - 44) // 2
    assert mended == (("s1",) if whole else ())
    assert not wav.exists()
    if whole:
        pcm, _ = soundfile.read(wav.with_suffix(".flac"), dtype="int16")
        np.testing.assert_array_equal(pcm, to_pcm(tone(1.0))[:whole])


def test_a_header_that_was_not_updated_hides_no_sound(recordings: RecordingFiles, tmp_path: Path) -> None:
    wav = tmp_path / "recordings" / "s2" / "trainee.wav"
    left_behind(wav, tone(0.9))
    with wav.open("r+b") as file:
        file.write(header(0))
    assert recordings.repair_orphans() == ("s2",)
    assert recordings.read("s2", "trainee", 0.0, 2.0).duration_s == pytest.approx(0.9)


def test_rubbish_is_set_aside_and_does_not_stop_the_others(recordings: RecordingFiles, tmp_path: Path) -> None:
    for session, content in (("a", b"\x00" * 500), ("b", b"RIFF"), ("c", b"")):
        folder = tmp_path / "recordings" / session
        folder.mkdir(parents=True)
        (folder / "trainee.wav").write_bytes(content)
        (folder / "trainee.flac.part").write_bytes(b"half")
    left_behind(tmp_path / "recordings" / "d" / "trainee.wav", tone(0.2))
    assert recordings.repair_orphans() == ("d",)
    assert (tmp_path / "recordings" / "a" / "trainee.wav.damaged").read_bytes() == b"\x00" * 500
    assert not list((tmp_path / "recordings").rglob("*.part"))
    assert not list((tmp_path / "recordings").rglob("*.wav"))


def test_a_good_flac_beside_its_working_file_is_kept_and_a_bad_one_made_again(
    recordings: RecordingFiles, tmp_path: Path
) -> None:
    for session, bad in (("good", False), ("bad", True)):
        wav = tmp_path / "recordings" / session / "trainee.wav"
        left_behind(wav, tone(0.5))
        with soundfile.SoundFile(wav.with_suffix(".flac"), "w", CAPTURE_RATE_HZ, 1, "PCM_16") as flac:
            flac.write(to_pcm(tone(0.5))[: 100 if bad else None])
    assert recordings.repair_orphans() == ("bad", "good")
    for session in ("good", "bad"):
        assert recordings.read(session, "trainee", 0.0, 2.0).duration_s == pytest.approx(0.5)


# No room


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real disk of 512 KiB, where we may mount one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        pytest.skip("mounting a small disk needs root; the next test fills a quota instead")
    mount = ["mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("this machine lets nobody mount")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_stops_the_recording_and_keeps_what_was_written(small_disk: Path) -> None:
    recordings = RecordingFiles(small_disk)
    noise = np.random.default_rng(0).uniform(-0.5, 0.5, CAPTURE_RATE_HZ).astype(np.float32)
    sink = recordings.start("s1", "trainee")
    with pytest.raises(SimulatorError, match="disk is full"):
        sink.write_at(Clip(np.tile(noise, 60), CAPTURE_RATE_HZ), 0)
    kept_s = soundfile.info(small_disk / "s1" / "trainee.wav").duration
    assert kept_s > 10
    with pytest.raises(SimulatorError, match="disk is full"):
        sink.finish()
    assert recordings.repair_orphans() == ()
    assert recordings.read("s1", "trainee", 0.0, 100.0).duration_s == pytest.approx(kept_s)
    subprocess.run(["mount", "-o", "remount,size=4m", str(small_disk)], check=True)
    assert recordings.repair_orphans() == ("s1",)
    assert soundfile.info(small_disk / "s1" / "trainee.flac").duration == pytest.approx(kept_s)


QUOTA = """
import resource, sys
import numpy as np
from pathlib import Path
from simulator.adapters.recording_file import RecordingFiles
from simulator.domain.errors import SimulatorError
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, resource.RLIM_INFINITY))
sink = RecordingFiles(Path(sys.argv[1])).start("s1", "trainee")
try:
    for _ in range(9):
        sink.write(np.full(16_000, 0.1, np.float32))
except SimulatorError as error:
    print(error.problem)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit of this kind")
def test_a_limit_on_the_file_is_said_like_a_full_disk(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", QUOTA, str(tmp_path)], capture_output=True, text=True, timeout=60, check=True
    )
    assert "disk is full" in done.stdout
    assert soundfile.info(tmp_path / "s1" / "trainee.wav").frames == (100_000 - 44) // 2
