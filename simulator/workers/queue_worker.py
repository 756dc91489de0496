"""A thread that owns one library's objects, fed by a bounded queue."""

from __future__ import annotations

import queue
import threading
import time
from typing import Generic, TypeVar

Item = TypeVar("Item")


class QueueWorker(Generic[Item]):
    """Handles items one after the other on its own thread; `None` on its queue ends it.

    A subclass creates what it owns in `prepare`, works in `handle` and lets go in `let_go`, all on that thread.
    """

    def __init__(self, name: str, capacity: int) -> None:
        self._queue: queue.Queue[Item | None] = queue.Queue(capacity)
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._lost = 0

    @property
    def lost_items(self) -> int:
        """How many items found the queue full."""
        return self._lost

    @property
    def running(self) -> bool:
        return self._thread.is_alive()

    def start(self) -> None:
        self._thread.start()

    def offer(self, item: Item) -> bool:
        """Put without waiting; False, counted, where there was no room. For sound, which will not wait."""
        try:
            self._queue.put_nowait(item)
        except queue.Full:
            self._lost += 1
            return False
        return True

    def put(self, item: Item, deadline_s: float = 2.0) -> bool:
        """Put, waiting for room. For orders, which must not be lost; False where the worker has ended or hangs."""
        if not self._thread.is_alive():
            return False
        try:
            self._queue.put(item, timeout=deadline_s)
        except queue.Full:
            return False
        return True

    def drain(self, deadline_s: float) -> bool:
        """Wait until all that is queued has been handled; False where it was not in time."""
        with self._queue.all_tasks_done:
            return self._queue.all_tasks_done.wait_for(
                lambda: not self._queue.unfinished_tasks or not self._thread.is_alive(), deadline_s
            )

    def stop(self, deadline_s: float) -> bool:
        """Let it finish what is queued, then end it. False where it did not end in time."""
        if self._thread.ident is None:
            return True
        ends_at = time.monotonic() + deadline_s
        if self._thread.is_alive():
            try:
                self._queue.put(None, timeout=deadline_s)
            except queue.Full:
                return False
        self._thread.join(max(0.0, ends_at - time.monotonic()))
        return not self._thread.is_alive()

    def prepare(self) -> None:
        """Create what this worker owns."""

    def handle(self, item: Item) -> None:
        raise NotImplementedError

    def let_go(self) -> None:
        """Close what this worker owns. Called once, whatever happened."""

    def broke(self) -> None:
        """Called on the way out when `handle` raised: the one place to tell the call."""

    def _run(self) -> None:
        whole = False
        try:
            self.prepare()
            while (item := self._queue.get()) is not None:
                self.handle(item)
                self._queue.task_done()
            whole = True
        finally:
            try:
                self.let_go()
            finally:
                if not whole:
                    self.broke()
