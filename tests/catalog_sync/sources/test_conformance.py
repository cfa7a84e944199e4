"""What every source keeps to, run over the registry."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from catalog_sync.registry import SOURCES, open_source
from catalog_sync.source import Asked as CanBeAsked
from catalog_sync.source import BadInput, Cursor, Failed, Gone, Item, RawRecord, Source
from tests.catalog_sync.sources.loopback import Asked, Loopback, Reply
from tests.catalog_sync.sources.samples import SAMPLES, Sample

Serve = Callable[[Callable[[Asked], Reply]], Loopback]
Open = Callable[[], Source]


@pytest.fixture(params=SAMPLES, ids=lambda sample: f"{sample.source}-{sample.how}")
def sample(request: pytest.FixtureRequest) -> Sample:
    found = request.param
    assert isinstance(found, Sample)
    return found


@pytest.fixture
def again(sample: Sample, tmp_path: Path, serve: Serve) -> Open:
    """Opens the sample's source anew, as a new process would."""
    if sample.answer is not None:
        url = serve(sample.answer).url + sample.address
        return lambda: open_source(sample.source, url=url, environ={})
    path = sample.lay(tmp_path) if sample.lay is not None else None
    return lambda: open_source(sample.source, path=path, environ={})


def ids(found: list[Item]) -> list[str]:
    return [item.native_id for item in found if isinstance(item, RawRecord)]


def test_every_source_of_the_registry_has_a_sample() -> None:
    assert {sample.source for sample in SAMPLES} == set(SOURCES)


def test_a_source_reads_all_its_records_and_each_once(sample: Sample, again: Open) -> None:
    found = ids(list(again().read(None)))
    assert len(found) == len(set(found))
    assert set(found) == sample.ids


def test_a_broken_record_fails_alone_and_is_named(sample: Sample, again: Open) -> None:
    found = list(again().read(None))
    failed = [item for item in found if isinstance(item, Failed)]
    assert {item.native_id for item in failed} == sample.broken
    assert all(item.why and item.where for item in failed)
    assert set(ids(found)) == sample.ids


def test_records_carry_their_source_and_come_from_somewhere(again: Open) -> None:
    source = again()
    for item in source.read(None):
        if isinstance(item, RawRecord):
            assert item.source == source.name
            assert item.where and not item.where.startswith("/")
            assert item.url is None or item.url.startswith("https://")
            json.dumps(item.payload)


def test_reading_twice_gives_the_same(again: Open) -> None:
    assert list(again().read(None)) == list(again().read(None))


def test_stop_at_any_cursor_and_resume_gives_the_same_set(sample: Sample, again: Open) -> None:
    whole = list(again().read(None))
    places = [place for place, item in enumerate(whole) if isinstance(item, Cursor)]
    for place in places:
        stopped = whole[place]
        assert isinstance(stopped, Cursor)
        carried = Cursor(state=json.loads(json.dumps(stopped.state)))
        rest = list(again().read(carried))
        before = ids(whole[:place])
        assert set(before) | set(ids(rest)) == sample.ids
        assert not set(before) & set(ids(rest))
        known = {item.native_id for item in [*whole[:place], *rest] if isinstance(item, Failed)}
        assert known == sample.broken


def test_a_gone_record_is_told_and_a_known_one_is_found(sample: Sample, again: Open) -> None:
    source = again()
    assert isinstance(source, CanBeAsked)
    assert isinstance(source.look("nothing-of-this-name"), Gone)
    known = sorted(sample.ids)[0]
    found = source.look(known)
    assert isinstance(found, RawRecord)
    assert found.native_id == known


def test_a_source_says_who_it_is_and_under_which_rules_it_is_read(
    sample: Sample, again: Open
) -> None:
    source = again()
    assert source.name == sample.source
    assert source.homepage.startswith("https://")
    assert source.terms_of_api.startswith("https://")


@pytest.mark.parametrize("name", sorted(SOURCES))
def test_a_path_that_is_not_there_is_the_callers_mistake(name: str, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="nowhere"):
        list(open_source(name, path=tmp_path / "nowhere", environ={}).read(None))


def test_an_unknown_source_is_refused_with_the_known_ones() -> None:
    with pytest.raises(BadInput, match=r"'zenodo'.*huggingface.*mdc"):
        open_source("zenodo", environ={})


def test_a_path_and_an_address_together_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="one of the two"):
        open_source("croissant", path=tmp_path, url="https://example.org", environ={})
