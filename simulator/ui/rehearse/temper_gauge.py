"""The customer's temper as a column of five steps with their words."""

from __future__ import annotations

from PySide6.QtCore import QEasingCurve, QPointF, QRectF, QSize, Qt, QVariantAnimation
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from simulator.ui.rehearse.names import temper_step, temper_words
from simulator.ui.theme import BODY_PX, SECONDARY_PX, current_theme, sized_font
from simulator.ui.theme_colours import Role
from simulator.ui.widgets.case_words import temper_name

STEP_ROLES = (Role.HARM, Role.HARM, Role.ALERT, Role.CALM, Role.PRAISE)
_COLUMN = 14
_GAP = 12
_POINTER = 12
_HIGHEST = 10.0


class TemperGauge(QWidget):
    """`show_temper(temper, before)` moves the pointer; `before` leaves a faint pointer where it came from."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._temper = _HIGHEST
        self._before: float | None = None
        self._move = QVariantAnimation(self)
        self._move.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._move.valueChanged.connect(self._moved)
        self._shown = _HIGHEST
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    @property
    def temper(self) -> float:
        return self._temper

    def show_temper(self, temper: float, before: float | None = None) -> None:
        self._before = before
        self._temper = temper
        self.setAccessibleName(self.tr("Customer's temper: {word}").format(word=temper_name(temper)))
        duration = current_theme().motion_ms(200) if self.isVisible() else 0
        self._move.stop()
        if duration == 0:
            self._moved(temper)
            return
        self._move.setDuration(duration)
        self._move.setStartValue(self._shown)
        self._move.setEndValue(temper)
        self._move.start()

    def _moved(self, value: float) -> None:
        self._shown = float(value)
        self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(sized_font(self.font(), BODY_PX, bold=True))
        widest = max(metrics.horizontalAdvance(word) for word in temper_words())
        return QSize(widest + _GAP + _COLUMN + _POINTER + 8, 220)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.sizeHint().width(), 112)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        column = QRectF(self.width() - _POINTER - 6 - _COLUMN, 6, _COLUMN, min(self.height() - 12, 300))
        self._paint_steps(painter, column)
        if self._before is not None and abs(self._before - self._shown) > 0.05:
            self._paint_pointer(painter, column, self._before, filled=False)
        self._paint_pointer(painter, column, self._shown, filled=True)
        painter.end()

    def _paint_steps(self, painter: QPainter, column: QRectF) -> None:
        theme = current_theme()
        words = temper_words()
        current = temper_step(self._shown)
        height = column.height() / len(words)
        for step, word in enumerate(words):
            top = column.top() + step * height
            cell = QRectF(column.left(), top + 1.5, column.width(), height - 3)
            lowest = _HIGHEST - 2.0 * (step + 1)
            share = min(max((self._shown - lowest) / 2.0, 0.0), 1.0)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(Role.SUNKEN))
            painter.drawRoundedRect(cell, 4, 4)
            if share > 0.0:
                painter.save()
                painter.setClipRect(QRectF(cell.left(), cell.bottom() - share * cell.height(), cell.width(), 1e4))
                painter.setBrush(theme.colour(STEP_ROLES[current]))
                painter.drawRoundedRect(cell, 4, 4)
                painter.restore()
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour(Role.OUTLINE), 1))
            painter.drawRoundedRect(cell, 4, 4)
            here = step == current
            painter.setFont(sized_font(self.font(), BODY_PX if here else SECONDARY_PX, bold=here))
            painter.setPen(theme.colour(Role.TEXT if here else Role.MUTED))
            area = QRectF(0, top, column.left() - _GAP, height)
            painter.drawText(area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, word)

    def _paint_pointer(self, painter: QPainter, column: QRectF, temper: float, *, filled: bool) -> None:
        theme = current_theme()
        y = column.top() + (1.0 - temper / _HIGHEST) * column.height()
        x = column.right() + 4
        shape = QPolygonF([QPointF(x, y), QPointF(x + _POINTER, y - 7), QPointF(x + _POINTER, y + 7)])
        painter.setPen(QPen(theme.colour(Role.TEXT if filled else Role.OUTLINE), 1.5))
        painter.setBrush(theme.colour(Role.TEXT) if filled else Qt.BrushStyle.NoBrush)
        painter.drawPolygon(shape)
