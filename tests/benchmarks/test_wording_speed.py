"""What hearing wording costs: a 60-word turn (goal 5 ms) and loading a phrasebook (goal 150 ms)."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from simulator.adapters.phrasebook_files import PhrasebookFiles
from simulator.wording.context import ReplyContext
from simulator.wording.detect import WordingDetector, detector_for

FILES = PhrasebookFiles(Path(__file__).resolve().parents[2] / "assets" / "phrasebooks")
TURN = (
    "ms novak i am really sorry about what happened with your washing machine i can hear how frustrating this is let "
    "me sort it out for you could you give me the order number please and then i will call the courier and send you a "
    "new one tomorrow morning and i will call you back at noon to make sure"
)
CALL = ReplyContext("Ms", "Maria", "Novak", line="The courier never came and my washing machine is lost!")


def load(language: str) -> WordingDetector:
    return detector_for(FILES.load(language), FILES.learned(language))


def test_a_turn_of_sixty_words(benchmark: BenchmarkFixture) -> None:
    """Garbage collection included, after the program's own freezing of what was loaded (`app/bootstrap.py`)."""
    detector = load("en")
    gc.freeze()
    assert 58 <= len(TURN.split()) <= 62
    found = benchmark(detector.detect, TURN, CALL)
    assert "apologise" in {detection.technique for detection in found}


@pytest.mark.parametrize("language", FILES.languages())
def test_loading_a_phrasebook(benchmark: BenchmarkFixture, language: str) -> None:
    assert benchmark(load, language).book.language == language
