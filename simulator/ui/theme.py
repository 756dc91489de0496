"""How the program looks: fonts, colours, spacing and motion, applied to the whole application at once."""

from __future__ import annotations

import ctypes
import sys
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QIcon, QPainter, QPalette, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from simulator.practice.settings import Settings
from simulator.ui.theme_colours import DARK, HIGH_CONTRAST, LIGHT, Colours, Role
from simulator.ui.theme_sheet import style_sheet

GRID = 8
MARGIN = 32
READING_WIDTH = 720
ICON_SIZE = 20
CORNER = 12

TITLE_PX = 28
SECTION_PX = 20
BODY_PX = 15
SECONDARY_PX = 13
CAPTION_PX = 24

_PROPERTY = "unruffled_theme"
_SPI_GETCLIENTAREAANIMATION = 0x1042
_STROKE_PX = 1.75
_DRAWN_AT = 24


@dataclass(frozen=True, slots=True)
class Theme:
    """The look in use. Painting widgets ask `current_theme()` for it each time they paint."""

    colours: Colours
    icons_folder: Path
    reduced_motion: bool
    dark: bool

    def colour(self, role: Role) -> QColor:
        return QColor(self.colours.of(role))

    def soft(self, role: Role, share: float = 0.12) -> QColor:
        return QColor(self.colours.soft(role, share))

    def motion_ms(self, wanted_ms: int) -> int:
        """How long a movement may take: none where motion is to be reduced, never over 200 ms."""
        return 0 if self.reduced_motion else min(wanted_ms, 200)

    def pixmap(self, name: str, role: Role = Role.TEXT, size: int = ICON_SIZE, ratio: float = 1.0) -> QPixmap:
        """The icon `name` in a role's colour; its stroke is equally wide at every size."""
        colour = self.colours.of(role)
        key = f"{self.icons_folder}/{name} {colour} {size} {ratio}"
        pixmap = QPixmap()
        if not QPixmapCache.find(key, pixmap):
            pixmap = self._draw(name, colour, size, ratio)
            QPixmapCache.insert(key, pixmap)
        return pixmap

    def _draw(self, name: str, colour: str, size: int, ratio: float) -> QPixmap:
        drawing = (self.icons_folder / f"{name}.svg").read_text(encoding="utf-8")
        drawing = drawing.replace("currentColor", colour)
        drawing = drawing.replace('stroke-width="2"', f'stroke-width="{_STROKE_PX * _DRAWN_AT / size:.3f}"')
        pixmap = QPixmap(QSize(size, size) * ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        QSvgRenderer(QByteArray(drawing.encode())).render(painter, QRectF(pixmap.rect()))
        painter.end()
        pixmap.setDevicePixelRatio(ratio)
        return pixmap

    def icon(self, name: str, role: Role = Role.TEXT, size: int = ICON_SIZE, ratio: float = 1.0, gap: int = 0) -> QIcon:
        """As `pixmap`, with a disabled look; `gap` leaves room at the right, before a button's words."""
        icon = QIcon(_widened(self.pixmap(name, role, size, ratio), gap))
        icon.addPixmap(_widened(self.pixmap(name, Role.OUTLINE, size, ratio), gap), QIcon.Mode.Disabled)
        return icon


def apply_theme(app: QApplication, settings: Settings, icons_folder: Path) -> Theme:
    """Give the whole application the look its settings ask for; call again when they or the system change."""
    hints = app.styleHints()
    if settings.theme == "high_contrast" or (settings.theme == "system" and _system_wants_contrast(app)):
        colours, dark = HIGH_CONTRAST, True
    else:
        dark = settings.theme == "dark" or (settings.theme == "system" and hints.colorScheme() == Qt.ColorScheme.Dark)
        colours = DARK if dark else LIGHT
    theme = Theme(colours, icons_folder, settings.reduced_motion or _system_reduces_motion(app), dark)
    if app.property(_PROPERTY) == theme:
        return theme
    app.setProperty(_PROPERTY, theme)
    app.setStyle("Fusion")
    app.setPalette(_palette(colours))
    app.setFont(_body_font(app))
    app.setStyleSheet(style_sheet(colours))
    return theme


def current_theme() -> Theme:
    """The theme that `apply_theme` gave the running application."""
    app = QApplication.instance()
    theme = None if app is None else app.property(_PROPERTY)
    if not isinstance(theme, Theme):
        raise RuntimeError("apply_theme was not called before the first widget")
    return theme


def sized_font(base: QFont, pixels: int, *, bold: bool = False) -> QFont:
    """A font of the type scale: `pixels` high, with figures of equal width."""
    font = QFont(base)
    font.setPixelSize(pixels)
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def _widened(pixmap: QPixmap, gap: int) -> QPixmap:
    if gap == 0:
        return pixmap
    ratio = pixmap.devicePixelRatio()
    wide = QPixmap(pixmap.width() + round(gap * ratio), pixmap.height())
    wide.setDevicePixelRatio(ratio)
    wide.fill(Qt.GlobalColor.transparent)
    painter = QPainter(wide)
    painter.drawPixmap(0, 0, pixmap)
    painter.end()
    return wide


def _body_font(app: QApplication) -> QFont:
    font = sized_font(app.font(), BODY_PX)
    font.setStyleStrategy(QFont.StyleStrategy.PreferAntialias)
    return font


def _system_wants_contrast(app: QApplication) -> bool:
    hints = app.styleHints()  # kept in a name: what `accessibility` gives lives only as long as its hints
    return hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast


def _system_reduces_motion(app: QApplication) -> bool:
    """Qt says so from 6.12 on; Windows can be asked without it. Elsewhere the setting "Less motion" has to do."""
    hints = app.styleHints()
    asked = getattr(hints.accessibility(), "motionPreference", None)
    if asked is not None:
        return bool(asked() == Qt.MotionPreference.ReducedMotion)
    return sys.platform == "win32" and not _windows_animates()


def _windows_animates() -> bool:
    animates = ctypes.c_int(1)
    ctypes.windll.user32.SystemParametersInfoW(_SPI_GETCLIENTAREAANIMATION, 0, ctypes.byref(animates), 0)
    return bool(animates.value)


def _palette(colours: Colours) -> QPalette:
    roles = {
        QPalette.ColorRole.Window: colours.surface,
        QPalette.ColorRole.WindowText: colours.text,
        QPalette.ColorRole.Base: colours.raised,
        QPalette.ColorRole.AlternateBase: colours.sunken,
        QPalette.ColorRole.Text: colours.text,
        QPalette.ColorRole.Button: colours.raised,
        QPalette.ColorRole.ButtonText: colours.text,
        QPalette.ColorRole.Highlight: colours.accent,
        QPalette.ColorRole.HighlightedText: colours.on_accent,
        QPalette.ColorRole.ToolTipBase: colours.raised,
        QPalette.ColorRole.ToolTipText: colours.text,
        QPalette.ColorRole.PlaceholderText: colours.muted,
        QPalette.ColorRole.Link: colours.accent,
    }
    palette = QPalette()
    for role, colour in roles.items():
        palette.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText, QPalette.ColorRole.WindowText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours.outline))
    return palette
