"""The beats of a scenario file: lines, conditions, reactions."""

from __future__ import annotations

from collections.abc import Callable

from simulator.adapters.yaml_mistakes import Mistakes
from simulator.domain.located import Located
from simulator.domain.scenario import Beat, Condition, Line, Outcome, Reaction


class BeatReader:
    """Reads beats one by one; what is wrong in them goes to `mistakes`."""

    def __init__(self, mistakes: Mistakes) -> None:
        self._mistakes = mistakes

    def beats(self, place: Located) -> tuple[Beat, ...]:
        return tuple(
            beat
            for beat_id, child in place.mapping().items()
            if (beat := self._mistakes.attempt(child, self._beat_of(beat_id)))
        )

    def _beat_of(self, beat_id: str) -> Callable[[Located], Beat]:
        def read(place: Located) -> Beat:
            keys = self._mistakes.keys(place, ("lines",), ("expects", "reactions", "fallback", "farewell"))
            farewell = (
                self._mistakes.attempt(keys["farewell"], lambda it: it.one_of(Outcome)) if "farewell" in keys else None
            )
            reactions: tuple[Reaction, ...] = ()
            if farewell is not None:
                for name in ("reactions", "fallback"):
                    if name in keys:
                        self._mistakes.note(keys[name], "a farewell ends the call, so nothing can follow it")
                reactions = (Reaction(Condition(), end=farewell),)
            elif "reactions" in keys:
                reactions = self._mistakes.attempt(keys["reactions"], self._reactions) or ()
            if "farewell" not in keys and "fallback" not in keys:
                self._mistakes.note(place, "the key 'fallback' is missing: where the call goes when no reaction holds")
            return Beat(
                id=beat_id,
                lines=(self._mistakes.attempt(keys["lines"], self._lines) or ()) if "lines" in keys else (),
                reactions=reactions,
                fallback=self._mistakes.attempt(keys["fallback"], Located.text) if "fallback" in keys else None,
                expects=(self._mistakes.attempt(keys["expects"], self._mistakes.techniques) or ())
                if "expects" in keys
                else (),
                farewell="farewell" in keys,
            )

        return read

    def _lines(self, place: Located) -> tuple[Line, ...]:
        lines = tuple(line for item in place if (line := self._mistakes.attempt(item, self._line)))
        if not place.items():
            raise place.mistake("has no line to say")
        if lines and lines[-1].when != Condition():
            self._mistakes.note(
                place.items()[-1], "the last line must have no 'when', so that there is always one to say"
            )
        for item, line in zip(place.items()[:-1], lines[:-1], strict=False):
            if line.when == Condition():
                self._mistakes.note(item, "has no 'when', so the lines after it are never said")
        return lines

    def _line(self, place: Located) -> Line:
        keys = self._mistakes.keys(place, ("say",), ("when",))
        when = self._mistakes.attempt(keys["when"], self._condition) if "when" in keys else None
        text = self._mistakes.attempt(keys["say"], Located.text) if "say" in keys else None
        return Line(" ".join((text or "").split()), when or Condition())

    def _reactions(self, place: Located) -> tuple[Reaction, ...]:
        return tuple(reaction for item in place if (reaction := self._mistakes.attempt(item, self._reaction)))

    def _reaction(self, place: Located) -> Reaction:
        keys = self._mistakes.keys(place, ("when",), ("goto", "end"))
        if ("goto" in keys) == ("end" in keys):
            self._mistakes.note(place, "needs either 'goto' (a beat) or 'end' (how the call ends)")
        return Reaction(
            when=(self._mistakes.attempt(keys["when"], self._condition) if "when" in keys else None) or Condition(),
            goto=self._mistakes.attempt(keys["goto"], Located.text) if "goto" in keys else None,
            end=self._mistakes.attempt(keys["end"], lambda it: it.one_of(Outcome)) if "end" in keys else None,
        )

    def _condition(self, place: Located) -> Condition:
        lists = ("did", "did_any", "did_not", "ever_did", "never_did")
        keys = self._mistakes.keys(place, (), (*lists, "temper_at_least", "temper_at_most", "again"))
        if not keys:
            raise place.mistake("is empty; leave it out where the line or reaction always holds")

        def techniques(name: str) -> tuple[str, ...]:
            return self._mistakes.attempt(keys[name], self._mistakes.techniques) or () if name in keys else ()

        def temper(name: str) -> float | None:
            return self._mistakes.attempt(keys[name], lambda it: it.number(0, 10)) if name in keys else None

        return Condition(
            did=techniques("did"),
            did_any=techniques("did_any"),
            did_not=techniques("did_not"),
            ever_did=techniques("ever_did"),
            never_did=techniques("never_did"),
            temper_at_least=temper("temper_at_least"),
            temper_at_most=temper("temper_at_most"),
            again=bool(self._mistakes.attempt(keys["again"], Located.flag)) if "again" in keys else False,
        )
