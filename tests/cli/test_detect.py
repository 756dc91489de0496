"""`unruffled detect` and `unruffled phrasebook` as scripts use them."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner, Result

from simulator.adapters.phrasebook_files import PhrasebookFiles
from simulator.cli.detect import detect
from simulator.cli.phrasebook import phrasebook
from simulator.domain.errors import BadInputError

PHRASEBOOKS = PhrasebookFiles(Path(__file__).resolve().parents[2] / "assets" / "phrasebooks")


def run(command: Any, *arguments: str, stdin: str | None = None, books: PhrasebookFiles = PHRASEBOOKS) -> Result:
    services = SimpleNamespace(phrasebooks=books)
    return CliRunner().invoke(command, list(arguments), input=stdin, obj=lambda: services)


def test_one_text_gives_the_documented_json() -> None:
    text = "Thank you for waiting, Ms Novak. I'm really sorry about the delay."
    result = run(detect, "--customer", "Ms Maria Novak", "--text", text, "--json")
    assert result.exit_code == 0
    answer = json.loads(result.stdout)
    found = {entry["id"]: entry for entry in answer["techniques"]}
    assert {"use_name", "apologise", "thank"} <= set(found)
    assert found["apologise"]["polarity"] == "+"
    for entry in answer["techniques"]:
        for evidence in entry["evidence"]:
            assert text[evidence["start"] : evidence["end"]] == evidence["text"]


def test_a_batch_answers_each_line_with_its_id_in_order() -> None:
    lines = [
        {"id": "a", "text": "Calm down!", "customer_name": "Novak"},
        {"id": 7, "text": "I'm sorry, Ms Novak.", "customer_title": "Ms", "customer_name": "Novak", "facts": ["x"]},
    ]
    result = run(detect, "--batch", "--json", stdin="\n".join(map(json.dumps, lines)) + "\n\n")
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == ["a", 7]
    assert "command_calm" in {entry["id"] for entry in answers[0]["techniques"]}
    assert {"use_name", "apologise"} <= {entry["id"] for entry in answers[1]["techniques"]}


def test_without_json_a_person_can_read_it() -> None:
    result = run(detect, "--text", "You should have read the terms.")
    assert "blame_customer" in result.stdout
    assert "Nothing" in run(detect, "--text", "Hm.").stdout


@pytest.mark.parametrize(
    ("stdin", "said"),
    [
        ("{not json", "standard input:1: is not JSON"),
        ("[1]", "standard input:1: should be a JSON object"),
        ('{"id": 1}', "standard input:1: text: should be a text"),
        ('{"text": "a", "facts": "b"}', "standard input:1: facts: should be a list"),
        ('\n{"text": "a", "customer_name": 3}', "standard input:2: customer_name"),
    ],
)
def test_a_bad_line_is_named(stdin: str, said: str) -> None:
    result = run(detect, "--batch", stdin=stdin)
    assert isinstance(result.exception, BadInputError)
    assert said in str(result.exception)


def test_text_and_batch_exclude_each_other() -> None:
    assert run(detect, "--batch", "--text", "x").exit_code == 2
    assert run(detect).exit_code == 2


def test_an_unknown_language_names_the_known_ones() -> None:
    result = run(detect, "--language", "xx", "--text", "x")
    assert isinstance(result.exception, BadInputError)
    assert "en" in str(result.exception)


def test_checking_the_english_phrasebook_finds_nothing_wrong() -> None:
    result = run(phrasebook, "check", "en")
    assert (result.stdout, result.exit_code) == ("", 0)


def test_a_wrong_example_is_reported_with_its_line(tmp_path: Path) -> None:
    book = tmp_path / "en.yaml"
    book.write_text(
        "language: en\nwords: {nice: [lovely]}\nnames: {female_titles: [ms], male_titles: [mr]}\n"
        "techniques:\n  thank:\n    patterns: ['thank you']\n    examples:\n      - Thank you so much.\n"
        "      - Cheers, mate.\n    counter_examples: [No thank you.]\n",
        encoding="utf-8",
    )
    result = run(phrasebook, "check", "en", books=PhrasebookFiles(tmp_path))
    assert result.exit_code == 1
    assert f"{book}:9: thank is not heard in “Cheers, mate.”" in result.stdout
    assert f"{book}:10: thank is heard in “No thank you.”" in result.stdout


def test_evaluating_counts_what_was_missed_and_what_was_false(tmp_path: Path) -> None:
    file = tmp_path / "labelled.jsonl"
    rows = [
        {"id": "1", "text": "Thank you for waiting.", "labels": ["thank"], "absent": ["apologise"]},
        {"id": "2", "text": "The depot closes at six.", "labels": ["thank"], "absent": []},
        {"id": "3", "text": "Calm down.", "labels": [], "absent": ["command_calm"]},
    ]
    file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    answer = json.loads(run(phrasebook, "evaluate", str(file), "--json").stdout)
    thank = answer["techniques"]["thank"]
    assert (thank["positives"], thank["recall"], thank["precision"]) == (2, 0.5, 1.0)
    assert answer["false_alarms"] == 0.5
    assert [mistake["id"] for mistake in answer["mistakes"]] == ["2", "3"]
    read = run(phrasebook, "evaluate", str(file)).stdout
    assert "macro F1" in read
    assert "2  -thank" in read


def test_a_bad_label_is_named_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "labelled.jsonl"
    file.write_text('{"id": 1, "text": "a", "labels": ["thanks"]}', encoding="utf-8")
    result = run(phrasebook, "evaluate", str(file))
    assert isinstance(result.exception, BadInputError)
    assert "labelled.jsonl:1: labels: 'thanks'" in str(result.exception)
