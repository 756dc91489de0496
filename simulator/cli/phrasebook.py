"""`unruffled phrasebook`: check what the program listens for, and measure how well it hears."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import click

from simulator.cli.main import COULD_NOT, ServicesMaker
from simulator.domain.errors import BadInputError
from simulator.ports import Phrasebooks
from simulator.wording.check import check as check_book
from simulator.wording.check import wrong_examples
from simulator.wording.detect import WordingDetector, detector_for
from simulator.wording.evaluate import Evaluation, LabelledReply, evaluate, labelled_reply

MOST_CONFUSIONS = 25


@click.group()
def phrasebook() -> None:
    """What is listened for in the words."""


@phrasebook.command("check")
@click.argument("language", required=False)
@click.pass_context
def check(context: click.Context, language: str | None) -> None:
    """Try all examples and counter-examples on the patterns; exit 1 where one fails.

    Examples that are heard otherwise once what was learnt joins in are listed too, and are no failure.
    """
    phrasebooks = _phrasebooks(context)
    failed = False
    for code in [language] if language else phrasebooks.languages():
        detector = _detector(phrasebooks, code, patterns_only=True)
        findings = check_book(detector)
        for finding in findings:
            click.echo(f"{finding.where}: {finding.what}")
        otherwise = list(wrong_examples(_detector(phrasebooks, code)))
        for finding in otherwise:
            click.echo(f"note: {finding.where}: with what was learnt, {finding.what}", err=True)
        patterns = sum(len(patterns) for patterns in detector.book.patterns.values())
        verdict = f"{len(findings)} wrong" if findings else "all as they should be"
        click.echo(f"{code}: {patterns} patterns, {len(detector.book.examples)} examples, {verdict}.", err=True)
        failed = failed or bool(findings)
    if failed:
        context.exit(COULD_NOT)


@phrasebook.command("evaluate")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--language", default="en", show_default=True)
@click.option("--patterns-only", is_flag=True, help="Leave out what was learnt.")
@click.option("--json", "json_wanted", is_flag=True, help="One JSON object.")
@click.pass_context
def evaluate_file(context: click.Context, file: Path, language: str, patterns_only: bool, json_wanted: bool) -> None:
    """Precision, recall and F1 on labelled replies: JSON lines as for `detect --batch`, with `labels` and `absent`."""
    phrasebooks = _phrasebooks(context)
    detector = _detector(phrasebooks, language, patterns_only=patterns_only)
    heard = (
        (reply, frozenset(found.technique for found in detector.detect(reply.text, reply.context)))
        for reply in labelled_replies(file)
    )
    evaluation = evaluate(heard)
    if json_wanted:
        click.echo(json.dumps(_as_json(evaluation), ensure_ascii=False))
    else:
        for line in _report(evaluation):
            click.echo(line)


def labelled_replies(file: Path) -> Iterator[LabelledReply]:
    """The replies of a labelled file. Raises BadInputError naming file and line."""
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise BadInputError(f"{file}: cannot be read ({error.strerror}).") from None
    except UnicodeDecodeError:
        raise BadInputError(f"{file}: is not UTF-8 text.", "Save it as UTF-8.") from None
    for number, line in enumerate(lines, 1):
        if line.strip():
            where = f"{file}:{number}"
            try:
                record = json.loads(line)
            except ValueError as error:
                raise BadInputError(f"{where}: is not JSON ({error}).") from None
            if not isinstance(record, dict):
                raise BadInputError(f"{where}: should be a JSON object.")
            yield labelled_reply(record, where)


def _phrasebooks(context: click.Context) -> Phrasebooks:
    make: ServicesMaker = context.obj
    return make().phrasebooks


def _detector(phrasebooks: Phrasebooks, language: str, *, patterns_only: bool = False) -> WordingDetector:
    learned = None if patterns_only else phrasebooks.learned(language)
    return detector_for(phrasebooks.load(language), learned)


def _report(evaluation: Evaluation) -> Iterable[str]:
    yield f"{'technique':<24}{'n':>5}{'P':>8}{'R':>8}{'F1':>8}{'hard neg.':>12}"
    for technique, tally in evaluation.tallies.items():
        tempted = f"{tally.tempted}/{tally.tempting}"
        figures = "".join(f"{_two(value):>8}" for value in (tally.precision, tally.recall, tally.f1))
        yield f"{technique:<24}{tally.positives:>5}{figures}{tempted:>12}"
    yield f"{'macro F1':<45}{_two(evaluation.macro_f1, 3):>8}"
    yield f"{'false alarms on hard negatives':<45}{_two(evaluation.false_alarms, 3):>8}"
    if evaluation.confusions:
        yield "\nMissed, and what was heard instead in the same reply:"
        for here, there, count in evaluation.confusions[:MOST_CONFUSIONS]:
            yield f"{count:>4}  {here} -> {there}"
    if evaluation.mistakes:
        yield "\nReplies not heard as labelled (- missed, + false):"
        for mistake in evaluation.mistakes:
            marks = " ".join([f"-{name}" for name in mistake.missed] + [f"+{name}" for name in mistake.false])
            yield f"{mistake.id}  {marks}\n      {mistake.text}"


def _two(value: float | None, places: int = 2) -> str:
    return "-" if value is None else f"{value:.{places}f}"


def _as_json(evaluation: Evaluation) -> dict[str, Any]:
    return {
        "replies": evaluation.replies,
        "macro_f1": evaluation.macro_f1,
        "false_alarms": evaluation.false_alarms,
        "techniques": {
            technique: {
                "positives": tally.positives,
                "precision": tally.precision,
                "recall": tally.recall,
                "f1": tally.f1,
                "hard_negatives": tally.tempting,
                "hard_negatives_heard": tally.tempted,
            }
            for technique, tally in evaluation.tallies.items()
        },
        "confusions": [
            {"missed": here, "heard": there, "count": count} for here, there, count in evaluation.confusions
        ],
        "mistakes": [dataclasses.asdict(mistake) for mistake in evaluation.mistakes],
    }
