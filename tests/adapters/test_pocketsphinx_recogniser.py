"""The PocketSphinx adapter with its own English model on flite speech."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from simulator.adapters.pocketsphinx_recogniser import PocketSphinxRecogniser
from simulator.domain.errors import SimulatorError
from simulator.domain.utterance import Utterance
from simulator.ports import Samples
from tests.adapters.flite_speech import REPLIES, feed_in_blocks, say, word_errors, words_of


@pytest.fixture(scope="module")
def sphinx() -> PocketSphinxRecogniser:
    return PocketSphinxRecogniser()


@pytest.fixture(scope="module")
def replies(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Samples]]:
    folder = tmp_path_factory.mktemp("speech")
    return {voice: [say(text, voice, folder) for text in REPLIES] for voice in ("slt", "rms")}


def hear(
    recogniser: PocketSphinxRecogniser, samples: Samples, block: int = 1600, phrases: tuple[str, ...] = ()
) -> Utterance:
    turn = recogniser.begin_turn(phrases)
    feed_in_blocks(turn, samples, block)
    return turn.finish()


def test_most_words_of_clear_speech_are_heard(
    sphinx: PocketSphinxRecogniser, replies: dict[str, list[Samples]]
) -> None:
    sounds = (replies["rms"][0], replies["slt"][1])
    wrong = sum(
        word_errors(text, hear(sphinx, sound).text.replace("ms", "miss"))
        for text, sound in zip(REPLIES, sounds, strict=True)
    )
    assert wrong / sum(len(words_of(text)) for text in REPLIES) < 0.25


def test_words_carry_times_in_order_and_a_confidence(
    sphinx: PocketSphinxRecogniser, replies: dict[str, list[Samples]]
) -> None:
    sound = np.concatenate([replies["slt"][0], np.zeros(16_000, dtype=np.float32), replies["slt"][1]])
    heard = hear(sphinx, sound, phrases=("Ms Novak",))
    spans = [word.span for word in heard.words if word.span is not None]
    assert len(spans) == len(heard.words) > 15
    assert all(before.end_s <= after.start_s + 1e-6 for before, after in pairwise(spans))
    assert spans[-1].end_s <= len(sound) / 16_000
    pause_s = len(replies["slt"][0]) / 16_000 + 0.5
    assert not any(span.start_s < pause_s < span.end_s for span in spans)
    assert all(word.confidence is not None and 0 <= word.confidence <= 1 for word in heard.words)
    assert len({word.confidence for word in heard.words}) > 5
    assert heard.recogniser == sphinx.name == "pocketsphinx"
    assert not any(mark in heard.text for mark in "<>[](+")


def test_the_same_sound_gives_the_same_words_whatever_the_blocks_and_the_turns_before(
    sphinx: PocketSphinxRecogniser, replies: dict[str, list[Samples]]
) -> None:
    sound = replies["rms"][1]
    first = hear(sphinx, sound)
    hear(sphinx, replies["slt"][1] * np.float32(0.05))
    assert hear(sphinx, sound, 777) == first


def test_a_quiet_microphone_is_heard_as_well(sphinx: PocketSphinxRecogniser, replies: dict[str, list[Samples]]) -> None:
    wrong = {
        gain: word_errors(REPLIES[0], hear(sphinx, replies["rms"][0] * np.float32(gain)).text) for gain in (1.0, 0.01)
    }
    assert wrong[0.01] <= wrong[1.0] + 1


@pytest.mark.parametrize("voice", ["slt", "rms"])
def test_title_and_name_are_found_and_not_where_they_were_not_said(
    sphinx: PocketSphinxRecogniser, replies: dict[str, list[Samples]], voice: str
) -> None:
    named = hear(sphinx, replies[voice][0], phrases=("Ms Novak", "novak", "I am sorry"))
    assert named.text.count("miss novak") == 1
    assert "novak" not in hear(sphinx, replies[voice][1], phrases=("Ms Novak",)).text


def test_a_name_outside_the_dictionary_can_be_listened_for(sphinx: PocketSphinxRecogniser, tmp_path: Path) -> None:
    said = say("good morning mister wishnefskee, how can I help you", "rms", tmp_path)
    assert "mister wiśniewski" in hear(sphinx, said, phrases=("Mr Wiśniewski",)).text


def test_words_appear_while_the_reply_is_spoken(
    sphinx: PocketSphinxRecogniser, replies: dict[str, list[Samples]]
) -> None:
    turn = sphinx.begin_turn()
    partials = feed_in_blocks(turn, replies["slt"][0])
    turn.finish()
    assert len(partials[len(partials) // 2].split()) >= 4


def test_silence_and_no_sound_are_no_words_and_no_confidence(sphinx: PocketSphinxRecogniser) -> None:
    for sound in (np.zeros(32_000, dtype=np.float32), np.zeros(0, dtype=np.float32)):
        heard = hear(sphinx, sound, phrases=("Ms Novak",))
        assert heard.words == ()
        assert heard.confidence is None


def test_a_long_silence_before_the_reply_changes_neither_words_nor_blocks(
    sphinx: PocketSphinxRecogniser, replies: dict[str, list[Samples]]
) -> None:
    sound = np.concatenate([np.zeros(3 * 16_000, dtype=np.float32), replies["rms"][1]])
    first = hear(sphinx, sound, 1600)
    assert word_errors(REPLIES[1], first.text) <= 3
    assert first.words[0].span is not None
    assert first.words[0].span.start_s > 3
    assert hear(sphinx, sound, len(sound)) == first


def test_a_turn_left_unfinished_does_not_harm_the_next(
    sphinx: PocketSphinxRecogniser, replies: dict[str, list[Samples]]
) -> None:
    left = sphinx.begin_turn(("Ms Novak",))
    left.feed(replies["slt"][0])
    after = hear(sphinx, replies["slt"][1])
    assert "friday" in after.text
    assert left.feed(replies["slt"][0]) == ""
    assert left.finish().words == ()


def test_sound_beyond_full_scale_or_not_a_number_is_survived(
    sphinx: PocketSphinxRecogniser, replies: dict[str, list[Samples]]
) -> None:
    rough = np.concatenate([replies["slt"][1] * 50, np.full(1600, np.nan)]).astype(np.float32)
    assert hear(sphinx, rough).recogniser == "pocketsphinx"


def test_it_is_called_basic_and_claims_no_fillers(
    sphinx: PocketSphinxRecogniser, replies: dict[str, list[Samples]]
) -> None:
    assert sphinx.label == "basic recognition"
    assert not hear(sphinx, replies["slt"][1]).writes_fillers


def test_a_language_model_that_is_not_there_is_a_plain_message(tmp_path: Path) -> None:
    with pytest.raises(SimulatorError, match="basic recogniser could not be loaded"):
        PocketSphinxRecogniser(tmp_path / "nothing.lm")
