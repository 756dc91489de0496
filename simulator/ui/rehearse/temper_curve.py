"""The customer's temper over the call: one point a turn, falling or rising, with what caused it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from simulator.practice.turn_result import TurnResult
from simulator.ui.rehearse.measure_rows import decimal
from simulator.ui.rehearse.names import technique_name, temper_words
from simulator.ui.theme import SECONDARY_PX, current_theme, sized_font
from simulator.ui.theme_colours import Role
from simulator.ui.widgets.case_words import temper_name

_HIGHEST = 10.0
_FOOT = 26
_TOP = 12
_NEAR_PX = 24


class TemperCurve(QWidget):
    """Arrow keys or the mouse choose a turn; `turn_chosen` carries its number, Enter and a click confirm it."""

    turn_chosen = Signal(int)
    turn_opened = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._start = _HIGHEST
        self._turns: tuple[TurnResult, ...] = ()
        self._chosen = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Temper over the turns"))

    @property
    def chosen(self) -> int:
        """The number of the chosen turn, 0 where there is none."""
        return self._turns[self._chosen].number if self._turns else 0

    def show_turns(self, start_temper: float, turns: tuple[TurnResult, ...]) -> None:
        """The turn that changed the temper most is chosen at first."""
        self._start, self._turns = start_temper, turns
        changes = [abs(turn.temper_after - turn.temper_before) for turn in turns]
        self._choose(changes.index(max(changes)) if changes else 0)
        tempers = [temper_name(start_temper), *(temper_name(turn.temper_after) for turn in turns)]
        self.setAccessibleDescription(", ".join(tempers))

    def choose(self, number: int) -> None:
        for at, turn in enumerate(self._turns):
            if turn.number == number:
                self._choose(at)

    def _choose(self, at: int) -> None:
        self._chosen = min(max(at, 0), max(len(self._turns) - 1, 0))
        self.update()
        if self._turns:
            self.turn_chosen.emit(self.chosen)

    def sizeHint(self) -> QSize:
        return QSize(420, 256)

    def minimumSizeHint(self) -> QSize:
        return QSize(280, 256)

    def _area(self) -> QRectF:
        metrics = QFontMetrics(sized_font(self.font(), SECONDARY_PX))
        left = max(metrics.horizontalAdvance(word) for word in temper_words()) + 12
        return QRectF(left, _TOP, max(self.width() - left - 16, 40), self.height() - _TOP - _FOOT)

    def _points(self, area: QRectF) -> list[QPointF]:
        tempers = [self._start, *(turn.temper_after for turn in self._turns)]
        step = area.width() / max(len(tempers) - 1, 1)
        return [
            QPointF(area.left() + i * step, area.top() + (1 - temper / _HIGHEST) * area.height())
            for i, temper in enumerate(tempers)
        ]

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = self._area()
        self._paint_steps(painter, area)
        points = self._points(area)
        if self._turns:
            x = points[self._chosen + 1].x()
            painter.setPen(QPen(theme.colour(Role.OUTLINE), 1, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
        painter.setPen(QPen(theme.colour(Role.TEXT), 2.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF(points))
        self._paint_points(painter, points)
        self._paint_numbers(painter, area, points)
        if self.hasFocus():
            painter.setPen(QPen(theme.colour(Role.ACCENT), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)
        painter.end()

    def _paint_steps(self, painter: QPainter, area: QRectF) -> None:
        theme = current_theme()
        painter.setFont(sized_font(self.font(), SECONDARY_PX))
        height = area.height() / 5
        for step, word in enumerate(temper_words()):
            band = QRectF(area.left() - 6, area.top() + step * height, area.width() + 16, height)
            if step % 2 == 0:
                painter.fillRect(band, theme.colour(Role.SUNKEN))
            painter.setPen(theme.colour(Role.MUTED))
            label = QRectF(0, band.top(), area.left() - 12, height)
            painter.drawText(label, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, word)

    def _paint_points(self, painter: QPainter, points: list[QPointF]) -> None:
        theme = current_theme()
        painter.setPen(QPen(theme.colour(Role.RAISED), 2))
        painter.setBrush(theme.colour(Role.TEXT))
        painter.drawEllipse(points[0], 6, 6)
        for at, turn in enumerate(self._turns):
            change = turn.temper_after - turn.temper_before
            role = Role.MUTED if abs(change) < 0.05 else Role.HARM if change > 0 else Role.CALM
            size = 11 if at == self._chosen else 8
            painter.setPen(QPen(theme.colour(Role.RAISED), 2))
            painter.setBrush(theme.colour(role))
            self._paint_mark(painter, points[at + 1], size, change, theme.colour(role))

    @staticmethod
    def _paint_mark(painter: QPainter, at: QPointF, size: float, change: float, _colour: QColor) -> None:
        if abs(change) < 0.05:
            painter.drawEllipse(at, size * 0.8, size * 0.8)
            return
        tip = -size if change > 0 else size
        painter.drawPolygon(
            QPolygonF(
                [at + QPointF(0, tip), at + QPointF(-size, -tip * 0.75), at + QPointF(size, -tip * 0.75)],
            )
        )

    def _paint_numbers(self, painter: QPainter, area: QRectF, points: list[QPointF]) -> None:
        theme = current_theme()
        names = [self.tr("start"), *(str(turn.number) for turn in self._turns)]
        for at, (name, point) in enumerate(zip(names, points, strict=True)):
            chosen = at == self._chosen + 1 and bool(self._turns)
            painter.setFont(sized_font(self.font(), SECONDARY_PX, bold=chosen))
            painter.setPen(theme.colour(Role.TEXT if chosen else Role.MUTED))
            width = QFontMetrics(painter.font()).horizontalAdvance(name) + 4
            left = min(max(point.x() - width / 2, 0), self.width() - width)
            painter.drawText(QRectF(left, area.bottom() + 4, width, _FOOT - 4), Qt.AlignmentFlag.AlignHCenter, name)

    def _turn_at(self, x: float) -> int | None:
        points = self._points(self._area())[1:]
        distances = [abs(point.x() - x) for point in points]
        if not distances or min(distances) > max(_NEAR_PX, 0.5 * self._area().width() / len(points)):
            return None
        return distances.index(min(distances))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = self._turn_at(event.position().x())
        self.setToolTip("" if at is None else turn_causes(self._turns[at]))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        at = self._turn_at(event.position().x())
        if at is not None:
            self._choose(at)
            self.turn_opened.emit(self.chosen)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Left:
            self._choose(self._chosen - 1)
        elif event.key() == Qt.Key.Key_Right:
            self._choose(self._chosen + 1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._turns:
            self.turn_opened.emit(self.chosen)
        else:
            super().keyPressEvent(event)


def turn_causes(turn: TurnResult) -> str:
    """The causes of one turn in a line, the strongest first."""
    causes = sorted(turn.causes, key=lambda cause: -abs(cause.change))
    return " \u00b7 ".join(f"{technique_name(cause.cause)} {decimal(cause.change, signed=True)}" for cause in causes)
