"""Techniques heard in the voice and the timing of a reply, by the guidance's definitions.

A measure of low confidence, and a difference below the measure's own noise, is neither praised nor blamed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from simulator.domain.history import History
from simulator.domain.leading import leading
from simulator.domain.measures import Baseline, Confidence, Effort, Level, OverlapKind, Pace, TurnTaking, VoiceMeasures
from simulator.domain.reply import Reply
from simulator.domain.technique import Detection, Evidence
from simulator.domain.turn import CustomerTurn, Span
from simulator.domain.voice_targets import PaceBand, VoiceTargets

AMBER = 0.5
BRIEF = 0.4
OPENING_WORDS = 6
UPSET = 5.0


@dataclass(frozen=True, slots=True)
class Delivery:
    """A reply with all that its voice and timing are held against."""

    reply: Reply
    words: Sequence[Detection]
    customer: CustomerTurn
    temper: float
    history: History
    baseline: Baseline | None
    band: PaceBand
    targets: VoiceTargets


def delivery_techniques(told: Delivery) -> tuple[Detection, ...]:
    """All techniques of voice and timing in one reply, each with the measure that shows it."""
    found: list[Detection] = []
    if told.reply.timing is not None:
        found.extend(_timing(told, told.reply.timing))
    if told.reply.voice is not None:
        voice = told.reply.voice
        found.extend(_loudness(told, voice))
        found.extend(_haste(told, voice.pace))
        found.extend(_leading(told))
        if not any(each.technique in ("shout", "rush") for each in found):
            found.extend(_steadiness(told, voice))
    return tuple(found)


def not_scored(reply: Reply) -> tuple[str, ...]:
    """The channels of voice and timing about which nothing can be said."""
    names = []
    voice = reply.voice
    if voice is None or voice.pace.confidence is not Confidence.HIGH:
        names.append("pace")
    if voice is None or _level_over_calm(voice) is None:
        names.append("level")
    if reply.timing is None or reply.timing.overlap_kind is None:
        names.append("timing")
    return tuple(names)


def _measured(technique: str, text: str, span: Span | None, strength: float = 1.0, **figures: float) -> Detection:
    rounded = tuple((name, round(figure, 2)) for name, figure in figures.items())
    return Detection(technique, (Evidence(text, span=span),), strength=strength, figures=rounded)


# --- level ---------------------------------------------------------------------------------------------------


def _level_over_calm(voice: VoiceMeasures) -> float | None:
    """The level against the own calm in dB where it can be judged: not clipped, sure, and the gain unmoved."""
    level = voice.level
    if level.clipped or level.confidence is not Confidence.HIGH or voice.effort.agrees_with_level is False:
        return None
    return level.relative_to_calm_db


def _noise_db(level: Level) -> float:
    return level.noise_db or 0.0


def _loudness(told: Delivery, voice: VoiceMeasures) -> Iterator[Detection]:
    targets = told.targets
    over = _level_over_calm(voice)
    if over is not None and over > _noise_db(voice.level) and over >= targets.amber_level_db:
        strength = 1.0 if over >= targets.red_level_db else AMBER
        yield _measured(
            "shout", f"{over:+.1f} dB", told.reply.span, strength, level_db=over, target_db=targets.match_level_db
        )
    if over is None and not voice.level.clipped:
        yield from _effort(told, voice.effort)


def _effort(told: Delivery, effort: Effort) -> Iterator[Detection]:
    """The gain moved, so the level says nothing; the effort does."""
    if effort.agrees_with_level is not False or effort.confidence is not Confidence.HIGH or effort.index is None:
        return
    targets = told.targets
    if effort.index >= targets.amber_effort and effort.index > (effort.noise_index or 0.0):
        strength = 1.0 if effort.index >= targets.red_effort else AMBER
        figures = {"effort": effort.index, "target_effort": targets.amber_effort}
        yield _measured("shout", f"{effort.index:+.1f}", told.reply.span, strength, **figures)


# --- pace ----------------------------------------------------------------------------------------------------


def _haste(told: Delivery, pace: Pace) -> Iterator[Detection]:
    rate = pace.articulation_rate_syl_per_s
    if pace.confidence is not Confidence.HIGH or rate is None:
        return
    over_calm = None if pace.relative_to_calm is None else pace.relative_to_calm - 1.0
    noise = max(pace.noise_relative or 0.0, told.targets.heard_pace_change)
    if over_calm is not None and over_calm <= noise:
        return
    # Over the own calm by more than the noise is enough; without one it is the band that must be passed by so much.
    over_band = _over_band(pace, rate, told.band, 1.0 if over_calm is not None else 1.0 + noise)
    over_own = over_calm is not None and 1.0 + over_calm > told.targets.rush_pace
    if not (over_band or over_own):
        return
    strength = 1.0 if over_own or over_calm is None else AMBER
    figures = {"rate_syl_per_s": rate, "upper_syl_per_s": told.band.upper_syl_per_s}
    text = f"{rate:.1f} syl/s"
    if over_calm is not None:
        figures |= {"over_calm_percent": 100.0 * over_calm, "target_percent": 100.0 * (told.targets.match_pace - 1.0)}
        text += f", {100.0 * over_calm:+.0f} %"
    yield _measured("rush", text, told.reply.span, strength, **figures)


def _over_band(pace: Pace, rate_syl_per_s: float, band: PaceBand, by: float) -> bool:
    wpm = pace.words_per_minute
    hurried = band.upper_wpm is not None and wpm is not None and wpm > by * band.upper_wpm
    return rate_syl_per_s > by * band.upper_syl_per_s or hurried


# --- leading over the turns ----------------------------------------------------------------------------------


def _leading(told: Delivery) -> Iterator[Detection]:
    voices = [past.reply.voice for past in told.history if past.reply.voice is not None]
    if told.reply.voice is None or not voices:
        return
    voices.append(told.reply.voice)
    softer = _softer(told, voices)
    slower = _slower(told, voices)
    yield from (each for each in (softer, slower) if each is not None)
    if (softer or slower) and _met_the_customer(told.targets, voices[0]):
        lead = softer or slower
        assert lead is not None
        yield Detection("match_then_lead", lead.evidence, figures=lead.figures)


def _softer(told: Delivery, voices: Sequence[VoiceMeasures]) -> Detection | None:
    now = _level_over_calm(voices[-1])
    known = [(over, _noise_db(voice.level)) for voice in voices if (over := _level_over_calm(voice)) is not None]
    if now is None or now < told.targets.floor_level_db or len(known) < 2:
        return None
    if not _falls([over for over, _ in known], [noise for _, noise in known]):
        return None
    first = known[0][0]
    return _measured(
        "lower_voice", f"{first:+.1f} dB > {now:+.1f} dB", told.reply.span, from_db=first, to_db=now, target_db=0.0
    )


def _slower(told: Delivery, voices: Sequence[VoiceMeasures]) -> Detection | None:
    known = [
        (voice.pace.relative_to_calm, max(voice.pace.noise_relative or 0.0, told.targets.heard_pace_change / 2))
        for voice in voices
        if voice.pace.relative_to_calm is not None and voice.pace.confidence is Confidence.HIGH
    ]
    if len(known) < 2 or voices[-1].pace.confidence is not Confidence.HIGH:
        return None
    first, now = known[0][0], known[-1][0]
    if now < told.targets.floor_pace or not _falls([over for over, _ in known], [noise for _, noise in known]):
        return None
    first_percent, now_percent = 100.0 * (first - 1.0), 100.0 * (now - 1.0)
    return _measured(
        "slow_down",
        f"{first_percent:+.0f} % > {now_percent:+.0f} %",
        told.reply.span,
        from_percent=first_percent,
        to_percent=now_percent,
        target_percent=0.0,
    )


def _falls(values: Sequence[float], noises: Sequence[float]) -> bool:
    return leading(values, noises).falls


def _met_the_customer(targets: VoiceTargets, first: VoiceMeasures) -> bool:
    """The first reply stayed inside what counts as meeting the customer (S4), not above it."""
    level = _level_over_calm(first)
    pace = first.pace.relative_to_calm
    loud = level is not None and level > targets.match_level_db + _noise_db(first.level)
    fast = pace is not None and pace > targets.match_pace + (first.pace.noise_relative or 0.0)
    return not loud and not fast and (level is not None or pace is not None)


# --- within the reply ----------------------------------------------------------------------------------------


def _steadiness(told: Delivery, voice: VoiceMeasures) -> Iterator[Detection]:
    steady = voice.steadiness
    level, pitch = steady.level_spread_db, steady.pitch_spread_semitones
    if steady.confidence is not Confidence.HIGH or level is None or pitch is None or voice.level.clipped:
        return
    targets, own = told.targets, told.baseline
    level_target, pitch_target = targets.steady_level_spread_db, targets.steady_pitch_spread_semitones
    if own is not None and own.level_spread_db is not None:
        level_target = max(level_target, own.level_spread_db * targets.steady_over_own_spread)
    if own is not None and own.pitch_spread_semitones is not None:
        pitch_target = max(pitch_target, own.pitch_spread_semitones * targets.steady_over_own_spread)
    if level <= level_target and pitch <= pitch_target:
        text = f"±{level:.1f} dB, ±{pitch:.1f} st"
        yield _measured(
            "steady_voice", text, told.reply.span, spread_db=level, spread_semitones=pitch, target_db=level_target
        )


# --- timing --------------------------------------------------------------------------------------------------


def _timing(told: Delivery, timing: TurnTaking) -> Iterator[Detection]:
    entered = bool(timing.timely_entry) and _opens_well(told)
    if entered:
        yield _measured("timely_entry", _seconds(timing.reply_gap_s), told.reply.span)
    elif timing.overlap_kind in (OverlapKind.BRIEF, OverlapKind.INTERRUPTION) and not timing.timely_entry:
        over = timing.overlap_s or 0.0
        where = timing.overlaps[0] if timing.overlaps else told.reply.span
        strength = 1.0 if timing.overlap_kind is OverlapKind.INTERRUPTION else BRIEF
        yield _measured("interrupt", f"{over:.1f} s", where, strength, overlap_s=over)
    elif timing.overlap_kind is OverlapKind.NONE:
        yield from _patience(told, timing)
    yield from _silence_and_monologue(told, timing)


def _patience(told: Delivery, timing: TurnTaking) -> Iterator[Detection]:
    gap, line = timing.reply_gap_s, told.customer.span
    if gap is None or gap < -told.targets.natural_overlap_s:
        return
    if gap <= told.targets.natural_gap_s:
        yield _measured(
            "patient_start", _seconds(gap), told.reply.span, gap_s=max(gap, 0.0), target_s=told.targets.natural_gap_s
        )
    if line is not None and line.duration_s >= told.targets.tirade_s and told.temper >= UPSET:
        yield _measured("let_them_vent", _seconds(line.duration_s), line, vent_s=line.duration_s)


def _silence_and_monologue(told: Delivery, timing: TurnTaking) -> Iterator[Detection]:
    silence = max(timing.dead_air_s or 0.0, timing.reply_gap_s or 0.0)
    announced = any(found.technique == "request_pause" for found in told.words)
    if silence >= told.targets.dead_air_s and not announced:
        yield _measured(
            "dead_air", _seconds(silence), told.reply.span, silence_s=silence, target_s=told.targets.natural_gap_s
        )
    talk = timing.longest_monologue_s
    borne = told.targets.borne_monologue_s(told.temper)
    if talk is not None and talk > borne:
        yield _measured("drone_on", _seconds(talk), told.reply.span, monologue_s=talk, borne_s=borne)


def _opens_well(told: Delivery) -> bool:
    """The reply opens with the customer's name or the intent to help (S4)."""
    if told.reply.utterance is None:
        return False
    opening = len(" ".join(told.reply.utterance.text.split()[:OPENING_WORDS]))
    return any(
        evidence.start is not None and evidence.start <= opening
        for found in told.words
        if found.technique in ("use_name", "intend_to_help")
        for evidence in found.evidence
    )


def _seconds(seconds: float | None) -> str:
    return "" if seconds is None else f"{seconds:.1f} s"
