"""What was recorded stays recorded: real SQLite files, killed processes and full disks."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.adapters.store.database import HEAD, MIGRATIONS, open_database
from simulator.adapters.store.models import Base
from simulator.adapters.store.repository import SqlSessionStore
from simulator.domain.errors import SimulatorError
from simulator.domain.measures import Baseline
from simulator.domain.session import SessionEvent

STARTED = SessionEvent(
    "started",
    0.0,
    {
        "trainee_id": "guest",
        "scenario_id": "en-late-delivery",
        "scenario_title": "Nine days late",
        "language": "en",
        "started_at": "2026-11-22T10:00:00+00:00",
    },
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlSessionStore]:
    store = SqlSessionStore(tmp_path / "unruffled.sqlite3")
    yield store
    store.close()


def test_events_come_back_in_the_order_and_shape_they_were_added(store: SqlSessionStore) -> None:
    turn = SessionEvent("turn", 4.5, {"turn": 1, "words": ["Ms", "Nováková", "ї"], "gap": None, "level": -20.125})
    store.append("s1", [STARTED])
    store.append("s1", [turn])
    assert list(store.events("s1")) == [STARTED, turn]


def test_an_ended_call_is_listed_with_its_outcome_and_score(store: SqlSessionStore) -> None:
    ended = SessionEvent("ended", 90.0, {"outcome": "settled", "score": 71.5, "turns": 5, "duration_s": 91.0})
    store.append("s1", [STARTED, ended])
    (row,) = store.sessions("guest")
    assert (row.state, row.outcome, row.score, row.turns, row.duration_s) == ("ended", "settled", 71.5, 5, 91.0)
    assert store.sessions("somebody else") == []


def test_a_call_that_was_cut_off_is_marked_and_keeps_its_turns(store: SqlSessionStore) -> None:
    store.append("s1", [STARTED, SessionEvent("turn", 12.0, {"turn": 1})])
    assert store.mark_repaired() == ["s1"]
    (row,) = store.sessions()
    assert (row.state, row.outcome, row.turns, row.duration_s) == ("repaired", None, 1, 12.0)


def test_an_event_cannot_be_changed_once_it_is_stored(store: SqlSessionStore, tmp_path: Path) -> None:
    store.append("s1", [STARTED])
    with sqlite3.connect(tmp_path / "unruffled.sqlite3") as raw, pytest.raises(sqlite3.IntegrityError, match="only ev"):
        raw.execute("UPDATE session_events SET kind = 'turn'")
    raw.close()


def test_a_session_cannot_begin_with_anything_but_its_start(store: SqlSessionStore) -> None:
    with pytest.raises(SimulatorError, match="not been started"):
        store.append("s1", [SessionEvent("turn", 1.0, {})])
    assert store.sessions() == []


def test_a_deleted_session_takes_its_events_with_it(store: SqlSessionStore) -> None:
    store.append("s1", [STARTED])
    store.delete("s1")
    with pytest.raises(SimulatorError, match="no session s1"):
        store.events("s1")
    with pytest.raises(SimulatorError, match="no session s1"):
        store.delete("s1")


def test_two_threads_may_append_to_two_sessions(store: SqlSessionStore) -> None:
    def record(session_id: str) -> None:
        store.append(session_id, [STARTED])
        for number in range(20):
            store.append(session_id, [SessionEvent("turn", float(number), {"turn": number})])

    threads = [threading.Thread(target=record, args=(name,)) for name in ("a", "b")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert [len(store.events(name)) for name in ("a", "b")] == [21, 21]


def test_every_commit_that_returned_survives_a_kill(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path\n"
        "from simulator.adapters.store.repository import SqlSessionStore\n"
        "from simulator.domain.session import SessionEvent\n"
        "store = SqlSessionStore(Path(sys.argv[1]))\n"
        f"store.append('s1', [SessionEvent('started', 0.0, {dict(STARTED.data)!r})])\n"
        "for number in range(100000):\n"
        "    store.append('s1', [SessionEvent('turn', float(number), {'turn': number})])\n"
        "    print(number, flush=True)\n"
    )
    path = tmp_path / "unruffled.sqlite3"
    with subprocess.Popen([sys.executable, "-c", program, str(path)], stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        for line in child.stdout:
            if int(line) == 25:
                child.kill()
                break
        last = max([25, *(int(line) for line in child.stdout if line.endswith("\n"))])
    store = SqlSessionStore(path)
    numbers = [event.data["turn"] for event in store.events("s1") if event.kind == "turn"]
    store.close()
    assert numbers[: last + 1] == list(range(last + 1))


def test_a_full_disk_is_said_and_what_was_stored_stays(store: SqlSessionStore, tmp_path: Path) -> None:
    store.append("s1", [STARTED])

    @sa.event.listens_for(store._engine, "checkout")
    def leave_no_space(connection: sqlite3.Connection, *_: object) -> None:
        connection.execute("PRAGMA max_page_count = 1")

    with pytest.raises(SimulatorError, match="disk is full"):
        store.append("s1", [SessionEvent("turn", 1.0, {"turn": 1, "text": "x" * 100_000})])
    assert len(store.events("s1")) == 1


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(SimulatorError, match="cannot be written"):
        SqlSessionStore(tmp_path / "nowhere" / "unruffled.sqlite3")


def test_a_file_that_is_no_database_is_said_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "unruffled.sqlite3"
    path.write_bytes(b"holiday photos" * 100)
    with pytest.raises(SimulatorError, match="is damaged"):
        SqlSessionStore(path)
    assert path.read_bytes() == b"holiday photos" * 100


def test_a_database_of_a_newer_version_is_refused_and_not_changed(tmp_path: Path) -> None:
    path = tmp_path / "unruffled.sqlite3"
    open_database(path).dispose()
    with sqlite3.connect(path) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    raw.close()
    with pytest.raises(SimulatorError, match="newer version of Unruffled"):
        open_database(path)


def test_the_migrations_make_the_tables_the_program_uses(tmp_path: Path) -> None:
    engine = open_database(tmp_path / "unruffled.sqlite3")
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), Base.metadata)
    engine.dispose()
    assert differences == []
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_current_head() == HEAD


def test_a_calibration_belongs_to_a_person_and_a_headset(store: SqlSessionStore) -> None:
    anna = store.add_trainee("  Anna  Kowalska ")
    baseline = Baseline(-30.5, 4.1, 180.0, -3.0, -62.0, speech_s=11.2, device="ALSA: Headset")
    store.save_baseline(anna.id, "ALSA: Headset", baseline)
    assert store.baseline(anna.id, "ALSA: Headset") == baseline
    assert store.baseline(anna.id, "ALSA: Other") is None
    assert store.baseline("guest", "ALSA: Headset") is None


def test_the_guest_comes_first_and_names_are_kept_tidy(store: SqlSessionStore) -> None:
    anna = store.add_trainee("anna")
    store.add_trainee("Zoë")
    store.rename_trainee(anna.id, " Bea ")
    assert [person.name for person in store.trainees()] == ["Guest", "Bea", "Zoë"]
    with pytest.raises(SimulatorError, match="empty"):
        store.add_trainee("   ")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(
    data=st.dictionaries(
        st.text(max_size=10), st.one_of(st.none(), st.booleans(), st.text(), st.floats(allow_nan=False), st.integers())
    )
)
def test_any_json_data_comes_back_bit_for_bit(
    tmp_path_factory: pytest.TempPathFactory, data: dict[str, object]
) -> None:
    store = SqlSessionStore(tmp_path_factory.mktemp("store") / "x.sqlite3")
    store.append("s1", [STARTED, SessionEvent("noted", 1.0, data)])
    assert store.events("s1")[1].data == data
    store.close()
