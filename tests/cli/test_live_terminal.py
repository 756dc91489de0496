"""A call over a headset, driven from the terminal: what the call tells is printed, what is typed is passed on."""

from __future__ import annotations

import io
import json
import queue
import threading
from collections.abc import Callable

import pytest

from simulator.cli.main import run
from simulator.domain.scenario import Outcome
from simulator.domain.utterance import Utterance, WordSource
from simulator.ports import AudioDevice
from simulator.practice.messages import (
    CallConnected,
    CallEnded,
    LineFinished,
    LineStarted,
    Listener,
    NothingHeard,
    Noticed,
    Paused,
    ReplyEnded,
    Resumed,
    TurnAppraised,
)
from simulator.practice.rehearsal import Rehearsal
from simulator.practice.settings import CallSetup, Settings
from simulator.practice.turn_result import Reply
from tests.cli.terminal_services import terminal_services

HEADSET = AudioDevice("Headset", "test", 1, 2, is_default_input=True)
KIND = "Ms Novak, I can hear how upsetting this is."


class ScriptedCall:
    """Stands for `practice.messages.CallControl`: a real rehearsal, driven by typed replies on a thread of its own."""

    by_itself = False

    def __init__(self, rehearsal: Rehearsal, listener: Listener) -> None:
        self._rehearsal = rehearsal
        self._tell = listener
        self._orders: queue.SimpleQueue[Callable[[], bool]] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run)
        self.closed = False

    def start(self) -> None:
        self._thread.start()

    def _run(self) -> None:
        scenario = self._rehearsal.setup.scenario
        line = self._rehearsal.begin()
        self._tell(CallConnected(scenario, self._rehearsal.temper, "scripted", "scripted replies"))
        self._tell(LineStarted(line, 1, (), spoken=False))
        self._tell(LineFinished(1))
        self._tell(NothingHeard(1, "silence"))
        if self.by_itself:
            self._talk()
            return
        self._tell(Noticed("The room is loud."))
        self._tell(Paused("The headset was unplugged."))
        while self._orders.get()():
            pass

    def _talk(self) -> None:
        """Two replies by voice; the front end lets the call go on after each."""
        for _ in range(2):
            self._answer(KIND)
            self._orders.get(timeout=20)()
        self._end()

    def resume(self) -> None:
        self._orders.put(lambda: self._told(Resumed()))

    def type_reply(self, text: str) -> None:
        self._orders.put(lambda: self._answer(text))

    def redo_turn(self) -> None:
        self._orders.put(lambda: self._told(LineStarted(self._rehearsal.redo_turn(), 1, (), spoken=False)))

    def next_turn(self) -> None:
        self._orders.put(self._next)

    def end(self) -> None:
        self._orders.put(self._end)

    def close(self) -> None:
        self.closed = True
        self._thread.join(10)

    def _told(self, message: Resumed | LineStarted) -> bool:
        self._tell(message)
        return True

    def _answer(self, text: str) -> bool:
        self._tell(ReplyEnded(1))
        said = Utterance((), "none", WordSource.TYPED, verbatim=text)
        self._tell(TurnAppraised(self._rehearsal.take_reply(Reply(None, said, None, None))))
        return True

    def _next(self) -> bool:
        line = self._rehearsal.next_line()
        assert line is not None
        return self._told(LineStarted(line, 2, (), spoken=False))

    def _end(self) -> bool:
        self._tell(CallEnded(self._rehearsal.end(Outcome.ABANDONED, 30.0)))
        return False


class Typist(io.StringIO):
    """Standard input that is typed by a person who reads: each line waits until its cue was shown so often."""

    def __init__(self, script: list[tuple[str, int, str]], screen: Callable[[], str]) -> None:
        super().__init__()
        self._script = iter(script)
        self._screen = screen

    def isatty(self) -> bool:
        return True

    def __iter__(self) -> Typist:
        return self

    def __next__(self) -> str:
        cue, times, line = next(self._script)
        for _ in range(1000):
            if self._screen().count(cue) >= times:
                return f"{line}\n"
            threading.Event().wait(0.01)
        raise AssertionError(f"'{cue}' was never shown")


def rehearse(
    script: list[tuple[str, int, str]] | None, monkeypatch: pytest.MonkeyPatch, *options: str
) -> tuple[int, str, ScriptedCall]:
    """`script` None: no keyboard, input from nothing."""
    shown: list[str] = []
    as_json = "--json" in options
    monkeypatch.setattr("click.echo", lambda text="", err=False: shown.append("" if as_json and err else f"{text}\n"))
    keys = io.StringIO() if script is None else Typist(script, lambda: "".join(shown))
    monkeypatch.setattr("sys.stdin", keys)
    calls: list[ScriptedCall] = []

    def live_call(setup: CallSetup, settings: Settings, listener: Listener) -> ScriptedCall:
        calls.append(ScriptedCall(services.rehearsal(setup), listener))
        return calls[0]

    services = terminal_services([], devices=[HEADSET], live_call=live_call)
    code = run(["rehearse", "en-late-delivery", *options], lambda: services, lambda demo: 99)
    return code, "".join(shown), calls[0]


def test_a_call_with_a_microphone_is_led_from_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    script = [
        ("[Enter] goes on", 1, ""),
        ("Resumed", 1, KIND),
        ("[Enter] next", 1, "what?"),
        ("[Enter] next", 2, "r"),
        ("“Finally", 2, KIND),
        ("[Enter] next", 3, ""),
        ("Ms Novak  [", 3, "q"),
    ]
    code, shown, call = rehearse(script, monkeypatch)
    assert code == 0
    assert call.closed
    assert "Connected. Recognition: scripted replies." in shown
    assert "I could not hear you." in shown
    assert "The room is loud." in shown
    assert "Paused. The headset was unplugged." in shown
    assert f"You: {KIND}" in shown
    assert shown.count("She felt heard.") == 2
    assert "The call is over: not finished" in shown


def test_the_end_of_the_input_hangs_up(monkeypatch: pytest.MonkeyPatch) -> None:
    code, shown, call = rehearse([], monkeypatch)
    assert code == 0
    assert call.closed
    assert "The call is over" in shown


def test_without_a_keyboard_the_call_goes_on_by_itself_and_tells_json_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ScriptedCall, "by_itself", True)
    code, shown, call = rehearse(None, monkeypatch, "--json")
    assert code == 0
    assert call.closed
    events = [json.loads(line) for line in shown.splitlines() if line]
    assert [event["event"] for event in events] == ["started", "nothing_heard", "turn", "turn", "ended"]
    assert events[2]["temper_after"] < events[2]["customer"]["temper"]
