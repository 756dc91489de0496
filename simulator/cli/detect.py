"""`unruffled detect`: the techniques in words."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from typing import Any

import click

from simulator.cli.main import ServicesMaker
from simulator.domain.errors import BadInputError
from simulator.domain.technique import Detection
from simulator.wording.batch import as_json, context_of, customer_context, text_of
from simulator.wording.detect import WordingDetector, detector_for


@click.command()
@click.option("--language", default="en", show_default=True, help="Code of the phrasebook.")
@click.option("--customer", default="", help='The customer as spoken: "Ms Maria Novak".')
@click.option("--context", "line", default="", help="What the customer said before the reply.")
@click.option("--text", help="The reply.")
@click.option("--batch", is_flag=True, help="Read JSON lines from standard input, write one JSON line each.")
@click.option("--json", "json_wanted", is_flag=True, help="One JSON object instead of a list to read.")
@click.pass_context
def detect(
    context: click.Context, language: str, customer: str, line: str, text: str | None, batch: bool, json_wanted: bool
) -> None:
    """Find the techniques in a reply, with the exact words."""
    if batch == (text is not None):
        raise click.UsageError("Give either --text or --batch.")
    make: ServicesMaker = context.obj
    phrasebooks = make().phrasebooks
    detector = detector_for(phrasebooks.load(language), phrasebooks.learned(language))
    if batch:
        for answer in _answers(detector, sys.stdin.buffer):
            click.echo(json.dumps(answer, ensure_ascii=False))
        return
    assert text is not None
    found = detector.detect(text, customer_context(customer, line, detector.book.names))
    if json_wanted:
        click.echo(json.dumps({"id": None, "techniques": as_json(found)}, ensure_ascii=False))
    else:
        _show(found)


def _show(found: Iterable[Detection]) -> None:
    nothing = True
    for detection in found:
        nothing = False
        words = "; ".join(f"“{evidence.text}”" for evidence in detection.evidence)
        click.echo(f"{detection.polarity} {detection.technique:<22} {words}")
    if nothing:
        click.echo("Nothing of the guidance was found.")


def _answers(detector: WordingDetector, lines: Iterable[bytes]) -> Iterator[dict[str, Any]]:
    for number, written in enumerate(lines, 1):
        if not written.strip():
            continue
        where = f"standard input:{number}"
        record = _record(written, where)
        found = detector.detect(text_of(record, where), context_of(record, where))
        yield {"id": record.get("id"), "techniques": as_json(found)}


def _record(written: bytes, where: str) -> dict[str, Any]:
    try:
        record = json.loads(written.decode("utf-8-sig"))
    except ValueError as error:
        raise BadInputError(f"{where}: is not JSON ({error}).") from None
    if not isinstance(record, dict):
        raise BadInputError(f"{where}: should be a JSON object.")
    return record
