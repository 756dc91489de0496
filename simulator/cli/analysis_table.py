"""The measures of recordings as a table for a spreadsheet: one row a recording, always the same columns."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from simulator.domain.errors import BadInputError

Row = dict[str, Any]


class AnalysisTable:
    """Raises BadInputError where the file cannot be written."""

    def __init__(self, path: Path) -> None:
        try:
            # With the mark that makes spreadsheets read UTF-8.
            self._file = path.open("w", newline="", encoding="utf-8-sig")
        except OSError as error:
            raise BadInputError(f"{path}: cannot be written ({error.strerror}).") from None
        self._rows: csv.DictWriter[str] | None = None

    def write(self, document: Mapping[str, Any]) -> None:
        """One recording's measures in the shape of `analyse --json`."""
        row = table_row(document)
        if self._rows is None:
            self._rows = csv.DictWriter(self._file, list(row))
            self._rows.writeheader()
        self._rows.writerow(row)

    def close(self) -> None:
        self._file.close()


def table_row(document: Mapping[str, Any]) -> Row:
    """Nested keys joined by a dot. Pauses and fillers give how many, how long, and where, as "1.20-1.70 3.00-3.45" in
    seconds; a space divides them, because what divides cells differs by country. What is not known is empty."""
    return dict(_columns(document, ""))


def _columns(document: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, Any]]:
    for key, value in document.items():
        name = f"{prefix}{key}"
        if name == "pauses":
            yield from _pauses(value)
        elif name == "fillers":
            yield "fillers.count", None if value is None else len(value)
            yield "fillers.at_s", None if value is None else _places(value)
        elif isinstance(value, Mapping):
            yield from _columns(value, f"{name}.")
        elif isinstance(value, list):
            yield f"{name}.count", len(value)
        else:
            yield name, value


def _pauses(pauses: Sequence[Mapping[str, Any]] | None) -> Iterator[tuple[str, Any]]:
    known = pauses or ()
    lengths = [pause["end_s"] - pause["start_s"] for pause in known]
    yield "pauses.count", None if pauses is None else len(known)
    yield "pauses.total_s", None if pauses is None else round(sum(lengths), 2)
    yield "pauses.longest_s", round(max(lengths), 2) if lengths else None
    yield "pauses.at_s", None if pauses is None else _places(known)


def _places(items: Sequence[Mapping[str, Any]]) -> str:
    return " ".join(_place(item) for item in items)


def _place(item: Mapping[str, Any]) -> str:
    """ "1.20-1.70", before it the word where there is one; a word whose time is not known stands alone."""
    timed = item["start_s"] is not None and item["end_s"] is not None
    span = f"{item['start_s']:.2f}-{item['end_s']:.2f}" if timed else ""
    return " ".join(part for part in (item.get("text", ""), span) if part)
