"""Feedback in the trainee's language: the facts of `domain.feedback` put into texts that people wrote.

A text may hold `{she|he}` (by the customer's gender), `{name}` or `{name:+.1f}` (a figure or what was heard) and
`{name#time|times}` (by the number `name`, in as many forms as the language has).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from simulator.domain.feedback import Feedback, FeedbackItem, FeedbackItemText, FeedbackText
from simulator.domain.located import Located
from simulator.domain.scenario import Gender, Scenario
from simulator.domain.technique import CATALOGUE, Channel, Evidence, Polarity
from simulator.wording.plurals import plural_form, plural_forms

Figures = Mapping[str, str | float]
_PLACE = re.compile(r"\{([^{}]*)\}")
_NUMBER_FORM = re.compile(r"\+?\.\df")
_FIGURE = re.compile(r"([a-z_]+)(?::([^{}]+))?")
# What the appraisal measures for each technique of voice and timing; the words heard and their number are always there.
MEASURED: Mapping[str, frozenset[str]] = {
    "shout.advice": frozenset({"level_db", "target_db"}),
    "shout.advice.effort": frozenset({"effort", "target_effort"}),
    "rush.advice": frozenset({"rate_syl_per_s", "upper_syl_per_s"}),
    "rush.advice.own": frozenset({"rate_syl_per_s", "upper_syl_per_s", "over_calm_percent", "target_percent"}),
    "interrupt.advice": frozenset({"overlap_s"}),
    "dead_air.advice": frozenset({"silence_s", "target_s"}),
    "drone_on.advice": frozenset({"monologue_s", "borne_s"}),
    "slow_down.praise": frozenset({"from_percent", "to_percent", "target_percent"}),
    "lower_voice.praise": frozenset({"from_db", "to_db", "target_db"}),
    "steady_voice.praise": frozenset({"spread_db", "spread_semitones", "target_db"}),
    "patient_start.praise": frozenset({"gap_s", "target_s"}),
    "let_them_vent.praise": frozenset({"vent_s"}),
}
HEARD = frozenset({"heard", "times"})
_TELLS_WHAT_WAS_HEARD = (".praise", ".advice", ".advice.effort", ".advice.own")
_DECIMAL_COMMA = frozenset({"pl", "uk", "hu"})
HEADLINES = (
    "felt_heard",
    "calmer",
    "a_little_calmer",
    "unmoved",
    "worse",
    "settled",
    "handed_over",
    "ended_by_rule",
    "customer_hung_up",
)
ORDER = ("before_acknowledging", "before_the_facts", "late", "again", "while_they_speak")
WORSE_BESIDES = ("order", "no_answer")


@dataclass(frozen=True, slots=True)
class FeedbackTexts:
    """All texts of one language by message id: "headline.calmer", "worse.argue", "use_name.praise", "order.late",
    "use_name.why.S4", "use_name.why" (our own practice)."""

    language: str
    texts: Mapping[str, str]

    def title(self, technique: str) -> str:
        """The technique's name for people."""
        return self.texts[f"{technique}.title"]

    def write(self, feedback: Feedback, scenario: Scenario) -> FeedbackText:
        """The feedback as texts, for this customer."""
        gender = scenario.customer.gender
        step = feedback.next_step
        next_step = "" if step is None else self._text(step.message, gender, _figures(step))
        return FeedbackText(
            headline=self._headline(feedback.headline, gender),
            items=tuple(self._item(item, gender) for item in feedback.items),
            next_step=next_step,
            better_wording=feedback.better_wording,
        )

    def _headline(self, headline: str, gender: Gender) -> str:
        if not headline:
            return ""
        message = headline if headline.startswith("worse.") else f"headline.{headline}"
        return self._text(message, gender, {})

    def _item(self, item: FeedbackItem, gender: Gender) -> FeedbackItemText:
        return FeedbackItemText(
            technique=item.technique,
            title=self.title(item.technique),
            kind=item.kind.value,
            text=self._text(item.message, gender, _figures(item)),
            why=self._why(item, gender),
            source=item.source,
            evidence=" … ".join(_evidence(each) for each in item.evidence if each.text),
        )

    def _why(self, item: FeedbackItem, gender: Gender) -> str:
        key = f"{item.technique}.why.{item.source}" if item.source else f"{item.technique}.why"
        return self._text(key, gender, {})

    def _text(self, message: str, gender: Gender, figures: Figures) -> str:
        text = self.texts[message]
        return _PLACE.sub(lambda place: self._fill(place.group(1), gender, figures), text)

    def _fill(self, place: str, gender: Gender, figures: Figures) -> str:
        name, hash_sign, forms = place.partition("#")
        if hash_sign:
            return forms.split("|")[plural_form(self.language, float(figures[name]))]
        if "|" in place:
            female, male = place.split("|")
            return female if gender is Gender.FEMALE else male
        name, _, form = place.partition(":")
        value = figures[name]
        if isinstance(value, str):
            return value
        shown = format(value, form or "g")
        return shown.replace(".", ",") if self.language in _DECIMAL_COMMA else shown


def parse_feedback_texts(document: Located) -> FeedbackTexts:
    """The texts of a feedback file. Raises BadInputError naming file, line and key of the first mistake."""
    keys = document.mapping(required=("language", "headlines", "worse", "order", "other", "techniques"))
    language = keys["language"].text()
    reader = _Reader(language)
    for name, place in keys["headlines"].mapping(required=HEADLINES).items():
        reader.add(f"headline.{name}", place)
    for name, place in keys["worse"].mapping(required=(*_harms(), *WORSE_BESIDES)).items():
        reader.add(f"worse.{name}", place)
    for name, place in keys["order"].mapping(required=ORDER).items():
        reader.add(f"order.{name}", place)
    no_answer = keys["other"].mapping(required=("no_answer",))["no_answer"]
    for name, place in no_answer.mapping(required=("title", "advice", "next", "why")).items():
        reader.add(f"no_answer.{name}", place)
    for technique, place in keys["techniques"].mapping(required=tuple(CATALOGUE)).items():
        reader.technique(technique, place)
    return FeedbackTexts(language, reader.texts)


class _Reader:
    def __init__(self, language: str) -> None:
        self.texts: dict[str, str] = {}
        self._language = language

    def technique(self, technique: str, place: Located) -> None:
        known = CATALOGUE[technique]
        helps = known.polarity is Polarity.HELPS
        needs_next = helps or known.channel is Channel.VOICE
        required = ("title", "praise" if helps else "advice", *(("next",) if needs_next else ()), "why")
        optional = () if helps else ("next", "advice.effort", "advice.own")
        for name, child in place.mapping(required=required, optional=optional).items():
            if name != "why":
                self.add(f"{technique}.{name}", child)
        articles = tuple(source for source in known.sources if source != "house")
        why = place.mapping()["why"]
        if not articles:
            self.add(f"{technique}.why", why)
            return
        for source, child in why.mapping(required=articles).items():
            self.add(f"{technique}.why.{source}", child)

    def add(self, key: str, place: Located) -> None:
        text = place.text()
        known = MEASURED.get(key, frozenset())
        if key.endswith(_TELLS_WHAT_WAS_HEARD) or key.startswith("order."):
            known |= HEARD
        for inside in _PLACE.findall(text):
            self._check(inside, known, place)
        if text.count("{") != len(_PLACE.findall(text)) or text.count("}") != len(_PLACE.findall(text)):
            raise place.mistake("has a brace that is not closed")
        self.texts[key] = text

    def _check(self, inside: str, known: frozenset[str], place: Located) -> None:
        name, hash_sign, forms = inside.partition("#")
        if hash_sign:
            wanted = plural_forms(self._language)
            if len(forms.split("|")) != wanted:
                raise place.mistake(f"'{{{inside}}}' needs {wanted} forms, one for each plural of this language")
        elif "|" in inside:
            if len(inside.split("|")) != 2:
                raise place.mistake(f"'{{{inside}}}' needs two forms: for a female and for a male customer")
            return
        figure = _FIGURE.fullmatch(name)
        if figure is None:
            raise place.mistake(f"'{{{inside}}}' is neither a figure nor two forms")
        if figure.group(1) not in known:
            there_are = f"there are {', '.join(sorted(known))}" if known else "there are none"
            raise place.mistake(f"there is no figure '{figure.group(1)}' here; {there_are}")
        if figure.group(2) is not None and not _NUMBER_FORM.fullmatch(figure.group(2)):
            raise place.mistake(f"'{figure.group(2)}' is not a form of a number, such as .1f or +.0f")


def _harms() -> tuple[str, ...]:
    return tuple(each.id for each in CATALOGUE.values() if each.polarity is Polarity.HARMS)


def _figures(item: FeedbackItem) -> Figures:
    return dict(item.figures)


def _evidence(evidence: Evidence) -> str:
    if evidence.span is None:
        return evidence.text
    minutes, seconds = divmod(int(evidence.span.start_s), 60)
    return f"{evidence.text} ({minutes}:{seconds:02d})"
