"""The measures and words of one reply in the shape of `unruffled analyse --json`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.domain.measures import VoiceMeasures
from simulator.domain.turn import Span
from simulator.domain.utterance import Utterance

FILLERS: Mapping[str, frozenset[str]] = {
    "en": frozenset({"um", "uh", "er", "erm", "hm", "hmm"}),
    "pl": frozenset({"yyy", "eee", "mmm", "hm", "hmm"}),
    "uk": frozenset({"еее", "ммм", "ем", "гм", "хм"}),
    "hu": frozenset({"öö", "ööö", "izé", "hm", "hmm", "őő"}),
}


def analysis_json(voice: VoiceMeasures | None, utterance: Utterance | None, language: str) -> dict[str, Any]:
    """Every key is always there; what is not known is null."""
    measured = voice if voice is not None else VoiceMeasures(0.0)
    pace, level, pitch, effort = measured.pace, measured.level, measured.pitch, measured.effort
    return {
        "duration_s": None if voice is None else _rounded(measured.duration_s),
        "speech_s": _rounded(measured.speech_s),
        "pace": {
            "syllables": pace.syllables,
            "articulation_rate_syl_per_s": _rounded(pace.articulation_rate_syl_per_s),
            "speech_rate_syl_per_s": _rounded(pace.speech_rate_syl_per_s),
            "words_per_minute": _rounded(pace.words_per_minute),
            "route": None if pace.route is None else pace.route.value,
            "confidence": pace.confidence.value,
            "relative_to_calm": _rounded(pace.relative_to_calm),
        },
        "level": {
            "speech_dba_fs": _rounded(level.speech_dba_fs),
            "relative_to_calm_db": _rounded(level.relative_to_calm_db),
            "peak_dbfs": _rounded(level.peak_dbfs),
            "clipped": None if voice is None else level.clipped,
            "noise_dbfs": _rounded(level.noise_dbfs),
        },
        "pitch": {
            "median_hz": _rounded(pitch.median_hz),
            "range_semitones": _rounded(pitch.range_semitones),
            "voiced_frames": None if voice is None else pitch.voiced_frames,
            "relative_to_calm_semitones": _rounded(pitch.relative_to_calm_semitones),
        },
        "effort": {"index": _rounded(effort.index), "agrees_with_level": effort.agrees_with_level},
        "pauses": None if voice is None else [_span(pause) for pause in measured.pauses],
        "fillers": _fillers(utterance, language),
        "transcript": _transcript(utterance),
    }


def _transcript(utterance: Utterance | None) -> dict[str, Any]:
    if utterance is None:
        return {"text": None, "confidence": None, "recogniser": "none", "source": None, "words": []}
    return {
        "text": utterance.text if utterance.recogniser != "none" or utterance.text else None,
        "confidence": _rounded(utterance.confidence),
        "recogniser": utterance.recogniser,
        "source": utterance.source.value,
        "words": [
            {
                "text": word.text,
                "start_s": _rounded(word.span.start_s if word.span else None),
                "end_s": _rounded(word.span.end_s if word.span else None),
                "confidence": _rounded(word.confidence),
            }
            for word in utterance.words
        ],
    }


def _fillers(utterance: Utterance | None, language: str) -> list[dict[str, Any]] | None:
    """Null where the recogniser does not write them."""
    if utterance is None or not utterance.writes_fillers:
        return None
    known = FILLERS.get(language, frozenset())
    return [
        {"text": word.text, **(_span(word.span) if word.span else {"start_s": None, "end_s": None})}
        for word in utterance.words
        if word.text.lower() in known
    ]


def _span(span: Span) -> dict[str, Any]:
    return {"start_s": _rounded(span.start_s), "end_s": _rounded(span.end_s)}


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)
