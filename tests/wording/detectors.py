"""The detectors of all languages, each read once."""

from __future__ import annotations

from functools import cache

from simulator.adapters.phrasebook_files import PhrasebookFiles
from simulator.wording.detect import WordingDetector, detector_for
from tests.conftest import PROJECT

PHRASEBOOKS = PROJECT / "assets" / "phrasebooks"


@cache
def detector_of(language: str) -> WordingDetector:
    """With what was learnt."""
    files = PhrasebookFiles(PHRASEBOOKS)
    return detector_for(files.load(language), files.learned(language))


@cache
def patterns_of(language: str) -> WordingDetector:
    """By its patterns alone."""
    return detector_for(PhrasebookFiles(PHRASEBOOKS).load(language))
