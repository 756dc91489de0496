"""Where the call on the page is, and what the page says to do now."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QObject

from simulator.practice.messages import Floor
from simulator.practice.settings import CallSetup
from simulator.ui.rehearse.call_view import CallView


class Phase(StrEnum):
    """What the page waits for."""

    CONNECTING = "connecting"
    CUSTOMER = "customer"
    REPLY = "reply"
    WORKING = "working"
    FEEDBACK = "feedback"
    ENDED = "ended"


class CallProgress(QObject):
    """Keeps the prompt and the ways to reply in step with the phase. `setup` is None before the first call."""

    def __init__(self, view: CallView, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self._phase = Phase.ENDED
        self.setup: CallSetup | None = None
        self.demo = False

    @property
    def phase(self) -> Phase:
        return self._phase

    @property
    def replying(self) -> bool:
        """A reply is awaited, or may already come in."""
        return self._phase in (Phase.CUSTOMER, Phase.REPLY)

    def begin(self, setup: CallSetup, *, demo: bool) -> None:
        self.setup, self.demo = setup, demo
        self.enter(Phase.CONNECTING)

    def enter(self, phase: Phase) -> None:
        self._phase = phase
        self.refresh()

    def end(self) -> None:
        """What the page shows stays, until another page or another call takes its place."""
        self._phase = Phase.ENDED

    def refresh(self) -> None:
        talking = self._view.stage.floor.floor is Floor.TRAINEE
        self._view.replies.allow(replying=self.replying, talking=talking and self.replying)
        self._view.stage.prompt.setText(self._prompt(talking))

    def _prompt(self, talking: bool) -> str:
        if self._phase is Phase.CONNECTING:
            return self.tr("Connecting\u2026")
        if self._phase is Phase.WORKING:
            return self.tr("Listening back to what you said\u2026")
        if self._phase is Phase.CUSTOMER:
            return "" if talking else self.tr("Listen.")
        if self._phase is not Phase.REPLY or self.demo:
            return ""
        return self._view.replies.how_to_end() if talking else self._view.replies.how_to_begin()
