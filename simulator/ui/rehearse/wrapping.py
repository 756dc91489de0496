"""Long texts in scrolling pages: as high as their width makes them, and not higher."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget


def let_texts_wrap(area: QWidget) -> None:
    """Take the height of every wrapping label in `area` from its width alone.

    A label's size hint supposes a nearly square text; as a minimum it would leave gaps below long lines.
    """
    for label in area.findChildren(QLabel):
        if label.wordWrap():
            policy = QSizePolicy(label.sizePolicy().horizontalPolicy(), QSizePolicy.Policy.Preferred)
            policy.setHeightForWidth(True)
            label.setSizePolicy(policy)
