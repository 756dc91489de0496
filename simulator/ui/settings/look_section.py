"""How the window looks and what it shows during a call."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from simulator.ui.shell_settings import SettingsInUse
from simulator.ui.widgets.card import Card, Line
from simulator.ui.widgets.choice import Chips
from simulator.ui.widgets.labels import Text
from simulator.ui.widgets.switch_row import SwitchRow


class LookSection(Card):
    def __init__(self, settings: SettingsInUse, parent: QWidget | None = None) -> None:
        super().__init__(parent, title=self.tr("Look"), icon="contrast")
        now = settings.now
        self.body.addWidget(Text(self.tr("Colours"), "body"))
        self.theme = Chips(
            self.tr("Colours"),
            [
                (self.tr("As the system"), "system"),
                (self.tr("Light"), "light"),
                (self.tr("Dark"), "dark"),
                (self.tr("High contrast"), "high_contrast"),
            ],
        )
        self.theme.choose(now.theme)
        self.theme.chosen.connect(lambda theme: settings.change(theme=theme))
        self.body.addWidget(self.theme)
        self.body.addWidget(Line())
        self.switches: dict[str, SwitchRow] = {}
        for field, title, help_text in (
            ("reduced_motion", self.tr("Less motion"), self.tr("Nothing slides or glides.")),
            ("captions", self.tr("Captions"), self.tr("Show what the customer says, word by word.")),
            ("meters", self.tr("Meters"), self.tr("Show your level and pace while you speak.")),
        ):
            row = SwitchRow(title, help_text)
            row.set_on(bool(getattr(now, field)))
            row.switched.connect(lambda on, name=field: settings.change(**{name: on}))
            self.switches[field] = row
            self.body.addWidget(row)
