"""Words on a page, by their place in the type scale."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from simulator.ui.theme import current_theme
from simulator.ui.theme_colours import Role

TABULAR = QFont.Tag("tnum")


class Text(QLabel):
    """A piece of plain text. `role` is "title", "section", "strong", "body", "secondary", "caption" or "accent"."""

    def __init__(self, text: str = "", role: str = "body", parent: QWidget | None = None, *, wrap: bool = True) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setWordWrap(wrap)
        font = self.font()
        font.setFeature(TABULAR, 1)
        self.setFont(font)
        if wrap:
            # A wrapping label's size hint supposes a nearly square text; its height has to follow from its width.
            policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)

    def tint(self, role: Role | None) -> None:
        """Colour the words by a role (their meaning must be in the words as well); None: as the sheet says."""
        self._tint = role
        self._apply_tint()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._apply_tint()

    def _apply_tint(self) -> None:
        role = getattr(self, "_tint", None)
        wanted = f"color: {current_theme().colours.of(role)};" if role is not None else ""
        if self.styleSheet() != wanted:
            self.setStyleSheet(wanted)


class ElidedText(Text):
    """One line that gives way with an ellipsis; the whole text is then its tooltip."""

    def __init__(self, text: str = "", role: str = "body", parent: QWidget | None = None) -> None:
        super().__init__(text, role, parent, wrap=False)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        self.setToolTip(self.text() if shown != self.text() else "")
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)
        painter.end()
