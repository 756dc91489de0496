"""The customer's voice with the real synthesiser: what anger does to the sound, and what happens when a child fails."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from simulator.acoustics.harshness import speech_level_dbfs
from simulator.adapters.pyttsx3_voice import LONGEST_TEXT, Pyttsx3Voice, speakable
from simulator.adapters.voice_files import VoiceFiles
from simulator.domain.errors import BadInputError, SimulatorError
from simulator.ports import Clip

VOICES = Path(__file__).resolve().parents[2] / "voices"
LINE = "I have been waiting for three weeks, and nobody called me back! What will you do about it?"
LINES = {
    "en": LINE,
    "pl": "Czekam już trzy tygodnie i nikt do mnie nie oddzwonił! Co pan z tym zrobi?",
    "uk": "Я чекаю вже три тижні, і ніхто мені не передзвонив! Що ви збираєтеся робити?",
    "hu": "Három hete várok, és senki sem hívott vissza! Mit fog ezzel tenni?",
}


@pytest.fixture(scope="module")
def voice() -> Iterator[Pyttsx3Voice]:
    voice = Pyttsx3Voice(VoiceFiles([VOICES]))
    yield voice
    voice.close()


def median_pitch_hz(clip: Clip) -> float:
    """By autocorrelation of 40 ms frames, 60 to 400 Hz, over the frames that are clearly periodic."""
    frame, hop = int(0.04 * clip.rate_hz), int(0.01 * clip.rate_hz)
    shortest, longest = int(clip.rate_hz / 400), int(clip.rate_hz / 60)
    found = []
    for at in range(0, len(clip.samples) - frame, hop):
        piece = clip.samples[at : at + frame].astype(np.float64)
        piece -= piece.mean()
        if np.sqrt(np.mean(piece**2)) < 0.01:
            continue
        spectrum = np.fft.rfft(piece * np.hanning(frame), 4 * frame)
        shape = np.fft.irfft(np.abs(spectrum) ** 2)[: longest + 1]
        window = np.fft.irfft(np.abs(np.fft.rfft(np.hanning(frame), 4 * frame)) ** 2)[: longest + 1]
        likeness = shape / shape[0] * window[0] / window
        lag = shortest + int(np.argmax(likeness[shortest:]))
        if likeness[lag] > 0.6:
            found.append(clip.rate_hz / lag)
    assert len(found) > 20, "too few voiced frames to say anything"
    return float(np.median(found))


@pytest.mark.parametrize("voice_id", sorted(path.stem for path in VOICES.glob("*.yaml")))
def test_a_furious_line_is_faster_higher_and_louder_than_the_same_line_calm(voice: Pyttsx3Voice, voice_id: str) -> None:
    text = LINES[voice_id[:2]]
    calm, furious = voice.render(voice_id, text, 0), voice.render(voice_id, text, 10)
    assert furious.duration_s < 0.75 * calm.duration_s
    assert median_pitch_hz(furious) > 1.15 * median_pitch_hz(calm)
    louder_db = (speech_level_dbfs(furious.samples, furious.rate_hz) or 0) - (
        speech_level_dbfs(calm.samples, calm.rate_hz) or 0
    )
    assert louder_db > 6


def test_each_step_of_temper_is_heard(voice: Pyttsx3Voice) -> None:
    clips = [voice.render("en-female-1", LINE, temper) for temper in (0, 2.5, 5, 7.5, 10)]
    for calmer, angrier in pairwise(clips):
        assert angrier.duration_s < calmer.duration_s
        assert (speech_level_dbfs(angrier.samples, angrier.rate_hz) or 0) > (
            speech_level_dbfs(calmer.samples, calmer.rate_hz) or 0
        )


def test_the_rate_is_that_of_this_utterance_and_not_of_the_one_before(voice: Pyttsx3Voice) -> None:
    lengths: dict[float, list[float]] = {}
    for temper in (0, 10, 0, 5, 10, 5, 0, 0, 10, 5):
        lengths.setdefault(temper, []).append(voice.render("en-male-1", LINE, temper).duration_s)
    for same in lengths.values():
        assert max(same) - min(same) < 0.1
    assert min(lengths[0]) > max(lengths[5]) > max(lengths[10])


@pytest.mark.parametrize("temper", [0, 10])
def test_no_clip_reaches_full_scale_or_holds_anything_but_sound(voice: Pyttsx3Voice, temper: float) -> None:
    for voice_id in ("en-female-1", "en-male-2", "hu-male-1"):
        clip = voice.render(voice_id, LINES[voice_id[:2]], temper)
        assert clip.samples.dtype == np.float32
        assert clip.samples.ndim == 1
        assert np.all(np.isfinite(clip.samples))
        assert 0.05 < float(np.max(np.abs(clip.samples))) <= 0.951


@pytest.mark.parametrize("voice_id", ["en-female-1", "pl-female-1", "uk-male-1", "hu-female-1"])
def test_every_word_has_a_start_that_never_falls_and_lies_within_the_clip(voice: Pyttsx3Voice, voice_id: str) -> None:
    text = LINES[voice_id[:2]]
    clip = voice.render(voice_id, text, 6)
    assert len(clip.word_starts_s) == len(text.split())
    assert list(clip.word_starts_s) == sorted(clip.word_starts_s)
    assert clip.word_starts_s[0] < 0.1
    assert clip.word_starts_s[-1] < clip.duration_s - 0.1


def test_the_word_after_a_pause_starts_where_the_sound_starts_again(voice: Pyttsx3Voice) -> None:
    clip = voice.render("en-female-1", "I want my money back. Today! Do you understand me?", 3)
    power = np.convolve(clip.samples.astype(np.float64) ** 2, np.ones(220) / 220, mode="same")
    loud = np.flatnonzero(power > power.max() * 1e-4)
    gaps = np.flatnonzero(np.diff(loud) > 0.15 * clip.rate_hz)
    resumes_s = [float(loud[gap + 1]) / clip.rate_hz for gap in gaps]
    assert len(resumes_s) >= 2
    for word in (5, 6):  # "Today!" and "Do"
        assert min(abs(clip.word_starts_s[word] - at_s) for at_s in resumes_s) < 0.08


def test_markup_is_not_read_out(voice: Pyttsx3Voice) -> None:
    plain = voice.render("en-male-1", "I am really angry with you now", 5)
    marked = voice.render("en-male-1", "I am *really* <b>angry with you now", 5)
    assert speakable("a<b>*c*[[d]]\x00e") == "a b  c   d   e"
    assert abs(marked.duration_s - plain.duration_s) < 0.45  # the b is a letter; no "less than", no "asterisk"


def test_an_unknown_customer_voice_names_the_known_ones(voice: Pyttsx3Voice) -> None:
    with pytest.raises(BadInputError, match=r"no customer voice 'nobody'.*en-female-1"):
        voice.render("nobody", LINE, 5)


@pytest.mark.parametrize("text", ["", "   ", "***", "\x00"])
def test_a_line_without_words_is_refused(voice: Pyttsx3Voice, text: str) -> None:
    with pytest.raises(BadInputError, match="no words"):
        voice.render("en-male-1", text, 5)


def test_a_line_that_is_too_long_is_refused(voice: Pyttsx3Voice) -> None:
    with pytest.raises(BadInputError, match="too long"):
        voice.render("en-male-1", "word " * LONGEST_TEXT, 5)


def test_a_voice_that_the_synthesiser_does_not_have_is_an_error_and_not_another_voice(
    tmp_path: Path, voice: Pyttsx3Voice
) -> None:
    written = (VOICES / "en-male-1.yaml").read_text(encoding="utf-8")
    (tmp_path / "odd.yaml").write_text(written.replace("[gmw/en+m3, gmw/en]", "[gmw/nowhere]"), encoding="utf-8")
    mine = Pyttsx3Voice(VoiceFiles([VOICES, tmp_path]))
    try:
        with pytest.raises(SimulatorError, match="unknown voice: gmw/nowhere"):
            mine.render("odd", LINE, 5)
        assert mine.render("en-male-1", LINE, 5).duration_s > 1
        described = {info.id: info for info in mine.available()}
        assert described["odd"].engine_voice is None
        assert "no en voice" in described["odd"].why_not
        assert described["en-male-1"].engine_voice == "gmw/en+m3"
    finally:
        mine.close()


def test_lines_asked_for_by_several_threads_are_each_the_right_one(voice: Pyttsx3Voice) -> None:
    texts = ["No.", "I have been waiting for you for three long weeks.", LINE]
    alone = [voice.render("en-male-1", text, 5).duration_s for text in texts]
    got: list[float] = [0.0] * len(texts)

    def render(index: int) -> None:
        got[index] = voice.render("en-male-1", texts[index], 5).duration_s

    threads = [threading.Thread(target=render, args=(n,)) for n in range(len(texts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert got == pytest.approx(alone, abs=0.15)


def child_of(voice: Pyttsx3Voice) -> int:
    assert voice._child is not None
    return voice._child._process.pid


def test_a_killed_child_is_replaced_and_the_line_is_spoken_all_the_same() -> None:
    voice = Pyttsx3Voice(VoiceFiles([VOICES]))
    try:
        voice.render("en-male-1", LINE, 5)
        first = child_of(voice)
        os.kill(first, signal.SIGKILL)
        assert voice.render("en-male-1", LINE, 5).duration_s > 1
        assert child_of(voice) != first
    finally:
        voice.close()


def test_a_child_that_hangs_is_ended_at_the_deadline_and_the_message_is_plain() -> None:
    hello = '{"engine": "espeak", "voices": [], "folder": "/nonexistent/unruffled"}'
    hanging = (sys.executable, "-c", f"import time; print('''{hello}''', flush=True); time.sleep(600)")
    voice = Pyttsx3Voice(VoiceFiles([VOICES]), hanging, speak_deadline_s=0.3)
    with pytest.raises(SimulatorError, match=r"did not answer \(no answer within 0.3 s\)"):
        voice.render("en-male-1", LINE, 5)
    assert voice._child is None


@pytest.mark.parametrize(
    ("program", "message"),
    [
        ("import sys; sys.exit(3)", "could not be started"),
        ("print('Segmentation fault')", "could not be started"),
        ("import time; time.sleep(600)", "no answer within"),
        (
            "from simulator.adapters import pyttsx3_child; pyttsx3_child.main(search=())",
            "There is no speech synthesiser here.*Install eSpeak NG",
        ),
    ],
)
def test_a_child_that_cannot_start_says_what_to_install(program: str, message: str) -> None:
    voice = Pyttsx3Voice(VoiceFiles([VOICES]), (sys.executable, "-c", program), start_deadline_s=3)
    with pytest.raises(SimulatorError, match=message):
        voice.render("en-male-1", LINE, 5)
    infos = voice.available()
    assert infos
    assert all(info.engine_voice is None and info.why_not for info in infos)
    voice.close()


@pytest.mark.skipif(sys.platform != "linux", reason="the wheel's library stands in for the system's on Linux")
def test_without_the_system_library_the_bundled_one_speaks() -> None:
    program = "from simulator.adapters import pyttsx3_child; pyttsx3_child.main(search=('bundled',))"
    voice = Pyttsx3Voice(VoiceFiles([VOICES]), (sys.executable, "-c", program))
    try:
        calm, furious = voice.render("pl-female-1", LINES["pl"], 0), voice.render("pl-female-1", LINES["pl"], 10)
        assert furious.duration_s < 0.75 * calm.duration_s
        assert len(furious.word_starts_s) == len(LINES["pl"].split())
        maps = Path(f"/proc/{child_of(voice)}/maps").read_text(encoding="utf-8")
        assert "espeakng_loader" in maps
    finally:
        voice.close()


def test_closing_leaves_no_process_no_folder_and_may_be_done_twice() -> None:
    voice = Pyttsx3Voice(VoiceFiles([VOICES]))
    voice.render("en-male-1", LINE, 5)
    assert voice._child is not None
    process, folder = voice._child._process, voice._child._folder
    assert folder is not None
    assert list(folder.iterdir()) == []
    voice.close()
    voice.close()
    assert process.returncode is not None
    assert not folder.exists()


@pytest.mark.skipif(sys.platform != "linux", reason="waits on a pidfd")
def test_the_child_ends_when_its_parent_is_killed() -> None:
    program = (
        "import sys, time; from pathlib import Path;"
        "from simulator.adapters.pyttsx3_voice import Pyttsx3Voice;"
        "from simulator.adapters.voice_files import VoiceFiles;"
        f"v = Pyttsx3Voice(VoiceFiles([Path({str(VOICES)!r})])); v.render('en-male-1', 'Hello there', 5);"
        "print(v._child._process.pid, v._child._folder, flush=True); time.sleep(600)"
    )
    parent = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    child, folder = parent.stdout.readline().split()
    watch = os.pidfd_open(int(child))
    parent.kill()
    parent.wait()
    parent.stdout.close()
    ended, _, _ = select.select([watch], [], [], 10)
    os.close(watch)
    assert ended, "the child outlived its parent"
    assert not Path(folder).exists()
