"""Where one is in a few steps: numbers, words, and a tick for what is done."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from simulator.ui.theme import GRID, SECONDARY_PX, current_theme, sized_font
from simulator.ui.theme_colours import Role
from simulator.ui.widgets.card import Line
from simulator.ui.widgets.labels import Text

_DOT_PX = 28


class Steps(QWidget):
    """`mark` shows which step is under way; the ones before it are done."""

    def __init__(self, names: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "plain")
        self._names = tuple(names)
        self._dots: list[_Dot] = []
        self._labels: list[Text] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, GRID)
        row.setSpacing(GRID)
        for number, name in enumerate(names, start=1):
            if number > 1:
                row.addWidget(Line(), 1, Qt.AlignmentFlag.AlignVCenter)
            dot = _Dot(number)
            label = Text(name, "strong", wrap=False)
            self._dots.append(dot)
            self._labels.append(label)
            row.addWidget(dot)
            row.addWidget(label)

    def mark(self, current: int) -> None:
        for number, (dot, label) in enumerate(zip(self._dots, self._labels, strict=True)):
            dot.show_state(done=number < current, here=number == current)
            label.tint(None if number == current else Role.MUTED)
        here = self.tr("Step {step} of {count}: {name}")
        self.setAccessibleName(here.format(step=current + 1, count=len(self._names), name=self._names[current]))


class _Dot(QWidget):
    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = number
        self._done = False
        self._here = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(_DOT_PX, _DOT_PX)

    def show_state(self, *, done: bool, here: bool) -> None:
        self._done, self._here = done, here
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        circle = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(QPen(theme.colour(Role.ACCENT if self._here or self._done else Role.OUTLINE), 1.5))
        painter.setBrush(theme.colour(Role.ACCENT if self._here else Role.RAISED))
        painter.drawEllipse(circle)
        if self._done:
            tick = theme.pixmap("check", Role.ACCENT, 16, self.devicePixelRatioF())
            painter.drawPixmap((self.width() - 16) // 2, (self.height() - 16) // 2, tick)
        else:
            painter.setPen(theme.colour(Role.ON_ACCENT if self._here else Role.MUTED))
            painter.setFont(sized_font(self.font(), SECONDARY_PX, bold=True))
            painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), str(self._number))
        painter.end()
