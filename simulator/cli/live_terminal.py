"""A call over the headset, driven from the terminal: messages as plain text, Enter for next, or a typed reply."""

from __future__ import annotations

import queue
import sys
import threading

import click

from simulator.cli.call_text import show_ended, show_line, show_turn
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

HELP = "Speak, or type a reply. After the feedback: Enter goes on, r redoes the turn. q hangs up."

AFTER_FEEDBACK = "[Enter] next, r redo, q hang up"


class LiveTerminal:
    """Prints what the call tells and passes on what is typed, until the call has ended."""

    def __init__(self, services: Services, setup: CallSetup) -> None:
        self._setup = setup
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
                self._control.end()
            case str():
                self._typed(news)
            case CallEnded(summary):
                click.echo(show_ended(summary, self._setup.scenario))
                return False
            case _:
                self._show(news)
        return True

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
            case LineStarted(line):
                self._after_feedback = False
                click.echo(show_line(self._setup.scenario, line))
            case LineFinished():
                click.echo("  (Your turn.)", err=True)
            case ReplyEnded():
                click.echo("  ...", err=True)
            case TurnAppraised(result):
                self._after_feedback = True
                said = result.reply.utterance.text if result.reply.utterance is not None else ""
                click.echo(f"  You: {said or '(words were not recognised)'}")
                click.echo(show_turn(result, exam=self._setup.exam))
                click.echo(f"  {AFTER_FEEDBACK}", err=True)
            case NothingHeard(reason=reason):
                click.echo("  I could not hear you." if reason == "silence" else "  I could not make that out.")
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
