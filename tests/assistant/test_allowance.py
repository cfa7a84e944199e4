from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from assistant.allowance import Allowance, Caps, Rates, digest, open_allowance
from assistant.llm_values import ModelFailed, Usage
from tests import postgres
from tests.assistant.conftest import NOW

CALL = Usage(input_tokens=60, output_tokens=40)
CAPS = Caps(person_tokens=1000, person_micros=10**9, all_tokens=2500)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/spent.db"
        return
    with postgres.new_database(request.getfixturevalue("cluster")) as address:
        yield address


def opened(url: str, caps: Caps = CAPS, rates: Rates = Rates(), now: datetime = NOW) -> Allowance:  # noqa: B008
    return open_allowance(url, caps, rates, clock=lambda: now)


def tries(allowance: Allowance, who: str) -> bool:
    try:
        allowance.reserve(who, CALL)
    except ModelFailed as why:
        assert why.kind == "over_budget"
        return False
    return True


def test_several_processes_never_spend_more_than_there_is(url: str) -> None:
    """Two counters over one database, as two processes have them, asked by many threads."""
    first, second = opened(url), opened(url)
    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(lambda n: tries((first, second)[n % 2], "one"), range(40)))
    assert sum(taken) == 10
    assert first.spent("one") == (1000, 0)
    with ThreadPoolExecutor(8) as pool:
        others = list(pool.map(lambda n: tries((first, second)[n % 2], f"p{n}"), range(40)))
    assert sum(others) == 15
    first.close()
    second.close()


def test_what_was_not_used_is_given_back(url: str) -> None:
    allowance = opened(url, rates=Rates(input_micros=1_000_000, output_micros=2_000_000))
    reserved = allowance.reserve("one", CALL)
    assert allowance.spent("one") == (100, 140)
    reserved.spend(Usage(input_tokens=10, output_tokens=5))
    assert reserved.settle() == Usage(input_tokens=10, output_tokens=5)
    assert allowance.spent("one") == (15, 20)
    allowance.close()


def test_money_ends_it_too(url: str) -> None:
    caps = Caps(person_tokens=10**9, person_micros=300, all_tokens=10**9)
    allowance = opened(url, caps, Rates(input_micros=1_000_000, output_micros=2_000_000))
    assert [tries(allowance, "one") for _ in range(3)] == [True, True, False]
    allowance.close()


def test_a_new_day_is_a_new_allowance_and_old_days_are_forgotten(url: str) -> None:
    allowance = opened(url)
    assert [tries(allowance, "one") for _ in range(11)][-1] is False
    allowance.close()
    later = opened(url, now=NOW + timedelta(days=1))
    assert tries(later, "one")
    later.close()
    much_later = opened(url, now=NOW + timedelta(days=30))
    assert much_later.sweep() == 0
    much_later.close()


def test_nobody_s_name_is_kept(url: str) -> None:
    allowance = opened(url)
    allowance.reserve("jane@uni.example", CALL)
    assert "jane" not in digest("jane@uni.example")
    assert allowance.spent("jane@uni.example")[0] == 100
    allowance.close()


def test_nothing_may_be_spent_where_the_cap_is_zero(url: str) -> None:
    allowance = opened(url, Caps(person_tokens=0, person_micros=0, all_tokens=0))
    assert not tries(allowance, "one")
    allowance.close()
