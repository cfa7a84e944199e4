from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.history import History, Part, open_history

NOW = datetime(2026, 11, 25, tzinfo=UTC)


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    opened = open_history(f"sqlite:///{tmp_path}/talk.db", keep_days=30)
    yield opened
    opened.close()


def step(key: str, body: str = "{}") -> Part:
    return Part(id=key, kind="step", body=body)


def begun(history: History, thread: str, *, asker: str = "ada", minutes: int = 0) -> None:
    at = NOW + timedelta(minutes=minutes)
    assert history.begin(thread, asker=asker, name=f"About {thread}", now=at)
    assert history.put(thread, step(f"{thread}-1"), asker=asker, now=at)


def test_a_conversation_is_read_back_in_its_order(history: History) -> None:
    begun(history, "t1")
    history.put("t1", Part(id="e", kind="element", body='{"a":1}'), asker="ada",
                now=NOW + timedelta(seconds=2))  # fmt: skip
    history.put("t1", step("t1-1", '{"b":2}'), asker="ada", now=NOW + timedelta(seconds=3))
    found = history.thread("t1")
    assert found is not None
    assert found.name == "About t1"
    assert [(part.id, part.body) for part in found.parts] == [("t1-1", '{"b":2}'), ("e", '{"a":1}')]


def test_nobody_writes_into_another_persons_conversation(history: History) -> None:
    begun(history, "t1")
    assert not history.begin("t1", asker="bob", name="Mine now", now=NOW)
    assert not history.put("t1", step("x"), asker="bob", now=NOW)
    history.drop("t1-1", asker="bob")
    assert history.delete("t1", asker="bob") == 0
    found = history.thread("t1")
    assert found is not None
    assert (found.asker, [part.id for part in found.parts]) == ("ada", ["t1-1"])


def test_a_part_with_anothers_id_changes_nothing_of_theirs(history: History) -> None:
    begun(history, "t1")
    begun(history, "t2", asker="bob")
    history.put("t2", step("t1-1", '{"stolen":1}'), asker="bob", now=NOW)
    found = history.thread("t1")
    assert found is not None
    assert [part.body for part in found.parts] == ["{}"]


def test_the_list_is_ones_own_last_spoken_first_and_page_by_page(history: History) -> None:
    for place in range(5):
        begun(history, f"t{place}", minutes=place)
    begun(history, "other", asker="bob", minutes=9)
    first = history.threads("ada", limit=3)
    assert [each.id for each in first] == ["t4", "t3", "t2"]
    assert [each.id for each in history.threads("ada", limit=3, after="t2")] == ["t1", "t0"]
    assert [each.id for each in history.threads("ada", search="ABOUT T3")] == ["t3"]
    assert history.threads("ada", search="%") == ()


def test_forgetting_a_person_takes_their_conversations_and_no_others(history: History) -> None:
    begun(history, "t1")
    begun(history, "t2", asker="bob")
    assert history.forget("ada") == 1
    assert history.thread("t1") is None
    assert history.thread("t2") is not None


def test_what_is_too_old_is_swept_away(history: History) -> None:
    begun(history, "old")
    begun(history, "new", minutes=60 * 24 * 20)
    assert history.sweep(now=NOW + timedelta(days=31)) == 1
    assert history.owner("old") is None
    assert history.owner("new") == "ada"


def test_a_part_is_found_with_whose_it_is(history: History) -> None:
    begun(history, "t1")
    assert history.part("t1-1") == ("ada", step("t1-1"))
    assert history.part("nothing") is None


def test_a_name_and_a_state_are_kept(history: History) -> None:
    begun(history, "t1")
    history.rename("t1", "Irish", asker="ada")
    history.keep_state("t1", '{"use":1}', asker="ada")
    history.rename("t1", "Stolen", asker="bob")
    history.keep_state("t1", "{}", asker="bob")
    found = history.thread("t1")
    assert found is not None
    assert (found.name, found.state) == ("Irish", '{"use":1}')
