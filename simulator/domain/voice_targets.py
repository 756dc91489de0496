"""What a voice is held against: zones over the own calm, bands of a language, and how long silence may last.

Sources: the project's measures (amber and red level zones; normal, raised, very loud and shouted speech lie about
6 dB apart), S4 for meeting the customer and leading down, Quené 2007 for the 5 % of pace that nobody hears.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PaceBand:
    """A language's articulation rates (speech time only): below `floor_syl_per_s` speech drags, above
    `upper_syl_per_s` it is rushed. `upper_wpm` is the same in words per minute over the turn, where it is known."""

    floor_syl_per_s: float
    upper_syl_per_s: float
    upper_wpm: float | None = None


@dataclass(frozen=True, slots=True)
class VoiceTargets:
    """The zones, as differences from the own calm. A coach may replace them."""

    match_level_db: float = 5.0
    amber_level_db: float = 6.0
    red_level_db: float = 10.0
    floor_level_db: float = -8.0
    amber_effort: float = 1.7
    red_effort: float = 2.9
    match_pace: float = 1.15
    rush_pace: float = 1.30
    floor_pace: float = 0.80
    heard_pace_change: float = 0.05
    steady_level_spread_db: float = 4.0
    steady_pitch_spread_semitones: float = 4.0
    steady_over_own_spread: float = 1.25
    natural_gap_s: float = 3.0
    natural_overlap_s: float = 0.3
    dead_air_s: float = 10.0
    tirade_s: float = 4.0
    monologue_borne_s: float = 45.0
    monologue_borne_less_per_temper_s: float = 2.5

    def borne_monologue_s(self, temper: float) -> float:
        """How long a customer of that temper listens to one stretch of talk."""
        return self.monologue_borne_s - self.monologue_borne_less_per_temper_s * temper


_BANDS = {
    "en": PaceBand(2.8, 6.4, 180.0),
    "pl": PaceBand(3.0, 6.8),
    "uk": PaceBand(3.0, 6.8),
    "hu": PaceBand(3.0, 6.8),
}


def pace_band(language: str) -> PaceBand:
    """The band of a language code; of English where a language has none of its own."""
    return _BANDS.get(language, _BANDS["en"])
