"""The call page, the summary and My calls at every size, look and language length: nothing is cut off."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from call_samples import (
    BASELINE,
    FEEDBACK_THREE,
    GOOD_REPLY,
    SCENARIO,
    bad_summary,
    bad_turn,
    call_setup,
    good_summary,
    good_turn,
    line,
    one_turn_summary,
    typed_summary,
    typed_turn,
    unheard_turn,
    word_starts,
)
from clipping import cut_off, settle
from conftest import ICONS, Bench
from longer_words import make_longer_words
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from simulator.domain.scenario import Difficulty
from simulator.domain.session import SessionSummary
from simulator.practice.messages import (
    CallConnected,
    CaptionMoved,
    Floor,
    FloorChanged,
    LineFinished,
    LineStarted,
    Message,
    MeterMoved,
    NothingHeard,
    Paused,
    TurnAppraised,
    WordsHeard,
)
from simulator.practice.settings import Settings
from simulator.practice.turn_result import CallSummary
from simulator.ui.calls.calls_page import CallsPage
from simulator.ui.calls.progress_facts import CallFacts, progress_of
from simulator.ui.rehearse.rehearse_page import RehearsePage
from simulator.ui.rehearse.said_words import SaidWords
from simulator.ui.rehearse.summary_page import SummaryPage
from simulator.ui.theme import apply_theme

SIZES = [(1280, 720), (1920, 1080), (960, 540)]  # the last: 1920 x 1080 at 200 %
LONG_LINE = line().text + " And then, of course, nobody was there, and nobody rang. " * 6
LONG_FEEDBACK = replace(
    FEEDBACK_THREE,
    headline=FEEDBACK_THREE.headline * 3,
    next_step=FEEDBACK_THREE.next_step * 3,
    items=tuple(replace(item, text=item.text * 3, evidence=item.evidence * 2) for item in FEEDBACK_THREE.items),
)
LONG_NAMED = replace(
    SCENARIO,
    title="The washing machine that came to the wrong address three times in a row",
    customer=replace(SCENARIO.customer, title="Frau Doktor", last_name="Wolfeschlegelsteinhausenbergerdorff"),
)


def _call(bench: Bench, *said: Message, settings: Settings | None = None, **changes: object) -> QWidget:
    bench.settings.settings = settings or Settings(first_run_done=True)
    page = RehearsePage(bench.services())
    page.begin(call_setup(**changes))
    while not bench.calls:
        QApplication.processEvents()
    listener = bench.calls[-1].listener
    listener(CallConnected(SCENARIO, 9.0, "vosk", "vosk", "s-1"))
    listener(LineStarted(line(LONG_LINE), 1, word_starts(LONG_LINE), True))
    listener(FloorChanged(Floor.CUSTOMER))
    listener(CaptionMoved(12))
    for message in said:
        listener(message)
    return page


def customer_speaks(bench: Bench) -> QWidget:
    return _call(bench, scenario=LONG_NAMED, difficulty=Difficulty.GUIDED)


def you_speak(bench: Bench) -> QWidget:
    said = (LineFinished(1), FloorChanged(Floor.TRAINEE), WordsHeard(GOOD_REPLY * 3), MeterMoved(12.0, 0.6))
    return _call(bench, *said, baseline=replace(BASELINE, provisional=True))


def push_to_talk(bench: Bench) -> QWidget:
    return _call(bench, LineFinished(1), settings=Settings(hands_free=False))


def without_a_microphone(bench: Bench) -> QWidget:
    return _call(bench, LineFinished(1), settings=Settings(microphone_allowed=False, captions=False))


def exam(bench: Bench) -> QWidget:
    return _call(bench, exam=True)


def feedback(bench: Bench) -> QWidget:
    return _call(bench, TurnAppraised(good_turn()))


def long_feedback(bench: Bench) -> QWidget:
    return _call(bench, TurnAppraised(replace(good_turn(), feedback_text=LONG_FEEDBACK)))


def feedback_on_a_bad_turn(bench: Bench) -> QWidget:
    return _call(bench, TurnAppraised(bad_turn()))


def feedback_on_a_typed_turn(bench: Bench) -> QWidget:
    return _call(bench, TurnAppraised(typed_turn()))


def ticking(bench: Bench) -> QWidget:
    return _call(bench, TurnAppraised(unheard_turn()))


def correcting(bench: Bench) -> QWidget:
    page = _call(bench, TurnAppraised(good_turn()))
    settle()
    page.view.feedback.start_correcting()
    return page


def nothing_heard(bench: Bench) -> QWidget:
    return _call(bench, LineFinished(1), NothingHeard(1, "silence"))


def paused(bench: Bench) -> QWidget:
    return _call(bench, Paused(None))


def in_trouble(bench: Bench) -> QWidget:
    return _call(bench, Paused("The headset 'Jabra Evolve 40' was unplugged. Plug it in again, then go on."))


def _summary(bench: Bench, summary: CallSummary) -> QWidget:
    page = SummaryPage(bench.services())
    page.show_summary(summary)
    page._question.skipped.emit()
    return page


def look_back(bench: Bench) -> QWidget:
    page = SummaryPage(bench.services())
    page.show_summary(good_summary())
    return page


def good_call(bench: Bench) -> QWidget:
    return _summary(bench, good_summary(7))


def bad_call(bench: Bench) -> QWidget:
    return _summary(bench, bad_summary())


def typed_call(bench: Bench) -> QWidget:
    return _summary(bench, typed_summary())


def short_call(bench: Bench) -> QWidget:
    return _summary(bench, one_turn_summary())


def breathing(bench: Bench) -> QWidget:
    page = _summary(bench, bad_summary())
    page.take_five()
    return page


OUTCOMES = ("settled", "customer_hung_up", None, "handed_over", "abandoned", "ended_by_rule")


def _rows(number: int) -> list[SessionSummary]:
    return [
        SessionSummary(
            f"s-{at}",
            "guest",
            "late",
            LONG_NAMED.title if at % 3 == 0 else "Late delivery",
            "pl" if at % 2 else "en",
            f"2026-11-{22 - at % 20:02d}T09:00:00+00:00",
            "ended",
            OUTCOMES[at % 6],
            None if at % 6 == 2 else 50.0,
            4,
            321.0,
        )
        for at in range(number)
    ]


def _history(bench: Bench, number: int) -> CallsPage:
    bench.store.rows = _rows(number)
    page = CallsPage(bench.services())
    page.show_trainee("guest")
    return page


def no_calls(bench: Bench) -> QWidget:
    return _history(bench, 0)


def many_calls(bench: Bench) -> QWidget:
    return _history(bench, 30)


def deleting(bench: Bench) -> QWidget:
    page = _history(bench, 3)
    page.ask_to_delete(bench.store.rows[0])
    return page


def progress(bench: Bench) -> QWidget:
    page = _history(bench, 12)
    calls = [
        CallFacts(
            "late", LONG_NAMED.title, "", 40.0 + at, ("use_name",), ("offer_compensation",), ("interrupt",), 3.0, 1.1
        )
        for at in range(12)
    ]
    page.view.choose(True)
    page._show_progress(progress_of(calls))
    return page


STATES = [
    customer_speaks,
    you_speak,
    push_to_talk,
    without_a_microphone,
    exam,
    feedback,
    long_feedback,
    feedback_on_a_bad_turn,
    feedback_on_a_typed_turn,
    ticking,
    correcting,
    nothing_heard,
    paused,
    in_trouble,
    look_back,
    good_call,
    bad_call,
    typed_call,
    short_call,
    breathing,
    no_calls,
    many_calls,
    deleting,
    progress,
]


@pytest.fixture(scope="module")
def translator(tmp_path_factory: pytest.TempPathFactory) -> QTranslator:
    return make_longer_words(tmp_path_factory.mktemp("words"))[0]


@pytest.fixture
def longer_words(look: QApplication, translator: QTranslator) -> Iterator[None]:
    look.installTranslator(translator)
    yield
    look.removeTranslator(translator)


def shown(qtbot: QtBot, bench: Bench, make: Callable[[Bench], QWidget], size: tuple[int, int]) -> QWidget:
    page = make(bench)
    qtbot.addWidget(page)
    page.resize(*size)
    page.show()
    settle()
    for summary in (page, *page.findChildren(SummaryPage)):
        while isinstance(summary, SummaryPage) and not summary.complete:
            settle()
    settle()
    assert (page.width(), page.height()) == size
    return page


def cut(page: QWidget) -> list[str]:
    """As `cut_off`, which takes the marks of rich text for words: those labels are asked themselves."""
    plain = [each for each in cut_off(page) if "<span" not in each]
    marked = [
        f"{said.accessibleName()!r} needs {said.heightForWidth(said.width())} and has {said.height()}"
        for said in page.findChildren(SaidWords)
        if said.isVisibleTo(page) and said.heightForWidth(said.width()) > said.height()
    ]
    return plain + marked


@pytest.mark.parametrize("make", STATES)
@pytest.mark.parametrize("size", SIZES, ids=str)
def test_nothing_is_cut_off(qtbot, bench, make, size):
    assert cut(shown(qtbot, bench, make, size)) == []


@pytest.mark.parametrize("make", STATES)
def test_nothing_is_cut_off_when_words_are_longer(qtbot, bench, longer_words, make):
    assert cut(shown(qtbot, bench, make, (1280, 720))) == []


@pytest.mark.parametrize("look_name", ["dark", "high_contrast"])
@pytest.mark.parametrize("make", [feedback, good_call, many_calls])
def test_every_look_fits(qtbot, bench, look, make, look_name):
    apply_theme(look, Settings(theme=look_name, reduced_motion=True), ICONS)
    assert cut(shown(qtbot, bench, make, (1280, 720))) == []
