"""A figure that is chosen by sliding."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSlider, QVBoxLayout, QWidget

from simulator.ui.theme import GRID
from simulator.ui.widgets.labels import Text


class SliderRow(QWidget):
    """A figure that is chosen by sliding: its name, the value with its unit, and the slider.

    `moved` is emitted for what people do only, once the slider has been let go or moved by key.
    """

    moved = Signal(float)

    def __init__(
        self,
        title: str,
        lowest: float,
        highest: float,
        step: float,
        words: Callable[[float], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "plain")
        self._lowest, self._step, self._words = lowest, step, words
        box = QVBoxLayout(self)
        box.setContentsMargins(0, GRID // 2, 0, 0)
        box.setSpacing(0)
        head = QHBoxLayout()
        head.addWidget(Text(title, "body"), 1)
        self.figure = Text("", "strong", wrap=False)
        head.addWidget(self.figure)
        box.addLayout(head)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setAccessibleName(title)
        self.slider.setRange(0, round((highest - lowest) / step))
        self.slider.setPageStep(5)
        self.slider.valueChanged.connect(self._on_value)
        self.slider.sliderReleased.connect(lambda: self.moved.emit(self.value()))
        box.addWidget(self.slider)
        self._quiet = False

    def value(self) -> float:
        return round(self._lowest + self.slider.value() * self._step, 3)

    def set_value(self, value: float) -> None:
        self._quiet = True
        self.slider.setValue(round((value - self._lowest) / self._step))
        self._quiet = False
        self.figure.setText(self._words(self.value()))

    def _on_value(self) -> None:
        self.figure.setText(self._words(self.value()))
        self.slider.setAccessibleDescription(self.figure.text())
        if not self._quiet and not self.slider.isSliderDown():
            self.moved.emit(self.value())
