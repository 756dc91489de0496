"""Pictures of every page, for README and for looking at: `python packaging/screenshots.py FOLDER`.

The program itself runs, off the screen and over a data folder of its own: its scenarios, its voice, a call of the
synthetic trainee. Only the headset is staged, since a machine that makes pictures has none.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from PySide6.QtCore import QEventLoop, QSize, QThreadPool, QTimer
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from simulator.app.bootstrap import Program
from simulator.domain.measures import Baseline
from simulator.domain.scenario import Difficulty
from simulator.ports import CAPTURE_RATE_HZ, AudioDevice, Block
from simulator.practice.messages import CallEnded, CaptionMoved, Message, TurnAppraised, WordsHeard
from simulator.practice.settings import CallSetup
from simulator.ui.main_window import MainWindow
from simulator.ui.shell_rail import Section
from simulator.ui.theme import apply_theme

SIZES = ((1280, 720), (1280, 800), (1920, 1080))
THEMES = ("light", "dark", "high_contrast")
SCALES = ("1", "1.5", "2")
LONGEST_WAIT_S = 90.0
HEADSET = AudioDevice("USB headset", "pulse", 1, 2, is_default_input=True, is_default_output=True)


class StagedDevices:
    def list(self) -> Sequence[AudioDevice]:
        return (HEADSET, AudioDevice("Built-in audio", "pulse", 2, 2))

    def refresh(self) -> None:
        return None


class StagedStream:
    dropped_blocks = 0
    latency_s = 0.04

    def close(self) -> None:
        return None


class StagedMicrophone:
    """Hears one block of speech-like loudness."""

    def open(
        self,
        _device: str | None,
        on_block: Callable[[Block], None],
        _on_lost: Callable[[str], None],
    ) -> StagedStream:
        sound = 0.06 * np.sin(np.arange(CAPTURE_RATE_HZ // 20) / 8.0)
        threading.Timer(0.1, on_block, [Block(sound.astype(np.float32), 0)]).start()
        return StagedStream()


class Photographer:
    """Shows the window at every size (in pixels of the screen) and in every look, and keeps a picture of each; a size
    that is too small for the window at this scale is left out."""

    def __init__(self, folder: Path, sizes: Sequence[tuple[int, int]], themes: Sequence[str], scale: str) -> None:
        self.folder = folder
        self.sizes, self.themes, self.scale = sizes, themes, scale
        self.program = Program(Path(tempfile.mkdtemp(prefix="unruffled-pictures-")))
        services = self.program.services()
        person = services.store.add_trainee("Olena")
        services.store.save_baseline(
            person.id,
            HEADSET.key,
            Baseline(-31.0, 4.3, 192.0, -3.0, -64.0, 13.4, HEADSET.key, measured_at=services.clock.now_iso()),
        )
        kept = replace(services.settings.load(), first_run_done=True, trainee_id=person.id, reduced_motion=True)
        services.settings.save(kept)
        self.services = replace(services, devices=StagedDevices(), microphone=StagedMicrophone())
        self.trainee_id = person.id
        self.app = QApplication.instance()

    def take_all(self) -> None:
        self._look(self.themes[0])
        self._first_run()
        window = MainWindow(self.services)
        window.show()
        self._call(window)
        for name, show in (
            ("library", lambda: window.go_to(Section.PRACTISE)),
            ("briefing", lambda: window.show_briefing(self._angriest())),
            ("calls", lambda: window.go_to(Section.CALLS)),
            ("settings", lambda: window.go_to(Section.SETTINGS)),
            ("people", window.show_people),
            ("headset", lambda: window.show_headset(lambda: None)),
        ):
            show()
            self._shoot(window, name)
        window.close()
        self.program.close()

    def _first_run(self) -> None:
        settings = self.services.settings.load()
        self.services.settings.save(replace(settings, first_run_done=False))
        window = MainWindow(self.services)
        window.show()
        page = window.stack.currentWidget()
        for step, name in enumerate(("first-run-who", "first-run-headset", "first-run-calm-voice")):
            page.show_step(step)
            self._shoot(window, name)
        window.close()
        self.services.settings.save(settings)

    def _call(self, window: MainWindow) -> None:
        setup = CallSetup(self._angriest(), self.trainee_id, Difficulty.GUIDED)
        window.begin_call(setup, demo=True)
        page = window.stack.currentWidget()
        self._await(page, lambda message: isinstance(message, CaptionMoved) and message.words_heard >= 8)
        self._shoot(window, "call-customer-speaks")
        self._await(page, lambda message: isinstance(message, WordsHeard) and len(message.text.split()) >= 6)
        self._shoot(window, "call-trainee-speaks")
        self._await(page, lambda message: isinstance(message, TurnAppraised))
        self._shoot(window, "call-feedback")
        while self._await(page, lambda message: isinstance(message, TurnAppraised | CallEnded)):
            page.next_turn()
        self._shoot(window, "after-the-call")
        summary = window.stack.currentWidget()
        if summary.asking:
            summary.findChild(type(summary._question)).skipped.emit()
            self._shoot(window, "summary")

    def _await(self, page: object, wanted: Callable[[Message], bool]) -> bool:
        """Let the program run until the call says what is wanted; returns whether the call goes on then."""
        heard: list[Message] = []
        loop = QEventLoop()
        bridge = page._bridge  # type: ignore[attr-defined]

        def hear(message: Message) -> None:
            if wanted(message):
                heard.append(message)
                loop.quit()

        bridge.message_received.connect(hear)
        QTimer.singleShot(round(LONGEST_WAIT_S * 1000), loop.quit)
        loop.exec()
        bridge.message_received.disconnect(hear)
        if not heard:
            raise SystemExit("The demonstration call said nothing of what was waited for.")
        return not isinstance(heard[-1], CallEnded)

    def _angriest(self) -> object:
        return max(self.services.scenarios.scenarios(), key=lambda each: each.start_temper)

    def _shoot(self, window: MainWindow, name: str) -> None:
        for theme in self.themes:
            self._look(theme)
            for width, height in self.sizes:
                wanted = QSize(round(width / float(self.scale)), round(height / float(self.scale)))
                if wanted.expandedTo(window.minimumSize()) != wanted:
                    continue
                window.resize(wanted)
                self._settle()
                file = self.folder / f"{name}-{theme}-{width}x{height}@{self.scale}.png"
                window.grab().save(str(file))
        print(name, flush=True)

    def _look(self, theme: str) -> None:
        settings = replace(self.services.settings.load(), theme=theme)
        apply_theme(self.app, settings, self.program.folders.assets / "icons")

    def _settle(self) -> None:
        """What was begun in the background is let finish, and shown."""
        loop = QEventLoop()
        for wait_ms in (150, 150):
            QTimer.singleShot(wait_ms, loop.quit)
            loop.exec()
            QThreadPool.globalInstance().waitForDone(2000)
            QApplication.processEvents()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sizes", default=",".join(f"{w}x{h}" for w, h in SIZES))
    parser.add_argument("--themes", default=",".join(THEMES))
    parser.add_argument("--scales", default=",".join(SCALES), help="each in a process of its own")
    parser.add_argument("--font", default="", help="the system's font where none is given")
    arguments = parser.parse_args()
    scales = arguments.scales.split(",")
    if len(scales) > 1:
        return max(_in_own_process(scale) for scale in scales)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["QT_SCALE_FACTOR"] = scales[0]
    arguments.folder.mkdir(parents=True, exist_ok=True)
    app = QApplication(sys.argv[:1])
    if arguments.font:
        app.setFont(QFont(arguments.font))
    sizes = [(int(width), int(height)) for width, height in (size.split("x") for size in arguments.sizes.split(","))]
    Photographer(arguments.folder, sizes, arguments.themes.split(","), scales[0]).take_all()
    return 0


def _in_own_process(scale: str) -> int:
    given = [argument for argument in sys.argv[1:] if not argument.startswith("--scales")]
    return subprocess.run([sys.executable, __file__, *given, f"--scales={scale}"], check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main())
