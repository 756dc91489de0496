"""The colours can be read, by everybody."""

from __future__ import annotations

import pytest
from conftest import ICONS
from PySide6.QtWidgets import QApplication

from simulator.practice.settings import Settings
from simulator.ui.theme import apply_theme, current_theme
from simulator.ui.theme_colours import DARK, HIGH_CONTRAST, LIGHT, Colours, Role, contrast_ratio

LOOKS = {"light": LIGHT, "dark": DARK, "high_contrast": HIGH_CONTRAST}
READ_AS_TEXT = (Role.TEXT, Role.MUTED, Role.ACCENT, Role.CALM, Role.ALERT, Role.HARM, Role.PRAISE)
GROUNDS = (Role.SURFACE, Role.RAISED, Role.SUNKEN)


def test_contrast_of_black_on_white_is_twenty_one_and_of_a_colour_on_itself_one() -> None:
    assert contrast_ratio("#000000", "#ffffff") == pytest.approx(21.0)
    assert contrast_ratio("#0b6168", "#0b6168") == pytest.approx(1.0)
    assert contrast_ratio("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)  # the well-known AA grey


@pytest.mark.parametrize("colours", LOOKS.values(), ids=LOOKS)
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("role", READ_AS_TEXT)
def test_words_stand_out_from_every_ground(colours: Colours, role: Role, ground: Role) -> None:
    assert contrast_ratio(colours.of(role), colours.of(ground)) >= 4.5


@pytest.mark.parametrize("colours", LOOKS.values(), ids=LOOKS)
@pytest.mark.parametrize("role", [Role.ACCENT, Role.CALM, Role.ALERT, Role.HARM, Role.PRAISE, Role.MUTED])
def test_words_of_a_tag_or_notice_stand_out_from_their_soft_ground(colours: Colours, role: Role) -> None:
    ground = colours.soft(role, 0.10)
    assert contrast_ratio(colours.of(role), ground) >= 4.5
    assert contrast_ratio(colours.text, ground) >= 4.5
    assert contrast_ratio(colours.muted, ground) >= 4.5


@pytest.mark.parametrize("colours", LOOKS.values(), ids=LOOKS)
def test_controls_and_the_main_button_stand_out(colours: Colours) -> None:
    assert contrast_ratio(colours.on_accent, colours.accent) >= 4.5
    for ground in GROUNDS:
        assert contrast_ratio(colours.outline, colours.of(ground)) >= 3.0
        assert contrast_ratio(colours.accent, colours.of(ground)) >= 3.0  # the focus ring


def test_high_contrast_is_seven_to_one_for_all_words() -> None:
    for role in READ_AS_TEXT:
        assert contrast_ratio(HIGH_CONTRAST.of(role), HIGH_CONTRAST.raised) >= 7.0


@pytest.mark.parametrize(("wanted", "colours"), [("light", LIGHT), ("dark", DARK), ("high_contrast", HIGH_CONTRAST)])
def test_the_theme_that_was_set_is_the_one_in_use(qapp: QApplication, wanted: str, colours: Colours) -> None:
    apply_theme(qapp, Settings(theme=wanted), ICONS)
    assert current_theme().colours == colours


def test_nothing_moves_where_motion_is_to_be_reduced(qapp: QApplication) -> None:
    assert apply_theme(qapp, Settings(reduced_motion=True), ICONS).motion_ms(150) == 0


def test_no_motion_takes_longer_than_a_fifth_of_a_second(qapp: QApplication) -> None:
    assert apply_theme(qapp, Settings(reduced_motion=False), ICONS).motion_ms(900) <= 200


def test_every_icon_is_one_open_set_with_its_licence() -> None:
    assert "ISC License" in (ICONS / "LICENSE").read_text(encoding="utf-8")
    for file in ICONS.glob("*.svg"):
        drawing = file.read_text(encoding="utf-8")
        assert "lucide" in drawing, file.name
        assert 'stroke-width="2"' in drawing, file.name
        assert "currentColor" in drawing, file.name


def test_only_icons_that_the_window_shows_are_kept() -> None:
    sources = (ICONS.parents[1] / "simulator" / "ui").rglob("*.py")
    text = "\n".join(source.read_text(encoding="utf-8") for source in sources)
    assert [icon.stem for icon in ICONS.glob("*.svg") if f'"{icon.stem}"' not in text] == []


def test_an_icon_is_drawn_in_the_colour_of_its_role(look: QApplication) -> None:
    image = current_theme().pixmap("check", Role.HARM, 40).toImage()
    drawn = {
        image.pixelColor(x, y).name() for x in range(40) for y in range(40) if image.pixelColor(x, y).alpha() == 255
    }
    assert drawn == {LIGHT.harm}
