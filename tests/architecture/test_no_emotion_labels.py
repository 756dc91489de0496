"""Nothing derived from the trainee's voice names an emotion (EU AI Act, Article 5(1)(f)).

The customer is fiction: its types and temper may be called angry. Techniques and phrasebooks are about words.
"""

from __future__ import annotations

import dataclasses
import json
import re
from enum import Enum
from pathlib import Path
from typing import Any

import pytest

from simulator.acoustics import calibration, curves, measure, pitch, spectrum, syllables, tracks
from simulator.adapters.store import models
from simulator.domain import leading, measures
from simulator.domain.measures import VoiceMeasures
from simulator.practice.analysis_json import analysis_json

EMOTION = re.compile(
    r"emotion|mood|feeling|anger|angry|anxi|stress|nervous|fear|afraid|happy|happiness|joy|sad|calmness|upset|frustrat"
    r"|arousal|valence|sentiment|irritat|aggress|annoy|bored|confiden(?:t_voice|ce_voice)|tired|distress|tense|tension",
    re.IGNORECASE,
)
MODULES = (measures, leading, measure, calibration, curves, pitch, spectrum, syllables, tracks)
ACOUSTICS = Path(measure.__file__).parent


def names_in(module: Any) -> set[str]:
    """The module's types, their fields and members, and its constants."""
    found: set[str] = set()
    for name, value in vars(module).items():
        found.add(name)
        if dataclasses.is_dataclass(value):
            found |= {field.name for field in dataclasses.fields(value)}
        if isinstance(value, type) and issubclass(value, Enum):
            found |= {member.name for member in value} | {str(member.value) for member in value}
    return found


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_types_fields_and_constants_name_no_emotion(module: Any) -> None:
    assert [name for name in sorted(names_in(module)) if EMOTION.search(name)] == []


def test_the_source_of_the_acoustics_defines_no_emotion() -> None:
    """Functions, variables and comments too. Two files are no measures: a dictionary, and the customer's fiction."""
    for path in sorted(ACOUSTICS.glob("*.py")):
        if path.name in ("english_exceptions.py", "harshness.py"):
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if EMOTION.search(line):
                assert "never an emotion" in line, f"{path.name}:{number}: {line}"


def test_the_exported_json_names_no_emotion() -> None:
    def keys(document: Any) -> set[str]:
        if isinstance(document, dict):
            return set(document) | {k for value in document.values() for k in keys(value)}
        if isinstance(document, list):
            return {k for value in document for k in keys(value)}
        return set()

    document = analysis_json(VoiceMeasures(1.0), None, "en")
    assert "articulation_rate_syl_per_s" in keys(document)
    assert [key for key in sorted(keys(document)) if EMOTION.search(key)] == []
    assert not EMOTION.search(json.dumps(document))


def test_the_database_has_no_column_for_one() -> None:
    columns = {
        f"{table.name}.{column.name}" for table in models.Base.metadata.tables.values() for column in table.columns
    }
    assert len(columns) > 10
    assert [name for name in sorted(columns) if EMOTION.search(name)] == []


def test_the_scan_would_find_one() -> None:
    assert EMOTION.search("anger_score")
    assert EMOTION.search("StressLevel")
    assert not EMOTION.search("articulation_rate_syl_per_s")
