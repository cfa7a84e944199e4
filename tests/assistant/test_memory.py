from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from assistant.dialogue import State
from assistant.memory import MemoryBroken, open_engine, open_memory
from assistant.need import Need, SizeRange
from tests.assistant.conftest import NOW


def test_a_conversation_survives_a_restart(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/talk.db"
    state = State(need=Need(sizes=(SizeRange(field="hours", least=5.0),)), shown=("a:1",), turns=2)
    first = open_memory(url)
    first.keep("c", state, asker="x", now=NOW)
    first.close()
    again = open_memory(url)
    assert again.recall("c", now=NOW) == state
    again.close()


def test_a_conversation_older_than_the_limit_is_forgotten_and_swept(tmp_path: Path) -> None:
    memory = open_memory(f"sqlite:///{tmp_path}/talk.db", keep_days=7)
    memory.keep("c", State(turns=3), asker="x", now=NOW)
    later = NOW + timedelta(days=8)
    assert memory.recall("c", now=later) == State()
    assert memory.sweep(now=later) == 1
    memory.close()


def test_forgetting_a_person_leaves_other_people(tmp_path: Path) -> None:
    memory = open_memory(f"sqlite:///{tmp_path}/talk.db")
    memory.keep("c", State(turns=1), asker="x", now=NOW)
    memory.keep("d", State(turns=1), asker="y", now=NOW)
    assert memory.forget("x") == 1
    assert memory.recall("d", now=NOW).turns == 1
    memory.close()


def test_the_language_of_a_talk_is_kept_and_an_older_row_has_none(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/talk.db"
    memory = open_memory(url)
    memory.keep("c", State(turns=1, language="sw"), asker="x", now=NOW)
    assert memory.recall("c", now=NOW).language == "sw"
    engine = open_engine(url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE memory_conversation SET state = '{\"turns\": 1}'"))
    engine.dispose()
    assert memory.recall("c", now=NOW) == State(turns=1)
    memory.close()


def test_a_state_that_cannot_be_read_starts_the_talk_anew(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/talk.db"
    memory = open_memory(url)
    memory.keep("c", State(turns=1), asker="x", now=NOW)
    engine = open_engine(url)
    with engine.begin() as connection:
        connection.execute(text('UPDATE memory_conversation SET state = \'{"turns": "many"}\''))
    engine.dispose()
    assert memory.recall("c", now=NOW) == State()
    memory.close()


def test_tables_of_a_newer_program_are_refused_with_the_mend(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/talk.db"
    open_memory(url).close()
    engine = open_engine(url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE memory_version SET version = 99"))
    engine.dispose()
    with pytest.raises(MemoryBroken, match="99"):
        open_memory(url)
