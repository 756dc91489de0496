"""Scenario files: a folder of YAML read as validated scenarios, every mistake named by file, line and key."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import TypeVar

from simulator.adapters.yaml_files import load_yaml
from simulator.domain.errors import BadInputError
from simulator.domain.located import Located
from simulator.domain.scenario import (
    Beat,
    BetterWording,
    Briefing,
    Condition,
    Customer,
    CustomerType,
    Difficulty,
    Gender,
    Line,
    Outcome,
    Reaction,
    Scenario,
)
from simulator.domain.scenario_mistakes import Beats, beat_mistakes
from simulator.domain.technique import CATALOGUE, Polarity

Part = TypeVar("Part")
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


@dataclass(frozen=True, slots=True)
class YamlScenarios:
    """The scenarios of a folder, one language a sub-folder. `voices` are the ids a customer's voice may have;
    None where that is not checked."""

    folder: Path
    voices: frozenset[str] | None = None

    def scenarios(self) -> Sequence[Scenario]:
        """All of them, by language and id. Raises BadInputError for the first file with mistakes."""
        found = [load_scenario(path, self.voices) for path in sorted(self.folder.glob("*/*.yaml"))]
        return sorted(found, key=lambda scenario: (scenario.language, scenario.id))

    def find(self, id_or_path: str) -> Scenario:
        """By id or by path of a file. Raises BadInputError naming file, line and key, or the nearest id."""
        path = Path(id_or_path)
        if path.suffix in (".yaml", ".yml") or path.is_file():
            return load_scenario(path, self.voices)
        files = {file.stem: file for file in self.folder.glob("*/*.yaml")}
        if id_or_path in files:
            return load_scenario(files[id_or_path], self.voices)
        near = get_close_matches(id_or_path, files, n=1, cutoff=0.3)
        remedy = f"Did you mean '{near[0]}'?" if near else "'unruffled scenarios list' shows what there is."
        raise BadInputError(f"There is no scenario '{id_or_path}'.", remedy)


def load_scenario(path: Path, voices: Collection[str] | None = None) -> Scenario:
    """One scenario file. Raises BadInputError with every mistake of the file, one a line."""
    return _Reader(load_yaml(path), voices).scenario()


class _Reader:
    """Reads on after a mistake, so that one look shows them all."""

    def __init__(self, document: Located, voices: Collection[str] | None) -> None:
        self._document = document
        self._voices = voices
        self._mistakes: list[tuple[int, str]] = []

    def scenario(self) -> Scenario:
        keys = self._keys(self._document, REQUIRED, OPTIONAL)
        read: dict[str, object] = {}
        for name, reader in self._readers().items():
            if name in keys:
                place = keys[name]
                read[name] = self._try(place, reader)
        if "beats" in keys:
            self._cross_check(keys, read)
        if self._mistakes:
            raise BadInputError("\n".join(text for _, text in sorted(set(self._mistakes))))
        return Scenario(**read)  # type: ignore[arg-type]  # every key was read by its own reader above

    def _readers(self) -> dict[str, Callable[[Located], object]]:
        return {
            "id": self._id,
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
            "trains": self._techniques,
            "good_ends": self._outcomes,
            "beats": self._beats,
            "better_wordings": self._wordings_of(Polarity.HELPS),
            "poor_wordings": self._wordings_of(Polarity.HARMS),
            "incompetence_beats": Located.texts,
            "threat_beats": Located.texts,
            "max_turns": lambda place: int(place.number(1, 40)),
        }

    # --- collecting --------------------------------------------------------------------------------------------

    def _try(self, place: Located, reader: Callable[[Located], Part]) -> Part | None:
        try:
            return reader(place)
        except BadInputError as mistake:
            self._mistakes.append((place.line, mistake.problem))
            return None

    def _wrong(self, place: Located, what: str) -> None:
        self._mistakes.append((place.line, place.mistake(what).problem))

    def _keys(self, place: Located, required: tuple[str, ...], optional: tuple[str, ...] = ()) -> dict[str, Located]:
        """The mapping's keys; unknown and missing ones are noted, the rest is read on."""
        keys = place.mapping()
        known = (*required, *optional)
        for name, child in keys.items():
            if name not in known:
                near = get_close_matches(name, known, n=1)
                hint = f"did you mean '{near[0]}'?" if near else f"known here: {', '.join(known)}"
                self._wrong(child, f"is not a known key; {hint}")
        for name in required:
            if name not in keys:
                self._wrong(place, f"the key '{name}' is missing")
        return {name: child for name, child in keys.items() if name in known}

    # --- parts -------------------------------------------------------------------------------------------------

    def _id(self, place: Located) -> str:
        name = place.text()
        if name != Path(place.file).stem:
            self._wrong(place, f"should be the file's name without .yaml, '{Path(place.file).stem}', not '{name}'")
        return name

    def _language(self, place: Located) -> str:
        if place.text() not in LANGUAGES:
            self._wrong(place, f"should be one of {', '.join(LANGUAGES)}, not '{place.value}'")
        return place.text()

    def _customer(self, place: Located) -> Customer | None:
        keys = self._keys(place, ("title", "first_name", "last_name", "gender", "name_forms", "voice"))
        texts = {name: self._try(keys[name], Located.text) for name in keys if name not in ("gender", "name_forms")}
        gender = self._try(keys["gender"], lambda it: it.one_of(Gender)) if "gender" in keys else None
        forms = self._try(keys["name_forms"], self._name_forms) if "name_forms" in keys else None
        voice = texts.get("voice")
        if voice and self._voices is not None and voice not in self._voices:
            self._wrong(keys["voice"], f"there is no voice '{voice}'; there are {', '.join(sorted(self._voices))}")
        if gender is None or forms is None or len(texts) < 4 or None in texts.values():
            return None
        return Customer(gender=gender, name_forms=forms, **texts)  # type: ignore[arg-type]  # all four are texts

    def _name_forms(self, place: Located) -> tuple[str, ...]:
        forms = place.texts()
        if not forms:
            raise place.mistake("has no name forms; write the ways to address this customer, such as 'Ms Novak'")
        return forms

    def _briefing(self, place: Located) -> Briefing | None:
        keys = self._keys(place, ("what_happened", "facts", "may_offer", "limits"))
        what = self._try(keys["what_happened"], Located.text) if "what_happened" in keys else None
        lists = {
            name: self._try(keys[name], Located.texts) for name in ("facts", "may_offer", "limits") if name in keys
        }
        if what is None or len(lists) < 3 or None in lists.values():
            return None
        return Briefing(what, **lists)  # type: ignore[arg-type]  # none of them is None

    def _technique(self, place: Located) -> str:
        technique = place.text()
        if technique not in CATALOGUE:
            self._wrong(place, _no_technique(technique))
        return technique

    def _techniques(self, place: Located) -> tuple[str, ...]:
        return tuple(technique for item in place if (technique := self._try(item, self._technique)))

    def _outcomes(self, place: Located) -> tuple[Outcome, ...]:
        ends = tuple(end for item in place if (end := self._try(item, lambda it: it.one_of(Outcome))))
        if not place.items():
            raise place.mistake("names no good end; 'settled' is the usual one")
        return ends

    def _wordings_of(self, polarity: Polarity) -> Callable[[Located], tuple[BetterWording, ...]]:
        def read(place: Located) -> tuple[BetterWording, ...]:
            found: list[BetterWording] = []
            for technique, child in place.mapping().items():
                known = CATALOGUE.get(technique)
                if known is None:
                    self._wrong(child, _no_technique(technique))
                elif known.polarity is not polarity:
                    kind = "helps" if polarity is Polarity.HELPS else "harms"
                    self._wrong(child, f"'{technique}' is not a technique that {kind}")
                texts = self._try(child, lambda it: it.texts() if isinstance(it.value, tuple) else (it.text(),)) or ()
                found.extend(BetterWording(technique, " ".join(text.split())) for text in texts)
            return tuple(found)

        return read

    # --- beats -------------------------------------------------------------------------------------------------

    def _beats(self, place: Located) -> tuple[Beat, ...]:
        return tuple(
            beat for beat_id, child in place.mapping().items() if (beat := self._try(child, self._beat_of(beat_id)))
        )

    def _beat_of(self, beat_id: str) -> Callable[[Located], Beat]:
        def read(place: Located) -> Beat:
            keys = self._keys(place, ("lines",), ("expects", "reactions", "fallback", "farewell"))
            farewell = self._try(keys["farewell"], lambda it: it.one_of(Outcome)) if "farewell" in keys else None
            reactions: tuple[Reaction, ...] = ()
            if farewell is not None:
                for name in ("reactions", "fallback"):
                    if name in keys:
                        self._wrong(keys[name], "a farewell ends the call, so nothing can follow it")
                reactions = (Reaction(Condition(), end=farewell),)
            elif "reactions" in keys:
                reactions = self._try(keys["reactions"], self._reactions) or ()
            if "farewell" not in keys and "fallback" not in keys:
                self._wrong(place, "the key 'fallback' is missing: where the call goes when no reaction holds")
            return Beat(
                id=beat_id,
                lines=(self._try(keys["lines"], self._lines) or ()) if "lines" in keys else (),
                reactions=reactions,
                fallback=self._try(keys["fallback"], Located.text) if "fallback" in keys else None,
                expects=(self._try(keys["expects"], self._techniques) or ()) if "expects" in keys else (),
                farewell="farewell" in keys,
            )

        return read

    def _lines(self, place: Located) -> tuple[Line, ...]:
        lines = tuple(line for item in place if (line := self._try(item, self._line)))
        if not place.items():
            raise place.mistake("has no line to say")
        if lines and lines[-1].when != Condition():
            self._wrong(place.items()[-1], "the last line must have no 'when', so that there is always one to say")
        for item, line in zip(place.items()[:-1], lines[:-1], strict=False):
            if line.when == Condition():
                self._wrong(item, "has no 'when', so the lines after it are never said")
        return lines

    def _line(self, place: Located) -> Line:
        keys = self._keys(place, ("say",), ("when",))
        when = self._try(keys["when"], self._condition) if "when" in keys else None
        text = self._try(keys["say"], Located.text) if "say" in keys else None
        return Line(" ".join((text or "").split()), when or Condition())

    def _reactions(self, place: Located) -> tuple[Reaction, ...]:
        return tuple(reaction for item in place if (reaction := self._try(item, self._reaction)))

    def _reaction(self, place: Located) -> Reaction:
        keys = self._keys(place, ("when",), ("goto", "end"))
        if ("goto" in keys) == ("end" in keys):
            self._wrong(place, "needs either 'goto' (a beat) or 'end' (how the call ends)")
        return Reaction(
            when=(self._try(keys["when"], self._condition) if "when" in keys else None) or Condition(),
            goto=self._try(keys["goto"], Located.text) if "goto" in keys else None,
            end=self._try(keys["end"], lambda it: it.one_of(Outcome)) if "end" in keys else None,
        )

    def _condition(self, place: Located) -> Condition:
        lists = ("did", "did_any", "did_not", "ever_did", "never_did")
        keys = self._keys(place, (), (*lists, "temper_at_least", "temper_at_most", "again"))
        if not keys:
            raise place.mistake("is empty; leave it out where the line or reaction always holds")

        def techniques(name: str) -> tuple[str, ...]:
            return self._try(keys[name], self._techniques) or () if name in keys else ()

        def temper(name: str) -> float | None:
            return self._try(keys[name], lambda it: it.number(0, 10)) if name in keys else None

        return Condition(
            did=techniques("did"),
            did_any=techniques("did_any"),
            did_not=techniques("did_not"),
            ever_did=techniques("ever_did"),
            never_did=techniques("never_did"),
            temper_at_least=temper("temper_at_least"),
            temper_at_most=temper("temper_at_most"),
            again=bool(self._try(keys["again"], Located.flag)) if "again" in keys else False,
        )

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
            self._wrong(place, mistake.what)
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
                    self._wrong(item, f"there is no beat '{item.value}'")

    def _wordings(self, beats: Sequence[Beat], worded: set[str], places: Located) -> None:
        assert isinstance(places.value, dict)
        for beat in beats:
            for technique in beat.expects:
                known = CATALOGUE.get(technique)
                if known is not None and known.channel == "words" and technique not in worded:
                    place = self._nearest(places.value[beat.id], ("expects",))
                    self._wrong(place, f"expects '{technique}', but better_wordings has no sentence for it")


def _no_technique(technique: str) -> str:
    near = get_close_matches(technique, CATALOGUE, n=1)
    hint = f"; did you mean '{near[0]}'?" if near else ""
    return f"there is no technique '{technique}'{hint}"
