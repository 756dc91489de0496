"""A call over the headset, driven from the terminal: messages as plain text or JSON lines, Enter for next, or a typed
reply. With no keyboard (input from a file or nothing) the call goes on by itself after each feedback."""

from __future__ import annotations

import json
import queue
import sys
import threading
from typing import Any

import click

from simulator.cli.call_text import show_ended, show_line, show_not_heard, show_turn
from simulator.practice.call_json import ended_json, not_heard_json, started_json, turn_json
from simulator.practice.file_call import NotHeard
from simulator.practice.messages import (
    CallConnected,
    CallEnded,
    LineFinished,
    LineStarted,
    Message,
    NothingHeard,
    Noticed,
    Paused,
    ReplyEnded,
    Resumed,
    TurnAppraised,
)
from simulator.practice.services import Services
from simulator.practice.settings import CallSetup
from simulator.practice.turn_result import TurnResult

HELP = "Speak, or type a reply. After the feedback: Enter goes on, r redoes the turn. q hangs up."

AFTER_FEEDBACK = "[Enter] next, r redo, q hang up"


class LiveTerminal:
    """Prints what the call tells and passes on what is typed, until the call has ended."""

    def __init__(self, services: Services, setup: CallSetup, *, as_json: bool = False) -> None:
        self._setup = setup
        self._json = as_json
        self._hands_off = False
        self._messages: queue.SimpleQueue[Message | str | None] = queue.SimpleQueue()
        self._control = services.live_call(setup, services.settings.load(), self._messages.put)
        self._after_feedback = False
        self._paused = False

    def run(self) -> None:
        click.echo(HELP, err=True)
        threading.Thread(target=self._read_keys, name="keys", daemon=True).start()
        self._control.start()
        try:
            while self._take(self._messages.get()):
                pass
        finally:
            self._control.close()

    def _read_keys(self) -> None:
        for line in sys.stdin:
            self._messages.put(line.strip())
        self._messages.put(None)

    def _take(self, news: Message | str | None) -> bool:
        """False once the call is over."""
        match news:
            case None:
                self._no_more_keys()
            case str():
                self._typed(news)
            case CallEnded(summary):
                self._print(ended_json(summary))
                self._say(show_ended(summary, self._setup.scenario))
                return False
            case _:
                self._show(news)
        return True

    def _no_more_keys(self) -> None:
        if sys.stdin.isatty():
            self._control.end()
            return
        self._hands_off = True
        if self._after_feedback:
            self._control.next_turn()

    def _print(self, event: dict[str, Any]) -> None:
        if self._json:
            click.echo(json.dumps(event, ensure_ascii=False))

    def _say(self, text: str) -> None:
        click.echo(text, err=self._json)

    def _typed(self, text: str) -> None:
        if text == "q":
            self._control.end()
        elif self._paused:
            self._control.resume()
        elif not self._after_feedback:
            self._control.type_reply(text) if text else self._control.finish_reply()
        elif text == "r":
            self._control.redo_turn()
        elif text:
            click.echo(f"  {AFTER_FEEDBACK}", err=True)
        else:
            self._control.next_turn()

    def _show(self, news: Message) -> None:
        match news:
            case CallConnected():
                click.echo(f"Connected. Recognition: {news.recogniser_label}.", err=True)
                self._print(started_json(self._setup, news.session_id, news.recogniser))
            case LineStarted(line):
                self._after_feedback = False
                self._say(show_line(self._setup.scenario, line))
            case LineFinished():
                click.echo("  (Your turn.)", err=True)
            case ReplyEnded():
                click.echo("  ...", err=True)
            case TurnAppraised(result):
                self._appraised(result)
            case NothingHeard(turn, reason):
                self._print(not_heard_json(NotHeard(turn, reason)))
                self._say(show_not_heard(NotHeard(turn, reason)))
            case Paused(trouble):
                self._paused = True
                click.echo(f"  Paused. {trouble or ''} [Enter] goes on.", err=True)
            case Resumed():
                self._paused = False
                click.echo("  Resumed.", err=True)
            case Noticed(text):
                click.echo(f"  {text}", err=True)
            case _:
                pass

    def _appraised(self, result: TurnResult) -> None:
        self._after_feedback = True
        said = result.reply.utterance.text if result.reply.utterance is not None else ""
        self._print(turn_json(result, self._setup.scenario.language))
        self._say(f"  You: {said or '(words were not recognised)'}")
        self._say(show_turn(result, exam=self._setup.exam))
        if self._hands_off:
            self._control.next_turn()
        else:
            click.echo(f"  {AFTER_FEEDBACK}", err=True)
