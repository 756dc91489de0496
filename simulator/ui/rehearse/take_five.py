"""Take five: a breathing guide after a hard call."""

from __future__ import annotations

import math

from PySide6.QtCore import QElapsedTimer, QPointF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QHideEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from simulator.ui.theme import GRID, current_theme
from simulator.ui.theme_colours import Role
from simulator.ui.widgets.buttons import Button, Kind
from simulator.ui.widgets.labels import Text

BREATHS = 5
IN_S, HOLD_S, OUT_S = 4.0, 2.0, 6.0
BREATH_S = IN_S + HOLD_S + OUT_S
_FRAME_MS = 50


def fullness(at_s: float) -> float:
    """How full the lungs are (0 to 1) so many seconds into the exercise."""
    inside_s = at_s % BREATH_S
    if inside_s < IN_S:
        return 0.5 - 0.5 * math.cos(math.pi * inside_s / IN_S)
    if inside_s < IN_S + HOLD_S:
        return 1.0
    return 0.5 + 0.5 * math.cos(math.pi * (inside_s - IN_S - HOLD_S) / OUT_S)


class _Lungs(QWidget):
    """A ring that widens and narrows; with reduced motion it stands still and the words lead."""

    def __init__(self) -> None:
        super().__init__()
        self._fullness = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_fullness(self, fullness: float) -> None:
        self._fullness = 0.5 if current_theme().reduced_motion else fullness
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(240, 240)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        most = min(self.width(), self.height()) / 2 - 6
        middle = QPointF(self.width() / 2, self.height() / 2)
        painter.setPen(QPen(theme.colour(Role.BORDER), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(middle, most, most)
        radius = most * (0.35 + 0.65 * self._fullness)
        painter.setPen(QPen(theme.colour(Role.CALM), 3))
        painter.setBrush(theme.soft(Role.CALM, 0.25))
        painter.drawEllipse(middle, radius, radius)
        painter.end()


class TakeFive(QWidget):
    """Covers the page for five slow breaths; leaving early is always possible."""

    finished = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._since = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setInterval(_FRAME_MS)
        self._timer.timeout.connect(lambda: self.show_moment(self._since.elapsed() / 1000.0))
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * GRID, 4 * GRID, 4 * GRID, 4 * GRID)
        column.setSpacing(2 * GRID)
        column.addStretch(1)
        title = Text(self.tr("Take five breaths"), "title")
        title.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(title)
        self._lungs = _Lungs()
        column.addWidget(self._lungs, 6)
        self._phase = Text("", "caption")
        self._phase.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._phase)
        self._count = Text("", "secondary")
        self._count.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._count)
        row = QHBoxLayout()
        row.addStretch(1)
        self._stop = Button(self.tr("That is enough"), Kind.SECONDARY)
        self._stop.clicked.connect(self.stop)
        row.addWidget(self._stop)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)
        self.hide()

    @property
    def phase(self) -> str:
        return self._phase.text()

    def begin(self) -> None:
        self.setGeometry(self.parentWidget().rect())
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.show_moment(0.0)
        self._since.start()
        self._timer.start()

    def show_moment(self, at_s: float) -> None:
        """The exercise as it is so many seconds after its beginning."""
        if at_s >= BREATHS * BREATH_S:
            self.stop()
            return
        inside_s = at_s % BREATH_S
        if inside_s < IN_S:
            words = self.tr("Breathe in\u2026")
        elif inside_s < IN_S + HOLD_S:
            words = self.tr("Hold\u2026")
        else:
            words = self.tr("And slowly out\u2026")
        if words != self._phase.text():
            self._phase.setText(words)
            breath = int(at_s // BREATH_S) + 1
            self._count.setText(self.tr("Breath {number} of {all}").format(number=breath, all=BREATHS))
        self._lungs.show_fullness(fullness(at_s))

    def stop(self) -> None:
        self._timer.stop()
        self.hide()
        self.finished.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        self._timer.stop()
        super().hideEvent(event)

    def focusNextPrevChild(self, _forward: bool) -> bool:
        """There is one thing to reach here."""
        self._stop.setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.stop()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(current_theme().colour(Role.SURFACE)))
        painter.end()
