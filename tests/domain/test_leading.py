"""Match, then lead: trends over turns against their own noise."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.domain.leading import PooledPace, leading, pooled_pace
from simulator.domain.measures import Pace, PaceRoute, VoiceMeasures


def test_values_that_fall_beyond_their_noise_lead() -> None:
    trend = leading([6.0, 4.0, 2.5, 0.5], [1.0] * 4)
    assert trend.slope == pytest.approx(-1.79, abs=0.01)
    assert trend.change == pytest.approx(3 * trend.slope)
    assert trend.falls
    assert not trend.rises


def test_values_that_fall_by_less_than_their_noise_do_not() -> None:
    trend = leading([1.0, 0.8, 0.7, 0.5], [1.0] * 4)
    assert not trend.falls
    assert not trend.rises


def test_one_wild_turn_does_not_hide_the_trend() -> None:
    assert leading([6.0, 5.0, 15.0, 3.0, 2.0, 1.0], [0.8] * 6).falls


def test_unknown_turns_keep_their_place() -> None:
    assert leading([6.0, None, 2.0], [0.5, None, 0.5]).slope == pytest.approx(-2.0)


@pytest.mark.parametrize("values", [[], [3.0], [None, 3.0, None]])
def test_too_few_turns_have_no_trend(values: list[float | None]) -> None:
    trend = leading(values, [0.1] * len(values))
    assert (trend.slope, trend.change, trend.noise) == (0.0, 0.0, 0.0)
    assert not trend.falls
    assert not trend.rises


def test_two_turns_are_compared_by_the_noise_of_their_difference() -> None:
    assert leading([3.0, 0.0], [1.0, 1.0]).noise == pytest.approx(2**0.5)
    assert leading([3.0, 0.0], [1.0, 1.0]).falls
    assert not leading([1.0, 0.0], [1.0, 1.0]).falls


def test_noise_must_be_given_for_every_value() -> None:
    with pytest.raises(ValueError, match="argument"):
        leading([1.0, 2.0], [0.1])


numbers = st.floats(min_value=-50, max_value=50)


@given(st.lists(numbers, min_size=2, max_size=10), numbers)
def test_a_shift_of_all_values_changes_nothing(values: list[float], shift: float) -> None:
    noises = [1.0] * len(values)
    assert leading([v + shift for v in values], noises).slope == pytest.approx(leading(values, noises).slope, abs=1e-6)


@given(st.lists(numbers, min_size=2, max_size=10))
def test_the_other_way_round_it_rises_as_it_fell(values: list[float]) -> None:
    noises = [0.5] * len(values)
    there, back = leading(values, noises), leading(values[::-1], noises)
    assert there.slope == pytest.approx(-back.slope)
    assert there.falls == back.rises


def turn(syllables: int | None, speech_s: float, route: PaceRoute | None = PaceRoute.SOUND) -> VoiceMeasures:
    return VoiceMeasures(speech_s + 1.0, speech_s, Pace(syllables=syllables, route=route))


def test_short_turns_are_pooled_to_one_pace() -> None:
    assert pooled_pace([turn(9, 2.0), turn(11, 2.5)]) == PooledPace(20 / 4.5, 4.5, 2)


def test_too_little_speech_together_has_no_pace() -> None:
    assert pooled_pace([turn(6, 1.5), turn(9, 2.0)]) is None
    assert pooled_pace([]) is None
    assert pooled_pace([turn(None, 9.0, None)]) is None


def test_only_turns_of_the_latest_route_are_pooled() -> None:
    pooled = pooled_pace(
        [turn(40, 8.0, PaceRoute.SOUND), turn(10, 3.0, PaceRoute.WORDS), turn(14, 3.0, PaceRoute.WORDS)]
    )
    assert pooled == PooledPace(4.0, 6.0, 2)
