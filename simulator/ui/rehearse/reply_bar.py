"""The foot of the call page: pausing, hearing again, talking and typing."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QSizePolicy, QWidget

from simulator.ui.theme import GRID, MARGIN
from simulator.ui.widgets.buttons import Button, Kind
from simulator.ui.widgets.icon import IconButton

_MOST_LINES = 4
_AROUND_LINES = 24


class ReplyField(QPlainTextEdit):
    """A few lines to type a reply in. Enter sends; Escape goes back to the call without sending."""

    sent = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(0)
        self.setViewportMargins(0, 2, 0, 0)
        self.textChanged.connect(self._grow)
        self._grow()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            event.accept()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.sent.emit()
            event.accept()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._grow()

    def _grow(self) -> None:
        lines = min(max(int(self.document().size().height()), 1), _MOST_LINES)
        height = lines * self.fontMetrics().lineSpacing() + _AROUND_LINES
        if height != self.height():
            self.setFixedHeight(height)


class ReplyBar(QWidget):
    """`set_ways` says how a reply can be given: by voice, and how it ends, and by typing."""

    pause_wanted = Signal()
    repeat_wanted = Signal()
    talk_pressed = Signal(bool)
    reply_finished = Signal()
    reply_typed = Signal(str)
    typing_left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hands_free = True
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN, GRID, MARGIN, 2 * GRID)
        row.setSpacing(GRID)
        self.pause = Button(self.tr("Pause"), Kind.SECONDARY, "pause")
        self.pause.setToolTip(self.tr("Pause the call (Esc)"))
        self.pause.clicked.connect(self.pause_wanted)
        self.repeat = Button(self.tr("Hear again"), Kind.SECONDARY, "repeat")
        self.repeat.setToolTip(self.tr("Let the customer say the line again (Ctrl+R)"))
        self.repeat.clicked.connect(self.repeat_wanted)
        self.talk = Button("", Kind.SECONDARY, "mic")
        self.talk.pressed.connect(lambda: None if self._hands_free else self.talk_pressed.emit(True))
        self.talk.released.connect(self._on_talk_released)
        for button in (self.pause, self.repeat, self.talk):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
            row.addWidget(button)
        row.addSpacing(GRID)
        self.field = ReplyField()
        self.field.setPlaceholderText(self.tr("Or type your reply"))
        self.field.setAccessibleName(self.tr("Your reply, typed"))
        self.field.setToolTip(self.tr("Type your reply (Ctrl+T), send it with Enter"))
        self.field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.field.setMinimumWidth(140)
        self.field.sent.connect(self._on_send)
        self.field.left.connect(self.typing_left)
        row.addWidget(self.field, 1)
        self.send = IconButton("send", self.tr("Send the typed reply (Enter)"))
        self.send.clicked.connect(self._on_send)
        self.send.setEnabled(False)
        self.field.textChanged.connect(lambda: self.send.setEnabled(bool(self.field.toPlainText().strip())))
        row.addWidget(self.send)
        row.addStretch(0)
        self.set_ways(speech=True, hands_free=True)

    def set_ways(self, *, speech: bool, hands_free: bool, typing: bool = True) -> None:
        self._hands_free = hands_free
        self.field.setVisible(typing)
        self.send.setVisible(typing)
        self.talk.setVisible(speech)
        if hands_free:
            self.talk.setText(self.tr("I have finished"))
            self.talk.show_icon("check")
            self.talk.setToolTip(self.tr("End your reply now, without waiting for the silence (Space)"))
        else:
            self.talk.setText(self.tr("Hold to talk"))
            self.talk.show_icon("mic")
            self.talk.setToolTip(self.tr("Hold while you speak (Space)"))
        self.field.setPlaceholderText(self.tr("Or type your reply") if speech else self.tr("Type your reply"))

    @property
    def hands_free(self) -> bool:
        return self._hands_free

    def how_to_begin(self) -> str:
        """What a trainee does now to answer."""
        if self.talk.isHidden():
            return self.tr("Your turn. Type your reply and press Enter.")
        if self._hands_free:
            return self.tr("Your turn. Just speak.")
        return self.tr("Your turn. Hold Space and speak.")

    def how_to_end(self) -> str:
        """What ends the reply under way."""
        if self._hands_free:
            return self.tr("I am listening. A short silence ends your reply, or Space.")
        return self.tr("I am listening. Let go of Space when you have finished.")

    def allow(self, *, replying: bool, talking: bool) -> None:
        """`replying`: a reply is awaited or under way; `talking`: the trainee is speaking."""
        self.talk.setEnabled(talking if self._hands_free else replying)

    def start_typing(self) -> None:
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_talk_released(self) -> None:
        if self._hands_free:
            self.reply_finished.emit()
        else:
            self.talk_pressed.emit(False)

    def _on_send(self) -> None:
        text = " ".join(self.field.toPlainText().split())
        if text:
            self.field.clear()
            self.reply_typed.emit(text)
