"""`unruffled rehearse`: a whole call in the terminal."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import click

from simulator.acoustics.measure import calibrate
from simulator.cli.call_text import show_ended, show_line, show_not_heard, show_turn
from simulator.cli.live_terminal import LiveTerminal
from simulator.cli.main import ServicesMaker
from simulator.domain.errors import BadInputError, SimulatorError
from simulator.domain.scenario import Difficulty, Scenario
from simulator.practice.call_json import ended_json, not_heard_json, started_json, turn_json
from simulator.practice.demo import SyntheticTrainee
from simulator.practice.file_call import CallParts, FileCall, NotHeard, SpokenReply, TypedReply
from simulator.practice.services import Services
from simulator.practice.settings import CallSetup

Replies = Iterator[SpokenReply | TypedReply]
RECOGNISERS = ("auto", "vosk", "pocketsphinx", "none")


class _Ordered(click.Command):
    """Keeps `--reply` and `--typed` in the order in which they were given."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        parser = self.make_parser(ctx)
        values, _, order = parser.parse_args(args=list(args))
        taken = {name: list(values.get(name) or []) for name in ("reply", "typed")}
        ctx.meta["replies"] = [(param.name, taken[param.name].pop(0)) for param in order if taken.get(param.name)]
        return super().parse_args(ctx, args)


@click.command(cls=_Ordered)
@click.argument("scenario")
@click.option("--reply", multiple=True, metavar="AUDIO", help="An audio file to answer with; may be given often.")
@click.option("--typed", multiple=True, metavar="TEXT", help="A reply in words; may be given often.")
@click.option(
    "--replies", "script", metavar="FILE", help='JSON lines: {"audio": FILE, "start_s": 4.2} or {"text": ...}.'
)
@click.option("--calibration", metavar="AUDIO", help="15 s of your calm voice, for comparison.")
@click.option("--recogniser", type=click.Choice(RECOGNISERS), default="auto", show_default=True)
@click.option(
    "--difficulty", type=click.Choice([each.value for each in Difficulty]), help="Default: the scenario's own."
)
@click.option("--exam", is_flag=True, help="No feedback until the end.")
@click.option("--demo", is_flag=True, help="A synthetic trainee answers.")
@click.option("--no-save", is_flag=True, help="Do not keep the call.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.pass_context
def rehearse(context: click.Context, /, scenario: str, **options: Any) -> None:
    """Rehearse a call: SCENARIO is an id ('unruffled scenarios list') or a file.

    Without replies the microphone is used, or, where there is none, the keyboard.
    """
    make: ServicesMaker = context.obj
    services = make()
    found = services.scenarios.find(scenario)
    setup = _setup(services, found, options)
    given = _given(context.meta["replies"], options["script"])
    if given is None and not options["demo"] and _has_microphone(services):
        LiveTerminal(services, setup, as_json=options["as_json"]).run()
        return
    spoken = any(isinstance(reply, SpokenReply) for reply in given or ())
    replies = iter(given) if given is not None else _from_keyboard(context)
    _Call(services, setup, options, spoken=spoken).run(None if options["demo"] else replies)


class _Call:
    """One call on files or typed words, told as text or as JSON lines."""

    def __init__(self, services: Services, setup: CallSetup, options: dict[str, Any], *, spoken: bool) -> None:
        self._setup = setup
        self._json: bool = options["as_json"]
        # Typed words need no recogniser; a second to load one would be for nothing.
        wanted = options["recogniser"] if spoken or options["recogniser"] != "auto" else "none"
        recogniser = services.recogniser(wanted, setup.scenario.language)
        parts = CallParts(
            voice=services.voice,
            recogniser=recogniser,
            read_audio=services.audio_files.read,
            tell=lambda text: click.echo(text, err=True),
            recordings=services.recordings,
        )
        self._call = FileCall(services.rehearsal(setup), parts)
        self._recogniser = recogniser.name

    def run(self, replies: Replies | None) -> None:
        """`replies` None: the synthetic trainee answers."""
        call, demo = self._call, SyntheticTrainee(self._setup.scenario)
        line = call.begin()
        self._print(started_json(self._setup, call.rehearsal.session_id, self._recogniser))
        try:
            while True:
                self._show(show_line(self._setup.scenario, line))
                if line.farewell or not self._exchange(replies, demo, line.beat):
                    break
                following = call.go_on()
                if following is None:
                    break
                line = following
        finally:
            summary = call.finish()
        self._print(ended_json(summary))
        self._show(show_ended(summary, self._setup.scenario))

    def _exchange(self, replies: Replies | None, demo: SyntheticTrainee, beat: str) -> bool:
        """One reply that can be judged; False where no more come."""
        while True:
            reply = TypedReply(demo.answer(beat)) if replies is None else next(replies, None)
            if reply is None:
                return False
            if replies is None and isinstance(reply, TypedReply):
                self._show(f"You: {reply.text}")
            result = self._call.answer(reply)
            if not isinstance(result, NotHeard):
                self._print(turn_json(result, self._setup.scenario.language))
                self._show(show_turn(result, exam=self._setup.exam))
                return True
            self._print(not_heard_json(result))
            self._show(show_not_heard(result))

    def _print(self, event: dict[str, Any]) -> None:
        if self._json:
            click.echo(json.dumps(event, ensure_ascii=False))

    def _show(self, text: str) -> None:
        if not self._json:
            click.echo(text)


def _setup(services: Services, scenario: Scenario, options: dict[str, Any]) -> CallSetup:
    settings = services.settings.load()
    baseline = None
    if options["calibration"]:
        path = Path(options["calibration"])
        try:
            baseline = calibrate(services.audio_files.read(path), path.name)
        except BadInputError as error:
            raise BadInputError(f"{path}: {error.problem}", error.remedy) from None
    return CallSetup(
        scenario=scenario,
        trainee_id=settings.trainee_id,
        difficulty=Difficulty(options["difficulty"]) if options["difficulty"] else scenario.difficulty,
        exam=options["exam"],
        baseline=baseline,
        save=not options["no_save"],
    )


def _given(ordered: Iterable[tuple[str, str]], script: str | None) -> list[SpokenReply | TypedReply] | None:
    """The replies of the command line, then those of the file; None where there are none."""
    replies: list[SpokenReply | TypedReply] = [
        SpokenReply(Path(value)) if name == "reply" else TypedReply(value) for name, value in ordered
    ]
    if script is not None:
        replies.extend(_scripted(Path(script)))
    for reply in replies:
        if isinstance(reply, SpokenReply) and not reply.audio.is_file():
            raise BadInputError(f"{reply.audio}: there is no such file.")
    return replies if replies or script is not None else None


def _scripted(path: Path) -> Iterator[SpokenReply | TypedReply]:
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except FileNotFoundError:
        raise BadInputError(f"{path}: there is no such file.") from None
    except (OSError, UnicodeDecodeError):
        raise BadInputError(f"{path}: cannot be read as UTF-8 text.") from None
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _scripted_line(line, path, number)


def _scripted_line(line: str, path: Path, number: int) -> SpokenReply | TypedReply:
    where = f"{path}:{number}"
    try:
        data = json.loads(line)
    except json.JSONDecodeError as error:
        raise BadInputError(f"{where}: is not JSON: {error.msg}.") from None
    known = data if isinstance(data, dict) else {}
    for key in known:
        if key not in ("audio", "start_s", "text"):
            raise BadInputError(f"{where}: {key}: is not a known key; known here: audio, start_s, text.")
    text, audio, start_s = known.get("text"), known.get("audio"), known.get("start_s")
    if isinstance(text, str) and audio is None and start_s is None:
        return TypedReply(text)
    if not isinstance(audio, str) or text is not None:
        raise BadInputError(f'{where}: needs either "audio" (a file) or "text" (words).')
    if isinstance(start_s, bool) or not (start_s is None or (isinstance(start_s, (int, float)) and start_s >= 0)):
        raise BadInputError(f"{where}: start_s: should be seconds from the start of the customer's line, 0 or more.")
    beside = path.parent / audio
    return SpokenReply(beside if beside.is_file() else Path(audio), None if start_s is None else float(start_s))


def _has_microphone(services: Services) -> bool:
    settings = services.settings.load()
    try:
        return settings.microphone_allowed and any(device.inputs for device in services.devices.list())
    except SimulatorError:
        return False


def _from_keyboard(context: click.Context) -> Replies:
    """Typed replies, one a line; an empty line is an empty reply, the end of the input ends the call."""
    if not context.meta.get("told") and sys.stdin.isatty():
        click.echo("Type your replies, Enter sends them; Ctrl-D ends the call.", err=True)
    for line in sys.stdin:
        yield TypedReply(line.rstrip("\n"))
