"""The style sheet of the whole application, written from colour roles.

Widgets choose their dress by two dynamic properties: `role` (labels and frames) and `kind` (buttons).
"""

from __future__ import annotations

from string import Template

from simulator.ui.theme_colours import Colours, Role, blend

_BASE = """
* { outline: 0; }
QMainWindow, QDialog, QWidget[role="page"], QStackedWidget { background: $surface; color: $text; }
QScrollArea { background: transparent; border: 0; }
QScrollArea > QWidget > QWidget[role="plain"], QWidget[role="plain"] { background: transparent; }
QToolTip { background: $raised; color: $text; border: 1px solid $outline; padding: 4px 8px; }

QLabel { background: transparent; color: $text; }
QLabel[role="title"] { font-size: 28px; font-weight: 600; }
QLabel[role="section"] { font-size: 20px; font-weight: 600; }
QLabel[role="strong"] { font-size: 15px; font-weight: 600; }
QLabel[role="body"] { font-size: 15px; }
QLabel[role="secondary"] { font-size: 13px; color: $muted; }
QLabel[role="caption"] { font-size: 24px; }
QLabel[role="accent"] { font-size: 13px; font-weight: 600; color: $accent; }

QFrame[role="card"] { background: $raised; border: 1px solid $border; border-radius: 12px; }
QFrame[role="card"][chosen="true"] { border: 2px solid $accent; }
QFrame[role="pressable"] { background: $raised; border: 1px solid $border; border-radius: 12px; }
QFrame[role="pressable"]:hover { background: $hover; border-color: $outline; }
QFrame[role="pressable"]:focus { border: 2px solid $accent; }
QFrame[role="rail"] { background: $raised; border: 0; border-right: 1px solid $border; }
QFrame[role="sunken"] { background: $sunken; border: 1px solid $border; border-radius: 8px; }
QFrame[role="foot"] { background: $raised; border: 0; border-top: 1px solid $border; }
QFrame[role="line"] { background: $border; border: 0; max-height: 1px; min-height: 1px; }
"""

_BUTTONS = """
QPushButton { min-height: 24px; padding: 7px 15px; border-radius: 8px; font-size: 15px; text-align: center; }
QPushButton[kind="primary"] { background: $accent; color: $on_accent; border: 1px solid $accent; font-weight: 600; }
QPushButton[kind="primary"]:hover { background: $accent_hover; }
QPushButton[kind="primary"]:pressed { background: $accent_pressed; }
QPushButton[kind="primary"]:focus { border: 3px solid $text; padding: 5px 13px; }
QPushButton[kind="secondary"] { background: $raised; color: $text; border: 1px solid $outline; }
QPushButton[kind="secondary"]:hover { background: $hover; }
QPushButton[kind="secondary"]:pressed { background: $sunken; }
QPushButton[kind="secondary"]:focus { border: 2px solid $accent; padding: 6px 14px; }
QPushButton[kind="secondary"]:checked { background: $chosen; border: 2px solid $accent; padding: 6px 14px; }
QPushButton[kind="quiet"] { background: transparent; color: $accent; border: 2px solid transparent; padding: 6px 10px; }
QPushButton[kind="quiet"]:hover { background: $hover; }
QPushButton[kind="quiet"]:pressed { background: $sunken; }
QPushButton[kind="quiet"]:focus { border: 2px solid $accent; }
QPushButton[kind="danger"] { background: $raised; color: $harm; border: 1px solid $harm; }
QPushButton[kind="danger"]:hover { background: $harm_soft; }
QPushButton[kind="danger"]:focus { border: 2px solid $harm; padding: 6px 14px; }
QPushButton[large="true"] { min-height: 40px; padding: 11px 31px; font-size: 20px; border-radius: 12px; }
QPushButton[large="true"]:focus { padding: 9px 29px; }
QPushButton:disabled { background: $sunken; color: $disabled; border: 1px solid $border; }
QPushButton[kind="quiet"]:disabled { background: transparent; border: 2px solid transparent; }

QPushButton[kind="chip"] { min-height: 20px; padding: 5px 13px; border-radius: 16px; font-size: 13px; font-weight: 600;
    background: $raised; color: $text; border: 1px solid $outline; }
QPushButton[kind="chip"]:hover { background: $hover; }
QPushButton[kind="chip"]:checked { background: $accent; color: $on_accent; border-color: $accent; }
QPushButton[kind="chip"]:focus { border: 3px solid $accent; padding: 3px 11px; }
QPushButton[kind="chip"]:checked:focus { border: 3px solid $text; }

QPushButton[kind="rail"] { text-align: left; min-height: 28px; padding: 8px 12px; border-radius: 8px;
    border: 2px solid transparent; background: transparent; color: $muted; font-size: 15px; }
QPushButton[kind="rail"]:hover { background: $hover; color: $text; }
QPushButton[kind="rail"]:checked { background: $chosen; color: $text; font-weight: 600; }
QPushButton[kind="rail"]:focus { border: 2px solid $accent; }

QToolButton { background: transparent; border: 2px solid transparent; border-radius: 8px; padding: 6px; color: $text; }
QToolButton:hover { background: $hover; }
QToolButton:pressed, QToolButton:checked { background: $chosen; }
QToolButton:focus { border: 2px solid $accent; }
"""

_FIELDS = """
QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QSpinBox, QDoubleSpinBox {
    background: $raised; color: $text; border: 1px solid $outline; border-radius: 8px; padding: 7px 11px;
    min-height: 24px; font-size: 15px; selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QSpinBox:focus, QDoubleSpinBox:focus {
    border: 2px solid $accent; padding: 6px 10px; }
QLineEdit:disabled, QComboBox:disabled { background: $sunken; color: $disabled; border-color: $border; }
QComboBox { padding-right: 32px; }
QComboBox:focus { padding-right: 31px; }
QComboBox::drop-down { subcontrol-origin: padding; subcontrol-position: center right; width: 32px; border: 0; }
QComboBox::down-arrow { image: none; width: 0; height: 0; }
QComboBox QAbstractItemView { background: $raised; color: $text; border: 1px solid $outline; padding: 4px;
    selection-background-color: $accent; selection-color: $on_accent; }
QComboBox QAbstractItemView::item { min-height: 32px; padding: 0 8px; }

QSlider::groove:horizontal { height: 4px; border-radius: 2px; background: $outline; }
QSlider::sub-page:horizontal { background: $accent; border-radius: 2px; }
QSlider::handle:horizontal { width: 16px; height: 16px; margin: -8px 0; border-radius: 10px; background: $raised;
    border: 2px solid $accent; }
QSlider::handle:horizontal:focus { border: 3px solid $text; background: $accent; width: 14px; height: 14px; }
QSlider { min-height: 28px; background: transparent; }

QProgressBar { background: $sunken; border: 1px solid $outline; border-radius: 5px; min-height: 8px; max-height: 8px; }
QProgressBar::chunk { background: $accent; border-radius: 4px; }

QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar::handle:vertical { background: $outline; border-radius: 4px; min-height: 32px; margin: 2px; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle:horizontal { background: $outline; border-radius: 4px; min-width: 32px; margin: 2px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QMenu { background: $raised; color: $text; border: 1px solid $outline; border-radius: 8px; padding: 6px; }
QMenu::item { padding: 8px 20px 8px 12px; border-radius: 6px; border: 2px solid transparent; font-size: 15px; }
QMenu::item:selected { background: $chosen; border: 2px solid $accent; }
QMenu::icon { padding-left: 10px; }
QMenu::separator { height: 1px; background: $border; margin: 6px 4px; }
"""


def style_sheet(colours: Colours) -> str:
    """Qt style sheet for one look."""
    stronger = "#000000" if colours.on_accent == "#ffffff" else "#ffffff"
    return Template(_BASE + _BUTTONS + _FIELDS).substitute(
        colours.by_name(),
        hover=colours.soft(Role.ACCENT, 0.08),
        chosen=colours.soft(Role.ACCENT, 0.16),
        harm_soft=colours.soft(Role.HARM, 0.10),
        accent_hover=blend(stronger, colours.accent, 0.14),
        accent_pressed=blend(stronger, colours.accent, 0.26),
        disabled=colours.outline,
    )
