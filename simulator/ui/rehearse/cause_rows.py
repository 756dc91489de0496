"""What changed the customer's temper, as signed bars; pressing one plays that moment."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from simulator.domain.appraisal import Cause
from simulator.domain.turn import Span
from simulator.practice.turn_result import TurnResult
from simulator.ui.rehearse.measure_rows import decimal
from simulator.ui.rehearse.names import technique_name
from simulator.ui.theme import GRID, current_theme
from simulator.ui.theme_colours import Role
from simulator.ui.widgets.icon import Icon
from simulator.ui.widgets.labels import Text

_FULL_CHANGE = 2.0


def moment_of(result: TurnResult, cause: str) -> Span | None:
    """When a cause can be heard: its first evidence with a time, otherwise the whole reply."""
    for detection in result.appraisal.techniques:
        if detection.technique == cause:
            for evidence in detection.evidence:
                if evidence.span is not None:
                    return evidence.span
    return result.reply.span


class SignedBar(QWidget):
    """A bar from a middle line: to the left and pointing down for calmer, to the right and up for angrier."""

    def __init__(self, change: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._change = change
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(104, 20)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = self.width() / 2
        painter.setPen(QPen(theme.colour(Role.OUTLINE), 1))
        painter.drawLine(QPointF(middle, 1), QPointF(middle, self.height() - 1))
        share = min(abs(self._change) / _FULL_CHANGE, 1.0)
        length = max(share * (middle - 12), 3.0)
        worse = self._change > 0
        colour = theme.colour(Role.HARM if worse else Role.CALM)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        left = middle + 1 if worse else middle - 1 - length
        painter.drawRoundedRect(QRectF(left, 5, length, 10), 2, 2)
        tip = middle + length + 7 if worse else middle - length - 7
        rise = -4 if worse else 4
        painter.drawPolygon(
            QPolygonF([QPointF(tip, 10 + rise), QPointF(tip - 4, 10 - rise), QPointF(tip + 4, 10 - rise)])
        )
        painter.end()


class CauseRow(QAbstractButton):
    """One cause: its name and evidence, its bar, its figure."""

    def __init__(self, cause: Cause, *, can_hear: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(GRID, 6, GRID, 6)
        row.setSpacing(GRID)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Text(technique_name(cause.cause), "strong"))
        if cause.evidence:
            words.addWidget(Text(cause.evidence, "secondary"))
        row.addLayout(words, 1)
        row.addWidget(SignedBar(cause.change))
        figure = Text(decimal(cause.change, signed=True), "body", wrap=False)
        figure.setMinimumWidth(figure.fontMetrics().horizontalAdvance("+10.0"))
        figure.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(figure)
        if can_hear:
            row.addWidget(Icon("play", Role.MUTED, 16))
        for child in self.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setEnabled(can_hear)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if can_hear else Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        if can_hear:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.setToolTip(self.tr("Hear that moment"))
        effect = self.tr("angrier") if cause.change > 0 else self.tr("calmer")
        self.setAccessibleName(
            self.tr("{name}: {effect} by {change}. {evidence}").format(
                name=technique_name(cause.cause),
                effect=effect,
                change=decimal(abs(cause.change)),
                evidence=cause.evidence,
            )
        )
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self.layout().totalHeightForWidth(width)

    def sizeHint(self) -> QSize:
        return self.layout().totalSizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not (self.underMouse() or self.hasFocus()) or not self.isEnabled():
            return
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour(Role.ACCENT), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(theme.soft(Role.ACCENT, 0.08))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)
        painter.end()


class CauseRows(QWidget):
    """All causes of one turn, the strongest first."""

    moment_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def show_result(self, result: TurnResult, *, can_hear: bool) -> None:
        while (item := self._column.takeAt(0)) is not None:
            item.widget().deleteLater()
        if not result.causes:
            self._column.addWidget(Text(self.tr("Nothing changed."), "secondary"))
        for cause in sorted(result.causes, key=lambda cause: -abs(cause.change)):
            span = moment_of(result, cause.cause) if can_hear else None
            row = CauseRow(cause, can_hear=span is not None)
            row.clicked.connect(lambda _checked=False, span=span: self.moment_wanted.emit(span))
            self._column.addWidget(row)

    def rows(self) -> list[CauseRow]:
        return self.findChildren(CauseRow)
