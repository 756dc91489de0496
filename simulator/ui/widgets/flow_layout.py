"""A layout that sets its items side by side and goes on in a new row when the width is used up."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Rows of items. With `column_width` given, items share each row evenly and are at least that wide."""

    def __init__(self, parent: QWidget | None = None, *, spacing: int = 8, column_width: int | None = None) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._column_width = column_width
        self.setSpacing(spacing)
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, move=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize(self._column_width or 0, 0)
        for item in self._shown():
            size = size.expandedTo(QSize(item.minimumSize().width(), item.minimumSize().height()))
        margins = self.contentsMargins()
        return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom())

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _place(self, rect: QRect, *, move: bool) -> int:
        inside = rect.marginsRemoved(self.contentsMargins())
        y = inside.y()
        for row in self._rows(inside.width()):
            widths = self._widths(row, inside.width())
            height = max(_height(item, width) for item, width in zip(row, widths, strict=True))
            x = inside.x()
            for item, width in zip(row, widths, strict=True):
                if move:
                    own = height if self._column_width is not None else min(height, item.sizeHint().height())
                    top = y + (height - own) // 2
                    item.setGeometry(QRect(QPoint(x, top), QSize(width, own)))
                x += width + self.spacing()
            y += height + self.spacing()
        used = y - self.spacing() if y > inside.y() else y
        return used - rect.y() + self.contentsMargins().bottom()

    def _rows(self, width: int) -> list[list[QLayoutItem]]:
        shown = self._shown()
        if self._column_width is not None:
            across = max(1, (width + self.spacing()) // (self._column_width + self.spacing()))
            return [shown[at : at + across] for at in range(0, len(shown), across)]
        rows: list[list[QLayoutItem]] = []
        used = 0
        for item in shown:
            wanted = item.sizeHint().width()
            if rows and used + self.spacing() + wanted <= width:
                rows[-1].append(item)
                used += self.spacing() + wanted
            else:
                rows.append([item])
                used = wanted
        return rows

    def _widths(self, row: list[QLayoutItem], width: int) -> list[int]:
        if self._column_width is None:
            return [min(item.sizeHint().width(), width) for item in row]
        across = max(1, (width + self.spacing()) // (self._column_width + self.spacing()))
        return [(width - self.spacing() * (across - 1)) // across] * len(row)


def _height(item: QLayoutItem, width: int) -> int:
    return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()
