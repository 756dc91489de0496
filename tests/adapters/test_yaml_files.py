"""YAML files become data that can name its mistakes by file, line and key."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.adapters.yaml_files import load_yaml, parse_yaml
from simulator.domain.errors import BadInputError


def test_scalars_stay_the_text_that_was_written() -> None:
    document = parse_yaml("answer: no\ncount: 010\n", "f.yaml").mapping()
    assert document["answer"].text() == "no"
    assert document["count"].text() == "010"


def test_an_unknown_key_is_named_with_its_file_line_and_key() -> None:
    document = parse_yaml("title: a\nlines:\n  - text: x\n    colour: red\n", "late.yaml")
    entry = document.mapping()["lines"].items()[0]
    with pytest.raises(BadInputError, match=r"late\.yaml:4: lines\[1\]\.colour: is not a known key"):
        entry.mapping(required=("text",))


def test_a_missing_key_is_named_where_its_mapping_begins() -> None:
    with pytest.raises(BadInputError, match=r"f\.yaml:1: .*'voice' is missing"):
        parse_yaml("title: a\n", "f.yaml").mapping(required=("title", "voice"))


def test_a_key_given_twice_is_refused() -> None:
    with pytest.raises(BadInputError, match=r"f\.yaml:2: a: is given twice"):
        parse_yaml("a: 1\na: 2\n", "f.yaml")


def test_an_alias_is_refused_so_that_a_small_file_cannot_become_huge() -> None:
    with pytest.raises(BadInputError, match="aliases"):
        parse_yaml("a: &x [1, 2]\nb: [*x, *x]\n", "f.yaml")


def test_an_asterisk_inside_a_text_is_no_alias() -> None:
    assert parse_yaml("a: 'five * stars'\n", "f.yaml").mapping()["a"].text() == "five * stars"


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"", "is empty"), (b"\xff\xfe\x00", "UTF-8"), (b"a: [1\nb: 2", "not valid YAML"), (b"a\x00b", "not valid YAML")],
)
def test_a_file_that_is_no_yaml_gets_one_plain_sentence(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(content)
    with pytest.raises(BadInputError, match=message):
        load_yaml(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match=r"nowhere\.yaml: there is no such file"):
        load_yaml(tmp_path / "nowhere.yaml")


@given(st.text(max_size=300))
def test_any_text_is_either_read_or_refused_in_plain_words(text: str) -> None:
    complaint = "f.yaml:"
    try:
        parse_yaml(text, "f.yaml")
    except BadInputError as error:
        complaint = str(error)
    assert complaint.startswith("f.yaml:")


@pytest.mark.parametrize(("written", "allowed"), [("eleven", False), ("11", False), ("nan", False), ("7.5", True)])
def test_a_number_outside_its_range_is_refused(written: str, allowed: bool) -> None:
    node = parse_yaml(f"temper: {written}\n", "f.yaml").mapping()["temper"]
    if allowed:
        assert node.number(0, 10) == 7.5
    else:
        with pytest.raises(BadInputError, match=r"f\.yaml:1: temper"):
            node.number(0, 10)
