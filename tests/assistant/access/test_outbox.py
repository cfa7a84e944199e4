"""The outbox: written once, leased to one worker, tried again ever later, given up in the end."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine

from assistant.access import outbox
from assistant.access.outbox_queue import LONGEST_WAIT, Outbox, wait_before_next
from assistant.memory import open_engine
from catalog_sync.store_engine import writing

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    made = open_engine(url)
    outbox.METADATA.create_all(made)
    yield made
    made.dispose()


@pytest.fixture
def box(engine: Engine) -> Outbox:
    return Outbox(engine)


def put(engine: Engine, *dedups: str, person_id: str = "p1", at: datetime = NOW) -> None:
    with writing(engine) as connection:
        for dedup in dedups:
            outbox.put(
                connection, "request_decided", dedup=dedup, person_id=person_id, request_id="r1",
                payload={"seq": 3}, now=at,
            )  # fmt: skip


def test_the_same_message_put_twice_is_there_once(engine: Engine, box: Outbox) -> None:
    put(engine, "r1:3:p1", "r1:3:p1")
    put(engine, "r1:3:p1")
    assert [one.dedup for one in box.of_request("r1")] == ["r1:3:p1"]


def test_a_message_of_a_transaction_that_fails_is_not_there(engine: Engine, box: Outbox) -> None:
    with pytest.raises(RuntimeError), writing(engine) as connection:
        outbox.put(connection, "expired", dedup="gone", person_id="p1", now=NOW)
        raise RuntimeError
    assert box.figures().waiting == 0


def test_a_claimed_message_is_nobody_elses_until_the_lease_ends(
    engine: Engine, box: Outbox
) -> None:
    put(engine, "a")
    (claimed,) = box.claim(NOW)
    assert box.claim(NOW + SECOND) == ()
    (again,) = box.claim(NOW + timedelta(minutes=6))
    assert again.outgoing.id == claimed.outgoing.id
    assert not box.renew(claimed, NOW + timedelta(minutes=6))
    assert not box.sent(claimed, NOW + timedelta(minutes=6))
    assert box.sent(again, NOW + timedelta(minutes=6))
    assert box.claim(NOW + timedelta(days=1)) == ()


def test_a_message_is_not_claimed_before_it_is_due(engine: Engine, box: Outbox) -> None:
    put(engine, "later", at=NOW + timedelta(hours=1))
    assert box.claim(NOW) == ()
    assert len(box.claim(NOW + timedelta(hours=1))) == 1


def test_waits_double_from_ten_seconds_to_twelve_hours() -> None:
    waits = [wait_before_next(attempts).total_seconds() for attempts in range(1, 15)]
    assert waits[:4] == [10, 20, 40, 80]
    assert waits[-1] == wait_before_next(5000).total_seconds() == LONGEST_WAIT.total_seconds()


def test_a_failing_message_is_tried_until_its_deadline_and_then_given_up(
    engine: Engine, box: Outbox
) -> None:
    put(engine, "a")
    now, tries = NOW, []
    while claimed := box.claim(now):
        tries.append(now - NOW)
        if box.failed(claimed[0], now, why="451 try later", permanent=False):
            break
        now = box.of_request("r1")[0].due_at
    assert tries[:4] == [0 * SECOND, 10 * SECOND, 30 * SECOND, 70 * SECOND]
    assert tries[-1] == timedelta(days=3)
    (left,) = box.given_up()
    assert left.failed_at == NOW + timedelta(days=3)
    assert box.figures().failed == 1


def test_a_permanent_failure_is_given_up_at_once_and_tells_no_address(
    engine: Engine, box: Outbox
) -> None:
    put(engine, "a")
    (claimed,) = box.claim(NOW)
    why = "550 <gwen.o'hara@mail.example>: no such\r\nuser gwen@mail.example"
    assert box.failed(claimed, NOW, why=why, permanent=True)
    (left,) = box.of_person("p1", failed=True)
    assert "@" not in left.last_error
    assert "550" in left.last_error
    assert "\n" not in left.last_error


def test_a_given_up_message_can_be_taken_up_again(engine: Engine, box: Outbox) -> None:
    put(engine, "a")
    (claimed,) = box.claim(NOW)
    box.failed(claimed, NOW, why="gone", permanent=True)
    assert box.try_again([claimed.outgoing.id], NOW + SECOND) == 1
    assert len(box.claim(NOW + SECOND)) == 1


def test_figures_tell_what_waits_and_what_fails(engine: Engine, box: Outbox) -> None:
    put(engine, "a", "b", "c")
    first, second = box.claim(NOW, limit=2)
    box.failed(first, NOW, why="slow", permanent=False)
    box.sent(second, NOW)
    figures = box.figures()
    assert (figures.waiting, figures.failing, figures.failed) == (2, 1, 0)
    assert figures.oldest_due == NOW


def test_many_workers_share_the_messages_and_none_is_claimed_twice(
    engine: Engine, box: Outbox
) -> None:
    put(engine, *(f"m{number}" for number in range(120)))

    def work(_worker: int) -> list[str]:
        mine = []
        while claimed := box.claim(NOW, limit=3):
            mine += [one.outgoing.id for one in claimed if box.sent(one, NOW)]
        return mine

    with ThreadPoolExecutor(6) as pool:
        told = [id_ for mine in pool.map(work, range(6)) for id_ in mine]
    # A worker may find everything left locked by others and end early; nothing is lost by it.
    told += work(6)
    assert len(told) == len(set(told)) == 120


def test_forgetting_a_person_leaves_no_message_to_them(engine: Engine, box: Outbox) -> None:
    put(engine, "a", "b")
    put(engine, "c", person_id="p2")
    with writing(engine) as connection:
        assert outbox.forget(connection, "p1") == 2
    assert [one.dedup for one in box.of_request("r1")] == ["c"]


def test_what_was_told_is_swept_after_its_time_and_what_waits_is_not(
    engine: Engine, box: Outbox
) -> None:
    put(engine, "told", "waits")
    box.sent(box.claim(NOW, limit=1)[0], NOW)
    assert box.sweep(NOW) == 0
    assert box.sweep(NOW + SECOND) == 1
    assert box.figures().waiting == 1
