"""One sync run: what it keeps, what it withdraws, and how it goes on after a break."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest

from catalog_sync.card import DatasetCard
from catalog_sync.filter import CardFilter
from catalog_sync.job import SyncProgress, SyncReport, sync
from catalog_sync.source import (
    BadInput,
    Cursor,
    Failed,
    Gone,
    Item,
    RawRecord,
    Source,
    SourceUnreachable,
)
from catalog_sync.store import Store, StoreBusy, open_store
from tests.catalog_sync.composed import NOW, Listed, normalised, record, ticking


def run(
    source: Source,
    store: Store,
    *,
    place: str = "",
    limit: int | None = None,
    allow_withdrawals: bool = False,
    clock: Callable[[], datetime] | None = None,
    normalise: Callable[[RawRecord], DatasetCard] = normalised,
) -> SyncReport:
    return sync(
        source,
        store,
        normalise=normalise,
        clock=clock or ticking(),
        place=place,
        limit=limit,
        allow_withdrawals=allow_withdrawals,
    )


def records(count: int) -> list[RawRecord]:
    return [record(f"{number:03}") for number in range(count)]


def visible(store: Store) -> list[str]:
    found = store.get_keys(store.matching(CardFilter()))
    return sorted(each.card.native_id for each in found.values())


def test_a_first_run_reports_all_as_new_and_a_second_one_all_as_same(store: Store) -> None:
    first = run(Listed(records(7)), store)
    assert (first.complete, first.read, first.new, first.same) == (True, 7, 7, 0)
    assert first.seconds > 0
    before = store.revision()
    second = run(Listed(records(7)), store)
    assert (second.complete, second.read, second.new, second.same) == (True, 7, 0, 7)
    assert (second.changed, second.withdrawn, second.failed, second.held) == (0, 0, (), ())
    assert store.revision() == before


def test_a_record_that_did_not_change_is_not_normalised_again(store: Store) -> None:
    read: list[str] = []

    def counting(raw: RawRecord) -> DatasetCard:
        read.append(raw.native_id)
        return normalised(raw)

    items = records(3)
    run(Listed(items), store, normalise=counting)
    items[1] = replace(items[1], description="Now otherwise.")
    report = run(Listed(items), store, normalise=counting)
    assert read == ["000", "001", "002", "001"]
    assert (report.changed, report.same) == (1, 2)


def test_every_record_is_looked_at_anew_when_the_month_turns(store: Store) -> None:
    read: list[str] = []

    def counting(raw: RawRecord) -> DatasetCard:
        read.append(raw.native_id)
        return normalised(raw)

    run(Listed(records(2)), store, normalise=counting)
    later = NOW + timedelta(days=40)
    report = run(Listed(records(2)), store, normalise=counting, clock=lambda: later)
    assert read == ["000", "001"] * 2
    assert report.same == 2
    found = store.get("composed:000")
    assert found is not None
    assert found.seen_at == later


def test_a_broken_record_fails_alone_by_name_and_is_tried_again(store: Store) -> None:
    items = records(4)
    items[1] = replace(items[1], description="broken")
    first = run(Listed(items), store)
    assert (first.complete, first.read, first.new) == (True, 4, 3)
    assert [(each.native_id, each.where) for each in first.failed] == [("001", "page of 001")]
    assert "its description cannot be read" in first.failed[0].why
    assert [each.native_id for each in store.failed()["composed"]] == ["001"]
    second = run(Listed(records(4)), store)
    assert (second.new, second.same, second.failed) == (1, 3, ())
    assert store.failed() == {}


def test_a_known_card_whose_record_breaks_stays(store: Store) -> None:
    run(Listed(records(10)), store)
    items: list[RawRecord | Gone | Failed] = [*records(10)]
    items[4] = Failed(native_id="004", where="page of 004", why="half a page")
    report = run(Listed(items), store)
    assert (report.withdrawn, len(report.failed), report.complete) == (0, 1, True)
    assert "004" in visible(store)


def test_one_id_twice_in_a_walk_is_a_failure_by_name(store: Store) -> None:
    items = [*records(2), replace(record("000"), name="Quite another", where="page 9")]
    report = run(Listed(items), store)
    assert (report.new, [each.where for each in report.failed]) == (2, ["page 9"])
    found = store.get("composed:000")
    assert found is not None
    assert found.card.name == "Speech 000"


def test_a_record_of_another_source_cannot_take_its_place(store: Store) -> None:
    report = run(Listed([replace(record("000"), source="mdc")]), store)
    assert (report.new, len(report.failed)) == (0, 1)
    assert store.get("mdc:000") is None


def test_what_is_no_longer_listed_is_withdrawn_after_a_whole_walk(store: Store) -> None:
    run(Listed(records(10)), store)
    report = run(Listed(records(9)), store)
    assert (report.complete, report.withdrawn, report.same) == (True, 1, 9)
    assert visible(store) == [f"{number:03}" for number in range(9)]
    assert run(Listed(records(10)), store).changed == 1
    assert len(visible(store)) == 10


def test_what_the_source_says_is_gone_is_withdrawn_at_once(store: Store) -> None:
    run(Listed(records(3)), store)
    items: list[RawRecord | Gone | Failed] = [Gone(native_id="001", why="taken down"), *records(1)]
    report = run(Listed(items, breaks_at=2), store)
    assert (report.complete, report.withdrawn) == (False, 1)
    assert visible(store) == ["000", "002"]


def test_more_than_a_fifth_gone_stops_the_run_unless_it_is_allowed(store: Store) -> None:
    run(Listed(records(10)), store)
    stopped = run(Listed(records(7)), store)
    assert (stopped.complete, stopped.withdrawn) == (False, 0)
    assert stopped.stopped is not None
    assert "3 of the 10" in stopped.stopped
    assert "--allow-withdrawals" in stopped.stopped
    assert len(visible(store)) == 10
    allowed = run(Listed(records(7)), store, allow_withdrawals=True)
    assert (allowed.complete, allowed.withdrawn) == (True, 3)
    assert len(visible(store)) == 7


def test_just_a_fifth_gone_is_withdrawn(store: Store) -> None:
    run(Listed(records(10)), store)
    assert run(Listed(records(8)), store).withdrawn == 2


def test_new_cards_do_not_hide_how_many_old_ones_are_gone(store: Store) -> None:
    run(Listed(records(10)), store)
    renamed = [record(f"new-{number}") for number in range(40)]
    report = run(Listed([*records(7), *renamed]), store)
    assert (report.complete, report.withdrawn, report.new) == (False, 0, 40)


def test_a_walk_that_breaks_off_withdraws_nothing_and_the_next_goes_on(store: Store) -> None:
    run(Listed(records(10)), store)
    broken = Listed(records(10)[2:], breaks_at=5)
    report = run(broken, store)
    assert (report.complete, report.withdrawn, report.read) == (False, 0, 5)
    assert report.stopped is not None
    assert "does not answer at place 5" in report.stopped
    assert len(visible(store)) == 10
    whole = Listed(records(10)[2:])
    again = run(whole, store)
    assert whole.begun_at == [5]
    assert (again.resumed, again.complete, again.read, again.withdrawn) == (True, True, 8, 2)
    third = Listed(records(8))
    run(third, store)
    assert third.begun_at == [0]


def test_a_walk_of_another_place_or_of_days_ago_begins_anew(store: Store) -> None:
    run(Listed(records(10), breaks_at=5), store, place="/one")
    other = Listed(records(10), breaks_at=7)
    run(other, store, place="/other")
    assert other.begun_at == [0]
    later = Listed(records(10))
    run(later, store, place="/other", clock=lambda: NOW + timedelta(days=3))
    assert later.begun_at == [0]


def test_a_limited_run_is_never_complete_and_leaves_no_cursor(store: Store) -> None:
    run(Listed(records(10)), store)
    source = Listed(records(10)[1:])
    report = run(source, store, limit=3)
    assert (report.complete, report.read, report.withdrawn) == (False, 3, 0)
    assert report.stopped is not None
    assert len(visible(store)) == 10
    whole = Listed(records(10))
    run(whole, store)
    assert whole.begun_at == [0]
    assert run(Listed(records(10)), store, limit=10).complete is False


def test_held_cards_are_told_by_name_each_time(store: Store) -> None:
    items = [record("000", description="<script>go()</script>"), *records(5)[1:]]
    for _ in range(2):
        report = run(Listed(items), store)
        assert [each.id for each in report.held] == ["composed:000"]
        assert report.held[0].reasons[0].code == "hostile_markup"
    assert visible(store) == ["001", "002", "003", "004"]


@dataclass
class Asking(Listed):
    """A source whose list moves, and that can be asked about one record."""

    answers: Sequence[RawRecord | Gone | Failed] = ()
    silent: bool = False

    def look(self, native_id: str) -> RawRecord | Gone | Failed:
        if self.silent:
            raise SourceUnreachable("composed.invalid does not answer")
        return next(each for each in self.answers if each.native_id == native_id)


def test_what_a_moving_list_did_not_show_is_asked_for_before_it_is_withdrawn(
    store: Store,
) -> None:
    run(Listed(records(20)), store)
    answers = (
        replace(record("017"), description="Moved."),
        Failed(native_id="018", where="page of 018", why="half a page"),
        Gone(native_id="019", why="taken down"),
    )
    report = run(Asking(records(17), answers=answers), store)
    assert (report.complete, report.withdrawn, report.changed) == (True, 1, 1)
    assert [each.native_id for each in report.failed] == ["018"]
    assert visible(store) == [f"{number:03}" for number in range(19)]


def test_nothing_is_withdrawn_when_the_source_cannot_be_asked(store: Store) -> None:
    run(Listed(records(10)), store)
    report = run(Asking(records(9), silent=True), store)
    assert (report.complete, report.withdrawn) == (False, 0)
    assert len(visible(store)) == 10


def test_two_runs_never_work_at_once(url: str, store: Store) -> None:
    other = open_store(url)

    @dataclass
    class Inside(Listed):
        def read(self, cursor: Cursor | None) -> Iterator[Item]:
            with pytest.raises(StoreBusy, match="one at a time"):
                run(Listed(records(1)), other)
            yield from super().read(cursor)

    assert run(Inside(records(2)), store).complete
    assert run(Listed(records(2)), other).same == 2
    other.close()


def test_freshness_tells_the_last_whole_walk_and_the_last_try(store: Store) -> None:
    assert store.freshness() == ()
    run(Listed(records(10)), store)
    later = NOW + timedelta(days=2)
    run(Listed(records(10), breaks_at=4), store, clock=lambda: later)
    (fresh,) = store.freshness()
    assert fresh.source == "composed"
    assert fresh.complete_at is not None
    assert NOW <= fresh.complete_at < later
    assert (fresh.run_at, fresh.complete, fresh.read, fresh.visible) == (later, False, 4, 10)
    assert fresh.stopped is not None


def test_a_wrong_path_is_raised_and_told_by_freshness(store: Store) -> None:
    @dataclass
    class Nowhere(Listed):
        def read(self, cursor: Cursor | None) -> Iterator[Item]:
            raise BadInput("'/nowhere' is not there")

    run(Listed(records(3)), store)
    with pytest.raises(BadInput, match="/nowhere"):
        run(Nowhere([]), store)
    (fresh,) = store.freshness()
    assert (fresh.complete, fresh.stopped) == (False, "'/nowhere' is not there")
    assert len(visible(store)) == 3


def test_progress_grows_to_what_the_report_says(store: Store) -> None:
    told: list[SyncProgress] = []
    report = sync(
        Listed(records(33)), store, normalise=normalised, clock=ticking(), progress=told.append
    )
    reads = [each.read for each in told]
    assert reads == sorted(reads)
    assert reads[-1] == report.read == 33


def test_copies_of_two_sources_are_joined_by_the_run(store: Store) -> None:
    def linked(raw: RawRecord) -> DatasetCard:
        return replace(normalised(raw), links=("https://lab.example.edu/welsh",))

    run(Listed([record("a")]), store, normalise=linked)
    other = replace(record("a"), source="other")
    run(Listed([other], name="other"), store, normalise=linked)
    assert store.count(CardFilter()) == 1
    found = store.get("composed:a")
    assert found is not None
    assert found.copies == ("other:a",)
