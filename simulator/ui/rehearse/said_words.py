"""What the trainee said, with the evidence marked in it."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from simulator.domain.technique import Polarity
from simulator.domain.utterance import CONFIDENT_WORD, Utterance
from simulator.practice.turn_result import TurnResult
from simulator.ui.theme import current_theme
from simulator.ui.theme_colours import Colours, Role

_MARKS = {Polarity.HELPS: ("praise", "\u2713"), Polarity.HARMS: ("harm", "\u2715")}


def said_html(result: TurnResult, colours: Colours) -> str:
    """The reply as rich text: helpful words ticked, harmful ones crossed, words not made out for sure faint."""
    utterance = result.reply.utterance
    if utterance is None or not utterance.text:
        return ""
    text = utterance.text
    looks: list[str] = [""] * len(text)
    for start, end in _unsure(utterance):
        looks[start:end] = ["unsure"] * (end - start)
    ends: dict[int, str] = {}
    for detection in result.appraisal.words:
        for evidence in detection.evidence:
            if evidence.start is None or evidence.end is None or evidence.end > len(text):
                continue
            look, mark = _MARKS[detection.polarity]
            looks[evidence.start : evidence.end] = [look] * (evidence.end - evidence.start)
            ends[evidence.end] = f'<span style="color:{colours.of(Role(look))}">\u2009{mark}</span>'
    return _runs(text, looks, ends, colours)


def _unsure(utterance: Utterance) -> list[tuple[int, int]]:
    if utterance.verbatim is not None:
        return []
    found, at = [], 0
    for word in utterance.words:
        if word.confidence is not None and word.confidence < CONFIDENT_WORD:
            found.append((at, at + len(word.text)))
        at += len(word.text) + 1
    return found


def _runs(text: str, looks: list[str], ends: dict[int, str], colours: Colours) -> str:
    pieces: list[str] = []
    start = 0
    for at in range(1, len(text) + 1):
        if at < len(text) and looks[at] == looks[start] and at not in ends:
            continue
        piece = escape(text[start:at])
        if looks[start] == "unsure":
            piece = f'<span style="color:{colours.muted};font-style:italic">{piece}</span>'
        elif looks[start]:
            piece = f'<span style="color:{colours.of(Role(looks[start]))};font-weight:600">{piece}</span>'
        pieces.append(piece + ends.get(at, ""))
        start = at
    return "".join(pieces)


class SaidWords(QLabel):
    """The marked reply; it takes new colours with the theme."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._result: TurnResult | None = None
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.setProperty("role", "body")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def show_result(self, result: TurnResult) -> None:
        self._result = result
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._result is not None:
            self._draw()

    def _draw(self) -> None:
        html = said_html(self._result, current_theme().colours)
        if html != self.text():
            self.setText(html)
        utterance = self._result.reply.utterance
        self.setAccessibleName(utterance.text if utterance else "")
