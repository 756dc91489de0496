"""The customer's line as it is spoken: words heard stand full, words to come are faint."""

from __future__ import annotations

import math
import re

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QResizeEvent, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from simulator.ui.theme import CAPTION_PX, current_theme, sized_font
from simulator.ui.theme_colours import Role

_LINE_SPACING = 1.25
_LEAST_LINES = 3


class _CaptionText(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._text = ""
        self._word_ends: list[int] = []
        self._heard = 0
        self._layout = QTextLayout()
        self._laid_out_for = -1
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def text(self) -> str:
        return self._text

    @property
    def words_heard(self) -> int:
        return self._heard

    def set_line(self, text: str) -> None:
        self._text = text
        self._word_ends = [match.end() for match in re.finditer(r"\S+", text)]
        self._heard = 0
        self._laid_out_for = -1
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def set_heard(self, words: int) -> None:
        if words != self._heard and self._word_ends:
            self._heard = words
            self._laid_out_for = -1
            self.update()

    def follow_rect(self) -> QRectF:
        """Where the word now spoken is."""
        self._lay_out(self.width())
        position = self._word_ends[min(self._heard, len(self._word_ends)) - 1] if self._heard else 0
        line = self._layout.lineForTextPosition(max(position - 1, 0))
        return line.rect() if line.isValid() else QRectF()

    @property
    def line_height(self) -> int:
        return math.ceil(QFontMetricsF(sized_font(self.font(), CAPTION_PX)).height() * _LINE_SPACING)

    def heightForWidth(self, width: int) -> int:
        return math.ceil(self._lay_out(width))

    def hasHeightForWidth(self) -> bool:
        return True

    def sizeHint(self) -> QSize:
        return QSize(480, self.heightForWidth(max(self.width(), 320)))

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 40)

    def _lay_out(self, width: int) -> float:
        if width == self._laid_out_for and self._layout.lineCount():
            last = self._layout.lineAt(self._layout.lineCount() - 1)
            return last.y() + last.height() * _LINE_SPACING
        self._laid_out_for = width
        self._layout = QTextLayout(self._text, sized_font(self.font(), CAPTION_PX))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._layout.setTextOption(option)
        self._layout.setFormats(self._formats())
        self._layout.beginLayout()
        y = 0.0
        while (line := self._layout.createLine()).isValid():
            line.setLineWidth(max(width, 80))
            line.setPosition(QPointF(0, y))
            y += line.height() * _LINE_SPACING
        self._layout.endLayout()
        return max(y, CAPTION_PX * _LINE_SPACING)

    def _formats(self) -> list[QTextLayout.FormatRange]:
        """The words heard in full, those to come faint."""
        theme = current_theme()
        heard_to = self._word_ends[min(self._heard, len(self._word_ends)) - 1] if self._heard else 0
        formats = []
        for start, end, role in ((0, heard_to, Role.TEXT), (heard_to, len(self._text), Role.OUTLINE)):
            if end > start:
                look = QTextCharFormat()
                look.setForeground(theme.colour(role))
                part = QTextLayout.FormatRange()
                part.start, part.length, part.format = start, end - start, look
                formats.append(part)
        return formats

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._laid_out_for = -1

    def paintEvent(self, _event: QPaintEvent) -> None:
        self._lay_out(self.width())
        painter = QPainter(self)
        self._layout.draw(painter, QPointF(0, 0))
        painter.end()


class Caption(QScrollArea):
    """A long line scrolls along with the voice instead of being cut."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = _CaptionText()
        self.setWidget(self._words)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        self._words.setAutoFillBackground(False)

    @property
    def text(self) -> str:
        return self._words.text

    @property
    def words_heard(self) -> int:
        return self._words.words_heard

    def set_line(self, text: str, words_heard: int = 0) -> None:
        self._words.set_line(text)
        self._words.set_heard(words_heard)
        self._fit()
        self.verticalScrollBar().setValue(0)

    def set_heard(self, words: int) -> None:
        self._words.set_heard(words)
        rect = self._words.follow_rect()
        self.ensureVisible(0, int(rect.center().y()), 0, int(rect.height() * 1.5))

    def hear_all(self) -> None:
        self._words.set_heard(len(self._words.text.split()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        line = self._words.line_height
        self.setViewportMargins(0, 0, 0, self.height() % line if self.height() > line else 0)
        wanted = self._words.heightForWidth(self.viewport().width())
        self._words.setMinimumHeight(wanted)
        self.setMaximumHeight(max(wanted, round(_LEAST_LINES * CAPTION_PX * 1.5)) + 2)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(560, self._words.heightForWidth(max(self.viewport().width(), 320)))

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 80)
