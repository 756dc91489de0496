"""Choosing one of several, and switching something on or off."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Property, QPropertyAnimation, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)

from simulator.ui.theme import GRID, current_theme
from simulator.ui.theme_colours import Role
from simulator.ui.widgets.buttons import Button, Kind
from simulator.ui.widgets.flow_layout import FlowLayout

_CHEVRON_ROOM_PX = 48


class Choice(QComboBox):
    """A drop-down list. The wheel does not change it while a page is scrolled."""

    def __init__(self, says: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(says)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def paintEvent(self, _event: QPaintEvent) -> None:
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        room = self.width() - _CHEVRON_ROOM_PX
        option.currentText = self.fontMetrics().elidedText(option.currentText, Qt.TextElideMode.ElideRight, room)
        styled = QStylePainter(self)
        styled.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        styled.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        styled.end()
        role = Role.TEXT if self.isEnabled() else Role.OUTLINE
        pixmap = current_theme().pixmap("chevron-down", role, 16, self.devicePixelRatioF())
        painter = QPainter(self)
        painter.drawPixmap(self.width() - 26, (self.height() - 16) // 2, pixmap)
        painter.end()


class Chips(QWidget):
    """A few words to choose one from, all in sight. Emits the value that goes with the chosen word."""

    chosen = Signal(object)

    def __init__(
        self,
        says: str,
        options: Sequence[tuple[str, Any]],
        parent: QWidget | None = None,
        *,
        one_row: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(says)
        self._values = [value for _, value in options]
        row = QHBoxLayout(self) if one_row else FlowLayout(self, spacing=GRID)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        self._group = QButtonGroup(self)
        for number, (label, _) in enumerate(options):
            chip = Button(label, Kind.CHIP)
            chip.setAccessibleDescription(says)
            self._group.addButton(chip, number)
            row.addWidget(chip)
        if self._values:
            self._group.button(0).setChecked(True)
        self._group.idClicked.connect(lambda number: self.chosen.emit(self._values[number]))

    def value(self) -> Any:
        return self._values[self._group.checkedId()]

    def choose(self, value: Any) -> None:
        """Mark a value without telling anyone; one that is not on offer changes nothing."""
        if value in self._values:
            self._group.button(self._values.index(value)).setChecked(True)

    def button(self, value: Any) -> Button:
        found = self._group.button(self._values.index(value))
        assert isinstance(found, Button)
        return found


class Toggle(QAbstractButton):
    """A switch: the knob's side and a tick say the state, not the colour alone."""

    def __init__(self, says: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._place = 0.0
        self.setCheckable(True)
        self.setAccessibleName(says)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._motion = QPropertyAnimation(self, b"place", self)
        self.toggled.connect(self._glide)

    def sizeHint(self) -> QSize:
        return QSize(52, 32)

    def _get_place(self) -> float:
        return self._place

    def _set_place(self, place: float) -> None:
        self._place = place
        self.update()

    place = Property(float, _get_place, _set_place)

    def _glide(self, checked: bool) -> None:
        end = 1.0 if checked else 0.0
        duration = current_theme().motion_ms(120) if self.isVisible() else 0
        self._motion.stop()
        if duration == 0:
            self._set_place(end)
            return
        self._motion.setDuration(duration)
        self._motion.setStartValue(self._place)
        self._motion.setEndValue(end)
        self._motion.start()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus():
            painter.setPen(QPen(theme.colour(Role.ACCENT), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 15, 15)
        track = QRectF(4, 4, 44, 24)
        on = self.isChecked()
        painter.setPen(QPen(theme.colour(Role.ACCENT if on else Role.OUTLINE), 1.5))
        painter.setBrush(theme.colour(Role.ACCENT if on else Role.SUNKEN))
        painter.drawRoundedRect(track, 12, 12)
        knob = QRectF(7 + 20 * self._place, 7, 18, 18)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(Role.ON_ACCENT if on else Role.OUTLINE))
        painter.drawEllipse(knob)
        if on and self._place == 1.0:
            tick = theme.pixmap("check", Role.ACCENT, 14, self.devicePixelRatioF())
            painter.drawPixmap(knob.topLeft() + (knob.center() - knob.topLeft()) * (1 - 14 / 18), tick)
        painter.end()
