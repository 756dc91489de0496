"""The mixed language model: true probabilities, read by the library, that hear these calls better."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path

import numpy as np
import pocketsphinx
import pytest

from simulator.adapters.pocketsphinx_language import mix, mixed_language_model, words_in
from simulator.adapters.pocketsphinx_recogniser import PocketSphinxRecogniser
from simulator.adapters.sphinx_trie import Trigrams, read_trigrams, write_trigrams
from tests.adapters.flite_speech import feed_in_blocks, say, word_errors

BASE = Path(pocketsphinx.get_model_path("en-us/en-us.lm.bin"))
SENTENCES = [
    "I am very sorry about this, Ms Novak.",
    "I can hear how frustrating this has been.",
    "Let me check the order and I will call you back.",
    "I will call you back before Friday.",
    "The courier's own terms don't allow a refund.",
]


class Library:
    """The probabilities as PocketSphinx itself reads them from a file."""

    def __init__(self, path: Path) -> None:
        self._model = pocketsphinx.NGramModel(pocketsphinx.Config(lm=str(path)), pocketsphinx.LogMath(), str(path))

    def log_prob(self, word: str, *before: str) -> float:
        """Natural logarithm; `before` is the word before, then the one before that."""
        return float(self._model.prob([word, *before]) * np.log(1.0001))


@pytest.fixture(scope="module")
def base() -> Trigrams:
    return read_trigrams(BASE)


@pytest.fixture(scope="module")
def mixed_file(base: Trigrams, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("language") / "mixed.lm.bin"
    write_trigrams(mix(base, [words_in(text) for text in SENTENCES]), path)
    return path


def some_ngrams(model: Trigrams, count: int) -> list[tuple[list[str], float]]:
    chance = np.random.default_rng(7)
    found = [
        ([model.words[model.two_word[n]], model.words[model.two_before[n]]], float(model.two_prob[n]))
        for n in chance.integers(0, len(model.two_word), count).tolist()
    ]
    for n in chance.integers(0, len(model.three_two), count).tolist():
        two = model.three_two[n]
        words = [model.words[i] for i in (model.two_word[two], model.two_before[two], model.three_before2[n])]
        found.append((words, float(model.three_prob[n])))
    return found


def test_what_is_read_is_what_the_library_reads(base: Trigrams) -> None:
    library = Library(BASE)
    for words, log_prob in some_ngrams(base, 100):
        assert library.log_prob(*words) == pytest.approx(log_prob, abs=0.001)


def test_what_is_written_is_what_the_library_reads(mixed_file: Path) -> None:
    library, mixed = Library(mixed_file), read_trigrams(mixed_file)
    assert 10_000 <= len(mixed.words) <= 10_100
    for words, log_prob in some_ngrams(mixed, 100):
        assert library.log_prob(*words) == pytest.approx(log_prob, abs=0.002)


def test_writing_and_reading_gives_the_same_model_to_rounding(mixed_file: Path, tmp_path: Path) -> None:
    once = read_trigrams(mixed_file)
    write_trigrams(once, tmp_path / "again.lm.bin")
    again = read_trigrams(tmp_path / "again.lm.bin")
    for field in fields(Trigrams):
        first, second = getattr(once, field.name), getattr(again, field.name)
        assert len(first) == len(second)
        if field.name != "words":
            np.testing.assert_allclose(first, second, atol=0.001)


@pytest.mark.parametrize(
    "before", [("sorry",), ("call", "will"), ("of", "because"), ("frustrating", "how"), ("<s>",), ("zone", "time")]
)
def test_what_may_follow_any_words_sums_to_one(mixed_file: Path, before: Sequence[str]) -> None:
    library = Library(mixed_file)
    words = [word for word in read_trigrams(mixed_file).words if word != "<s>"]
    assert sum(np.exp(library.log_prob(word, *before)) for word in words) == pytest.approx(1.0, abs=0.001)


def test_words_of_the_calls_become_likelier_and_words_after_others_stay(mixed_file: Path) -> None:
    mixed, alone = Library(mixed_file), Library(BASE)
    assert mixed.log_prob("novak", "ms") > alone.log_prob("novak", "ms") + 3
    assert mixed.log_prob("back", "you", "call") > alone.log_prob("back", "you", "call")
    assert mixed.log_prob("zone", "time") == pytest.approx(alone.log_prob("zone", "time"), abs=0.01)


def test_clear_speech_of_the_calls_is_heard_better(mixed_file: Path, tmp_path: Path) -> None:
    text = "I can hear how frustrating this has been, Ms Novak, let me check your order."
    said = say(text, "slt", tmp_path)
    wrong = []
    for recogniser in (PocketSphinxRecogniser(), PocketSphinxRecogniser(mixed_file)):
        turn = recogniser.begin_turn()
        feed_in_blocks(turn, said)
        wrong.append(word_errors(text, turn.finish().text))
    assert wrong[1] <= wrong[0]
    assert wrong[1] <= 2


def test_the_file_is_made_once_and_again_when_the_sentences_change(tmp_path: Path) -> None:
    folder = tmp_path / "language"
    first = mixed_language_model(SENTENCES[:2], folder)
    assert first is not None
    made = first.stat().st_mtime_ns
    assert mixed_language_model(SENTENCES[:2], folder) == first
    assert first.stat().st_mtime_ns == made
    second = mixed_language_model(SENTENCES, folder)
    assert second is not None
    assert list(folder.iterdir()) == [second]


def test_where_it_cannot_be_written_the_wheels_own_model_is_used(tmp_path: Path) -> None:
    (tmp_path / "language").write_text("in the way", encoding="utf-8")
    assert mixed_language_model(SENTENCES, tmp_path / "language") is None


@pytest.mark.parametrize("content", [b"", b"Trie Language Model", b"Trie Language Model\x02" + bytes(40), b"\\data\\"])
def test_what_is_no_trigram_trie_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "model").write_bytes(content)
    with pytest.raises(ValueError, match="not a trigram trie"):
        read_trigrams(tmp_path / "model")


def test_words_are_as_the_dictionary_writes_them() -> None:
    assert words_in("I’m SORRY, Ms. Novak - it's 24/7!") == ["i'm", "sorry", "ms", "novak", "it's"]
