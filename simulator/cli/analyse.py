"""`unruffled analyse`: what is measured in recordings."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import numpy as np
from rich.console import Console
from rich.progress import Progress

from simulator.acoustics.calibration import calibrate, drift_since
from simulator.acoustics.measure import VoiceMeter
from simulator.cli.analysis_table import AnalysisTable
from simulator.cli.analysis_text import show_analysis, show_drift
from simulator.cli.main import BAD_INPUT, ServicesMaker
from simulator.domain.errors import BadInputError
from simulator.domain.measures import Baseline, VoiceMeasures
from simulator.domain.utterance import Utterance
from simulator.ports import AudioStream, Recogniser, Samples
from simulator.practice.analysis_json import analysis_json
from simulator.practice.services import Services

SOUND_ENDINGS = frozenset(
    {".wav", ".flac", ".ogg", ".oga", ".opus", ".mp3", ".aif", ".aiff", ".aifc", ".au", ".caf", ".w64", ".snd"}
)
ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class _Analysis:
    """One recording: where it is, what was taken of it, what was measured and heard."""

    path: Path
    source: str
    measures: VoiceMeasures
    utterance: Utterance


@click.command()
@click.argument("audio", nargs=-1, required=True, metavar="AUDIO...")
@click.option("--language", default=ENGLISH, show_default=True, help="Language of the words: en, pl, uk or hu.")
@click.option("--calibration", metavar="AUDIO", help="Calm speech of the same person and headset to compare with.")
@click.option(
    "--recogniser",
    type=click.Choice(["auto", "vosk", "pocketsphinx", "none"]),
    default="auto",
    show_default=True,
    help="Who writes down the words.",
)
@click.option("--channel", type=click.IntRange(min=1), help="Take this channel (1, 2, ...) instead of mixing all.")
@click.option("--plot", metavar="PNG", help="Draw a picture; for several recordings a folder of pictures.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object; for several recordings one a line.")
@click.option("--csv", "table", metavar="FILE", help="Write a table for a spreadsheet: a row a recording.")
@click.pass_context
def analyse(context: click.Context, /, audio: tuple[str, ...], **options: Any) -> None:
    """Measure recordings: pace, level, pitch, pauses, effort. AUDIO is a file or a folder of them.

    A recording that cannot be read is named on standard error, and the others are still measured. The table
    gives pauses and fillers by their number and by their places in seconds (1.20-1.70 3.00-3.45); what is not
    known is empty.
    """
    if options["as_json"] and options["table"]:
        raise click.UsageError("Give either --json or --csv.")
    make: ServicesMaker = context.obj
    services = make()
    recordings, several = _recordings(audio)
    pictures = _pictures(options["plot"], recordings, several)
    measuring = _Measuring(services, options["language"], options["recogniser"], options["channel"])
    if options["calibration"]:
        measuring.calibrate_by(Path(options["calibration"]))
    with closing(_Output(options["as_json"], options["table"], several, options["language"])) as output:
        bad = _run(measuring, recordings, pictures, output) if several else 0
        if not several:
            output.take(measuring.analyse(recordings[0], pictures.get(recordings[0])), measuring.baseline)
    if bad:
        click.echo(f"{bad} of {len(recordings)} recordings could not be measured.", err=True)
        context.exit(BAD_INPUT)


def _recordings(given: Sequence[str]) -> tuple[list[Path], bool]:
    """All files, those of folders by their endings; and whether it is a batch."""
    found: list[Path] = []
    several = len(given) > 1
    for name in given:
        path = Path(name)
        if not path.is_dir():
            found.append(path)
            continue
        several = True
        inside = sorted(p for p in path.rglob("*") if p.suffix.lower() in SOUND_ENDINGS and p.is_file())
        if not inside:
            raise BadInputError(f"{path}: there are no recordings in this folder.")
        found += inside
    return list(dict.fromkeys(found)), several


def _pictures(plot: str | None, recordings: Sequence[Path], several: bool) -> dict[Path, Path]:
    if plot is None:
        return {}
    target = Path(plot)
    if not several:
        return {recordings[0]: target}
    if target.suffix:
        raise click.UsageError(f"For several recordings --plot takes a folder, not the file {target}.")
    try:
        target.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadInputError(f"{target}: the folder cannot be made ({error.strerror}).") from None
    names: dict[Path, Path] = {}
    for path in recordings:
        name = target / f"{path.stem}.png"
        number = 2
        while name in names.values():
            name = target / f"{path.stem}-{number}.png"
            number += 1
        names[path] = name
    return names


class _Measuring:
    """Reads, recognises and measures one recording after the other, in blocks."""

    def __init__(self, services: Services, language: str, recogniser: str, channel: int | None) -> None:
        self._services = services
        self._language = language
        self._channel = channel
        self._recogniser: Recogniser = services.recogniser(recogniser, language)
        self.baseline: Baseline | None = None
        if recogniser == "auto" and self._recogniser.name == "none":
            click.echo(f"Words are not recognised: no speech model for '{language}' is installed.", err=True)

    def calibrate_by(self, path: Path) -> None:
        stream = self._services.audio_files.open(path, self._channel)
        _, utterance, samples = self._hear(stream, keep=True)
        try:
            self.baseline = calibrate(
                np.concatenate(samples), path.name, words=utterance.words, language=self._language
            )
        except BadInputError as error:
            raise BadInputError(f"{path}: {error.problem}", error.remedy) from None

    def analyse(self, path: Path, picture: Path | None) -> _Analysis:
        stream = self._services.audio_files.open(path, self._channel)
        meter, utterance, _ = self._hear(stream, keep=False)
        measures = meter.finish(utterance.words)
        if picture is not None:
            self._services.measure_plot.draw(path.name, meter.curves(), measures, utterance.words, picture)
        return _Analysis(path, stream.source, measures, utterance)

    def _hear(self, stream: AudioStream, keep: bool) -> tuple[VoiceMeter, Utterance, list[Samples]]:
        meter = VoiceMeter(self._language, self.baseline)
        turn = self._recogniser.begin_turn()
        kept: list[Samples] = []
        for block in stream.blocks():
            meter.feed(block)
            turn.feed(block)
            if keep:
                kept.append(block)
        return meter, turn.finish(), kept


def _run(measuring: _Measuring, recordings: Sequence[Path], pictures: Mapping[Path, Path], output: _Output) -> int:
    """Measure all that can be, with a progress bar; returns how many cannot."""
    bad = 0
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Measuring", total=len(recordings))
        for path in recordings:
            progress.update(task, description=f"Measuring {path.name}")
            try:
                output.take(measuring.analyse(path, pictures.get(path)), measuring.baseline)
            except BadInputError as error:
                bad += 1
                click.echo(str(error), err=True)
            progress.advance(task)
    return bad


class _Output:
    """Prints as text or JSON, or writes the rows of a table."""

    def __init__(self, as_json: bool, table: str | None, several: bool, language: str) -> None:
        self._json = as_json
        self._several = several
        self._language = language
        self._table = AnalysisTable(Path(table)) if table is not None else None

    def take(self, analysis: _Analysis, baseline: Baseline | None) -> None:
        document = analysis_json(analysis.measures, analysis.utterance, self._language)
        about = {"file": str(analysis.path), "source": analysis.source}
        if self._table is not None:
            self._table.write({**about, **document})
        elif self._json:
            click.echo(json.dumps({**about, **document} if self._several else document, ensure_ascii=False))
            if not self._several:
                click.echo(f"{analysis.path}: {analysis.source}", err=True)
        else:
            click.echo(show_analysis(analysis.path, analysis.source, analysis.measures, analysis.utterance))
        if baseline is not None:
            for line in show_drift(analysis.path, drift_since(baseline, analysis.measures)):
                click.echo(line, err=True)

    def close(self) -> None:
        if self._table is not None:
            self._table.close()
