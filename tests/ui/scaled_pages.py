"""Run by `test_scales.py` in a process of its own: says what is cut off at the scale that QT_SCALE_FACTOR sets."""

from __future__ import annotations

import os
import sys
import tempfile
import warnings
from pathlib import Path

from clipping import cut_off, settle
from conftest import ICONS, Bench
from longer_words import make_longer_words
from PySide6.QtCore import QCoreApplication, QEvent, QThreadPool
from PySide6.QtWidgets import QApplication
from test_layouts import PAGES

from simulator.practice.settings import Settings
from simulator.ui.theme import apply_theme

SCREENS = ((1920, 1080), (1280, 720))


def main() -> int:
    warnings.simplefilter("error")
    scale = float(os.environ["QT_SCALE_FACTOR"])
    app = QApplication(sys.argv[:1])
    assert app.devicePixelRatio() == scale
    apply_theme(app, Settings(theme="light", reduced_motion=True), ICONS)
    with tempfile.TemporaryDirectory() as folder:
        words = make_longer_words(Path(folder))[0]
        for longer in (False, True):
            if longer:
                app.installTranslator(words)
            for screen in SCREENS:
                _look_at_all(Path(folder), (round(screen[0] / scale), round(screen[1] / scale)), longer=longer)
    return 0


def _look_at_all(folder: Path, size: tuple[int, int], *, longer: bool) -> None:
    for make in PAGES:
        page = make(Bench(folder))
        if page.minimumWidth() > size[0] or page.minimumHeight() > size[1]:
            continue
        page.resize(*size)
        page.show()
        for _ in range(20):
            settle()
            QThreadPool.globalInstance().waitForDone(500)
        for line in cut_off(page):
            sys.stdout.write(f"{make.__name__} at {size}{' with longer words' if longer else ''}: {line}\n")
        page.close()
        page.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


if __name__ == "__main__":
    raise SystemExit(main())
