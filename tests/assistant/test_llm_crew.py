"""Threads that wait for work: used again, as many as are needed at once, and ended."""

from __future__ import annotations

import threading

from assistant.llm_crew import Crew

LONG_S = 20


def name_of_the_next(crew: Crew) -> int:
    seen: list[int] = []
    done = threading.Event()

    def work() -> None:
        seen.append(threading.get_ident())
        done.set()

    crew.run(work)
    assert done.wait(LONG_S)
    return seen[0]


def settled(crew: Crew, idle: int) -> bool:
    """Whether so many threads come to wait."""
    pause = threading.Event()
    return any(len(crew._idle) == idle or pause.wait(0.01) for _ in range(LONG_S * 100))


def test_a_thread_that_is_free_takes_the_next_piece_of_work() -> None:
    crew = Crew()
    first = name_of_the_next(crew)
    assert settled(crew, 1)
    assert name_of_the_next(crew) == first
    crew.close()


def test_work_that_does_not_end_keeps_no_other_work_waiting() -> None:
    crew = Crew()
    go_on = threading.Event()

    def wait() -> None:
        go_on.wait(LONG_S)

    for _ in range(20):
        crew.run(wait)
    name_of_the_next(crew)
    go_on.set()
    assert settled(crew, 8)
    crew.close()
    assert crew._idle == []


def test_what_was_at_work_when_it_was_closed_ends_after_it() -> None:
    crew = Crew()
    begun, go_on = threading.Event(), threading.Event()
    seen: list[threading.Thread] = []

    def work() -> None:
        seen.append(threading.current_thread())
        begun.set()
        go_on.wait(LONG_S)

    crew.run(work)
    assert begun.wait(LONG_S)
    crew.close()
    go_on.set()
    seen[0].join(LONG_S)
    assert not seen[0].is_alive()
