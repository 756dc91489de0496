"""The frame of a page: a title with its actions above, and below it a column that scrolls when it must."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractSlider, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from simulator.ui.theme import GRID, MARGIN
from simulator.ui.widgets.labels import Text
from simulator.ui.widgets.notice import Notice

_SCROLL_KEYS = {
    Qt.Key.Key_PageDown: QAbstractSlider.SliderAction.SliderPageStepAdd,
    Qt.Key.Key_PageUp: QAbstractSlider.SliderAction.SliderPageStepSub,
    Qt.Key.Key_Down: QAbstractSlider.SliderAction.SliderSingleStepAdd,
    Qt.Key.Key_Up: QAbstractSlider.SliderAction.SliderSingleStepSub,
    Qt.Key.Key_Home: QAbstractSlider.SliderAction.SliderToMinimum,
    Qt.Key.Key_End: QAbstractSlider.SliderAction.SliderToMaximum,
}


class Page(QWidget):
    """A page with a `title`, a row for `actions` beside it, one `notice`, and a `body` that scrolls.

    `column_width` limits title and body (reading pages use 720), which then stand in the middle; None uses the whole
    width.
    """

    def __init__(
        self, title: str, subtitle: str = "", parent: QWidget | None = None, *, column_width: int | None = None
    ) -> None:
        super().__init__(parent)
        self._column_width = column_width
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        frame = QVBoxLayout(self)
        frame.setContentsMargins(0, 0, 0, 0)
        frame.setSpacing(0)
        head = QWidget()
        head.setProperty("role", "plain")
        self.head = QHBoxLayout(head)
        self.head.setContentsMargins(MARGIN, MARGIN, MARGIN, 2 * GRID)
        self.head.setSpacing(2 * GRID)
        words = QVBoxLayout()
        words.setSpacing(4)
        self.title = Text(title, "title")
        self.subtitle = Text(subtitle, "secondary")
        self.subtitle.setVisible(bool(subtitle))
        words.addWidget(self.title)
        words.addWidget(self.subtitle)
        self.head.addLayout(words, 1)
        self.actions = QHBoxLayout()
        self.actions.setSpacing(GRID)
        self.head.addLayout(self.actions)
        frame.addWidget(head)

        self.scroll = QScrollArea()
        self.scroll.setWidgetResizable(True)
        self.scroll.setFrameShape(QFrame.Shape.NoFrame)
        self.scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QWidget()
        column.setProperty("role", "plain")
        self.body = QVBoxLayout(column)
        self.body.setContentsMargins(MARGIN, GRID, MARGIN, MARGIN)
        self.body.setSpacing(2 * GRID)
        self.notice = Notice(closable=True)
        self.notice.hide()
        self.body.addWidget(self.notice)
        self.scroll.setWidget(column)
        frame.addWidget(self.scroll, 1)

    def say_subtitle(self, text: str) -> None:
        self.subtitle.setText(text)
        self.subtitle.setVisible(bool(text))

    def limit_column(self, column_width: int | None) -> None:
        """Another width for title and body."""
        self._column_width = column_width
        self._set_margins()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The column is scrolled by key too, where nothing in it takes the key."""
        action = _SCROLL_KEYS.get(event.key())
        if action is None:
            super().keyPressEvent(event)
            return
        self.scroll.verticalScrollBar().triggerAction(action)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._set_margins()

    def _set_margins(self) -> None:
        side = MARGIN
        if self._column_width is not None:
            side = max(MARGIN, (self.width() - self._column_width) // 2)
        self.head.setContentsMargins(side, MARGIN, side, 2 * GRID)
        self.body.setContentsMargins(side, GRID, side, MARGIN)
