"""One scenario file read into a scenario, with every mistake named by file, line and key."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from simulator.adapters.yaml_beats import BeatReader
from simulator.adapters.yaml_mistakes import Mistakes, no_such_technique
from simulator.domain.located import Located
from simulator.domain.scenario import (
    Beat,
    BetterWording,
    Briefing,
    Customer,
    CustomerType,
    Difficulty,
    Gender,
    Outcome,
    Scenario,
)
from simulator.domain.scenario_mistakes import Beats, beat_mistakes
from simulator.domain.technique import CATALOGUE, Channel, Polarity

REQUIRED = (
    "id",
    "language",
    "title",
    "complaint",
    "type",
    "difficulty",
    "minutes",
    "agent_name",
    "start_temper",
    "start",
    "fault_is_ours",
    "demand",
    "customer",
    "briefing",
    "fact_words",
    "trains",
    "good_ends",
    "beats",
    "better_wordings",
)
OPTIONAL = ("incompetence_beats", "threat_beats", "max_turns", "poor_wordings")
LANGUAGES = ("en", "pl", "uk", "hu")


class ScenarioReader:
    """Reads on after a mistake, so that one look shows them all."""

    def __init__(self, document: Located, voices: Collection[str] | None) -> None:
        self._document = document
        self._voices = voices
        self._mistakes = Mistakes()

    def scenario(self) -> Scenario:
        keys = self._mistakes.keys(self._document, REQUIRED, OPTIONAL)
        read: dict[str, object] = {}
        for name, reader in self._readers().items():
            if name in keys:
                place = keys[name]
                read[name] = self._mistakes.attempt(place, reader)
        if "beats" in keys:
            self._cross_check(keys, read)
        self._mistakes.raise_any()
        return Scenario(**read)  # type: ignore[arg-type]  # every key was read by its own reader above

    def _readers(self) -> dict[str, Callable[[Located], object]]:
        return {
            "id": Located.text,
            "language": self._language,
            "title": Located.text,
            "complaint": Located.text,
            "type": lambda place: place.one_of(CustomerType),
            "difficulty": lambda place: place.one_of(Difficulty),
            "minutes": lambda place: int(place.number(1, 60)),
            "agent_name": Located.text,
            "start_temper": lambda place: place.number(0, 10),
            "start": Located.text,
            "fault_is_ours": Located.flag,
            "demand": Located.text,
            "customer": self._customer,
            "briefing": self._briefing,
            "fact_words": Located.texts,
            "trains": self._mistakes.techniques,
            "good_ends": self._outcomes,
            "beats": BeatReader(self._mistakes).beats,
            "better_wordings": self._wordings_of(Polarity.HELPS),
            "poor_wordings": self._wordings_of(Polarity.HARMS),
            "incompetence_beats": Located.texts,
            "threat_beats": Located.texts,
            "max_turns": lambda place: int(place.number(1, 40)),
        }

    def _language(self, place: Located) -> str:
        if place.text() not in LANGUAGES:
            self._mistakes.note(place, f"should be one of {', '.join(LANGUAGES)}, not '{place.value}'")
        return place.text()

    def _customer(self, place: Located) -> Customer | None:
        keys = self._mistakes.keys(place, ("title", "first_name", "last_name", "gender", "name_forms", "voice"))
        texts = {
            name: self._mistakes.attempt(keys[name], Located.text)
            for name in keys
            if name not in ("gender", "name_forms")
        }
        gender = self._mistakes.attempt(keys["gender"], lambda it: it.one_of(Gender)) if "gender" in keys else None
        forms = self._mistakes.attempt(keys["name_forms"], self._name_forms) if "name_forms" in keys else None
        voice = texts.get("voice")
        if voice and self._voices is not None and voice not in self._voices:
            self._mistakes.note(
                keys["voice"], f"there is no voice '{voice}'; there are {', '.join(sorted(self._voices))}"
            )
        if gender is None or forms is None or len(texts) < 4 or None in texts.values():
            return None
        return Customer(gender=gender, name_forms=forms, **texts)  # type: ignore[arg-type]  # all four are texts

    def _name_forms(self, place: Located) -> tuple[str, ...]:
        forms = place.texts()
        if not forms:
            raise place.mistake("has no name forms; write the ways to address this customer, such as 'Ms Novak'")
        return forms

    def _briefing(self, place: Located) -> Briefing | None:
        keys = self._mistakes.keys(place, ("what_happened", "facts", "may_offer", "limits"))
        what = self._mistakes.attempt(keys["what_happened"], Located.text) if "what_happened" in keys else None
        lists = {
            name: self._mistakes.attempt(keys[name], Located.texts)
            for name in ("facts", "may_offer", "limits")
            if name in keys
        }
        if what is None or len(lists) < 3 or None in lists.values():
            return None
        return Briefing(what, **lists)  # type: ignore[arg-type]  # none of them is None

    def _outcomes(self, place: Located) -> tuple[Outcome, ...]:
        ends = tuple(end for item in place if (end := self._mistakes.attempt(item, lambda it: it.one_of(Outcome))))
        if not place.items():
            raise place.mistake("names no good end; 'settled' is the usual one")
        return ends

    def _wordings_of(self, polarity: Polarity) -> Callable[[Located], tuple[BetterWording, ...]]:
        def read(place: Located) -> tuple[BetterWording, ...]:
            found: list[BetterWording] = []
            for technique, child in place.mapping().items():
                known = CATALOGUE.get(technique)
                if known is None:
                    self._mistakes.note(child, no_such_technique(technique))
                elif known.polarity is not polarity:
                    kind = "helps" if polarity is Polarity.HELPS else "harms"
                    self._mistakes.note(child, f"'{technique}' is not a technique that {kind}")
                texts = (
                    self._mistakes.attempt(
                        child, lambda it: it.texts() if isinstance(it.value, tuple) else (it.text(),)
                    )
                    or ()
                )
                found.extend(BetterWording(technique, " ".join(text.split())) for text in texts)
            return tuple(found)

        return read

    def _cross_check(self, keys: dict[str, Located], read: dict[str, object]) -> None:
        """What concerns several places at once: the ways between the beats, and the better wordings."""
        beats, places = read.get("beats"), keys["beats"]
        if not isinstance(beats, tuple) or not isinstance(places.value, dict):
            return
        start, good_ends = read.get("start"), read.get("good_ends")
        ways = Beats(
            beats, start if isinstance(start, str) else None, good_ends if isinstance(good_ends, tuple) else ()
        )
        for mistake in beat_mistakes(ways):
            place = keys["start"] if mistake.beat is None and "start" in keys else places
            if mistake.beat is not None:
                place = self._nearest(places.value[mistake.beat], mistake.key)
            self._mistakes.note(place, mistake.what)
        self._named_beats(keys, read, {beat.id for beat in beats})
        wordings = read.get("better_wordings")
        if isinstance(wordings, tuple):
            self._wordings(beats, {wording.technique for wording in wordings}, places)

    def _nearest(self, place: Located, keys: tuple[str | int, ...]) -> Located:
        for key in keys:
            inside = place.value
            if isinstance(inside, dict) and isinstance(key, str) and key in inside:
                place = inside[key]
            if isinstance(inside, tuple) and isinstance(key, int) and key < len(inside):
                place = inside[key]
        return place

    def _named_beats(self, keys: dict[str, Located], read: dict[str, object], known: set[str]) -> None:
        for name in ("incompetence_beats", "threat_beats"):
            for item in keys[name].items() if name in keys and read.get(name) is not None else ():
                if item.value not in known:
                    self._mistakes.note(item, f"there is no beat '{item.value}'")

    def _wordings(self, beats: Sequence[Beat], worded: set[str], places: Located) -> None:
        assert isinstance(places.value, dict)
        for beat in beats:
            for technique in beat.expects:
                known = CATALOGUE.get(technique)
                if known is not None and known.channel is Channel.WORDS and technique not in worded:
                    place = self._nearest(places.value[beat.id], ("expects",))
                    self._mistakes.note(place, f"expects '{technique}', but better_wordings has no sentence for it")
