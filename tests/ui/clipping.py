"""Finds words that are cut off: walks the widgets in sight and compares what they need with what they have."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication, QPoint, QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QScrollArea,
    QWidget,
)

from simulator.ui.widgets.labels import ElidedText

_SLACK_PX = 1


def settle() -> None:
    """Let layouts and paints that are due take place."""
    for _ in range(4):
        QCoreApplication.sendPostedEvents()
        QApplication.processEvents()


def cut_off(root: QWidget) -> list[str]:
    """A line for each label, button or list whose words do not fit; empty where all is well."""
    return [*_cut_labels(root), *_cut_buttons(root), *_outside(root)]


def _in_sight(root: QWidget, kind: type) -> Iterator[QWidget]:
    for widget in root.findChildren(kind):
        if widget.isVisibleTo(root) and not isinstance(widget.parentWidget(), QComboBox):
            yield widget


def _cut_labels(root: QWidget) -> Iterator[str]:
    for label in _in_sight(root, QLabel):
        if isinstance(label, ElidedText) or not label.text() or not label.pixmap().isNull():
            continue
        if label.wordWrap():
            needed = label.fontMetrics().boundingRect(
                QRect(0, 0, label.contentsRect().width(), 10_000), int(Qt.TextFlag.TextWordWrap), label.text()
            )
            if needed.height() > label.height() + _SLACK_PX or needed.width() > label.width() + _SLACK_PX:
                yield f"text {label.text()!r} needs {needed.size()} and has {label.size()}"
        elif label.sizeHint().width() > label.width() + _SLACK_PX:
            yield f"line {label.text()!r} needs {label.sizeHint().width()} and has {label.width()}"


def _cut_buttons(root: QWidget) -> Iterator[str]:
    for button in _in_sight(root, QAbstractButton):
        hint = button.sizeHint()
        if hint.width() > button.width() + _SLACK_PX or hint.height() > button.height() + _SLACK_PX:
            yield f"button {button.text() or button.accessibleName()!r} needs {hint} and has {button.size()}"


def _outside(root: QWidget) -> Iterator[str]:
    """What lies beyond the width of the page it scrolls in, or beyond its parent, cannot be read."""
    for widget in (*_in_sight(root, QLabel), *_in_sight(root, QAbstractButton)):
        area = _scroll_area_of(widget)
        holder = area.viewport() if area is not None else root
        left = widget.mapTo(holder, QPoint(0, 0)).x()
        if left < -_SLACK_PX or left + widget.width() > holder.width() + _SLACK_PX:
            words = widget.text() or widget.accessibleName()
            yield f"{words!r} reaches from {left} to {left + widget.width()} of {holder.width()}"


def _scroll_area_of(widget: QWidget) -> QScrollArea | None:
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            return parent
        parent = parent.parentWidget()
    return None
