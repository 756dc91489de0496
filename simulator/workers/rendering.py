"""Rendering the customer's lines on a thread of its own: the wanted line first, then the likely next ones."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence

from simulator.domain.errors import SimulatorError
from simulator.ports import Clip, Voice
from simulator.practice.turn_result import LineToSpeak
from simulator.workers.events import CallEvent, LineRendered, WorkerBroke

# A tirade of 18 s takes 1.6 MB.
CLIPS_KEPT = 8
LINES_AHEAD = 5


class LineRenderer:
    """Keeps the clips of the last lines, so that a line rendered ahead starts at once when it is wanted.

    The voice is asked by this thread alone. A failure is remembered only for the line that was wanted.
    """

    def __init__(self, voice: Voice, voice_id: str, tell: Callable[[CallEvent], None]) -> None:
        self._voice = voice
        self._voice_id = voice_id
        self._tell = tell
        self._clips: OrderedDict[tuple[str, float], Clip] = OrderedDict()
        self._wanted: LineToSpeak | None = None
        self._ahead: list[LineToSpeak] = []
        self._ended = False
        self._change = threading.Condition()
        self._thread = threading.Thread(target=self._run, name="rendering", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def want(self, line: LineToSpeak) -> None:
        """Render this line now; `LineRendered` follows, unless another line is wanted before it is done."""
        with self._change:
            self._wanted = line
            self._change.notify()

    def prepare(self, lines: Sequence[LineToSpeak]) -> None:
        """Render these while nothing is wanted; replaces what was to be prepared before."""
        with self._change:
            self._ahead = list(lines[:LINES_AHEAD])
            self._change.notify()

    def stop(self, deadline_s: float) -> bool:
        with self._change:
            self._ended = True
            self._change.notify()
        if self._thread.ident is not None:
            self._thread.join(deadline_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        whole = False
        try:
            while (job := self._next_job()) is not None:
                line, wanted = job
                self._render(line, wanted)
            whole = True
        finally:
            if not whole:
                self._tell(WorkerBroke("rendering"))

    def _next_job(self) -> tuple[LineToSpeak, bool] | None:
        with self._change:
            while True:
                if self._ended:
                    return None
                if self._wanted is not None:
                    line, self._wanted = self._wanted, None
                    return line, True
                while self._ahead:
                    line = self._ahead.pop(0)
                    if self._key(line) not in self._clips:
                        return line, False
                self._change.wait()

    def _render(self, line: LineToSpeak, wanted: bool) -> None:
        clip = self._clips.get(self._key(line))
        trouble = ""
        if clip is not None:
            self._clips.move_to_end(self._key(line))
        else:
            try:
                clip = self._voice.render(self._voice_id, line.text, line.temper)
            except SimulatorError as error:
                trouble = str(error)
            else:
                self._keep(line, clip)
        if wanted:
            self._tell(LineRendered(line, clip, trouble))

    def _keep(self, line: LineToSpeak, clip: Clip) -> None:
        self._clips[self._key(line)] = clip
        while len(self._clips) > CLIPS_KEPT:
            self._clips.popitem(last=False)

    @staticmethod
    def _key(line: LineToSpeak) -> tuple[str, float]:
        """Tempers that sound the same share a clip: a fifth of a step is not heard."""
        return line.text, round(line.temper * 5) / 5
