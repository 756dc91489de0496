"""Replies as plain records (`unruffled detect --batch`, labelled files), and detections as JSON values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from simulator.domain.errors import BadInputError
from simulator.domain.technique import Detection
from simulator.wording.context import ReplyContext
from simulator.wording.phrasebook import NameWords
from simulator.wording.tokens import normalised

_TEXTS = ("customer_title", "customer_first_name", "customer_name", "context", "agent_name", "demand")


def context_of(record: Mapping[str, Any], where: str) -> ReplyContext:
    """The context in a record; missing keys and null are empty. Raises BadInputError for a wrong type."""
    texts: dict[str, str] = {}
    for key in _TEXTS:
        value = record.get(key)
        if value is not None and not isinstance(value, str):
            raise BadInputError(f"{where}: {key}: should be a text.")
        texts[key] = value or ""
    return ReplyContext(
        customer_title=texts["customer_title"],
        customer_first_name=texts["customer_first_name"],
        customer_name=texts["customer_name"],
        agent_name=texts["agent_name"],
        line=texts["context"],
        facts=tuple(_list_of_texts(record, "facts", where)),
        demand=texts["demand"],
    )


def text_of(record: Mapping[str, Any], where: str) -> str:
    text = record.get("text")
    if not isinstance(text, str):
        raise BadInputError(f"{where}: text: should be a text.")
    return text


def customer_context(customer: str, line: str, names: NameWords) -> ReplyContext:
    """From "Ms Maria Novak", "Maria Novak" or "Novak": the title is a known one, the last word the surname.

    Where the language puts the title last, the surname comes first.
    """
    words = re.split(r"[\s.]+", customer.strip())
    title = next((word for word in words if normalised(word) in names.titles), "")
    rest = [word for word in words if word and word != title]
    if names.title_follows:
        rest.reverse()
    return ReplyContext(
        customer_title=title,
        customer_first_name=rest[0] if len(rest) > 1 else "",
        customer_name=rest[-1] if rest else "",
        line=line,
    )


def _list_of_texts(record: Mapping[str, Any], key: str, where: str) -> Sequence[str]:
    value = record.get(key) or []
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise BadInputError(f"{where}: {key}: should be a list of texts.")
    return value


def as_json(detections: Iterable[Detection]) -> list[dict[str, Any]]:
    """Detections as cli.md lays them out."""
    return [
        {
            "id": detection.technique,
            "polarity": str(detection.polarity),
            "evidence": [{"text": e.text, "start": e.start, "end": e.end} for e in detection.evidence],
        }
        for detection in detections
    ]
