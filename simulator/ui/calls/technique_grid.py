"""Techniques against calls: a tick where it was shown, a ring where it was missed, a cross where it did harm."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from simulator.ui.calls.progress_facts import Mark, Progress
from simulator.ui.rehearse.names import technique_name
from simulator.ui.theme import BODY_PX, SECONDARY_PX, current_theme, sized_font
from simulator.ui.theme_colours import Role

_ROW = 32
_FOOT = 26
_WIDEST_STEP = 64


class TechniqueGrid(QWidget):
    """Columns are calls, the latest at the right."""

    def __init__(self, progress: Progress, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._progress = progress
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Techniques over your latest calls"))
        self.setAccessibleDescription(self._in_words())

    def _in_words(self) -> str:
        said = []
        for technique in self._progress.techniques:
            marks = [call.mark(technique) for call in self._progress.calls]
            said.append(
                self.tr("{name}: shown {shown}, missed {missed}, harm {harm}").format(
                    name=technique_name(technique),
                    shown=marks.count(Mark.SHOWN),
                    missed=marks.count(Mark.MISSED),
                    harm=marks.count(Mark.HARM),
                )
            )
        return ". ".join(said)

    def _names_width(self) -> int:
        metrics = QFontMetrics(sized_font(self.font(), BODY_PX))
        widest = max((metrics.horizontalAdvance(technique_name(t)) for t in self._progress.techniques), default=0)
        return min(widest + 16, max(self.width() // 2, 120))

    def sizeHint(self) -> QSize:
        return QSize(420, _ROW * len(self._progress.techniques) + _FOOT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left = self._names_width()
        step = min((self.width() - left - 4) / max(len(self._progress.calls), 1), _WIDEST_STEP)
        font = sized_font(self.font(), BODY_PX)
        for at, technique in enumerate(self._progress.techniques):
            row = QRectF(0, at * _ROW, self.width(), _ROW)
            if at % 2 == 0:
                painter.fillRect(row, theme.colour(Role.SUNKEN))
            painter.setFont(font)
            painter.setPen(theme.colour(Role.TEXT))
            name = QFontMetrics(font).elidedText(technique_name(technique), Qt.TextElideMode.ElideRight, left - 12)
            painter.drawText(row.adjusted(6, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, name)
            for column, call in enumerate(self._progress.calls):
                self._paint_mark(painter, QPointF(left + (column + 0.5) * step, row.center().y()), call.mark(technique))
        self._paint_foot(painter, left, step)
        painter.end()

    def _paint_mark(self, painter: QPainter, at: QPointF, mark: Mark) -> None:
        theme = current_theme()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if mark is Mark.SHOWN:
            pen = QPen(theme.colour(Role.PRAISE), 2.5)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.drawPolyline([at + QPointF(-6, 0), at + QPointF(-2, 5), at + QPointF(6, -5)])
        elif mark is Mark.MISSED:
            painter.setPen(QPen(theme.colour(Role.MUTED), 2))
            painter.drawEllipse(at, 5, 5)
        elif mark is Mark.HARM:
            painter.setPen(QPen(theme.colour(Role.HARM), 2.5))
            painter.drawLine(at + QPointF(-5, -5), at + QPointF(5, 5))
            painter.drawLine(at + QPointF(-5, 5), at + QPointF(5, -5))

    def _paint_foot(self, painter: QPainter, left: float, step: float) -> None:
        painter.setFont(sized_font(self.font(), SECONDARY_PX))
        painter.setPen(current_theme().colour(Role.MUTED))
        top = self.height() - _FOOT
        calls = len(self._progress.calls)
        every = max(1, math.ceil(24 / max(step, 1)))
        for column in range(0, calls, every):
            place = QRectF(left + column * step, top, step * every, _FOOT)
            place.setWidth(step)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, str(column + 1))
