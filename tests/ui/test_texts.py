"""Every text of the window can be translated: it stands whole in the source, where Qt's tools find it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

UI = Path(__file__).resolve().parents[2] / "simulator" / "ui"
SOURCES = sorted(UI.rglob("*.py"))
SHOWS_ITS_FIRST_TEXT = {"Text", "ElidedText", "Button", "Tag", "Notice", "SwitchRow", "CheckLine", "Toggle", "Chips"}
SHOWS_ITS_SECOND_TEXT = {"IconButton", "EmptyState"}
NAMES = {"Unruffled"}  # the program's name is the same in every language


def calls(source: Path) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            yield node


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: str(path.relative_to(UI)))
def test_texts_for_translation_are_whole_literals_said_by_the_widget_itself(source: Path) -> None:
    wrong = []
    for node in calls(source):
        if not isinstance(node.func, ast.Attribute) or node.func.attr != "tr":
            continue
        literal = isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str)
        by_itself = getattr(node.func.value, "id", "") == "self"
        if not (literal and by_itself):
            wrong.append(f"line {node.lineno}: {ast.unparse(node)}")
    assert wrong == []


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: str(path.relative_to(UI)))
def test_no_words_are_shown_past_the_translation(source: Path) -> None:
    wrong = []
    for node in calls(source):
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        place = 0 if name in SHOWS_ITS_FIRST_TEXT else 1 if name in SHOWS_ITS_SECOND_TEXT else None
        if place is None or len(node.args) <= place:
            continue
        shown = node.args[place]
        if isinstance(shown, ast.Constant) and isinstance(shown.value, str):
            if any(letter.isalpha() for letter in shown.value) and shown.value not in NAMES:
                wrong.append(f"line {node.lineno}: {shown.value!r}")
        elif isinstance(shown, ast.JoinedStr):
            parts = "".join(part.value for part in shown.values if isinstance(part, ast.Constant))
            if any(letter.isalpha() for letter in parts):
                wrong.append(f"line {node.lineno}: {ast.unparse(shown)}")
    assert wrong == []
