"""Scenario files: the shipped ones are whole, and every mistake is named by file, line and key."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.adapters.scenario_desk import ScenarioDeskFiles
from simulator.adapters.scenario_graph import as_dot
from simulator.adapters.yaml_scenarios import YamlScenarios, load_scenario
from simulator.domain.beat_ways import layers, ways
from simulator.domain.errors import BadInputError
from simulator.domain.scenario import Condition, CustomerType, Outcome, Scenario
from simulator.domain.technique import CATALOGUE, Channel
from tests.conftest import PROJECT

FOLDER = PROJECT / "scenarios"
FILES = sorted(FOLDER.glob("*/*.yaml"))
TEMPLATE = PROJECT / "assets" / "scenario-template.yaml"
GOTO = "        goto: matter\n"
VOICES = {path.stem for path in (PROJECT / "voices").glob("*.yaml")}


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., Path]:
    """Writes the template with pieces of text replaced; every piece must be there."""

    def write(*changes: tuple[str, str]) -> Path:
        text = ScenarioDeskFiles(TEMPLATE).template("my-call")
        for old, new in changes:
            assert old in text
            text = text.replace(old, new, 1)
        path = tmp_path / "my-call.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def mistakes_of(path: Path, voices: set[str] | None = None) -> list[str]:
    with pytest.raises(BadInputError) as caught:
        load_scenario(path, voices)
    return caught.value.problem.splitlines()


def line_of(path: Path, text: str) -> int:
    return next(number for number, line in enumerate(path.read_text().splitlines(), 1) if text in line)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_shipped_scenario_is_valid_with_a_voice_we_have(path: Path) -> None:
    scenario = load_scenario(path, VOICES)
    assert scenario.language == path.parent.name
    assert len(scenario.beats) >= 5


def _depends_on_deeds(when: Condition) -> bool:
    return bool(when.did or when.did_any or when.ever_did or when.again)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_lines_of_a_shipped_scenario_depend_on_temper_and_on_what_was_done(path: Path) -> None:
    beats = [beat for beat in load_scenario(path).beats if not beat.farewell]
    by_temper = [b for b in beats if any(line.when.temper_at_least or line.when.temper_at_most for line in b.lines)]
    by_deed = [beat for beat in beats if any(_depends_on_deeds(line.when) for line in beat.lines)]
    assert len(by_temper) >= 5
    assert len(by_deed) >= 5
    assert all(len(beat.lines) >= 2 for beat in beats)


def test_the_three_english_calls_are_there() -> None:
    found = {scenario.id: scenario for scenario in YamlScenarios(FOLDER).scenarios()}
    assert found["en-late-delivery"].type is CustomerType.FURIOUS
    assert found["en-double-charge"].type is CustomerType.AGGRESSIVE
    assert found["en-warm-up"].type is CustomerType.PLEASANT


def test_the_template_is_valid_and_uses_every_kind_of_condition_key(written: Callable[..., Path]) -> None:
    path = written()
    assert load_scenario(path, VOICES).id == "my-call"
    for key in ("did", "did_any", "did_not", "ever_did", "never_did", "temper_at_least", "temper_at_most", "again"):
        assert key in path.read_text()


@pytest.mark.parametrize(
    ("old", "new", "where", "told"),
    [
        ("minutes: 4", "minuts: 4", "minuts: 4", "minuts: is not a known key; did you mean 'minutes'?"),
        ("type: furious", "type: cross", "type: cross", "type: should be one of furious, despotic"),
        ("start_temper: 8", "start_temper: 11", "start_temper: 11", "start_temper: should be from 0 to 10"),
        ("language: en ", "language: de ", "language: de", "language: should be one of en, pl, uk, hu"),
        ("fault_is_ours: true", "fault_is_ours: yes", "fault_is_ours", "fault_is_ours: should be true or false"),
        ("voice: en-male-2", "voice: en-robot", "voice: en-robot", "customer.voice: there is no voice 'en-robot'"),
        ("gender: male", "gender: man", "gender: man", "customer.gender: should be one of female, male"),
        ("[Mr Jones, Mister Jones]", "[]", "name_forms: []", "customer.name_forms: has no name forms"),
        ("fallback: opening", "fallback: openning", "fallback: openning", "there is no beat 'openning'"),
        ("goto: goodbye", "goto: good-bye", "goto: good-bye", "beats.matter.reactions[1].goto: there is no beat"),
        ("start: opening", "start: begin", "start: begin", "start: there is no beat 'begin'"),
        ("trains: [acknowledge_feelings", "trains: [acknowledge", "trains:", "did you mean 'acknowledge_feelings'?"),
        ("did_any: [argue,", "did_any: [arguing,", "did_any: [arguing", "no technique 'arguing'; did you mean"),
        ("good_ends: [settled, handed_over]", "good_ends: []", "good_ends: []", "good_ends: names no good end"),
        ("good_ends: [settled, handed_over]", "good_ends: [ended_by_rule]", "start:", "no way through the beats leads"),
        ("farewell: settled", "farewell: happy", "farewell: happy", "should be one of settled"),
        ("  summarise: So the discount", "  name_need: So the discount", "expects: [summarise", "no sentence for it"),
        ("  argue: No,", "  apologise: No,", "  apologise: No", "'apologise' is not a technique that harms"),
        ("temper_at_least: 8}", "temper_at_least: hot}", "temper_at_least: hot", "should be a number from 0 to 10"),
        ("        end: handed_over  ", f"{GOTO}        end: handed_over  ", "[offer_escalation]", "needs either"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_by_file_line_and_key(
    written: Callable[..., Path], old: str, new: str, where: str, told: str
) -> None:
    path = written((old, new))
    found = [mistake for mistake in mistakes_of(path, VOICES) if told in mistake]
    assert found, mistakes_of(path, VOICES)
    assert found[0].startswith(f"{path}:{line_of(path, where)}: ")


def test_all_mistakes_of_a_file_are_told_at_once_in_the_order_of_the_lines(written: Callable[..., Path]) -> None:
    path = written(
        ("type: furious", "type: cross"), ("minutes: 4", "minutes: soon"), ("goto: goodbye", "goto: nowhere")
    )
    found = mistakes_of(path)
    lines = [int(mistake.split(":")[1]) for mistake in found]
    assert lines == sorted(lines)
    assert any("cross" in mistake for mistake in found)
    assert any("soon" in mistake for mistake in found)
    assert any("nowhere" in mistake for mistake in found)


def test_a_missing_fallback_is_a_mistake(written: Callable[..., Path]) -> None:
    path = written(("    fallback: had_enough\n", ""))
    assert "beats.had_enough: the key 'fallback' is missing" in "\n".join(mistakes_of(path))


def test_missing_name_forms_are_a_mistake(written: Callable[..., Path]) -> None:
    path = written(("  name_forms: [Mr Jones, Mister Jones]\n", ""))
    assert "customer: the key 'name_forms' is missing" in "\n".join(mistakes_of(path))


def test_a_beat_that_no_reply_leads_to_is_a_mistake(written: Callable[..., Path]) -> None:
    island = "  island:\n    farewell: settled\n    lines:\n      - say: Hm.\n\n  # A farewell:"
    path = written(("  # A farewell:", island))
    (found,) = mistakes_of(path)
    assert found.startswith(f"{path}:{line_of(path, 'island:')}: beats.island: ")
    assert "cannot be reached from 'opening'" in found


def test_a_dead_end_is_a_mistake(written: Callable[..., Path]) -> None:
    way_on = "      - when: {did_any: [acknowledge_feelings, apologise, offer_solution]}\n        goto: matter\n"
    handing_over = "      - when: {did_any: [offer_escalation]}\n        end: handed_over\n      - when: {again"
    path = written((way_on, ""), (handing_over, "      - when: {again"), ("end: customer_hung_up", "goto: had_enough"))
    assert any("beats.had_enough: is a dead end" in mistake for mistake in mistakes_of(path))


def test_a_last_line_that_may_not_hold_is_a_mistake(written: Callable[..., Path]) -> None:
    path = written(
        ("      - say: My bill is thirty", "      - when: {temper_at_least: 2}\n        say: My bill is thirty")
    )
    assert any("the last line must have no 'when'" in mistake for mistake in mistakes_of(path))


def test_a_line_that_hides_those_after_it_is_a_mistake(written: Callable[..., Path]) -> None:
    path = written(("      - when: {again: true}\n        say: I said it", "      - say: I said it"))
    assert any("the lines after it are never said" in mistake for mistake in mistakes_of(path))


def test_nothing_may_follow_a_farewell(written: Callable[..., Path]) -> None:
    path = written(("    farewell: settled\n", "    farewell: settled\n    fallback: matter\n"))
    assert any("a farewell ends the call" in mistake for mistake in mistakes_of(path))


def test_a_missing_file_and_broken_yaml_are_bad_input(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="there is no such file"):
        load_scenario(tmp_path / "gone.yaml")
    broken = tmp_path / "broken.yaml"
    broken.write_text("id: [", encoding="utf-8")
    with pytest.raises(BadInputError, match=r"broken\.yaml:\d+: is not valid YAML"):
        load_scenario(broken)


def test_an_unknown_id_suggests_the_nearest() -> None:
    with pytest.raises(BadInputError, match="Did you mean 'en-warm-up'"):
        YamlScenarios(FOLDER).find("en-warmup")


def test_in_the_library_a_file_is_named_by_its_id_and_elsewhere_as_one_likes(tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    copy = tmp_path / "en" / "copy.yaml"
    copy.write_text((FOLDER / "en" / "en-warm-up.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    assert YamlScenarios(tmp_path).find(str(copy)).id == "en-warm-up"
    with pytest.raises(BadInputError, match="should be the file's name, 'copy', not 'en-warm-up'"):
        YamlScenarios(tmp_path).scenarios()


def test_a_scenario_is_found_by_id_and_by_path() -> None:
    library = YamlScenarios(FOLDER)
    assert library.find("en-warm-up") == library.find(str(FOLDER / "en" / "en-warm-up.yaml"))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_a_template_with_any_line_lost_or_doubled_is_read_or_refused_with_its_place(
    written: Callable[..., Path], data: st.DataObject
) -> None:
    path = written()
    lines = path.read_text().splitlines()
    at = data.draw(st.integers(0, len(lines) - 1))
    lines[at : at + 1] = data.draw(st.sampled_from([[], [lines[at], lines[at]], [lines[at][:-3]], [lines[at] + " x"]]))
    path.write_text("\n".join(lines), encoding="utf-8")
    told: list[str] = []
    try:
        load_scenario(path)
    except BadInputError as error:
        told = error.problem.splitlines()
    assert all(mistake.startswith(f"{path}:") for mistake in told)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_beat_has_its_place_in_the_drawing(path: Path) -> None:
    scenario = load_scenario(path)
    drawn = [name for row in layers(scenario) for name in row]
    assert {beat.id for beat in scenario.beats} <= set(drawn)
    assert len(drawn) == len(set(drawn))
    assert drawn[0] == scenario.start
    assert as_dot(scenario).count("->") == len(ways(scenario))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_shipped_scenario_words_every_technique_that_it_trains(path: Path) -> None:
    scenario = load_scenario(path)
    worded = {wording.technique for wording in scenario.better_wordings}
    assert {each for each in scenario.trains if CATALOGUE[each].channel is Channel.WORDS} <= worded


def test_ends_are_the_ones_that_the_call_can_reach() -> None:
    scenario: Scenario = load_scenario(FOLDER / "en" / "en-double-charge.yaml")
    ends = {reaction.end for beat in scenario.beats for reaction in beat.reactions if reaction.end is not None}
    assert {Outcome.SETTLED, Outcome.HANDED_OVER, Outcome.ENDED_BY_RULE, Outcome.CUSTOMER_HUNG_UP} <= ends
