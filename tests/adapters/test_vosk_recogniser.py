"""The Vosk adapter with a real (tiny) model on flite speech."""

from __future__ import annotations

import shutil
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from simulator.adapters.vosk_files import is_vosk_model
from simulator.adapters.vosk_recogniser import VoskRecogniser
from simulator.domain.errors import BadInputError, SimulatorError
from simulator.domain.utterance import Utterance
from simulator.ports import Samples
from tests.adapters.flite_speech import REPLIES, feed_in_blocks, say, word_errors, words_of


@pytest.fixture(scope="module")
def vosk(tiny_vosk_models: Path) -> VoskRecogniser:
    return VoskRecogniser(tiny_vosk_models / "vosk-model-tiny-test")


@pytest.fixture(scope="module")
def reply(tmp_path_factory: pytest.TempPathFactory) -> Samples:
    return say(REPLIES[0], "slt", tmp_path_factory.mktemp("speech"))


def hear(recogniser: VoskRecogniser, samples: Samples, block: int = 1600, phrases: tuple[str, ...] = ()) -> Utterance:
    turn = recogniser.begin_turn(phrases)
    feed_in_blocks(turn, samples, block)
    return turn.finish()


@pytest.mark.parametrize("voice", ["slt", "rms"])
def test_most_words_of_clear_speech_are_heard(vosk: VoskRecogniser, tmp_path: Path, voice: str) -> None:
    wrong = sum(word_errors(text, hear(vosk, say(text, voice, tmp_path)).text) for text in REPLIES)
    assert wrong / sum(len(words_of(text)) for text in REPLIES) < 0.25


def test_words_carry_times_in_order_and_a_confidence(vosk: VoskRecogniser, reply: Samples) -> None:
    heard = hear(vosk, reply)
    spans = [word.span for word in heard.words if word.span is not None]
    assert len(spans) == len(heard.words) > 10
    assert all(before.end_s <= after.start_s + 1e-6 for before, after in pairwise(spans))
    assert 0 < spans[0].start_s < 0.5
    assert len(reply) / 16_000 - 1 < spans[-1].end_s <= len(reply) / 16_000
    assert all(word.confidence is not None and 0 <= word.confidence <= 1 for word in heard.words)
    assert heard.confidence == pytest.approx(np.mean([word.confidence for word in heard.words]))
    assert heard.recogniser == vosk.name == "vosk"


def test_words_appear_while_the_reply_is_spoken(vosk: VoskRecogniser, reply: Samples) -> None:
    partials = feed_in_blocks(vosk.begin_turn(), reply)
    first = next(n for n, text in enumerate(partials) if text)
    assert first < 15
    assert len(partials[len(partials) // 2].split()) >= 4


def test_the_same_sound_gives_the_same_words_whatever_the_blocks(vosk: VoskRecogniser, reply: Samples) -> None:
    whole = hear(vosk, reply, len(reply))
    for block in (160, 777, 1600, 16_000):
        assert hear(vosk, reply, block) == whole


def test_a_turn_starts_its_clock_anew(vosk: VoskRecogniser, reply: Samples) -> None:
    assert hear(vosk, reply) == hear(vosk, reply)


def test_silence_is_no_words_and_no_confidence(vosk: VoskRecogniser) -> None:
    heard = hear(vosk, np.zeros(32_000, dtype=np.float32))
    assert heard.words == ()
    assert heard.confidence is None


def test_a_turn_without_sound_is_empty(vosk: VoskRecogniser) -> None:
    assert vosk.begin_turn().finish().words == ()


def test_sound_beyond_full_scale_or_not_a_number_is_survived(vosk: VoskRecogniser, reply: Samples) -> None:
    rough = np.concatenate([reply * 50, np.full(1600, np.nan, dtype=np.float32)]).astype(np.float32)
    assert hear(vosk, rough).recogniser == "vosk"


def test_fillers_are_not_claimed_by_a_model_that_has_none(vosk: VoskRecogniser, reply: Samples) -> None:
    assert not hear(vosk, reply).writes_fillers


def test_only_a_look_ahead_model_listens_for_names(tiny_vosk_models: Path, vosk: VoskRecogniser) -> None:
    assert VoskRecogniser(tiny_vosk_models / "vosk-model-tiny-gr").takes_grammar
    assert not vosk.takes_grammar


def test_listening_for_a_name_does_not_put_it_where_it_was_not_said(tiny_vosk_models: Path, tmp_path: Path) -> None:
    recogniser = VoskRecogniser(tiny_vosk_models / "vosk-model-tiny-gr")
    with_name = hear(recogniser, say(REPLIES[0], "slt", tmp_path), phrases=("Ms Novak",)).text
    without = hear(recogniser, say(REPLIES[1], "slt", tmp_path), phrases=("Ms Novak",)).text
    assert with_name.count("novak") == 1
    assert "novak" not in without


def test_a_name_the_model_has_no_word_for_is_not_listened_for(tiny_vosk_models: Path, reply: Samples) -> None:
    recogniser = VoskRecogniser(tiny_vosk_models / "vosk-model-tiny-gr")
    assert hear(recogniser, reply, phrases=("Ms Xyzzyova",)) == hear(recogniser, reply)


def test_the_label_is_the_models_name(vosk: VoskRecogniser) -> None:
    assert vosk.label == "vosk-model-tiny-test"


@pytest.mark.parametrize("inside", [None, "README", "am/final.mdl"])
def test_a_folder_that_is_no_model_is_refused_before_vosk_sees_it(
    tmp_path: Path, inside: str | None, capfd: pytest.CaptureFixture[str]
) -> None:
    if inside:
        (tmp_path / inside).parent.mkdir(exist_ok=True)
        (tmp_path / inside).write_text("nothing", encoding="utf-8")
    assert not is_vosk_model(tmp_path)
    with pytest.raises(BadInputError, match="is not a Vosk model"):
        VoskRecogniser(tmp_path)
    assert capfd.readouterr() == ("", "")


def test_a_broken_model_is_one_plain_message(
    tiny_vosk_models: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "model"
    shutil.copytree(tiny_vosk_models / "vosk-model-tiny-test", folder)
    (folder / "am" / "final.mdl").write_bytes(b"\x00rubbish")
    with pytest.raises(SimulatorError, match="could not load this model"):
        VoskRecogniser(folder)
    assert "Traceback" not in capfd.readouterr().err
